"""Tallies: completions add up, people are distinct in every period, and a change is a difference of two tallies."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.places.models import UNKNOWN_PLACE_ID
from app.progress.models import PeopleCounter
from app.progress.periods import PeriodKind, half_start, period_of
from app.progress.tally import (
    BASES,
    LEARNER_KINDS,
    REGISTERED,
    CompletionCell,
    CountedRow,
    PeopleCell,
    Tally,
    tally,
)

PROVINCES = {UUID(int=11): UUID(int=1), UUID(int=12): UUID(int=1), UUID(int=21): UUID(int=2)}
COMMUNES = [*PROVINCES, UNKNOWN_PLACE_ID]
KINDS = list(PeriodKind)


def make_row(
    *,
    person: int = 1,
    course: int = 1,
    commune: UUID = UUID(int=11),  # noqa: B008 -- a UUID never changes
    commune_today: UUID | None = None,
    kind: str = "resident",
    on: date = date(2026, 11, 20),
) -> CountedRow:
    today = commune_today or commune
    return CountedRow(
        completion_id=UUID(int=1000 + course),
        canonical_id=UUID(int=100 + person),
        course_id=UUID(int=course),
        edition=1,
        term=1,
        commune_then_id=commune,
        province_then_id=PROVINCES.get(commune, UNKNOWN_PLACE_ID),
        commune_today_id=today,
        province_today_id=PROVINCES.get(today, UNKNOWN_PLACE_ID),
        hamlet_id=None,
        learner_kind=kind,
        mode="self",
        counted_on=on,
        half_start=half_start(on),
    )


ROWS = st.lists(
    st.builds(
        make_row,
        person=st.integers(1, 3),
        course=st.integers(1, 5),
        commune=st.sampled_from(COMMUNES),
        commune_today=st.sampled_from(COMMUNES),
        kind=st.sampled_from(LEARNER_KINDS),
        on=st.dates(date(2025, 11, 1), date(2027, 1, 31)),
    ),
    max_size=25,
)


def people_in(total: Tally, kind: PeriodKind, *, day: date, group: str = REGISTERED, place: UUID = UUID(int=11)) -> int:  # noqa: B008
    period = period_of(kind, day)
    return sum(
        numbers[KINDS.index(kind)]
        for cell, numbers in total.people.items()
        if cell[:2] == ("then", place) and cell.group == group and period.start <= cell.half_start <= period.end
    )


def test_a_completion_counts_in_commune_and_province_on_both_maps() -> None:
    total = tally([make_row()])
    assert {cell[:2] for cell in total.completions} == {
        (basis, place) for basis in BASES for place in (UUID(int=11), UUID(int=1))
    }
    assert set(total.completions.values()) == {1}


def test_an_unknown_commune_is_one_place_and_not_two() -> None:
    total = tally([make_row(commune=UNKNOWN_PLACE_ID)])
    assert [cell.place_id for cell in total.completions] == [UNKNOWN_PLACE_ID] * len(BASES)


def test_a_guest_is_not_among_the_registered() -> None:
    groups = {cell.group for cell in tally([make_row(kind="guest")]).people}
    assert groups == {"guest"}


def test_somebody_in_two_capacities_is_registered_once() -> None:
    total = tally([make_row(), make_row(course=2, kind="member")])
    assert people_in(total, PeriodKind.ADMIN_MONTH, day=date(2026, 11, 20)) == 1
    assert people_in(total, PeriodKind.ADMIN_MONTH, day=date(2026, 11, 20), group="member") == 1


def test_two_half_months_are_one_calendar_month_but_two_administrative_ones() -> None:
    total = tally([make_row(on=date(2026, 11, 3)), make_row(course=2, on=date(2026, 11, 20))])
    assert people_in(total, PeriodKind.MONTH, day=date(2026, 11, 1)) == 1
    assert people_in(total, PeriodKind.ADMIN_MONTH, day=date(2026, 11, 3)) == 1
    assert people_in(total, PeriodKind.ADMIN_MONTH, day=date(2026, 11, 20)) == 1
    assert people_in(total, PeriodKind.ADMIN_QUARTER, day=date(2026, 11, 20)) == 1


@given(ROWS)
def test_in_every_period_people_are_counted_once(rows: list[CountedRow]) -> None:
    expected: defaultdict[tuple[object, ...], set[UUID]] = defaultdict(set)
    for row in rows:
        groups = {row.learner_kind} | ({REGISTERED} if row.learner_kind != "guest" else set())
        for basis, places in (
            ("then", {row.commune_then_id, row.province_then_id}),
            ("today", {row.commune_today_id, row.province_today_id}),
        ):
            for key in ((basis, place, group) for place in places for group in groups):
                for kind in PeriodKind:
                    expected[*key, kind, period_of(kind, row.counted_on).start].add(row.canonical_id)
    found: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for cell, numbers in tally(rows).people.items():
        for kind, number in zip(PeriodKind, numbers, strict=True):
            found[cell.basis, cell.place_id, cell.group, kind, period_of(kind, cell.half_start).start] += number
    assert {key: number for key, number in found.items() if number} == {k: len(v) for k, v in expected.items()}


@given(ROWS, ROWS)
def test_a_tally_and_a_difference_make_the_other_tally(before: list[CountedRow], after: list[CountedRow]) -> None:
    change = tally(after).less(tally(before))
    assert all(change.completions.values())
    assert all(any(numbers) for numbers in change.people.values())
    assert tally(after).less(change).less(tally(before)) == Tally()


def test_late_news_of_an_earlier_half_moves_the_person_there() -> None:
    late, known = make_row(on=date(2026, 9, 20)), make_row(course=2, on=date(2026, 11, 20))
    change = tally([late, known]).less(tally([known]))
    moved = change.people[PeopleCell("then", UUID(int=11), date(2026, 11, 15), REGISTERED)]
    assert dict(zip(KINDS, moved, strict=True))[PeriodKind.YEAR] == -1
    assert dict(zip(KINDS, moved, strict=True))[PeriodKind.ADMIN_MONTH] == 0
    assert CompletionCell("then", UUID(int=11), date(2026, 11, 15), UUID(int=2), "self", "resident") not in (
        change.completions
    )


def test_every_kind_of_period_has_its_column() -> None:
    columns = [column.name for column in PeopleCounter.__table__.columns]
    assert columns == [*PeopleCell._fields, *PeriodKind]
