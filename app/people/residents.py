"""Registered residents of a commune as its staff look for them: by name in any spelling, or by phone number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from app.access.actor import Actor
from app.extensions import db
from app.people.grants import in_force
from app.people.models import Person, Residence, Team, TeamMembership
from app.people.queries import get_person, people_visible_to
from app.places.queries import printed_place
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.vietnamese import fold, mask_mobile, name_sort_key, parse_mobile

MOST_FOUND = 20
_membership = TeamMembership.__table__


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """Somebody who lives in the commune by their own word."""

    person_id: UUID
    name: str
    birth_year: int | None
    masked_phone: str | None
    hamlet_name: str | None
    is_member: bool
    """Whether they are in the team already."""


def find_residents_for_team(team: Team, text: str, *, visible_to: Actor) -> list[ResidentLine]:
    """Residents of the team's commune whose name holds every word of `text`, or whose phone number it is.

    By given name, at most `MOST_FOUND`. Records that were merged into another are left out.
    """
    mobile, words = parse_mobile(text), fold(text).split()
    if not words:
        return []
    rows = [row for row in _residents(team, mobile, visible_to) if mobile or _is_meant(row, words)]
    rows.sort(key=lambda row: name_sort_key(row.name))
    return [_line(row) for row in rows[:MOST_FOUND]]


def get_resident_for_team(team: Team, person_id: UUID, *, visible_to: Actor) -> Person:
    """The registered person, if they live in the team's commune.

    Raises:
        NotFound: there is none, or not there, or not for this actor.
    """
    person = get_person(person_id, visible_to=visible_to)
    lives_here = exists().where(
        Residence.person_id == person_id, Residence.commune_id == team.commune_id, Residence.to_at.is_(None)
    )
    if not person.is_registered or person.canonical_id != person.id or not db.session.scalar(select(lives_here)):
        raise NotFound
    return person


def _residents(team: Team, mobile: str | None, visible_to: Actor) -> Sequence[Any]:
    is_member = exists().where(
        TeamMembership.team_id == team.id, TeamMembership.person_id == Person.id, in_force(_membership, now())
    )
    query = (
        select(Person.id, Person.name, Person.birth_year, Person.phone, Residence.hamlet_id, is_member.label("member"))
        .join(Residence, Residence.person_id == Person.id)
        .where(Residence.commune_id == team.commune_id, Residence.to_at.is_(None))
        .where(Person.is_registered, Person.canonical_id == Person.id, Person.erased_at.is_(None))
        .where(people_visible_to(visible_to))
    )
    return db.session.execute(query.where(Person.phone == mobile) if mobile else query).all()


def _is_meant(row: Any, words: list[str]) -> bool:
    name = f" {fold(row.name or '')} "
    return all(f" {word}" in name for word in words)


def _line(row: Any) -> ResidentLine:
    return ResidentLine(
        person_id=row.id,
        name=row.name or "",
        birth_year=row.birth_year,
        masked_phone=mask_mobile(row.phone) if row.phone else None,
        hamlet_name=printed_place(row.hamlet_id).full_name if row.hamlet_id else None,
        is_member=row.member,
    )
