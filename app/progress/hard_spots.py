"""Paragraphs that learners found hard to understand: once per person and paragraph, and taken back as easily."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select

from app.extensions import db
from app.people.locks import lock_canonical
from app.people.models import Person
from app.progress.models import HardSpot
from app.progress.queries import records_of
from app.shared.clock import now
from app.shared.database import reader, upsert
from app.shared.ids import new_id

_person = Person.__table__
_spot = HardSpot.__table__


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a lesson, to be marked or not."""

    course_id: UUID
    item_key: str
    block: str
    """Its name, see `content.paragraphs`."""


@dataclass(frozen=True, slots=True)
class HardParagraph:
    """What people said of one paragraph, whether it still stands in the course or not."""

    item_key: str
    block: str
    people: int


def mark_hard(person_id: UUID, spot: Spot) -> None:
    """Note that this person found the paragraph hard; again changes nothing."""
    lock_canonical(person_id)
    row = {
        "id": new_id(),
        "person_id": person_id,
        "course_id": spot.course_id,
        "item_key": spot.item_key,
        "block": spot.block,
        "happened_at": now(),
    }
    db.session.execute(upsert(HardSpot).values(row).on_conflict_do_nothing())


def take_back_hard(canonical_id: UUID, spot: Spot) -> None:
    """Forget it, whichever of the person's records said so."""
    db.session.execute(
        delete(HardSpot).where(
            HardSpot.person_id.in_(records_of(canonical_id)),
            HardSpot.course_id == spot.course_id,
            HardSpot.item_key == spot.item_key,
            HardSpot.block == spot.block,
        )
    )


def list_own_hard_blocks(canonical_id: UUID, course_id: UUID, item_key: str) -> frozenset[str]:
    query = select(_spot.c.block).where(
        _spot.c.person_id.in_(records_of(canonical_id)), _spot.c.course_id == course_id, _spot.c.item_key == item_key
    )
    return frozenset(reader().execute(query).scalars())


def count_hard_paragraphs(course_id: UUID) -> list[HardParagraph]:
    """Distinct people for each paragraph of any version, the hardest first."""
    people = func.count(_person.c.canonical_id.distinct())
    query = (
        select(_spot.c.item_key, _spot.c.block, people)
        .join(_person, _person.c.id == _spot.c.person_id)
        .where(_spot.c.course_id == course_id)
        .group_by(_spot.c.item_key, _spot.c.block)
        .order_by(people.desc(), _spot.c.item_key, _spot.c.block)
    )
    return [HardParagraph(*row) for row in reader().execute(query)]
