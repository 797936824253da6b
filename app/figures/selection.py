"""What an officer has chosen to see: period, map and order. Stands in the address, so that a view can be sent on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.progress.periods import Period, PeriodKind, period_of
from app.progress.tally import BASES, TODAY
from app.shared.clock import today

FIRST_YEAR = 2020
LAST_YEAR = 2100
PERIOD_KINDS = tuple(kind for kind in PeriodKind if kind is not PeriodKind.EVER)


class Column(StrEnum):
    """The columns by which the communes of a province can be ordered."""

    NAME = "name"
    PEOPLE = "people"
    YEAR = "year"
    GUESTS = "guests"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Selection:
    period: Period
    basis: str
    """then or today."""
    column: Column
    is_descending: bool

    def around(self, day: date) -> "Selection":
        """The same view of the period in which `day` lies."""
        return replace(self, period=period_of(self.period.kind, day))

    def ordered_by(self, column: Column) -> "Selection":
        """By another column: names from A, figures from the largest; by the same column the other way round."""
        is_descending = not self.is_descending if column is self.column else column is not Column.NAME
        return replace(self, column=column, is_descending=is_descending)

    def arguments(self) -> dict[str, Any]:
        """For url_for: everything that is needed to come back to this view."""
        return {
            "kind": self.period.kind.value,
            "on": self.period.start.isoformat(),
            "basis": self.basis,
            "sort": f"-{self.column.value}" if self.is_descending else self.column.value,
        }


def read_selection(arguments: Mapping[str, str]) -> Selection:
    """The selection in an address; what makes no sense is taken as the running administrative month on today's map."""
    kind, basis, sort = arguments.get("kind", ""), arguments.get("basis", ""), arguments.get("sort", "")
    column = sort.removeprefix("-")
    is_column = column in {known.value for known in Column}
    return Selection(
        period=period_of(PeriodKind(kind) if kind in PERIOD_KINDS else PeriodKind.ADMIN_MONTH, _day(arguments)),
        basis=basis if basis in BASES else TODAY,
        column=Column(column) if is_column else Column.NAME,
        is_descending=is_column and sort.startswith("-"),
    )


def _day(arguments: Mapping[str, str]) -> date:
    try:
        day = date.fromisoformat(arguments.get("on", ""))
    except ValueError:
        return today()
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today()
