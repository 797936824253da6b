"""The chooser of an officer's view: period, map, the steps to its neighbours, and the heads that order communes."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, lazy_gettext

from app.figures import words
from app.figures.selection import PERIOD_KINDS, Column, Selection
from app.progress.periods import Period, PeriodKind
from app.shared.clock import today

KIND_NAMES = {
    PeriodKind.ADMIN_MONTH: lazy_gettext("Tháng báo cáo"),
    PeriodKind.ADMIN_QUARTER: lazy_gettext("Quý báo cáo"),
    PeriodKind.ADMIN_HALF_YEAR: lazy_gettext("6 tháng báo cáo"),
    PeriodKind.ADMIN_YEAR: lazy_gettext("Năm báo cáo"),
    PeriodKind.MONTH: lazy_gettext("Tháng"),
    PeriodKind.QUARTER: lazy_gettext("Quý"),
    PeriodKind.HALF_YEAR: lazy_gettext("6 tháng"),
    PeriodKind.YEAR: lazy_gettext("Năm"),
}
COLUMN_NAMES = {
    Column.NAME: lazy_gettext("Xã, phường"),
    Column.PEOPLE: lazy_gettext("Người"),
    Column.YEAR: lazy_gettext("Người từ đầu năm"),
    Column.GUESTS: lazy_gettext("Học bằng mã"),
    Column.MEMBERS: lazy_gettext("Thành viên tổ"),
}


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; its link orders by it."""

    name: str
    href: str
    order: str
    """ascending or descending where the table is ordered by it, else empty."""


@dataclass(frozen=True, slots=True)
class Chooser:
    kinds: list[tuple[str, str]]
    """(value, name) of each kind of period; administrative ones first."""
    bases: list[tuple[str, str]]
    day: str
    """A day in the chosen period, for the date field."""
    basis_name: str
    steps: list[Step]
    heads: list[Head]


def make_chooser(code: str, selection: Selection) -> Chooser:
    """The chooser on the page of the place with this code."""
    period = selection.period
    steps = [_step(code, selection, period.previous, gettext("Kỳ trước: %(period)s", period=period.previous.name))]
    if period.is_closed():
        steps.append(_step(code, selection, period.next, gettext("Kỳ sau: %(period)s", period=period.next.name)))
    return Chooser(
        kinds=[(kind.value, str(KIND_NAMES[kind])) for kind in PERIOD_KINDS],
        bases=[(basis, str(name)) for basis, name in words.BASIS_NAMES.items()],
        day=(today() if not period.is_closed() and period.start <= today() else period.end).isoformat(),
        basis_name=str(words.BASIS_NAMES[selection.basis]),
        steps=steps,
        heads=[_head(code, selection, column) for column in Column],
    )


def _step(code: str, selection: Selection, period: Period, label: str) -> Step:
    return Step(label, _href(code, selection.around(period.start)))


def _head(code: str, selection: Selection, column: Column) -> Head:
    is_chosen = column is selection.column
    order = ("descending" if selection.is_descending else "ascending") if is_chosen else ""
    return Head(str(COLUMN_NAMES[column]), _href(code, selection.ordered_by(column)), order)


def _href(code: str, selection: Selection) -> str:
    return url_for("figures.show_place", code=code, **selection.arguments())
