"""A lesson as the paragraphs that people read, each with a name that lasts as long as its wording. Pure."""

import hashlib
from dataclasses import dataclass
from html.parser import HTMLParser

from app.shared.vietnamese import fold

NAME_DIGITS = 8
HEADINGS = frozenset({"h2", "h3", "h4"})
INLINE = frozenset({"a", "abbr", "audio", "code", "del", "em", "picture", "source", "span", "strong", "sub", "sup"})
NOT_READ = frozenset({"fieldset", "audio"})
"""Answers to try out, and players."""
NOT_READ_CLASSES = frozenset({"sources", "close"})
QUESTION = "try"
CELLS = frozenset({"td", "th"})
VOID = frozenset({"br", "hr", "img", "source"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list entry, row of a table, picture (its words are the alternative text) or heading."""

    text: str
    kind: str
    """text, picture or heading."""
    name: str
    """First 8 hex digits of the SHA-256 of its folded words."""


def paragraphs_of(html: str) -> list[Paragraph]:
    """What stands in a lesson's sanitised body, in order. The heading of a question to try counts as text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return reader.found


def paragraph_name(text: str) -> str:
    return hashlib.sha256(fold(text).encode()).hexdigest()[:NAME_DIGITS]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self._parts: list[str] = []
        self._has_words = False
        """Words that are not a picture's."""
        self._open: list[tuple[str, bool, bool]] = []
        """Tags around this place: name, whether it is not read, whether it is a question to try."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in INLINE | CELLS | VOID and not self._is_in_term(tag):
            self.end_paragraph()
        if tag == "img" and not self._is_unread():
            self._parts.append(f" {given.get('alt') or ''} ")
        if tag not in VOID:
            classes = set((given.get("class") or "").split())
            is_unread = tag in NOT_READ or bool(classes & NOT_READ_CLASSES)
            self._open.append((tag, is_unread, QUESTION in classes))

    def handle_endtag(self, tag: str) -> None:
        if tag in CELLS:
            self._parts.append(" · ")
        elif tag == "dt":
            self._parts.append(": ")
        elif tag not in INLINE:
            self.end_paragraph(heading=tag in HEADINGS and not any(is_try for _, _, is_try in self._open))
        if any(name == tag for name, _, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._is_unread():
            return
        self._parts.append(data)
        self._has_words = self._has_words or bool(data.strip())

    def end_paragraph(self, *, heading: bool = False) -> None:
        text = " ".join("".join(self._parts).split()).strip("· ")
        kind = "heading" if heading else "text" if self._has_words else "picture"
        self._parts.clear()
        self._has_words = False
        if fold(text):
            self.found.append(Paragraph(text, kind, paragraph_name(text)))

    def _is_unread(self) -> bool:
        return any(is_unread for _, is_unread, _ in self._open)

    def _is_in_term(self, tag: str) -> bool:
        """A word and its explanation are one paragraph."""
        return tag == "dd"
