"""Facts that age: when they were last compared with their source, and when they must be again."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.content.compile.fields import Fields, is_https

KNOWN = ("checked", "recheck", "source")
GRACE_DAYS = 30
"""Trainers see at once that something is overdue; learners read a note after this."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """ISO dates, so that it can stand in JSON."""

    checked: str
    recheck_by: str
    """The last day on which it still counts as checked."""
    source: str

    def is_overdue(self, today: date, *, grace_days: int = 0) -> bool:
        return today > date.fromisoformat(self.recheck_by) + timedelta(days=grace_days)


def read_freshness(fields: Fields) -> Freshness | None:
    """`checked`, `recheck` and `source`: all three or none."""
    given = [name for name in KNOWN if fields.text(name, maximum=500)]
    if not given:
        return None
    for name in KNOWN:
        if name not in given:
            example = {"checked": "2026-11-21", "recheck": "180", "source": "https://…"}[name]
            fields.faults.add(
                fields.line_of(given[0]), f"Có `{given[0]}:` thì phải có `{name}:`. Dán thêm: {name}: {example}"
            )
    day = fields.day("checked")
    days = _days(fields)
    source = fields.text("source", maximum=500)
    if source and not is_https(source):
        fields.faults.add(fields.line_of("source"), "Địa chỉ nguồn phải bắt đầu bằng https://")
    if day is None or not days:
        return None
    return Freshness(day.isoformat(), (day + timedelta(days=days)).isoformat(), source)


def _days(fields: Fields) -> int:
    """ "180" or "180d"; 0 after a fault."""
    words = fields.text("recheck").removesuffix("d").strip()
    if not words:
        return 0
    if not words.isascii() or not words.isdigit() or not 1 <= int(words) <= 3650:
        fields.faults.add(fields.line_of("recheck"), "`recheck:` là số ngày, ví dụ: recheck: 180")
        return 0
    return int(words)
