"""Whoever writes about a person takes the person's turn first: the canonical record's row, until the commit.

Every record of one person leads to the same row, so two records of one person take turns as well. Rows are
taken in the order of their ids, so that nobody waits in a circle.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from app.extensions import db
from app.people.models import Person
from app.shared.database import writer
from app.shared.errors import NotFound

_person = Person.__table__
_asked = _person.c.id.in_(bindparam("ids", expanding=True))
_ANY = select(_person.c.id).where(_asked).order_by(_person.c.id).with_for_update(key_share=True)
_STANDING = _ANY.where(_person.c.canonical_id == _person.c.id)
"""Records that stand for themselves, as nearly all do."""
_STANDING_ALONE = (
    select(_person.c.id)
    .where(
        _person.c.id == bindparam("person_id"), _person.c.canonical_id == _person.c.id, _person.c.erased_at.is_(None)
    )
    .with_for_update(key_share=True)
)
_WHO = select(_person.c.id, _person.c.canonical_id).where(_asked)


def lock_people(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Let no other transaction write about these people meanwhile; returns each record's canonical id.

    Raises:
        NotFound: there is no such record.
    """
    asked = set(person_ids)
    held = _take(_STANDING, asked)
    if held == asked:
        return {person_id: person_id for person_id in asked}
    while True:
        # Read anew after every wait: a merge may have been committed by whoever held the row before.
        canonical_ids: dict[UUID, UUID] = dict(writer().execute(_WHO, {"ids": list(asked)}).all())
        if canonical_ids.keys() != asked:
            raise NotFound
        missing = set(canonical_ids.values()) - held
        if not missing:
            return canonical_ids
        held |= _take(_ANY, missing)


def lock_canonical(person_id: UUID) -> UUID:
    """Let no other transaction write about this person meanwhile; returns who the record is today.

    Raises:
        NotFound: there is no such record, or it was erased.
    """
    if writer().execute(_STANDING_ALONE, {"person_id": person_id}).first():
        return person_id
    canonical_id = lock_people((person_id,))[person_id]
    if writer().execute(_STANDING_ALONE, {"person_id": canonical_id}).first() is None:
        raise NotFound
    return canonical_id


def lock_person(person_id: UUID) -> Person:
    """The record as it stands now, which no other transaction changes meanwhile.

    Raises:
        NotFound: there is no such record, or it was erased.
    """
    lock_canonical(person_id)
    person = db.session.get_one(Person, person_id, populate_existing=True)
    if person.erased_at is not None:
        raise NotFound
    return person


def _take(statement: Select[Any], person_ids: set[UUID]) -> set[UUID]:
    return set(writer().execute(statement, {"ids": list(person_ids)}).scalars())
