"""Roles of a person: staff grants, and the snapshot of all roles that a session keeps.

Staff roles are granted here. Members and leaders come from `teams`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.orm import aliased

from app.access.actor import STAFF_ROLES, Actor, Role
from app.extensions import db
from app.people.locks import lock_canonical, lock_people, lock_person
from app.people.models import Card, Person, RoleGrant, StaffAccount, Team, TeamMembership
from app.people.sessions import end_sessions_of
from app.places.models import Place
from app.shared import log
from app.shared.clock import now
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id, parse_id
from app.shared.vietnamese import name_sort_key

_grant = RoleGrant.__table__
_membership = TeamMembership.__table__
_team = Team.__table__


class PlaceNeeded(Refusal):
    status = 422
    sentence = "Cán bộ cần có nơi phụ trách. Anh chị chọn xã hoặc tỉnh."


class GuestCannotHoldRole(Refusal):
    status = 409
    sentence = "Người này mới học thử, chưa có tên. Người ấy cần đăng ký trước khi nhận việc."


class LastOperator(Refusal):
    status = 409
    sentence = "Đây là người vận hành cuối cùng. Anh chị giao quyền cho người khác trước, rồi hãy thu lại."


def in_force(table: Any, moment: datetime) -> ColumnElement[bool]:
    """The rows of a dated table (`from_at`, `to_at`) that hold at `moment`."""
    condition: ColumnElement[bool] = (table.c.from_at <= moment) & or_(table.c.to_at.is_(None), table.c.to_at > moment)
    return condition


def grants_snapshot(person_id: UUID) -> list[list[str | None]]:
    """What a new session keeps as `SignInSession.grants`: [[role, place id or null, end or null], …].

    Staff roles stand with the place of the grant (null: everywhere), memberships with the team's commune.
    """
    moment = now()
    staff = select(_grant.c.role, _grant.c.place_id, _grant.c.to_at).where(
        _grant.c.person_id == person_id, in_force(_grant, moment)
    )
    member = (
        select(_membership.c.is_leader, _team.c.commune_id, _membership.c.to_at)
        .join(_team, _team.c.id == _membership.c.team_id)
        .where(
            _membership.c.person_id == person_id,
            in_force(_membership, moment),
            or_(_team.c.closed_at.is_(None), _team.c.closed_at > moment),
        )
    )
    rows = [_snapshot(role, place_id, to_at) for role, place_id, to_at in db.session.execute(staff)]
    for is_leader, commune_id, to_at in db.session.execute(member):
        rows.append(_snapshot(Role.LEADER if is_leader else Role.MEMBER, commune_id, to_at))
    return rows


def _snapshot(role: str, place_id: UUID | None, to_at: datetime | None) -> list[str | None]:
    return [str(role), str(place_id) if place_id else None, to_at.isoformat() if to_at else None]


def find_person_id(reference: str) -> UUID | None:
    """The person whose id or staff sign-in name this is, or None."""
    person_id = parse_id(reference)
    if person_id is None:
        query = select(StaffAccount.person_id).where(StaffAccount.sign_in_name == reference.strip().lower())
        return db.session.scalar(query)
    return db.session.scalar(select(Person.id).where(Person.id == person_id, Person.erased_at.is_(None)))


def has_staff_account(person_id: UUID) -> bool:
    """Whether the person has set up sign-in name, password and second factor."""
    return db.session.get(StaffAccount, person_id) is not None


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A staff role in force, as operators see it."""

    grant_id: UUID
    person_id: UUID
    name: str
    sign_in_name: str | None
    """None: has not set up the sign-in yet."""
    role: Role
    place: Place | None
    """None: everywhere."""
    since: datetime


def list_grants(*, visible_to: Actor) -> list[GrantLine]:
    """Every staff role in force in the places where the actor is operator, by person."""
    query = (
        select(RoleGrant, Person.name, StaffAccount.sign_in_name, Place)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(StaffAccount, StaffAccount.person_id == Person.id)
        .outerjoin(Place, Place.id == RoleGrant.place_id)
        .where(in_force(_grant, now()), _grants_visible_to(visible_to))
    )
    lines = [
        GrantLine(grant.id, grant.person_id, name or "", sign_in_name, Role(grant.role), place, grant.from_at)
        for grant, name, sign_in_name, place in db.session.execute(query)
    ]
    return sorted(lines, key=lambda line: (*name_sort_key(line.name), str(line.person_id), line.role))


def get_grant(grant_id: UUID, *, visible_to: Actor) -> RoleGrant:
    """The grant in force.

    Raises:
        NotFound: there is none, it has ended, or it is not in the actor's place.
    """
    query = select(RoleGrant).where(RoleGrant.id == grant_id, in_force(_grant, now()), _grants_visible_to(visible_to))
    grant = db.session.scalar(query)
    if grant is None:
        raise NotFound
    return grant


