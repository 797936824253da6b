"""What counted completions add up to: completions and distinct people, on both maps. Pure.

The caches hold exactly `tally` of all rows of `counted_completion`. Whoever changes such rows adds the difference
between the tally of one person's rows after and before, so late arrivals, merges and moves need no rule of their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import add, neg
from typing import NamedTuple
from uuid import UUID

from app.progress.periods import PeriodKind, period_of

THEN = "then"
TODAY = "today"
BASES = (THEN, TODAY)
GUEST = "guest"
RESIDENT = "resident"
MEMBER = "member"
LEARNER_KINDS = (GUEST, RESIDENT, MEMBER)
REGISTERED = "registered"
GROUPS = (*LEARNER_KINDS, REGISTERED)
ByKind = tuple[int, ...]
"""One number for each kind of period, in the order of `PeriodKind`."""


class CountedRow(NamedTuple):
    """A row of `counted_completion`, column by column."""

    completion_id: UUID
    canonical_id: UUID
    course_id: UUID
    edition: int
    term: int
    commune_then_id: UUID
    province_then_id: UUID
    commune_today_id: UUID
    province_today_id: UUID
    hamlet_id: UUID | None
    learner_kind: str
    mode: str
    counted_on: date
    half_start: date


class CompletionCell(NamedTuple):
    """The key of a row of `counter`."""

    basis: str
    place_id: UUID
    half_start: date
    course_id: UUID
    mode: str
    learner_kind: str


class PeopleCell(NamedTuple):
    """The key of a row of `people_counter`."""

    basis: str
    place_id: UUID
    half_start: date
    group: str


@dataclass(slots=True)
class Tally:
    completions: dict[CompletionCell, int] = field(default_factory=dict)
    people: dict[PeopleCell, ByKind] = field(default_factory=dict)

    def add_completions(self, cell: CompletionCell, number: int) -> None:
        self.completions[cell] = self.completions.get(cell, 0) + number

    def add_people(self, cell: PeopleCell, numbers: ByKind) -> None:
        known = self.people.get(cell)
        self.people[cell] = tuple(map(add, known, numbers)) if known else numbers

    def add(self, other: "Tally") -> None:
        for completion_cell, number in other.completions.items():
            self.add_completions(completion_cell, number)
        for people_cell, numbers in other.people.items():
            self.add_people(people_cell, numbers)

    def less(self, other: "Tally") -> "Tally":
        """What must be added to `other` to reach this one; cells without a difference are left out."""
        difference = Tally(dict(self.completions), dict(self.people))
        for completion_cell, number in other.completions.items():
            difference.add_completions(completion_cell, -number)
        for people_cell, numbers in other.people.items():
            difference.add_people(people_cell, tuple(map(neg, numbers)))
        return Tally(
            {cell: number for cell, number in difference.completions.items() if number},
            {cell: numbers for cell, numbers in difference.people.items() if any(numbers)},
        )


def tally(rows: Iterable[CountedRow]) -> Tally:
    """Count the completions, and the people in the half-month in which each is new within a period."""
    total = Tally()
    halves: defaultdict[tuple[UUID, str, UUID, str], set[date]] = defaultdict(set)
    for row in rows:
        then_and_today = (row.commune_then_id, row.province_then_id, row.commune_today_id, row.province_today_id)
        for basis, place_id in places_of(*then_and_today):
            cell = CompletionCell(basis, place_id, row.half_start, row.course_id, row.mode, row.learner_kind)
            total.add_completions(cell, 1)
            for group in groups_of(row.learner_kind):
                halves[row.canonical_id, basis, place_id, group].add(row.half_start)
    for (_, basis, place_id, group), counted_in in halves.items():
        previous = None
        for half in sorted(counted_in):
            total.add_people(PeopleCell(basis, place_id, half, group), opened_by_kind(half, previous))
            previous = half
    return total


@lru_cache(maxsize=16384)
def opened_by_kind(half: date, previous: date | None) -> ByKind:
    """For each kind of period 1 where somebody who counted last in `previous` (None: never) counts anew in `half`.

    Who has counted in a place before is new there in the month of `half`, say, but not in its year.
    """
    return tuple(int(previous is None or period_of(kind, half).start > previous) for kind in PeriodKind)


def places_of(
    commune_then_id: UUID, province_then_id: UUID, commune_today_id: UUID, province_today_id: UUID
) -> Iterator[tuple[str, UUID]]:
    """The places in which a completion counts, by basis. "Chưa rõ xã" is commune and province at once: one place."""
    for basis, commune_id, province_id in (
        (THEN, commune_then_id, province_then_id),
        (TODAY, commune_today_id, province_today_id),
    ):
        yield basis, commune_id
        if province_id != commune_id:
            yield basis, province_id


def groups_of(learner_kind: str) -> tuple[str, ...]:
    """The groups of distinct people to which a completion of this kind makes somebody belong."""
    return (learner_kind,) if learner_kind == GUEST else (learner_kind, REGISTERED)
