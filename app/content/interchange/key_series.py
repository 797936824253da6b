"""Keys for a whole file of questions: those that the file gives first, then one made from each title."""

from collections.abc import Sequence
from dataclasses import replace

from app.content.compile.text import MAXIMUM_KEY, is_key, suggested_key
from app.content.interchange.report import RefusedQuestion, TakenQuestion

Entries = Sequence[TakenQuestion | RefusedQuestion]


class _Series:
    """Gives each key once, in time that does not grow with how often it was asked for."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.last: dict[str, int] = {}

    def free(self, base: str) -> str:
        number, key = self.last.get(base, 1), base
        while key in self.taken:
            number += 1
            ending = f"-{number}"
            key = base[: MAXIMUM_KEY - len(ending)].rstrip("-") + ending
        self.last[base] = number
        self.taken.add(key)
        return key


def with_keys(entries: Entries) -> tuple[TakenQuestion | RefusedQuestion, ...]:
    """The same with a valid key in each question that was taken. What the file called a key stands in `key` before."""
    series = _Series()
    named = [_named(entry, series) if isinstance(entry, TakenQuestion) else entry for entry in entries]
    return tuple(_made(entry, series) if isinstance(entry, TakenQuestion) else entry for entry in named)


def _named(entry: TakenQuestion, series: _Series) -> TakenQuestion:
    wanted = entry.question.key
    if not wanted:
        return entry
    key = series.free(wanted if is_key(wanted) else suggested_key(wanted))
    if key == wanted:
        return entry
    change = f"Mã «{wanted}» đổi thành khóa {key}: khóa chỉ có chữ a-z không dấu, số, gạch nối và không trùng nhau."
    return replace(entry, question=replace(entry.question, key=key), changes=(*entry.changes, change))


def _made(entry: TakenQuestion, series: _Series) -> TakenQuestion:
    if entry.question.key:
        return entry
    key = series.free("q-" + suggested_key(entry.question.title, words=4))
    return replace(entry, question=replace(entry.question, key=key))
