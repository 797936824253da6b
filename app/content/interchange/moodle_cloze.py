"""Gaps inside a text: Moodle's cloze "{1:SHORTANSWER:=a~%50%b#lời}" and the "[[1]]" of its missing-words questions."""

import re
from dataclasses import dataclass
from html import unescape

from app.content.interchange.html_markdown import to_phrase
from app.content.quiz_source.model import GAP

_TYPES = {
    "SHORTANSWER": "typed", "SA": "typed", "MW": "typed",
    "SHORTANSWER_C": "exact", "SAC": "exact", "MWC": "exact",
    "NUMERICAL": "number", "NM": "number",
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
                     "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"), "choice"),
    **dict.fromkeys(("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH", "MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS",
                     "MRHS"), "several"),
}  # fmt: skip
_START = re.compile(r"\{(\d{0,6}):([A-Z_]{2,16}):")
_FRACTION = re.compile(r"%(-?\d{1,3}(?:[.,]\d{1,9})?)%")
_MARK = re.compile("[\ue000\ue001]")
_PLACED = re.compile("\ue000(\\d{1,4})\ue001")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")


@dataclass(frozen=True, slots=True)
class ClozeAnswer:
    words: str
    """As typed for a gap to type in, else a phrase of Markdown."""
    fraction: float
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class ClozeGap:
    kind: str
    """typed, exact, number, choice or several."""
    shuffles: bool
    weight: int
    answers: tuple[ClozeAnswer, ...]


def without_marks(text: str) -> str:
    """The text without the two characters that `gap_mark` uses."""
    return _MARK.sub("", text)


def gap_mark(number: int) -> str:
    """Stands for a gap while the text around it is converted."""
    return f"\ue000{number}\ue001"


def with_gaps(markdown: str) -> str:
    """The marks as blanks of ours."""
    return _PLACED.sub(lambda found: f"({found.group(1)}) {GAP}", markdown)


def with_blank(markdown: str) -> str:
    """The marks as blanks without a number, for a question of another type."""
    return _PLACED.sub(GAP, markdown)


def cloze_gaps(text: str, *, is_html: bool) -> tuple[str, list[ClozeGap]]:
    """The text with a mark in place of each gap, and the gaps in their order."""
    parts: list[str] = []
    gaps: list[ClozeGap] = []
    position = 0
    text = without_marks(text)
    while (start := _START.search(text, position)) is not None:
        end = _end_of_gap(text, start.end())
        kind = _TYPES.get(start.group(2))
        if end < 0:
            break
        if kind is None:
            parts.append(text[position : start.end()])
            position = start.end()
            continue
        answers = tuple(_answers(text[start.end() : end], kind, is_html=is_html))
        gaps.append(ClozeGap(kind, start.group(2).endswith("S"), int(start.group(1) or 1), answers))
        parts.append(text[position : start.start()] + gap_mark(len(gaps)))
        position = end + 1
    return "".join([*parts, text[position:]]), gaps


def _end_of_gap(text: str, position: int) -> int:
    while (end := text.find("}", position)) >= 0 and _is_escaped(text, end):
        position = end + 1
    return end


def _is_escaped(text: str, position: int) -> bool:
    count = 0
    while count < 20 and position > count and text[position - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def _split(text: str, mark: str) -> list[str]:
    return re.split(rf"(?<!\\){re.escape(mark)}", text)


def _answers(text: str, kind: str, *, is_html: bool) -> list[ClozeAnswer]:
    if is_html:
        text = re.sub(r"&(?:#126|#x7e);", "~", text)
    answers: list[ClozeAnswer] = []
    for part in _split(text, "~"):
        fraction, words = _fraction(part.strip())
        words, *feedback = _split(words, "#") if not is_html else re.split(r"(?<!\\)(?<!&)#", words)
        if not words.strip():
            continue
        shown = (_phrase if kind in ("choice", "several") else _typed)(words, is_html=is_html)
        answers.append(ClozeAnswer(shown, fraction, _phrase("#".join(feedback), is_html=is_html)))
    return answers


def _fraction(part: str) -> tuple[float, str]:
    if part.startswith("="):
        return 1.0, part[1:]
    if found := _FRACTION.match(part):
        return float(found.group(1).replace(",", ".")) / 100, part[found.end() :]
    return 0.0, part


def _unescaped(words: str) -> str:
    return re.sub(r"\\([}#~/\"\\=])", r"\1", words).strip()


def _phrase(words: str, *, is_html: bool) -> str:
    bare = _unescaped(words)
    return to_phrase(bare if is_html else _TAG.sub("&lt;", bare.replace("&", "&amp;")))


def _typed(words: str, *, is_html: bool) -> str:
    bare = _unescaped(words)
    return " ".join((unescape(re.sub(r"<[^<>]{0,2000}>", "", bare)) if is_html else bare).split())


def escaped_answer(words: str) -> str:
    """Words as they can stand inside a gap."""
    return re.sub(r"[}#~\\]|^[=%]", r"\\\g<0>", words)