def _grants_visible_to(actor: Actor) -> ColumnElement[bool]:
    scope = actor.scope_of(Role.OPERATOR)
    if None in scope:
        return RoleGrant.id.is_not(None)
    below = aliased(Place)
    return RoleGrant.place_id.in_(select(below.id).where(or_(below.id.in_(scope), below.parent_id.in_(scope))))


def create_staff_person(*, person_id: UUID, name: str, actor: Actor | None) -> UUID:
    """Make the person who is to get a first role; the id comes from the form, so that sent twice makes one.

    Raises:
        NotFound: the id belongs to somebody whom this actor did not make.
    """
    existing = db.session.get(Person, person_id)
    maker_id = actor.person_id if actor else None
    if existing is not None and (existing.created_by is None or existing.created_by != maker_id):
        raise NotFound
    if existing is None:
        moment = now()
        row = {"name": name, "is_registered": True, "created_at": moment, "registered_at": moment}
        db.session.add(Person(id=person_id, canonical_id=person_id, created_by=maker_id, **row))
        db.session.flush()
        _log("create_person", person_id, None, actor)
    return person_id


def grant_role(*, person_id: UUID, role: Role, place_id: UUID | None, actor: Actor | None) -> RoleGrant:
    """Give a staff role in a place and below it (None: everywhere). Given twice, it stands once.

    Ends the person's sessions, and their cards: staff come in with password and second factor.
    `actor` None stands for the operator's command.

    Raises:
        NotFound: there is no such person.
        PlaceNeeded: an officer without a place.
        GuestCannotHoldRole: the person has not registered.
    """
    if role not in STAFF_ROLES:
        raise ValueError(f"{role} comes from a team, not from a grant")
    if role == Role.OFFICER and place_id is None:
        raise PlaceNeeded
    person = lock_person(person_id)
    if not person.is_registered:
        raise GuestCannotHoldRole
    grant = find_grant(person_id=person_id, role=role, place_id=place_id)
    if grant is not None:
        return grant
    granted_by = actor.person_id if actor else None
    row = {"person_id": person_id, "role": role.value, "place_id": place_id, "granted_by": granted_by}
    grant = RoleGrant(id=new_id(), from_at=now(), **row)
    db.session.add(grant)
    db.session.flush()
    end_sessions_of(person_id)
    revoke_cards(person_id)
    _log(f"grant_{role.value}", person_id, place_id, actor)
    return grant


def find_grant(*, person_id: UUID, role: Role, place_id: UUID | None) -> RoleGrant | None:
    """The grant in force of exactly this role in exactly this place (None: everywhere), or None."""
    same_place = RoleGrant.place_id == place_id if place_id else RoleGrant.place_id.is_(None)
    return db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id, RoleGrant.role == role.value, same_place, in_force(_grant, now())
        )
    )


def revoke_grant(*, grant: RoleGrant, actor: Actor | None) -> None:
    """Take the role back from now on and end the person's sessions.

    Raises:
        LastOperator: nobody could give roles any more.
    """
    if grant.role == Role.OPERATOR and grant.place_id is None:
        # In turns: two operators who take each other's role at once would leave none.
        lock_people({grant.person_id, *db.session.scalars(_whole_operators().with_only_columns(RoleGrant.person_id))})
        if not other_operator_exists(grant.person_id):
            raise LastOperator
    lock_canonical(grant.person_id)
    grant.to_at = now()
    db.session.flush()
    end_sessions_of(grant.person_id)
    _log(f"revoke_{grant.role}", grant.person_id, grant.place_id, actor)


def operates_everything(person_id: UUID) -> bool:
    """Whether the person is operator of the whole database."""
    return db.session.scalar(_whole_operators().where(RoleGrant.person_id == person_id).limit(1)) is not None


def other_operator_exists(person_id: UUID) -> bool:
    """Whether somebody else, able to sign in, operates the whole database."""
    others = _whole_operators().join(StaffAccount, StaffAccount.person_id == RoleGrant.person_id)
    return db.session.scalar(others.where(RoleGrant.person_id != person_id).limit(1)) is not None


def _whole_operators() -> Select[UUID]:
    return select(RoleGrant.id).where(
        RoleGrant.role == Role.OPERATOR.value, RoleGrant.place_id.is_(None), in_force(_grant, now())
    )


def revoke_cards(person_id: UUID) -> None:
    """Let every printed card of the person open nothing any more."""
    db.session.execute(
        update(Card).where(Card.person_id == person_id, Card.revoked_at.is_(None)).values(revoked_at=now())
    )


def _log(act: str, person_id: UUID, place_id: UUID | None, actor: Actor | None) -> None:
    log.record(
        act,
        object_kind="person",
        object_id=person_id,
        actor_id=actor.person_id if actor else None,
        actor_role=actor.capacity if actor else "command",
        place_id=place_id,
    )
