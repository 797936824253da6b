"""The attack on published small numbers: by brute force, by somebody who knows the publication and the rule."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from app.figures.small_numbers import (
    FROM_5,
    UNDER_5,
    WITHHELD,
    ZERO,
    Cell,
    PublishedRow,
    Shown,
    hide_small_numbers,
    range_of,
    total_range,
)

Counts = dict[tuple[str, str], int]


def number(value: int) -> Cell:
    return Cell(Shown.NUMBER, value)


def resident_counts(courses: tuple[int, ...], guests: int) -> Counts:
    """Courses for residents with these totals, of whose completions the first `guests` are by guests."""
    counts: Counts = {}
    for index, total in enumerate(courses):
        by_guests = min(total, guests)
        guests -= by_guests
        counts[f"course {index}", "guest"] = by_guests
        counts[f"course {index}", "resident"] = total - by_guests
    return counts


def test_cells_of_1_to_4_are_under_5_and_0_is_0() -> None:
    row = hide_small_numbers({("a", "resident"): 12, ("b", "resident"): 4, ("c", "resident"): 1, ("d", "resident"): 0})
    assert row.by_course == {"a": number(12), "b": UNDER_5, "c": UNDER_5}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    row = hide_small_numbers({("a", "resident"): 12, ("a", "guest"): 5, ("b", "resident"): 7, ("t", "member"): 9})
    assert row.by_course == {"a": number(17), "b": number(7), "t": number(9)}
    assert row.by_kind == {"guest": number(5), "resident": number(19), "member": number(9)}


def test_the_other_kind_loses_its_number_where_a_difference_would_give_the_small_one_away() -> None:
    row = hide_small_numbers({("a", "resident"): 12, ("a", "guest"): 3})
    assert row.by_course == {"a": number(15)}
    assert row.by_kind == {"guest": UNDER_5, "resident": FROM_5}


def test_one_small_course_of_one_kind_is_under_5_in_both_lists() -> None:
    row = hide_small_numbers({("a", "resident"): 3})
    assert row == PublishedRow({"a": UNDER_5}, {"resident": UNDER_5})


def test_kinds_are_withheld_where_bands_would_still_tell() -> None:
    row = hide_small_numbers({("a", "guest"): 4, ("a", "resident"): 4})
    assert row == PublishedRow({"a": number(8)}, {"guest": WITHHELD, "resident": WITHHELD})


def test_small_numbers_of_a_team_course_do_not_touch_the_residents() -> None:
    row = hide_small_numbers({("a", "resident"): 12, ("a", "guest"): 6, ("t", "member"): 2})
    assert row.by_kind == {"guest": number(6), "resident": number(12), "member": UNDER_5}


def test_a_course_that_counted_members_and_residents_ties_all_kinds_together() -> None:
    row = hide_small_numbers({("a", "resident"): 12, ("a", "member"): 3})
    assert row.by_kind == {"resident": FROM_5, "member": UNDER_5}


@pytest.mark.parametrize(("courses", "most"), [(1, 24), (2, 12), (3, 7), (4, 5)])
def test_every_hidden_cell_keeps_three_values_for_a_reader_who_knows_the_rule(courses: int, most: int) -> None:
    worlds = list(_worlds_of_residents(courses, most))
    assert _fewest_values_left(worlds) >= 3


def test_every_hidden_cell_of_a_team_keeps_three_values() -> None:
    worlds = [
        {(f"course {index}", "member"): total for index, total in enumerate(totals)}
        for totals in product(range(10), repeat=4)
    ]
    assert _fewest_values_left(worlds) >= 3


def test_every_hidden_cell_keeps_three_values_whatever_course_counted_whom() -> None:
    most = 12
    cells = [(course, kind) for course in "ab" for kind in ("guest", "resident", "member")]
    worlds = [dict(zip(cells, values, strict=True)) for values in _sharings(most, len(cells))]
    whole = [world for world in worlds if range_of(list(hide_small_numbers(world).by_course.values()))[1] <= most]
    assert _fewest_values_left(whole) >= 3


def test_withholding_a_small_kind_leaves_it_five_values_or_more() -> None:
    worlds = list(_worlds_of_residents(2, 12))
    for published, same in _by_publication(worlds):
        for kind, cell in published.by_kind.items():
            values = {_sum_of_kind(world, kind) for world in same}
            assert cell != WITHHELD or len(values) >= 5, (published, values)


def test_totals_are_ranges_that_follow_from_the_published_cells_alone() -> None:
    random = Random(20261121)
    for _ in range(500):
        totals = tuple(random.choice((0, 0, 1, 2, 3, 4, 5, 8, 40)) for _ in range(6))
        counts = resident_counts(totals, random.randint(0, sum(totals)))
        row = hide_small_numbers(counts)
        low, high = total_range(row)
        assert low <= sum(totals) <= high
        if UNDER_5 not in row.by_course.values():
            assert low == high


def test_a_range_over_communes_adds_the_bounds() -> None:
    assert range_of([number(12), UNDER_5, UNDER_5, ZERO]) == (14, 20)


def _worlds_of_residents(courses: int, most: int) -> Iterator[Counts]:
    for totals in product(range(most + 1), repeat=courses):
        for guests in range(sum(totals) + 1):
            yield resident_counts(totals, guests)


def _sharings(most: int, shares: int) -> Iterator[tuple[int, ...]]:
    """Every way to give at most `most` to so many shares."""
    if not shares:
        yield ()
        return
    for first in range(most + 1):
        yield from ((first, *rest) for rest in _sharings(most - first, shares - 1))


def _by_publication(worlds: list[Counts]) -> list[tuple[PublishedRow[str], list[Counts]]]:
    """All that the reader sees, each with every world in which they would see it."""
    same: dict[str, tuple[PublishedRow[str], list[Counts]]] = {}
    for world in worlds:
        row = hide_small_numbers(world)
        key = repr((sorted(row.by_course.items(), key=str), sorted(row.by_kind.items(), key=str)))
        same.setdefault(key, (row, []))[1].append(world)
    return list(same.values())


def _fewest_values_left(worlds: list[Counts]) -> int:
    """Over all publications, the number of true values behind the hidden cell that the reader can narrow down most."""
    fewest = 4
    for published, same in _by_publication(worlds):
        hidden = [course for course, cell in published.by_course.items() if cell == UNDER_5]
        for course in hidden:
            fewest = min(fewest, len({_sum_of_course(world, course) for world in same}))
        for kind in [kind for kind, cell in published.by_kind.items() if cell == UNDER_5]:
            fewest = min(fewest, len({_sum_of_kind(world, kind) for world in same}))
    return fewest


def _sum_of_course(world: Counts, course: str) -> int:
    return sum(value for (own, _), value in world.items() if own == course)


def _sum_of_kind(world: Counts, kind: str) -> int:
    return sum(value for (_, own), value in world.items() if own == kind)
