"""Periods: administrative months run 15th to 14th and bear the name of the month in which they end."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.progress.periods import (
    Period,
    PeriodKind,
    admin_month_named,
    half_start,
    last_closed,
    period_of,
    recent_periods,
    year_around,
)
from app.shared import clock

DAYS = st.dates(date(2020, 1, 1), date(2100, 12, 31))
BOUNDED_KINDS = [kind for kind in PeriodKind if kind is not PeriodKind.EVER]


@pytest.mark.parametrize(
    ("kind", "day", "start", "end"),
    [
        (PeriodKind.ADMIN_MONTH, date(2026, 11, 14), date(2026, 10, 15), date(2026, 11, 14)),
        (PeriodKind.ADMIN_MONTH, date(2026, 11, 15), date(2026, 11, 15), date(2026, 12, 14)),
        (PeriodKind.ADMIN_MONTH, date(2026, 12, 31), date(2026, 12, 15), date(2027, 1, 14)),
        (PeriodKind.ADMIN_QUARTER, date(2026, 12, 14), date(2026, 9, 15), date(2026, 12, 14)),
        (PeriodKind.ADMIN_QUARTER, date(2026, 12, 15), date(2026, 12, 15), date(2027, 3, 14)),
        (PeriodKind.ADMIN_HALF_YEAR, date(2026, 6, 14), date(2025, 12, 15), date(2026, 6, 14)),
        (PeriodKind.ADMIN_HALF_YEAR, date(2026, 6, 15), date(2026, 6, 15), date(2026, 12, 14)),
        (PeriodKind.ADMIN_YEAR, date(2025, 12, 15), date(2025, 12, 15), date(2026, 12, 14)),
        (PeriodKind.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (PeriodKind.QUARTER, date(2026, 11, 14), date(2026, 10, 1), date(2026, 12, 31)),
        (PeriodKind.HALF_YEAR, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (PeriodKind.YEAR, date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_period(kind: PeriodKind, day: date, start: date, end: date) -> None:
    assert period_of(kind, day) == Period(kind, start, end)


@given(DAYS, st.sampled_from(BOUNDED_KINDS))
def test_periods_follow_each_other_without_gap_or_overlap(day: date, kind: PeriodKind) -> None:
    period = period_of(kind, day)
    assert period.start <= day <= period.end
    assert period.next.start == period.after
    assert period.next.previous == period


@given(DAYS, st.sampled_from(BOUNDED_KINDS))
def test_every_period_is_made_of_whole_half_months(day: date, kind: PeriodKind) -> None:
    period = period_of(kind, day)
    assert half_start(period.start) == period.start
    assert half_start(period.after) == period.after
    assert period_of(kind, half_start(day)) == period


@given(DAYS)
def test_an_administrative_year_is_twelve_months_four_quarters_and_two_halves(day: date) -> None:
    year = period_of(PeriodKind.ADMIN_YEAR, day)
    for kind, parts in ((PeriodKind.ADMIN_MONTH, 12), (PeriodKind.ADMIN_QUARTER, 4), (PeriodKind.ADMIN_HALF_YEAR, 2)):
        listed = recent_periods(kind, parts, year.end)
        assert (listed[0].start, listed[-1].end) == (year.start, year.end)


@pytest.mark.parametrize(
    ("day", "half"),
    [
        (date(2026, 11, 1), date(2026, 11, 1)),
        (date(2026, 11, 14), date(2026, 11, 1)),
        (date(2026, 11, 15), date(2026, 11, 15)),
        (date(2026, 11, 30), date(2026, 11, 15)),
    ],
)
def test_a_half_month_ends_on_the_14th_or_with_the_month(day: date, half: date) -> None:
    assert half_start(day) == half


def test_november_2026_written_means_15_october_to_14_november() -> None:
    month = admin_month_named("2026-11")
    assert (month.start, month.end) == (date(2026, 10, 15), date(2026, 11, 14))
    assert month.days == "15/10 – 14/11/2026"


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "11/2026", "2026-11-01", "٢٠٢٦-١١", "nov 2026"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|out of range"):
        admin_month_named(text)


@pytest.mark.parametrize(
    ("kind", "name", "days"),
    [
        (PeriodKind.ADMIN_MONTH, "Tháng báo cáo 1/2027", "15/12/2026 – 14/01/2027"),
        (PeriodKind.ADMIN_QUARTER, "Quý báo cáo I/2027", "15/12/2026 – 14/03/2027"),
        (PeriodKind.ADMIN_HALF_YEAR, "6 tháng đầu năm báo cáo 2027", "15/12/2026 – 14/06/2027"),
        (PeriodKind.ADMIN_YEAR, "Năm báo cáo 2027", "15/12/2026 – 14/12/2027"),
        (PeriodKind.MONTH, "Tháng 12/2026", "01/12 – 31/12/2026"),
        (PeriodKind.QUARTER, "Quý IV/2026", "01/10 – 31/12/2026"),
        (PeriodKind.HALF_YEAR, "6 tháng cuối năm 2026", "01/07 – 31/12/2026"),
        (PeriodKind.YEAR, "Năm 2026", "01/01 – 31/12/2026"),
        (PeriodKind.EVER, "Từ đầu đến nay", ""),
    ],
)
def test_a_period_has_a_name_and_its_days(kind: PeriodKind, name: str, days: str) -> None:
    period = period_of(kind, date(2026, 12, 20))
    assert (period.name, period.days) == (name, days)


def test_a_month_is_closed_on_the_15th_in_vietnam() -> None:
    november = admin_month_named("2026-11")
    midnight = datetime(2026, 11, 15, tzinfo=clock.VIETNAM)
    with clock.frozen(midnight - timedelta(seconds=1)):
        assert not november.is_closed()
        assert last_closed(PeriodKind.ADMIN_MONTH) == november.previous
    with clock.frozen(midnight):
        assert november.is_closed()
        assert last_closed(PeriodKind.ADMIN_MONTH) == november


def test_the_year_around_a_period_is_of_its_own_calendar() -> None:
    day = date(2026, 12, 20)
    assert year_around(period_of(PeriodKind.ADMIN_MONTH, day)).end == date(2027, 12, 14)
    assert year_around(period_of(PeriodKind.MONTH, day)).end == date(2026, 12, 31)
