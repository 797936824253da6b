"""Words of an author kept from being read as a part of the file: "- [x]" in a stem is no answer, "##" no new question.

A letter that would mislead is written as its number ("&#91;"), which every Markdown viewer shows as the letter.
`as_typed` takes that back, so that a form shows what was typed into it.
"""

import re
from collections.abc import Callable

from app.content.compile.faults import Faults
from app.content.compile.question_lines import NOTE, shape_of
from app.content.compile.question_read import REGION
from app.content.compile.scan import ARROW, Line, scan_lines

MOST_HIDDEN = 40
"""Numbers in one text that are looked at: each costs a walk through all of it."""
_NUMBERED = re.compile(r"&#(\d{2,6});")
_FENCE = re.compile(r"^([ \t>]*)([`~])(?=\2\2)")
_BULLET = re.compile(r"^([ \t]*(?:[-*+•●▪◦·–—]|\d{1,3}[.)])[ \t]*)(\\?)(\S)")
_STEP = re.compile(r"^( {0,3}\d{1,3})([.)])")
_STUCK_HEADING = re.compile(r"^( {0,3})#(?=#+[^\s#])")
_UNDERLINE = re.compile(r"^( {0,3})(=+|-{2,})[ \t]*$")
_CERTAIN = frozenset({"gap", "box", "accepted", "free"})
"""Lines of these shapes are answers wherever they stand."""
_ALSO = {"matching": frozenset({"pair"}), "ordering": frozenset({"pair", "step"})}


def numbered(letter: str) -> str:
    return f"&#{ord(letter)};"


def one_line(text: str) -> str:
    return " ".join(text.split())


def heading(words: str) -> str:
    """Words behind "## ": what would be its closing mark is not."""
    words = one_line(words)
    return words[:-1] + numbered("#") if words and Line(1, f"## {words}").heading() != (2, words) else words


def stem(text: str, kind: str) -> str:
    """Blocks above the answers of a question of this kind; a fence left open is closed."""
    lines = scan_lines(text, 1, Faults().of(""))
    written: list[str] = []
    for line, before in zip(lines, [None, *lines], strict=False):
        written.append(line.text if line.is_code else _stem_line(line, before, kind))
    fence = _open_fence(lines)
    return "\n".join([*written, fence] if fence else written)


def _stem_line(line: Line, before: Line | None, kind: str) -> str:
    found = line.heading()
    if (found and found[0] < 3) or _STUCK_HEADING.match(line.text):
        return line.text.replace("#", numbered("#"), 1)
    underline = _UNDERLINE.match(line.text)
    if underline and before and not (before.is_code or before.is_blank or "|" in before.text):
        return f"{underline[1]}{numbered(underline[2][0])}{line.text[len(underline[1]) + 1 :]}"
    shape = shape_of(line)
    if shape == "pair" and shape in _ALSO.get(kind, ()):
        return _without_arrows(line.text)
    if shape == "step" and shape in _ALSO.get(kind, ()):
        return _STEP.sub(lambda match: match[1] + numbered(match[2]), line.text)
    return _BULLET.sub(lambda match: match[1] + numbered(match[3]), line.text) if shape in _CERTAIN else line.text


def _open_fence(lines: list[Line]) -> str:
    """The fence that would close the last block of code, where none does."""
    faults = Faults()
    scan_lines("\n".join(line.text for line in lines), 1, faults.of(""))
    opened = next((fault.line for fault in faults.all if lines[fault.line - 1].is_code), 0)
    match = re.search(r"`{3,}|~{3,}", lines[opened - 1].text) if opened else None
    return match[0] if match else ""


def remark(text: str) -> str:
    """Blocks of feedback; code in it is none, for a quote holds no fence."""
    return "\n".join(_FENCE.sub(lambda match: match[1] + numbered(match[2]), line) for line in text.split("\n"))


def note(text: str) -> str:
    """Blocks of a hint or explanation: no line of it begins another one."""
    first, *rest = remark(text).split("\n")
    return "\n".join([first, *(_first_letter(line) if NOTE.match(line) else line for line in rest)])


def _first_letter(line: str) -> str:
    bare = line.lstrip()
    return line[: len(line) - len(bare)] + numbered(bare[0]) + bare[1:]


def option(words: str) -> str:
    """Words behind a box without a region."""
    words = one_line(words)
    at = words.rfind("@") if REGION.match(words) else -1
    return words if at < 0 else words[:at] + numbered("@") + words[at + 1 :]


def step(words: str) -> str:
    """Words behind "1. "."""
    words = one_line(words)
    for escape in (_without_arrows, _first_letter):
        words = words if not words or shape_of(Line(1, f"1. {words}")) == "step" else escape(words)
    return words


def left_side(words: str) -> str:
    """Words in front of the arrow of a pair."""
    words = _without_arrows(one_line(words))
    line = Line(1, f"- {words} -> x")
    is_read = shape_of(line) == "pair" and line.pair() == (words, "x") and words not in ("-", "–")
    return words if is_read or not words else _first_letter(words)


def _without_arrows(text: str) -> str:
    return ARROW.sub(lambda match: match[0][:-1] + numbered(match[0][-1]), text)


def as_typed(written: str, escape: Callable[[str], str]) -> str:
    """What was typed where `escape` made `written` of it; numbers that an author wrote elsewhere stay."""
    typed, place = written, 0
    for _hidden in range(MOST_HIDDEN):
        found = _NUMBERED.search(typed, place)
        if found is None:
            break
        tried = typed[: found.start()] + chr(int(found[1])) + typed[found.end() :]
        is_ours = escape(tried) == written
        typed, place = (tried, found.start() + 1) if is_ours else (typed, found.end())
    return typed
