"""One measured number beside its budget."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`budget` None: measured for comparison only."""

    what: str
    value: float
    unit: str
    budget: float | None = None
    is_ceiling: bool = True
    """Whether the value must stay at or under the budget; else at or over it."""
    note: str = ""

    @property
    def holds(self) -> bool | None:
        if self.budget is None:
            return None
        return self.value <= self.budget if self.is_ceiling else self.value >= self.budget


def at_most(what: str, value: float, unit: str, budget: float, note: str = "") -> Row:
    return Row(what, value, unit, budget, is_ceiling=True, note=note)


def at_least(what: str, value: float, unit: str, budget: float, note: str = "") -> Row:
    return Row(what, value, unit, budget, is_ceiling=False, note=note)


def for_comparison(what: str, value: float, unit: str, note: str = "") -> Row:
    return Row(what, value, unit, note=note)
