"""Small numbers: what of a commune's month may be published (docs/adr/0008-small-numbers.md). Pure.

A commune's month has two lists over the same completions: by course and by learner kind. Their sums are equal, and
team courses count members only, all other courses guests and residents: two equations that everybody knows. A cell
of 1-4 is said to be under 5; the lists of kinds then say less, until no equation gives such a cell away.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from math import inf
from typing import Generic, TypeVar

THRESHOLD = 5
LEFT_TO_BANDS = 3
"""How many of the values 1-4 every hidden cell must keep, even for a reader who knows this rule."""
LEFT_TO_NUMBERS = THRESHOLD - 1
KIND_GROUPS = (("guest", "resident"), ("member",))
"""Learner kinds whose completions lie in the same courses."""


class Shown(StrEnum):
    """How a cell is published."""

    NUMBER = "number"
    UNDER_5 = "under_5"
    FROM_5 = "from_5"
    """5 or more; the number itself would give a hidden one away."""
    WITHHELD = "withheld"
    """Nothing is said, not even whether it is 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One published cell. `completions` is None unless the number itself is published."""

    shown: Shown
    completions: int | None = None

    @property
    def bounds(self) -> tuple[int, float]:
        """The least and the greatest number that the cell leaves possible by itself."""
        if self.completions is not None:
            return self.completions, self.completions
        return {Shown.UNDER_5: (1, THRESHOLD - 1), Shown.FROM_5: (THRESHOLD, inf), Shown.WITHHELD: (0, inf)}[self.shown]


ZERO = Cell(Shown.NUMBER, 0)
UNDER_5 = Cell(Shown.UNDER_5)
FROM_5 = Cell(Shown.FROM_5)
WITHHELD = Cell(Shown.WITHHELD)
Course = TypeVar("Course", bound=Hashable)


@dataclass(frozen=True, slots=True)
class PublishedRow(Generic[Course]):
    """What is published of one commune and month. A course or kind that is not named is 0."""

    by_course: dict[Course, Cell]
    by_kind: dict[str, Cell]


def hide_small_numbers(counts: Mapping[tuple[Course, str], int]) -> PublishedRow[Course]:
    """The publishable form of one commune's completions of one month, given as (course, learner kind) → number."""
    by_course: dict[Course, Cell] = {}
    by_kind: dict[str, Cell] = {}
    for kinds in _linked_groups(counts):
        of_course: Counter[Course] = Counter()
        of_kind = Counter(dict.fromkeys(kinds, 0))
        for (course, kind), number in counts.items():
            if number and kind in kinds:
                of_course[course] += number
                of_kind[kind] += number
        course_cells, kind_cells = _hide_group(list(of_course.values()), list(of_kind.values()))
        by_course.update(zip(of_course, course_cells, strict=True))
        by_kind.update(zip(of_kind, kind_cells, strict=True))
    return PublishedRow(by_course, {kind: cell for kind, cell in by_kind.items() if cell != ZERO})


def range_of(cells: Sequence[Cell]) -> tuple[int, float]:
    """The least and the greatest sum that the cells leave possible: no sum is ever published beside its cells."""
    return sum(cell.bounds[0] for cell in cells), sum(cell.bounds[1] for cell in cells)


def total_range(row: PublishedRow[Course]) -> tuple[int, int]:
    """The least and the greatest number of completions of the commune that its published row leaves possible."""
    courses, kinds = range_of(list(row.by_course.values())), range_of(list(row.by_kind.values()))
    return max(courses[0], kinds[0]), int(min(courses[1], kinds[1]))


def _linked_groups(counts: Mapping[tuple[Course, str], int]) -> tuple[tuple[str, ...], ...]:
    """The kinds whose equations must be looked at together: all of them where one course counted members and others."""
    kinds_of_course: dict[Course, set[str]] = {}
    for (course, kind), number in counts.items():
        if number:
            kinds_of_course.setdefault(course, set()).add(kind)
    is_mixed = any(kinds & set(KIND_GROUPS[0]) and kinds & set(KIND_GROUPS[1]) for kinds in kinds_of_course.values())
    return (KIND_GROUPS[0] + KIND_GROUPS[1],) if is_mixed else KIND_GROUPS


def _hide_group(courses: list[int], kinds: list[int]) -> tuple[list[Cell], list[Cell]]:
    """The cells of one equation: the courses' always by themselves, the kinds' as much as the equation allows."""
    course_cells, kind_cells = [_alone(n) for n in courses], [_alone(n) for n in kinds]
    if UNDER_5 not in course_cells + kind_cells or _values_left(course_cells, kind_cells) >= LEFT_TO_NUMBERS:
        return course_cells, kind_cells
    shown_total = sum(cell.completions or 0 for cell in course_cells)
    if _bands_are_safe(shown_total, course_cells.count(UNDER_5), len(kinds)):
        return course_cells, [FROM_5 if (cell.completions or 0) >= THRESHOLD else cell for cell in kind_cells]
    return course_cells, [WITHHELD for _ in kinds]


def _alone(number: int) -> Cell:
    return UNDER_5 if 0 < number < THRESHOLD else Cell(Shown.NUMBER, number)


@lru_cache(maxsize=4096)
def _bands_are_safe(shown_total: int, hidden_courses: int, kinds: int) -> bool:
    """Whether 0, under 5 and from 5 may be said of the kinds of *any* commune whose courses are published like this.

    The answer depends on nothing but what is published, so that withholding gives nothing away either.
    """
    courses = [Cell(Shown.NUMBER, shown_total)] + [UNDER_5] * hidden_courses
    possible = (list(cells) for cells in product((ZERO, UNDER_5, FROM_5), repeat=kinds))
    return all(
        _values_left(courses, cells) >= LEFT_TO_BANDS
        for cells in possible
        if UNDER_5 in courses + cells and _have_common_sum(courses, cells)
    )


def _have_common_sum(courses: list[Cell], kinds: list[Cell]) -> bool:
    (course_low, course_high), (kind_low, kind_high) = range_of(courses), range_of(kinds)
    return course_low <= kind_high and kind_low <= course_high


def _values_left(courses: list[Cell], kinds: list[Cell]) -> int:
    """How many values the equation "courses = kinds" leaves to the hidden cell that is squeezed most."""
    squeezed = [_values_left_to_one(courses, kinds)] if UNDER_5 in courses else []
    squeezed += [_values_left_to_one(kinds, courses)] if UNDER_5 in kinds else []
    return min(squeezed, default=LEFT_TO_NUMBERS)


def _values_left_to_one(own: list[Cell], other: list[Cell]) -> int:
    """The same for a hidden cell of the list `own`: its value is the sum of `other` less the rest of `own`."""
    (own_low, own_high), (other_low, other_high) = range_of(own), range_of(other)
    low, high = UNDER_5.bounds
    least, greatest = other_low - (own_high - high), other_high - (own_low - low)
    return int(min(high, greatest) - max(low, least)) + 1
