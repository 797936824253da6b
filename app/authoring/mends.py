"""For a fault of a draft the one mend that is certain, if there is one: what to write in place of which lines. Pure.

A mend takes its fault away and adds none; where that cannot be promised there is no mend, and the sentence of the
fault has to do. Lines count from 1 in the whole file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from app.authoring import mending_headings as headings
from app.authoring import mending_lines as lines
from app.content.compile.faults import MEANT, Fault

ANSWER = "\ue000"
"""Stands in the text of a mend that asks for words; `applied` puts them there."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a mend has to know of the rest of the course."""

    keys: frozenset[str] = frozenset()
    """Of all items and questions."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Lines `start_line` to `end_line` become `text`; a mend that inserts ends before it starts."""

    label: str
    """What the button says."""
    kind: str
    """replace, alt (asks first), minutes (of course.yml), split (a lesson in two), delete (the file)."""
    path: str
    start_line: int
    end_line: int
    text: str = ""
    ask: str = ""
    """The question whose answer belongs where `ANSWER` stands."""

    def to_json(self, fault: Fault, source: str, first_line: int) -> dict[str, Any] | None:
        """As the editor has it, whose text begins at `first_line`; None where the mend lies outside that text.

        A change within the line of the fault is {"find", "put"}, any other {"line", "end_line", "text"}. What only the
        server can do comes with what its form wants: {"code", "about", "at"}.
        """
        if self.kind in ("replace", "alt", "split") and self.start_line < first_line:
            return None
        shown: dict[str, Any] = {"label": self.label, "kind": self.kind}
        if self.kind == "alt":
            return {**shown, "ask": self.ask}
        if self.kind == "replace" and self.start_line == self.end_line == fault.line:
            return {**shown, "find": source.split("\n")[fault.line - 1], "put": self.text}
        if self.kind == "replace":
            shown["kind"] = "lines"
        if self.kind == "split":
            shown |= {"code": fault.code, "about": fault.about, "at": fault.line}
        place = {"line": self.start_line - first_line + 1, "end_line": self.end_line - first_line + 1}
        return {**shown, **place, "text": self.text}


def mend_for(fault: Fault, path: str, text: str, known: Known) -> Mend | None:
    """The mend of a fault of the file at `path`, which holds `text` (for a picture: nothing)."""
    found = _WAYS[fault.code](fault, text, known) if fault.code in _WAYS else None
    if found is None or (found.kind == "replace" and found.text == _between(text, found.start, found.end)):
        return None
    return Mend(found.label, found.kind, path, found.start, found.end, found.text, found.ask)


def applied(text: str, mend: Mend, answer: str = "") -> str:
    """The text after a mend of kind replace, alt or minutes."""
    written = text.split("\n")
    said = mend.text.replace(ANSWER, lines.alternative(answer))
    written[mend.start_line - 1 : mend.end_line] = said.split("\n") if mend.text else []
    return "\n".join(written)


def _between(text: str, start: int, end: int) -> str | None:
    """The lines as they stand; None for a mend that only inserts."""
    return "\n".join(text.split("\n")[start - 1 : end]) if end >= start else None


@dataclass(frozen=True, slots=True)
class _Way:
    label: str
    kind: str
    start: int
    end: int
    text: str = ""
    ask: str = ""


def _replace(label: str, change: lines.Change | None) -> _Way | None:
    return _Way(label, "replace", change.start, change.end, change.text) if change else None


def _meant(fault: Fault, text: str, _known: Known) -> _Way | None:
    label = gettext("Đổi thành %(meant)s", meant=fault.meant)
    return _replace(label, lines.renamed(text, fault.line, fault.about, fault.meant)) if fault.meant else None


def _link(fault: Fault, text: str, _known: Known) -> _Way | None:
    address = lines.with_https(fault.about)
    label = gettext("Đổi thành %(meant)s", meant=address)
    return _replace(label, lines.renamed(text, fault.line, fault.about, address)) if address else None


def _alt(fault: Fault, text: str, _known: Known) -> _Way | None:
    change = lines.with_alternative(text, fault.line, fault.about, ANSWER)
    if change is None:
        return None
    ask = gettext("Trong hình có gì? Viết cho người không nhìn thấy hình.")
    return _Way(gettext("Thêm lời tả"), "alt", change.start, change.end, change.text, ask)


def _key(fault: Fault, text: str, known: Known) -> _Way | None:
    if fault.code == "missing" and fault.about not in ("key", "minutes", "pass"):
        return None
    is_key = fault.about == "key" or fault.code == "key"
    value = lines.free_key(fault.meant, known.keys) if is_key else fault.meant
    label = gettext("Thêm khóa") if is_key else gettext("Thêm %(line)s", line=f"{fault.about}: {value}")
    return _replace(label, lines.with_field(text, "key" if is_key else fault.about, value))


def _question(fault: Fault, text: str, known: Known) -> _Way | None:
    return _replace(gettext("Thêm khóa"), lines.with_question_key(text, fault.line, known.keys))


def _minutes(fault: Fault, text: str, _known: Known) -> _Way | None:
    change = lines.with_field(text, "minutes", fault.meant)
    label = gettext("Sửa thành %(minutes)s phút", minutes=fault.meant)
    return _Way(label, "minutes", change.start, change.end, change.text) if change else None


def _split(_fault: Fault, text: str, _known: Known) -> _Way | None:
    line = headings.best_cut(text)
    if line is None:
        return None
    words = headings.words_at(text, line)
    return _Way(gettext("Tách từ “%(heading)s” thành bài riêng", heading=words), "split", line, line)


def _unused(fault: Fault, _text: str, _known: Known) -> _Way | None:
    return _Way(gettext("Xóa tệp này"), "delete", fault.line, fault.line)


def _of(label: Callable[[], str], change: Callable[[str, int], lines.Change | None]) -> Callable[..., _Way | None]:
    return lambda fault, text, _known: _replace(label(), change(text, fault.line))


_WAYS: Mapping[str, Callable[[Fault, str, Known], _Way | None]] = {
    MEANT: _meant,
    "link": _link,
    "alt": _alt,
    "missing": _key,
    "key": _key,
    "question": _question,
    "minutes": _minutes,
    "long": _split,
    "unused": _unused,
    "title": _of(lambda: gettext("Dùng ##"), headings.lowered),
    "stuck": _of(lambda: gettext("Thêm dấu cách"), headings.spaced),
    "jump": _of(lambda: gettext("Nâng lên một bậc"), headings.raised),
    "again": _of(lambda: gettext("Bỏ dòng này"), headings.removed),
    "underlined": _of(lambda: gettext("Sửa dòng gạch"), headings.without_underline),
    "fence": _of(lambda: gettext("Đóng khối mã"), lines.with_closed_fence),
    "html": _of(lambda: gettext("Bỏ các thẻ HTML"), lines.without_tags),
}
"""By the code of the fault."""
