"""Counting: the caches that follow from completions, kept exact within the transaction that changes the truth.

There is one way to count, `recount_people`: read one person's completions and what is stored about them, replace
the rows that differ, add the difference of the two tallies to the counters. Every writer locks the person first,
so differences never cross; they commute, so no counter is ever read before it is changed.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from app.extensions import db
from app.people.locks import lock_people
from app.people.models import Person
from app.places.models import UNKNOWN_PLACE_ID, Place
from app.places.queries import commune_today, province_of
from app.progress.models import Completion, CountedCompletion, Counter, PeopleCounter
from app.progress.periods import PeriodKind, half_start
from app.progress.tally import GUEST, RESIDENT, CompletionCell, CountedRow, PeopleCell, Tally, tally
from app.shared.clock import local_date, today
from app.shared.database import built_once, upsert, writer

PEOPLE_AT_ONCE = 500
"""How many are recounted with one pair of statements."""
Fact = Any
"""A row of `_FACTS`."""
_completion = Completion.__table__
_counted = CountedCompletion.__table__
_counter = Counter.__table__
_people_counter = PeopleCounter.__table__
_COUNTER = (*CompletionCell._fields, "completions")
_PEOPLE_COUNTER = (*PeopleCell._fields, *(kind.value for kind in PeriodKind))
_person = Person.__table__
_canonical = Person.__table__.alias()
_own = Person.__table__.alias()
_place = Place.__table__

_FACTS = (
    select(
        *(_completion.c[name] for name in ("id", "course_id", "edition", "term", "mode", "learner_kind")),
        *(_completion.c[name] for name in ("commune_id", "hamlet_id", "happened_at")),
        _person.c.canonical_id,
        _canonical.c.is_registered,
        _place.c.valid_to,
        *(_counted.c[name].label(f"stored_{name}") for name in CountedRow._fields),
    )
    .join(_person, _person.c.id == _completion.c.person_id)
    .join(_canonical, _canonical.c.id == _person.c.canonical_id)
    .outerjoin(_place, _place.c.id == _completion.c.commune_id)
    .outerjoin(_counted, _counted.c.completion_id == _completion.c.id)
)
"""Completions, each with what is stored about it."""
_FACTS_OF_PEOPLE = _FACTS.where(_person.c.canonical_id.in_(bindparam("canonical_ids", expanding=True)))
_FACTS_OF_RECORD = _FACTS.where(
    _person.c.canonical_id == select(_own.c.canonical_id).where(_own.c.id == bindparam("person_id")).scalar_subquery()
)
"""All completions of who a record is today."""
_STORED_FROM = -len(CountedRow._fields)
_INSERT = insert(CountedCompletion)
_DELETE = delete(CountedCompletion).where(_counted.c.completion_id == bindparam("gone_id"))


def count_completion(person_id: UUID) -> None:
    """Count a new completion of this record, in its own transaction. It takes the place of a counted later one.

    The caller has locked the learner (`app.people.locks`), as for everything that it writes about them.
    """
    _replace(*_compare(writer().execute(_FACTS_OF_RECORD, {"person_id": person_id}).all()))


def recount_people(person_ids: Iterable[UUID]) -> None:
    """Make what is counted for these people equal to their completions, in the caller's transaction.

    After a merge or its undoing both canonical ids must be among them.
    """
    canonical_ids = set(lock_people(person_ids).values())
    _replace(*compare_people(writer(), canonical_ids))


def compare_people(connection: Connection, canonical_ids: Iterable[UUID]) -> tuple[set[CountedRow], set[CountedRow]]:
    """The rows stored for these people, and the rows that follow from their completions."""
    return _compare(connection.execute(_FACTS_OF_PEOPLE, {"canonical_ids": list(canonical_ids)}).all())


def _compare(facts: Sequence[Fact]) -> tuple[set[CountedRow], set[CountedRow]]:
    stored = {CountedRow(*columns) for fact in facts if (columns := fact[_STORED_FROM:])[0] is not None}
    return stored, {_counted_row(fact) for fact in _earliest(facts)}


def _replace(stored: set[CountedRow], right: set[CountedRow]) -> None:
    if stored != right:
        _replace_rows(stored - right, right - stored)
        add_to_counters(tally(right).less(tally(stored)))


def recount_places(place_ids: Iterable[UUID]) -> int:
    """Count anew, on today's map, whatever counts in these communes then or today: after a change of places.

    Commits after every batch: who counts holds the rows of the province, and others who complete wait for them.
    Returns how many people were looked at.
    """
    communes = list(place_ids)
    concerned = or_(_counted.c.commune_then_id.in_(communes), _counted.c.commune_today_id.in_(communes))
    people = db.session.scalars(
        select(_counted.c.canonical_id).where(concerned).distinct().order_by(_counted.c.canonical_id)
    ).all()
    for batch in batches(people, PEOPLE_AT_ONCE):
        recount_people(batch)
        db.session.commit()
    return len(people)


def recount_ended_places() -> int:
    """Move what counts today in a commune that has ended since to the commune that it became; returns the people.

    A succession may be entered before its day: then nobody acts on that day, so this runs every night. Commits.
    """
    is_used = select(_counted.c.completion_id).where(_counted.c.commune_today_id == _place.c.id).exists()
    ended = db.session.scalars(select(_place.c.id).where(_place.c.valid_to < today(), is_used)).all()
    return recount_places(ended) if ended else 0


def add_to_counters(change: Tally) -> None:
    """Add the numbers, which may be negative, to the counters: rows in one order everywhere, so nobody deadlocks.

    Whoever calls it locks nobody afterwards in the same transaction.
    """
    completions = [dict(zip(_COUNTER, (*cell, number), strict=True)) for cell, number in change.completions.items()]
    people = [dict(zip(_PEOPLE_COUNTER, (*cell, *numbers), strict=True)) for cell, numbers in change.people.items()]
    connection = writer()
    for table, rows in ((_counter, completions), (_people_counter, people)):
        if rows:
            in_order = sorted(rows, key=itemgetter(*(column.name for column in table.primary_key)))
            connection.execute(_adding(table), in_order)


def batches(ids: Sequence[UUID], size: int) -> Iterator[list[UUID]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, size)):
        yield batch


def _earliest(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Of the completions of one person, course, edition and term, the first."""
    found: dict[tuple[Any, ...], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.happened_at, fact.id)):
        found.setdefault((fact.canonical_id, fact.course_id, fact.edition, fact.term), fact)
    return found.values()


