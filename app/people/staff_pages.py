"""What each staff page receives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel.speaklater import LazyString

from app.access.actor import Role
from app.people.grants import GrantLine
from app.people.residents import ResidentLine
from app.people.staff_forms import HamletForm, MemberForm, RoleForm, TeamForm
from app.people.teams import MemberLine, TeamLine
from app.places.memory import PrintedPlace


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that staff may choose from a list."""

    code: str
    label: str
    line: str = ""
    """What else tells it apart, e.g. the former name that was searched."""


@dataclass(frozen=True, slots=True)
class StaffStartPage:
    name: str
    roles: list[str]
    """In words: "Cán bộ · Phường Bỉm Sơn, Thanh Hóa"."""
    provinces: list[PlaceChoice]
    communes: list[PlaceChoice]
    """Provinces and communes that the actor is in charge of by a grant of their own."""
    may_search_communes: bool
    """Whether a province or everything is in the actor's charge, so that a list is needed."""
    may_give_roles: bool
    may_use_workshop: bool
    may_set_review: bool
    """Whether courses of the own place need a reviewer is theirs to say."""


@dataclass(frozen=True, slots=True)
class CommunesPage:
    query: str
    communes: list[PlaceChoice]
    is_searched: bool


@dataclass(frozen=True, slots=True)
class TeamsPage:
    commune: PrintedPlace
    teams: list[TeamLine]
    hamlets: list[PrintedPlace]
    team_form: TeamForm
    hamlet_form: HamletForm


@dataclass(frozen=True, slots=True)
class TeamPage:
    id: UUID
    name: str
    commune: PrintedPlace
    hamlet_name: str | None
    members: list[MemberLine]


@dataclass(frozen=True, slots=True)
class NewMemberPage:
    team_id: UUID
    team_name: str
    form: MemberForm


@dataclass(frozen=True, slots=True)
class FindMemberPage:
    """Looking for a registered resident to take into a team."""

    team_id: UUID
    team_name: str
    commune: PrintedPlace
    query: str
    residents: list[ResidentLine]
    is_full: bool
    """Whether there may be more than are shown."""


@dataclass(frozen=True, slots=True)
class CardPage:
    """A card to print. What stands on it is shown this once."""

    team_id: UUID
    team_name: str
    place: str
    name: str
    qr_svg: str
    typed_code: str
    first_code: str
    """Sets the PIN at the first sign-in."""
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class RolesPage:
    grants: list[GrantLine]
    role_names: Mapping[Role, LazyString]
    query: str
    places: list[PlaceChoice]
    is_searched: bool
    may_grant_everywhere: bool


@dataclass(frozen=True, slots=True)
class NewRolePage:
    place: PrintedPlace | None
    """None: everywhere."""
    form: RoleForm


@dataclass(frozen=True, slots=True)
class RoleGivenPage:
    name: str
    role: str
    place: str
    link: str | None
    """The one-time link, where the person has no sign-in yet; shown this once."""
