"""Whoever writes about a person takes the person's turn first: the canonical record's row, until the commit.

Every record of one person leads to the same row, so two records of one person take turns as well. Rows are always
taken in the order of their ids, so nobody waits in a circle.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, select

from app.extensions import db
from app.people.models import Person
from app.shared.errors import NotFound


def lock_people(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Let no other transaction write about these people meanwhile; returns each record's canonical id.

    Raises:
        NotFound: there is no such record.
    """
    asked = set(person_ids)
    held = set(db.session.scalars(_locking(asked).where(Person.canonical_id == Person.id)))
    if held == asked:
        return {person_id: person_id for person_id in asked}
    while True:
        # Read anew after every wait: a merge may have been committed by whoever held the row before.
        found = db.session.execute(select(Person.id, Person.canonical_id).where(Person.id.in_(asked)))
        canonical_ids: dict[UUID, UUID] = dict(found.all())
        if canonical_ids.keys() != asked:
            raise NotFound
        missing = set(canonical_ids.values()) - held
        if not missing:
            return canonical_ids
        held |= set(db.session.scalars(_locking(missing)))


def lock_canonical(person_id: UUID) -> UUID:
    """Let no other transaction write about this person meanwhile; returns who the record is today.

    Raises:
        NotFound: there is no such record.
    """
    return lock_people((person_id,))[person_id]


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


def _locking(person_ids: set[UUID]) -> Select[UUID]:
    return select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id).with_for_update(key_share=True)
