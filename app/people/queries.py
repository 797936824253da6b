"""Reading about people. Whoever reads about others passes `visible_to=`: what they may not see does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, false, or_, select, true
from sqlalchemy.orm import aliased

from app.access.actor import Actor, Role, WayIn
from app.extensions import db
from app.people.grants import in_force
from app.people.models import Person, Residence, RoleGrant, Team, TeamMembership
from app.places.models import Place
from app.shared.clock import now
from app.shared.database import writer
from app.shared.errors import NotFound

_person = Person.__table__
_residence = Residence.__table__
_membership = TeamMembership.__table__
_team = Team.__table__
_grant = RoleGrant.__table__


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which capacity, and where, something counts that a person does on one day."""

    kind: str
    """guest, resident or member."""
    commune_id: UUID | None
    """None: not known yet."""
    hamlet_id: UUID | None
    team_id: UUID | None
    """For a member: the team whose commune it counts in."""


def learner_kind_and_place(person_id: UUID, audience: str, at: datetime) -> Capacity | None:
    """The capacity in which `person_id` completes a course for `audience` (resident, team, both) at `at`.

    A team course counts as member, in the commune of the longest-standing team; every other course as guest or
    resident, where the person lived then. None: nothing is counted (somebody in no team on a team course).
    Records that are one person today (`canonical_id`) are looked at together.
    """
    if audience == "team":
        return _member_capacity(person_id, at)
    records = _records_with_residences(person_id)
    lives = _residence_at(person_id, records, at)
    kind = "resident" if any(record.is_registered for record in records) else "guest"
    return Capacity(kind, lives.commune_id if lives else None, lives.hamlet_id if lives else None, None)


def _member_capacity(person_id: UUID, at: datetime) -> Capacity | None:
    own, record = _person.alias(), _person.alias()
    query = (
        select(_team.c.id, _team.c.commune_id, _team.c.hamlet_id)
        .join(_membership, _membership.c.team_id == _team.c.id)
        .join(record, record.c.id == _membership.c.person_id)
        .join(own, own.c.canonical_id == record.c.canonical_id)
        .where(
            own.c.id == person_id,
            in_force(_membership, at),
            or_(_team.c.closed_at.is_(None), _team.c.closed_at > at),
        )
        .order_by(_membership.c.from_at, _membership.c.id)
        .limit(1)
    )
    team = db.session.execute(query).one_or_none()
    return Capacity("member", team.commune_id, team.hamlet_id, team.id) if team else None


def list_records_of_one_person(person_id: UUID) -> list[UUID]:
    """The ids of all records that are this person today, the canonical one first."""
    own, record = _person.alias(), _person.alias()
    query = (
        select(record.c.id, record.c.canonical_id)
        .join(own, own.c.canonical_id == record.c.canonical_id)
        .where(own.c.id == person_id)
    )
    return [row.id for row in sorted(db.session.execute(query), key=lambda row: row.id != row.canonical_id)]


_own, _record = _person.alias(), _person.alias()
_RECORDS_WITH_RESIDENCES = (
    select(
        _record.c.id,
        _record.c.canonical_id,
        _record.c.is_registered,
        _residence.c.commune_id,
        _residence.c.hamlet_id,
        _residence.c.from_at,
    )
    .join(_own, _own.c.canonical_id == _record.c.canonical_id)
    .outerjoin(_residence, _residence.c.person_id == _record.c.id)
    .where(_own.c.id == bindparam("person_id"))
    .order_by(_residence.c.from_at)
)


def _records_with_residences(person_id: UUID) -> Sequence[Any]:
    """Each residence of each record of this person, oldest first; records without one have empty columns."""
    return writer().execute(_RECORDS_WITH_RESIDENCES, {"person_id": person_id}).all()


def _residence_at(person_id: UUID, records: Sequence[Any], at: datetime) -> Any:
    """Where the person lived at `at`: by the own record, else by the canonical one, else by any other.

    What was said first also holds for the time before: nobody had asked yet.
    """
    said = [row for row in records if row.commune_id]
    said.sort(key=lambda row: (row.id != person_id, row.id != row.canonical_id))
    of_one_record = [row for row in said if row.id == said[0].id]
    earlier = [row for row in of_one_record if row.from_at <= at]
    return earlier[-1] if earlier else next(iter(of_one_record), None)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a person lives, by their own word."""

    commune_id: UUID
    hamlet_id: UUID | None
    since: datetime


def current_residence(person_id: UUID) -> Home | None:
    """Where this record's person lives now, or None while it is not known."""
    query = select(_residence).where(_residence.c.person_id == person_id, _residence.c.to_at.is_(None))
    row = db.session.execute(query).one_or_none()
    return Home(row.commune_id, row.hamlet_id, row.from_at) if row else None


def get_person(person_id: UUID, *, visible_to: Actor) -> Person:
    """The person, if `visible_to` is that person or has the person in their place.

    Raises:
        NotFound: nobody has that id, or not for this actor.
    """
    query = select(Person).where(Person.id == person_id, Person.erased_at.is_(None), people_visible_to(visible_to))
    person = db.session.scalar(query)
    if person is None:
        raise NotFound
    return person


def people_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on `person` that leaves those whom `actor` may see: oneself, and as staff one's own place.

    In one's place is who lives there, who is in a team there, and for operators who holds a role there.
    """
    oneself = Person.id == actor.person_id if actor.person_id else false()
    if actor.way_in != WayIn.STAFF:
        return oneself
    communes = communes_in_scope(actor)
    residents = select(Residence.person_id).where(Residence.to_at.is_(None), Residence.commune_id.in_(communes))
    members = (
        select(TeamMembership.person_id)
        .join(Team, Team.id == TeamMembership.team_id)
        .where(Team.commune_id.in_(communes), in_force(_membership, now()))
    )
    return or_(
        oneself,
        true() if None in _staff_scope(actor) else false(),
        Person.id.in_(residents),
        Person.id.in_(members),
        Person.id.in_(_staff_of(actor)),
    )


def _staff_of(actor: Actor) -> Select[UUID]:
    scope = actor.scope_of(Role.OPERATOR)
    places = select(Place.id).where(or_(Place.id.in_(scope), Place.parent_id.in_(scope)))
    return select(RoleGrant.person_id).where(RoleGrant.place_id.in_(places), in_force(_grant, now()))


def communes_in_scope(actor: Actor) -> Select[UUID]:
    """Select ids of the communes in which `actor` acts as officer or operator."""
    scope = _staff_scope(actor)
    commune = aliased(Place)
    query = select(commune.id).where(commune.kind == "commune")
    if None in scope:
        return query
    return query.where(or_(commune.id.in_(scope), commune.parent_id.in_(scope)))


def _staff_scope(actor: Actor) -> tuple[UUID | None, ...]:
    """Places in which a password session may see people; None stands for everywhere."""
    if actor.way_in != WayIn.STAFF:
        return ()
    return actor.scope_of(Role.OFFICER) + actor.scope_of(Role.OPERATOR)
