"""An item file as its editor has it: front matter as fields, the rest as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.content.compile.faults import Fault
from app.content.compile.text import is_key
from app.content.source_fields import Plain, front_of, split_item, with_front_values
from app.shared.vietnamese import fold

MOST_TERMS = 100
LONGEST_VALUE = 1000
MOST_WORDS, FEWEST_WORDS = 8, 3
"""Of a paragraph that is looked for: marks between words may break the row, but not its beginning."""
TEXTS_KEPT = 500
EDITABLE = ("title", "minutes", "terms", "skills", "checked", "recheck", "source", "channel", "from")


@dataclass(frozen=True, slots=True)
class ItemText:
    front: dict[str, Plain]
    body: str
    first_line: int
    """Of the file, where the body begins."""

    @property
    def kind(self) -> str:
        kind = self.front.get("kind")
        return kind if kind in ("lesson", "quiz", "practice", "drill") else "lesson"

    @property
    def title(self) -> str:
        return self.word("title")

    def word(self, name: str) -> str:
        value = self.front.get(name)
        return value if isinstance(value, str) else ""

    @property
    def terms(self) -> dict[str, str]:
        value = self.front.get("terms")
        return {name: text for name, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


@lru_cache(maxsize=TEXTS_KEPT)
def read_item_text(text: str) -> ItemText:
    """Kept by the process: lists ask for every item of a course, and few of them change."""
    _, body, first_line = split_item(text)
    return ItemText(front_of(text), body, first_line)


def line_of_words(body: str, words: str) -> int | None:
    """The line of a text, from 1, that begins like what was read on its page; None where it no longer stands there."""
    sought = fold(words).split()[:MOST_WORDS]
    lines = [f" {fold(line)} " for line in body.splitlines()]
    for count in range(len(sought), min(FEWEST_WORDS, len(sought)) - 1, -1):
        beginning = f" {' '.join(sought[:count])} "
        found = next((number for number, line in enumerate(lines, start=1) if beginning in line), None)
        if beginning.strip() and found:
            return found
    return None


def with_body(text: str, body: str, front: Mapping[str, Any] | None = None) -> str:
    """The file with another body, and other values for the fields of `front` that a form may change."""
    head, _, first_line = split_item(text)
    whole = f"---\n{head}---\n{body}" if first_line > 1 else body
    changes = {name: _plain(name, value) for name, value in (front or {}).items() if name in EDITABLE}
    return with_front_values(whole, changes) if changes else whole


def _plain(name: str, value: Any) -> Plain | None:
    """What a form sent, as front matter has it; nothing where it is empty."""
    if name == "terms" and isinstance(value, dict):
        terms = {
            key: " ".join(str(text).split())[:LONGEST_VALUE]
            for key, text in list(value.items())[:MOST_TERMS]
            if isinstance(key, str) and is_key(key)
        }
        return dict(terms) or None
    if name == "skills" and isinstance(value, list):
        return [" ".join(str(code).split())[:80] for code in value[:MOST_TERMS]] or None
    words = " ".join(str(value).split())[:LONGEST_VALUE] if isinstance(value, str | int) else ""
    return words or None


def lines_in_body(faults: list[Fault], first_line: int) -> list[tuple[int, Fault]]:
    """Each fault with its line of the body, from 1; 0 for one in the front matter."""
    return [(max(0, fault.line - first_line + 1), fault) for fault in faults]
