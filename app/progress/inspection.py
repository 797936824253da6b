"""Looking at all caches at once, in one snapshot: what they hold, what it adds up to, who may be counted wrongly."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Date, and_, case, cast, func, literal, or_, select

from app.extensions import db
from app.people.models import Person
from app.places.models import UNKNOWN_PLACE_ID
from app.places.queries import commune_today, province_of
from app.progress.counting import PEOPLE_AT_ONCE, batches
from app.progress.models import Completion, CountedCompletion, Counter, PeopleCounter
from app.progress.periods import PeriodKind, half_start
from app.progress.tally import (
    BASES,
    GUEST,
    REGISTERED,
    RESIDENT,
    CompletionCell,
    PeopleCell,
    Tally,
    opened_by_kind,
    places_of,
)
from app.shared.database import READ_ONLY_OPTION

_completion = Completion.__table__
_counted = CountedCompletion.__table__
_counter = Counter.__table__
_people_counter = PeopleCounter.__table__
_person = Person.__table__
_canonical = Person.__table__.alias()


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that sees one moment of the whole database, and that no writer waits for."""
    is_postgresql = db.engine.dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ"} if is_postgresql else {READ_ONLY_OPTION: True}
    with db.engine.connect().execution_options(**options) as connection:
        if not is_postgresql:
            connection.exec_driver_sql("BEGIN")
        yield connection


def find_people_to_recount(connection: Connection) -> list[list[UUID]]:
    """Canonical ids of everybody whose counted rows may be others than their completions say, in batches.

    A sieve only: `counting` has the last word on each of them. People whose rows are mixed up stand in one batch.
    """
    ranked = _ranked_completions(connection.dialect.name).subquery()
    is_suspect = or_(
        and_(ranked.c.rank == 1, ranked.c.stored_id.is_(None)),
        and_(ranked.c.rank > 1, ranked.c.stored_id.is_not(None)),
        and_(ranked.c.stored_id.is_not(None), ranked.c.differs),
    )
    found = select(ranked.c.canonical_id, ranked.c.stored_canonical_id).where(is_suspect).distinct()
    pairs = connection.execute(found).all()
    mixed_up = {person_id for own, stored in pairs if stored not in (own, None) for person_id in (own, stored)}
    others = {own for own, _ in pairs}.union(_people_on_wrong_map(connection), _people_in_wrong_half(connection))
    return [*([sorted(mixed_up)] if mixed_up else []), *batches(sorted(others - mixed_up), PEOPLE_AT_ONCE)]


def _ranked_completions(dialect: str) -> Any:
    """Every completion, its rank among those of one person, course, edition and term, and whether its row differs."""
    is_now_resident = and_(_completion.c.learner_kind == GUEST, _canonical.c.is_registered)
    expected = {
        "canonical_id": _person.c.canonical_id,
        "course_id": _completion.c.course_id,
        "edition": _completion.c.edition,
        "term": _completion.c.term,
        "commune_then_id": func.coalesce(_completion.c.commune_id, UNKNOWN_PLACE_ID),
        "hamlet_id": _completion.c.hamlet_id,
        "learner_kind": case((is_now_resident, RESIDENT), else_=_completion.c.learner_kind),
        "mode": _completion.c.mode,
        "counted_on": _local_date(_completion.c.happened_at, dialect),
    }
    one_count = (_person.c.canonical_id, _completion.c.course_id, _completion.c.edition, _completion.c.term)
    rank = func.row_number().over(partition_by=one_count, order_by=(_completion.c.happened_at, _completion.c.id))
    return (
        select(
            _person.c.canonical_id,
            rank.label("rank"),
            _counted.c.completion_id.label("stored_id"),
            _counted.c.canonical_id.label("stored_canonical_id"),
            or_(*(_counted.c[name].is_distinct_from(value) for name, value in expected.items())).label("differs"),
        )
        .join(_person, _person.c.id == _completion.c.person_id)
        .join(_canonical, _canonical.c.id == _person.c.canonical_id)
        .outerjoin(_counted, _counted.c.completion_id == _completion.c.id)
    )