def _counted_row(fact: Fact) -> CountedRow:
    commune_id = fact.commune_id or UNKNOWN_PLACE_ID
    today_id = commune_today(commune_id, fact.hamlet_id) if fact.valid_to else commune_id
    counted_on = local_date(fact.happened_at)
    return CountedRow(
        completion_id=fact.id,
        canonical_id=fact.canonical_id,
        course_id=fact.course_id,
        edition=fact.edition,
        term=fact.term,
        commune_then_id=commune_id,
        province_then_id=province_of(commune_id),
        commune_today_id=today_id,
        province_today_id=province_of(today_id),
        hamlet_id=fact.hamlet_id,
        learner_kind=RESIDENT if fact.learner_kind == GUEST and fact.is_registered else fact.learner_kind,
        mode=fact.mode,
        counted_on=counted_on,
        half_start=half_start(counted_on),
    )


def _replace_rows(gone: Collection[CountedRow], new: Collection[CountedRow]) -> None:
    connection = writer()
    if gone:
        connection.execute(_DELETE, [{"gone_id": row.completion_id} for row in gone])
    if new:
        connection.execute(_INSERT, [row._asdict() for row in sorted(new, key=lambda row: row.completion_id)])


@built_once
def _adding(table: Any) -> Any:
    """An INSERT that adds its numbers to those of a row that is there already."""
    statement = upsert(table)
    numbers = {column.name: column + statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=numbers)
