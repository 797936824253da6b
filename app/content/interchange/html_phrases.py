"""Words with a style → lines of Markdown. Styles do not nest; where two marks would touch, the second goes."""

import re
from dataclasses import dataclass

from app.content.interchange.markdown_words import address, code, escaped

_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_REFERENCE = re.compile(r"\[\w{1,4}\]")
"""A raised "[1]" leads to a footnote and is no power."""


@dataclass
class Run:
    """Words of one style: "", "bold", "italic", "code", "picture", "break", or the address of a link."""

    style: str
    text: str


def raised(text: str, name: str) -> str:
    """x<sup>2</sup> is not x2."""
    table = _SUPERSCRIPT if name == "sup" else _SUBSCRIPT
    if not text.strip() or _REFERENCE.fullmatch(text.strip()):
        return text
    if all(ord(character) in table for character in text.strip()):
        return text.strip().translate(table)
    return f"{'^' if name == 'sup' else '_'}({text.strip()})"


def paragraph_lines(runs: list[Run], *, blanks: bool) -> list[str]:
    """The lines of a paragraph, cut at its breaks, each without outer space; empty ones are left out."""
    lines: list[str] = []
    line: list[str] = []
    previous = ""
    for run in [*_merged(runs), Run("break", "")]:
        if run.style == "break":
            lines.append(" ".join("".join(line).split()))
            line, previous = [], ""
            continue
        touches = bool(line) and not line[-1].endswith(" ") and not run.text.startswith(" ")
        style = "" if touches and previous in ("bold", "italic") and run.style in ("bold", "italic") else run.style
        line.append(_marked(style, run.text, blanks))
        previous = style
    return [text for text in lines if text]


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[tuple[str, list[str]]] = []
    for run in runs:
        if merged and merged[-1][0] == run.style and run.style not in ("picture", "break"):
            merged[-1][1].append(run.text)
        else:
            merged.append((run.style, [run.text]))
    return [Run(style, "".join(texts)) for style, texts in merged]


def _marked(style: str, text: str, blanks: bool) -> str:
    if style == "picture":
        return text
    core = text.strip()
    if not core:
        return " " if text else ""
    before, after = " " * text.startswith(" "), " " * text.endswith(" ")
    if style == "code":
        return before + code(core) + after
    words = escaped(core, blanks=blanks)
    if style in ("bold", "italic"):
        mark = "**" if style == "bold" else "*"
        words = f"{mark}{words}{mark}"
    elif style:
        words = f"[{words}]({address(style)})"
    return before + words + after
