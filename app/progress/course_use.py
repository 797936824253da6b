"""Where people stop: distinct people at each item of a course, and in the whole of it. Reads only."""

from dataclasses import dataclass

from sqlalchemy import func, select, union

from app.content.queries import Version
from app.people.models import Person
from app.progress.models import Attempt, CountedCompletion, Visit
from app.shared.database import reader

_person = Person.__table__
_visit = Visit.__table__
_attempt = Attempt.__table__
_counted = CountedCompletion.__table__


@dataclass(frozen=True, slots=True)
class ItemUse:
    """Distinct people at one item, guests and registered alike."""

    done: int = 0
    """Who read, did or finished it."""
    passed: int = 0
    """Of a quiz: who passed it."""


@dataclass(frozen=True, slots=True)
class CourseUse:
    """Distinct people in one edition of a course."""

    began: int = 0
    """Who has done any item."""
    completed: int = 0


def count_people_by_item(version: Version) -> dict[str, ItemUse]:
    """Item key → people in the edition of this version, whichever version of it they had."""
    visits = (
        select(_visit.c.item_key, func.count(_person.c.canonical_id.distinct()))
        .join(_person, _person.c.id == _visit.c.person_id)
        .where(_visit.c.course_id == version.course_id, _visit.c.edition == version.edition)
        .group_by(_visit.c.item_key)
    )
    attempts = (
        select(
            _attempt.c.item_key,
            func.count(_person.c.canonical_id.distinct()),
            func.count(_person.c.canonical_id.distinct()).filter(_attempt.c.passed),
        )
        .join(_person, _person.c.id == _attempt.c.person_id)
        .where(
            _attempt.c.course_id == version.course_id,
            _attempt.c.edition == version.edition,
            _attempt.c.happened_at.is_not(None),
        )
        .group_by(_attempt.c.item_key)
    )
    found = {key: ItemUse(done) for key, done in reader().execute(visits)}
    return found | {key: ItemUse(done, passed) for key, done, passed in reader().execute(attempts)}


def count_people(version: Version) -> CourseUse:
    """People who have done anything in the edition of this version, and those who completed it."""
    began = union(
        *(
            select(_person.c.canonical_id)
            .join(table, table.c.person_id == _person.c.id)
            .where(table.c.course_id == version.course_id, table.c.edition == version.edition, *conditions)
            for table, conditions in ((_visit, ()), (_attempt, (_attempt.c.happened_at.is_not(None),)))
        )
    ).subquery()
    completed = (
        select(func.count(_counted.c.canonical_id.distinct()))
        .where(_counted.c.course_id == version.course_id, _counted.c.edition == version.edition)
        .scalar_subquery()
    )
    counts = select(select(func.count()).select_from(began).scalar_subquery(), completed)
    return CourseUse(*reader().execute(counts).one())
