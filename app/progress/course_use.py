"""Where people stop: distinct people at each item of a course, and in the whole of it. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union

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
    half_way: int = 0
    """Of a quiz: who has begun it and never finished an attempt."""


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
    found |= {key: ItemUse(done, passed) for key, done, passed in reader().execute(attempts)}
    for key, half_way in reader().execute(_half_way(version)):
        found[key] = replace(found.get(key, ItemUse()), half_way=half_way)
    return found


def _half_way(version: Version) -> Select[Any]:
    """Item key → people all of whose attempts are still open."""
    people = (
        select(_attempt.c.item_key, _person.c.canonical_id)
        .join(_person, _person.c.id == _attempt.c.person_id)
        .where(_attempt.c.course_id == version.course_id, _attempt.c.edition == version.edition)
        .group_by(_attempt.c.item_key, _person.c.canonical_id)
        .having(func.count(_attempt.c.happened_at) == 0)
        .subquery()
    )
    return select(people.c.item_key, func.count()).group_by(people.c.item_key)


def count_people(version: Version) -> CourseUse:
    """People who have done anything in the edition of this version, and those who completed it."""
    return count_people_by_course({version.course_id: version.edition})[version.course_id]


def count_people_by_course(editions: Mapping[UUID, int]) -> dict[UUID, CourseUse]:
    """Course → people in this edition of it: two queries for any number of courses."""
    if not editions:
        return {}
    # All editions of the courses are counted: for pairs of course and edition SQLite passes over its indexes.
    records = union(
        *(
            select(table.c.course_id, table.c.edition, table.c.person_id).where(
                table.c.course_id.in_(list(editions)), *conditions
            )
            for table, conditions in ((_visit, ()), (_attempt, (_attempt.c.happened_at.is_not(None),)))
        )
    ).subquery()
    began = (
        select(records.c.course_id, records.c.edition, func.count(_person.c.canonical_id.distinct()))
        .join(_person, _person.c.id == records.c.person_id)
        .group_by(records.c.course_id, records.c.edition)
    )
    completed = (
        select(_counted.c.course_id, _counted.c.edition, func.count(_counted.c.canonical_id.distinct()))
        .where(_counted.c.course_id.in_(list(editions)))
        .group_by(_counted.c.course_id, _counted.c.edition)
    )
    beginners, completers = (
        {(course_id, edition): count for course_id, edition, count in reader().execute(query)}
        for query in (began, completed)
    )
    return {pair[0]: CourseUse(beginners.get(pair, 0), completers.get(pair, 0)) for pair in editions.items()}


def count_finished_attempts(course_ids: Collection[UUID]) -> dict[UUID, int]:
    """Course → finished attempts in all its versions; courses without any are left out."""
    query = (
        select(_attempt.c.course_id, func.count())
        .where(_attempt.c.course_id.in_(course_ids), _attempt.c.happened_at.is_not(None))
        .group_by(_attempt.c.course_id)
    )
    return {course_id: count for course_id, count in reader().execute(query)}  # noqa: C416


@dataclass(frozen=True, slots=True)
class InTheMiddle:
    """Distinct people whom a new version meets on their way."""

    people: int
    """Who has begun anything in the edition and has not completed it."""
    in_a_quiz: int
    """Who has an attempt that is not handed in."""


def count_in_the_middle(version: Version) -> InTheMiddle:
    """People in the edition of this version, whichever version of it they had."""
    begun = union(
        *(
            select(table.c.person_id).where(table.c.course_id == version.course_id, table.c.edition == version.edition)
            for table in (_visit, _attempt)
        )
    ).subquery()
    finished = select(_counted.c.canonical_id).where(
        _counted.c.course_id == version.course_id, _counted.c.edition == version.edition
    )
    people = (
        select(func.count(_person.c.canonical_id.distinct()))
        .join(begun, begun.c.person_id == _person.c.id)
        .where(_person.c.canonical_id.not_in(finished))
    )
    in_a_quiz = (
        select(func.count(_person.c.canonical_id.distinct()))
        .join(_attempt, _attempt.c.person_id == _person.c.id)
        .where(
            _attempt.c.course_id == version.course_id,
            _attempt.c.edition == version.edition,
            _attempt.c.happened_at.is_(None),
        )
    )
    return InTheMiddle(*reader().execute(select(people.scalar_subquery(), in_a_quiz.scalar_subquery())).one())
