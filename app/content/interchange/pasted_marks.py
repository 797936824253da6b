"""One line of a test pasted from Word: what it begins with, and whether a mark says that it is right."""

import re
from dataclasses import dataclass

from app.content.interchange.lettered import letters_in
from app.content.interchange.markdown_words import escaped

_NAMED = re.compile(
    r"\W{0,6}(?:Câu|Bài|Question)(?:\s+hỏi)?\s*(\d{1,4})\s*(?:\*\*)?\s*[.:)\-–/]?\s*(?:\*\*)?\s*(.*)$", re.IGNORECASE
)
_NUMBERED = re.compile(r"\s*(?:\*\*)?(\d{1,4})\s*[.)/]\s*(?:\*\*)?\s*(\S.*)$")
_TICK = r"(?:[✓✔☑√×*]|[xX](?=\s)|\[\s?[xX✓✔]\s?\]|\(\s?[xX✓✔]\s?\))"
_EMPTY = r"(?:[☐□]|\[\s?\]|\(\s?\))"
_OPTION = re.compile(rf"\s*(\*\*)?\s*(?:({_TICK})|{_EMPTY})?\s*(\*\*)?([A-Ha-h])\s*[.)]\s*(.*)$")
_BULLET = re.compile(r"\s*[-+•●▪◦·–—*]\s+(\S.*)$")
_TICKED_FIRST = re.compile(r"(?:[✓✔☑√]|\*(?!\*)|\[\s?[xX✓✔]\s?\]|\(\s?[xX✓✔]\s?\))\s*")
_EMPTY_FIRST = re.compile(rf"{_EMPTY}\s*")
_TICKED_LAST = re.compile(r"\s*(?:[✓✔☑√*]|\[\s?[xX✓✔]\s?\]|\(\s?(?:[xX✓✔]|đúng|Đúng|ĐÚNG|Đ)\s?\))[.;]?$")
_BOLD = re.compile(r"\*\*([^*]{1,500})\*\*$")
_BETWEEN = re.compile(r"(?<=\S)(?:\t\s*|\s{2,})(?=(?:\*\*|\*)?[B-H][.)]\s)")
_VARIATION = re.compile("[\ufe0e\ufe0f]")
_WIDE = re.compile("[ \t]{5,}")
_EXPLANATION = re.compile(
    r"\W{0,4}(?:Giải thích|Lời giải|Hướng dẫn giải|Vì sao)\s*(?:\*\*)?\s*[:：.]\s*(?:\*\*)?\s*(.*)$", re.IGNORECASE
)
_ANSWER = re.compile(
    r"\W{0,4}(?:bảng\s+)?(?:đáp án|đ/a|answer)(?:\s+đúng)?(?:\s+là)?\s*(?:\*\*)?\s*"
    r"(?:[:：.\-–]\s*(?:\*\*)?\s*(.*)|\W{0,4})$",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\s*(?:Câu\s*)?(\d{1,4})\s*[-–.:)=]?\s*([A-Ha-h](?:\s?[,&]\s?[A-Ha-h](?![a-z]))*)(?![^\W\d_])\s*[;,.|]?",
    re.IGNORECASE,
)
_ESCAPED_BOLD = re.compile(r"\\\*\\\*(?=\S)([^*\\]{1,300})(?<=\S)\\\*\\\*")


@dataclass(frozen=True, slots=True)
class Option:
    """An option as it was pasted."""

    letter: str
    """Empty behind a bullet."""
    words: str
    is_ticked: bool


def visible(line: str) -> str:
    """The line without the selectors that make a ✔ colourful, and with no more space than tells options apart."""
    return _WIDE.sub("    ", _VARIATION.sub("", line)).strip()


def named_start(line: str) -> tuple[int, str] | None:
    """ "Câu 3. Vì sao?" → its number and words."""
    found = _NAMED.match(line)
    return (int(found.group(1)), found.group(2).strip()) if found else None


def numbered_start(line: str) -> tuple[int, str] | None:
    """ "3. Vì sao?" """
    found = _NUMBERED.match(line)
    return (int(found.group(1)), found.group(2).strip()) if found else None


def explanation(line: str) -> str | None:
    found = _EXPLANATION.match(line)
    return found.group(1).strip() if found else None


def answer(line: str) -> str | None:
    """What stands behind "Đáp án:"; empty above a table of answers."""
    found = _ANSWER.match(line)
    return (found.group(1) or "").strip() if found else None


def answer_pairs(line: str) -> list[tuple[int, list[str]]]:
    """ "1-B 2.C" → [(1, [B]), (2, [C])]; nothing where the line says anything else."""
    pairs: list[tuple[int, list[str]]] = []
    at = 0
    while at < len(line):
        found = _PAIR.match(line, at)
        if found is None:
            return []
        pairs.append((int(found.group(1)), letters_in(found.group(2)) or []))
        at = found.end()
    return pairs


def options_on(line: str) -> list[Option]:
    """The options on a line: one, or several with wide spaces between them."""
    parts = _BETWEEN.split(line) if re.match(r"\W{0,4}A[.)]", line) else [line]
    found = [option for part in parts if (option := _option(part)) is not None]
    return found if len(found) == len(parts) else [option for option in [_option(line)] if option is not None]


def _option(line: str) -> Option | None:
    if found := _OPTION.match(line):
        return _lettered(found)
    if bullet := _BULLET.match(line):
        words, is_ticked = _without_marks(bullet.group(1))
        return Option("", words, is_ticked) if words else None
    return None


def _lettered(found: re.Match[str]) -> Option | None:
    """An option with a letter, which may stand inside of the bold words."""
    words = found.group(5).strip()
    is_bold = bool(found.group(1) or found.group(3)) and words.rstrip(" .;").endswith("**")
    if is_bold:
        words = words.rstrip(" .;").removesuffix("**").removeprefix("**")
    words, is_ticked = _without_marks(words)
    return Option(found.group(4).upper(), words, is_bold or is_ticked or bool(found.group(2))) if words else None


def _without_marks(words: str) -> tuple[str, bool]:
    """The words of an option, and whether a mark before, behind or around them says that it is right."""
    words = words.strip()
    if bold := _BOLD.match(words):
        return bold.group(1).strip(), True
    first = _TICKED_FIRST.match(words)
    empty = None if first else _EMPTY_FIRST.match(words)
    start = first or empty
    words = words[start.end() :] if start else words
    end = None if words.endswith("**") else _TICKED_LAST.search(words, max(0, len(words) - 20))
    return (words[: end.start()] if end else words).strip(), bool(first or end)


def markdown(words: str) -> str:
    """Pasted words as Markdown; "**bold**" stays bold, anything else shows as it is."""
    return _ESCAPED_BOLD.sub(r"**\1**", escaped(" ".join(words.split())))
