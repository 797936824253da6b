"""Reading counters, and distinct people, of one period. Whoever shows the answers checks first who may see them."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, distinct, func, select

from app.progress.models import CountedCompletion, Counter, PeopleCounter
from app.progress.periods import Period
from app.progress.tally import REGISTERED, THEN
from app.shared.database import reader

_counter = Counter.__table__
_people = PeopleCounter.__table__
_counted = CountedCompletion.__table__


class CompletionCount(NamedTuple):
    course_id: UUID
    mode: str
    learner_kind: str
    completions: int


class HamletCount(NamedTuple):
    hamlet_id: UUID | None
    people: int
    completions: int


def count_completions(basis: str, place_id: UUID, period: Period) -> list[CompletionCount]:
    """A place's completions by course, mode and learner kind."""
    cut = (_counter.c.course_id, _counter.c.mode, _counter.c.learner_kind)
    query = (
        select(*cut, func.sum(_counter.c.completions))
        .where(_counter.c.place_id == place_id, *_in_period(_counter, basis, period))
        .group_by(*cut)
    )
    return [CompletionCount(*row[:3], int(row[3])) for row in reader().execute(query)]


def count_completions_by_place(basis: str, place_ids: Collection[UUID], period: Period) -> dict[UUID, int]:
    """Place → completions."""
    query = (
        select(_counter.c.place_id, func.sum(_counter.c.completions))
        .where(_counter.c.place_id.in_(place_ids), *_in_period(_counter, basis, period))
        .group_by(_counter.c.place_id)
    )
    return {place_id: int(number) for place_id, number in reader().execute(query)}


def count_completions_by_course(
    basis: str, place_ids: Collection[UUID], period: Period
) -> dict[tuple[UUID, UUID], int]:
    """(place, course) → completions."""
    cut = (_counter.c.place_id, _counter.c.course_id)
    query = (
        select(*cut, func.sum(_counter.c.completions))
        .where(_counter.c.place_id.in_(place_ids), *_in_period(_counter, basis, period))
        .group_by(*cut)
    )
    return {(place_id, course_id): int(number) for place_id, course_id, number in reader().execute(query)}


def count_people_by_place(basis: str, place_ids: Collection[UUID], period: Period) -> dict[tuple[UUID, str], int]:
    """(place, group) → distinct people: each counted in the half-month in which they were new in the period."""
    number = func.sum(_people.c[period.kind.value])
    query = (
        select(_people.c.place_id, _people.c.group, number)
        .where(_people.c.place_id.in_(place_ids), *_in_period(_people, basis, period))
        .group_by(_people.c.place_id, _people.c.group)
    )
    return {(place_id, group): int(number) for place_id, group, number in reader().execute(query)}


def count_registered_by_place(basis: str, place_ids: Collection[UUID], period: Period) -> dict[UUID, int]:
    """Place → distinct registered people: the headline alone, for long periods over many places."""
    query = (
        select(_people.c.place_id, func.sum(_people.c[period.kind.value]))
        .where(_people.c.place_id.in_(place_ids), _people.c.group == REGISTERED, *_in_period(_people, basis, period))
        .group_by(_people.c.place_id)
    )
    return {place_id: int(number) for place_id, number in reader().execute(query)}


def count_by_hamlet(basis: str, commune_id: UUID, period: Period) -> list[HamletCount]:
    """A commune's distinct people (guests included) and completions by hamlet; None is "not known"."""
    commune = _counted.c.commune_then_id if basis == THEN else _counted.c.commune_today_id
    query = (
        select(_counted.c.hamlet_id, func.count(distinct(_counted.c.canonical_id)), func.count())
        .where(commune == commune_id, _counted.c.counted_on >= period.start, _counted.c.counted_on <= period.end)
        .group_by(_counted.c.hamlet_id)
    )
    return [HamletCount(*row) for row in reader().execute(query)]


def _in_period(table: Any, basis: str, period: Period) -> tuple[ColumnElement[bool], ...]:
    return table.c.basis == basis, table.c.half_start >= period.start, table.c.half_start <= period.end
