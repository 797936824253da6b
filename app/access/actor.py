"""The Actor: who is asking, how they came in, and whose learning it is."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class WayIn(StrEnum):
    """How a session was opened. It decides what the session may do, whatever roles its person has."""

    NONE = "none"
    GUEST = "guest"
    CODE = "code"
    PIN = "pin"
    CARD = "card"
    STAFF = "staff"


class Role(StrEnum):
    """What a grant may give. Members and leaders come from team membership."""

    LEADER = "leader"
    MEMBER = "member"
    TRAINER = "trainer"
    OFFICER = "officer"
    OPERATOR = "operator"


STAFF_ROLES = frozenset({Role.TRAINER, Role.OFFICER, Role.OPERATOR})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a place and everything below it; `place_id` None means everywhere."""

    role: Role
    place_id: UUID | None


@dataclass(frozen=True, slots=True)
class Actor:
    """The asker of one request. Anonymous is an Actor too: `way_in` NONE and no person."""

    way_in: WayIn = WayIn.NONE
    person_id: UUID | None = None
    """Who records: the person of the session."""
    learner_id: UUID | None = None
    """Whose learning it is; the same person unless someone works on behalf of another."""
    canonical_id: UUID | None = None
    session_id: str | None = None
    csrf_secret: str = ""
    display_name: str = ""
    is_registered: bool = False
    commune_id: UUID | None = None
    grants: tuple[Grant, ...] = field(default=())

    @property
    def is_authenticated(self) -> bool:
        """Flask-Login's word for "there is a session"; a guest has one from the first POST on."""
        return self.session_id is not None

    @property
    def is_active(self) -> bool:
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        return not self.is_authenticated

    def get_id(self) -> str | None:
        return self.session_id

    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def holds(self, role: Role, place_path: tuple[UUID, ...] | None) -> bool:
        """Whether a grant of `role` covers the place with these ids (own first, then upwards); None: any place."""
        return any(
            grant.role == role and (place_path is None or grant.place_id is None or grant.place_id in place_path)
            for grant in self.grants
        )

    def scope_of(self, role: Role) -> tuple[UUID | None, ...]:
        """The places in which the actor holds `role`; None stands for everywhere."""
        return tuple(grant.place_id for grant in self.grants if grant.role == role)

    @property
    def capacity(self) -> str:
        """The word for the log: the strongest role in force, else the way in."""
        for role in (Role.OPERATOR, Role.OFFICER, Role.TRAINER, Role.LEADER, Role.MEMBER):
            if role in self.roles():
                return role.value
        if self.is_registered:
            return "resident"
        return "guest" if self.is_authenticated else "stranger"


ANONYMOUS = Actor()
