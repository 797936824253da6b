"""Periods of figures: administrative (15th to 14th, Decree 09/2019/NĐ-CP, Art. 12) and of the calendar. Pure.

All of them are made of half-months (1st-14th and 15th-end): the atom in which everything is counted. An administrative
month bears the name of the month in which it ends: month 11/2026 runs 15/10-14/11/2026. Quarters, half-years and years
are made of such months: the administrative year 2026 runs 15/12/2025-14/12/2026.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from flask_babel import gettext

from app.shared.clock import today
from app.shared.vietnamese import short_date

CUT = 15
"""The day on which the second half-month, and with it an administrative month, begins."""
_ROMAN = ("I", "II", "III", "IV")
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_WRITTEN_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


class PeriodKind(StrEnum):
    """The kinds of period for which distinct people are kept; each is a column of `people_counter`."""

    ADMIN_MONTH = "admin_month"
    ADMIN_QUARTER = "admin_quarter"
    ADMIN_HALF_YEAR = "admin_half_year"
    ADMIN_YEAR = "admin_year"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    EVER = "ever"

    @property
    def is_administrative(self) -> bool:
        return self.value.startswith("admin_")

    @property
    def months(self) -> int:
        """How many months it has. `EVER` has no length: KeyError."""
        return _MONTHS[self.value.removeprefix("admin_")]


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included. Holds whole half-months."""

    kind: PeriodKind
    start: date
    end: date

    @property
    def after(self) -> date:
        """The first day that is no longer in the period."""
        return self.end + timedelta(days=1)

    @property
    def previous(self) -> "Period":
        return period_of(self.kind, self.start - timedelta(days=1))

    @property
    def next(self) -> "Period":
        return period_of(self.kind, self.after)

    @property
    def name(self) -> str:
        """As a heading: "Tháng báo cáo 11/2026", "Quý IV/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
        month, quarter, year = self.end.month, _ROMAN[(self.end.month - 1) // 3], self.end.year
        match self.kind:
            case PeriodKind.ADMIN_MONTH:
                return gettext("Tháng báo cáo %(month)s/%(year)s", month=month, year=year)
            case PeriodKind.ADMIN_QUARTER:
                return gettext("Quý báo cáo %(quarter)s/%(year)s", quarter=quarter, year=year)
            case PeriodKind.ADMIN_YEAR:
                return gettext("Năm báo cáo %(year)s", year=year)
            case PeriodKind.MONTH:
                return gettext("Tháng %(month)s/%(year)s", month=month, year=year)
            case PeriodKind.QUARTER:
                return gettext("Quý %(quarter)s/%(year)s", quarter=quarter, year=year)
            case PeriodKind.YEAR:
                return gettext("Năm %(year)s", year=year)
            case PeriodKind.EVER:
                return gettext("Từ đầu đến nay")
        return self._half_year_name()

    def _half_year_name(self) -> str:
        names = {
            (True, True): gettext("6 tháng đầu năm báo cáo %(year)s", year=self.end.year),
            (True, False): gettext("6 tháng cuối năm báo cáo %(year)s", year=self.end.year),
            (False, True): gettext("6 tháng đầu năm %(year)s", year=self.end.year),
            (False, False): gettext("6 tháng cuối năm %(year)s", year=self.end.year),
        }
        return names[self.kind.is_administrative, self.end.month <= 6]

    @property
    def days(self) -> str:
        """Its days: "15/10 – 14/11/2026", "15/12/2025 – 14/01/2026"; empty for `EVER`."""
        if self.kind is PeriodKind.EVER:
            return ""
        first = f"{self.start:%d/%m}" if self.start.year == self.end.year else short_date(self.start)
        return f"{first} – {short_date(self.end)}"

    def is_closed(self, day: date | None = None) -> bool:
        """Whether `day` (by default today) lies after it: nothing more happens in it, though more may arrive."""
        return self.end < (day or today())


@lru_cache(maxsize=4096)
def half_start(day: date) -> date:
    """The first day of the half-month in which `day` lies: a 1st or a 15th."""
    return day.replace(day=CUT if day.day >= CUT else 1)


@lru_cache(maxsize=16384)
def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of this kind in which `day` lies."""
    if kind is PeriodKind.EVER:
        return Period(kind, date.min, date.max)
    cut, shift = (CUT, 1) if kind.is_administrative else (1, 0)
    month = _month_number(day) + (shift if day.day >= CUT else 0)
    first = month - month % kind.months - shift
    return Period(kind, _day_of(first, cut), _day_of(first + kind.months, cut) - timedelta(days=1))


def admin_month_named(text: str) -> Period:
    """The administrative month written "2026-11": 15/10-14/11/2026, the month whose report falls due in November.

    Raises:
        ValueError: this is not a month.
    """
    match = _WRITTEN_MONTH.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a month like 2026-11")
    return period_of(PeriodKind.ADMIN_MONTH, date(int(match[1]), int(match[2]), 1))


def year_around(period: Period) -> Period:
    """The administrative or calendar year in which the period lies."""
    return period_of(PeriodKind.ADMIN_YEAR if period.kind.is_administrative else PeriodKind.YEAR, period.end)


def last_closed(kind: PeriodKind, day: date | None = None) -> Period:
    """The latest period of this kind that has ended before `day` (by default today)."""
    return period_of(kind, day or today()).previous


def recent_periods(kind: PeriodKind, count: int, day: date | None = None) -> tuple[Period, ...]:
    """The period in which `day` (by default today) lies and those before it, `count` in all, the oldest first."""
    found = [period_of(kind, day or today())]
    while len(found) < count:
        found.append(found[-1].previous)
    return tuple(reversed(found))


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_of(month_number: int, day: int) -> date:
    return date(month_number // 12, month_number % 12 + 1, day)
