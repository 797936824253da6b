"""Keys for a whole file of questions: those that the file gives first, then one made from each title."""

from collections.abc import Sequence
from dataclasses import replace

from app.content.compile.text import is_key, suggested_key
from app.content.interchange.keys import unique_key
from app.content.interchange.report import RefusedQuestion, TakenQuestion

Entries = Sequence[TakenQuestion | RefusedQuestion]


def with_keys(entries: Entries) -> tuple[TakenQuestion | RefusedQuestion, ...]:
    """The same with a valid key in each question that was taken. What the file called a key stands in `key` before."""
    taken: set[str] = set()
    named = [_named(entry, taken) if isinstance(entry, TakenQuestion) else entry for entry in entries]
    return tuple(_made(entry, taken) if isinstance(entry, TakenQuestion) else entry for entry in named)


def _named(entry: TakenQuestion, taken: set[str]) -> TakenQuestion:
    wanted = entry.question.key
    if not wanted:
        return entry
    key = unique_key(wanted if is_key(wanted) else suggested_key(wanted), entry.question.title, taken)
    if key == wanted:
        return entry
    change = f"Mã «{wanted}» đổi thành khóa {key}: khóa chỉ có chữ a-z không dấu, số, gạch nối và không trùng nhau."
    return replace(entry, question=replace(entry.question, key=key), changes=(*entry.changes, change))


def _made(entry: TakenQuestion, taken: set[str]) -> TakenQuestion:
    if entry.question.key:
        return entry
    key = unique_key("", entry.question.title, taken)
    return replace(entry, question=replace(entry.question, key=key))