def _local_date(moment: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """The date on a calendar in Vietnam, which knows no daylight saving."""
    if dialect == "postgresql":
        return cast(func.timezone("Asia/Ho_Chi_Minh", moment), Date)
    return func.date(moment, "+7 hours")


def _people_on_wrong_map(connection: Connection) -> Iterator[UUID]:
    columns = [_counted.c.commune_then_id, _counted.c.hamlet_id, _counted.c.province_then_id]
    columns += [_counted.c.commune_today_id, _counted.c.province_today_id]
    for row in connection.execute(select(*columns).distinct()).all():
        commune_id = commune_today(row.commune_then_id, row.hamlet_id)
        right = (province_of(row.commune_then_id), commune_id, province_of(commune_id))
        if right != tuple(row)[2:]:
            same = (column.is_not_distinct_from(value) for column, value in zip(columns, row, strict=True))
            yield from connection.execute(select(_counted.c.canonical_id).where(*same).distinct()).scalars()


def _people_in_wrong_half(connection: Connection) -> Iterator[UUID]:
    for day, half in connection.execute(select(_counted.c.counted_on, _counted.c.half_start).distinct()).all():
        if half != half_start(day):
            wrong = (_counted.c.counted_on == day, _counted.c.half_start == half)
            yield from connection.execute(select(_counted.c.canonical_id).where(*wrong).distinct()).scalars()


def tally_stored_rows(connection: Connection) -> Tally:
    """`tally` of all rows of `counted_completion`, made by the database."""
    total = Tally()
    places = [_counted.c.commune_then_id, _counted.c.province_then_id]
    places += [_counted.c.commune_today_id, _counted.c.province_today_id]
    cut = [_counted.c.half_start, _counted.c.course_id, _counted.c.mode, _counted.c.learner_kind]
    for row in connection.execute(select(*places, *cut, func.count().label("number")).group_by(*places, *cut)):
        for basis, place_id in places_of(*row[: len(places)]):
            cell = CompletionCell(basis, place_id, row.half_start, row.course_id, row.mode, row.learner_kind)
            total.add_completions(cell, row.number)
    for basis in BASES:
        commune, province = _counted.c[f"commune_{basis}_id"], _counted.c[f"province_{basis}_id"]
        _add_people(total, connection, basis, commune, ())
        _add_people(total, connection, basis, province, (province != commune,))
    return total


def _add_people(
    total: Tally, connection: Connection, basis: str, place: ColumnElement[Any], conditions: tuple[Any, ...]
) -> None:
    """Count each person in a place by the half-month in which, and the one after which, they were counted there."""
    registered = (*conditions, _counted.c.learner_kind != GUEST)
    for group, among in ((_counted.c.learner_kind, conditions), (literal(REGISTERED), registered)):
        halves = (
            select(_counted.c.canonical_id, place.label("place_id"), group.label("grp"), _counted.c.half_start)
            .where(*among)
            .distinct()
            .subquery()
        )
        of_one = (halves.c.canonical_id, halves.c.place_id, halves.c.grp)
        before = func.lag(halves.c.half_start, type_=Date).over(partition_by=of_one, order_by=halves.c.half_start)
        steps = select(halves.c.place_id, halves.c.half_start, halves.c.grp, before.label("previous")).subquery()
        cut = (steps.c.place_id, steps.c.half_start, steps.c.grp, steps.c.previous)
        for place_id, half, name, previous, number in connection.execute(select(*cut, func.count()).group_by(*cut)):
            opened = tuple(number * opens for opens in opened_by_kind(half, previous))
            total.add_people(PeopleCell(basis, place_id, half, name), opened)


def read_counters(connection: Connection) -> Tally:
    """What the counters hold."""
    completions = [*(_counter.c[name] for name in CompletionCell._fields), _counter.c.completions]
    people = [_people_counter.c[name] for name in (*PeopleCell._fields, *PeriodKind)]
    width = len(PeopleCell._fields)
    return Tally(
        {CompletionCell(*row[:-1]): row[-1] for row in connection.execute(select(*completions)) if row[-1]},
        {PeopleCell(*row[:width]): tuple(row[width:]) for row in connection.execute(select(*people))},
    )
