"""SourceQuestion → our Markdown, in its one normal form. What is written is read again as the same question.

Words that would be taken for another part of the file are escaped (`escape.py`), so no text breaks out of its place.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.content.compile.faults import Faults
from app.content.compile.question_read import read_question
from app.content.compile.scan import Line
from app.content.quiz_source import escape
from app.content.quiz_source.escape import one_line
from app.content.quiz_source.model import Region, SourceOption, SourcePool, SourceQuestion


def write_questions(questions: Iterable[SourceQuestion], draws: Mapping[str, int] | None = None) -> str:
    """The body of a quiz file: the questions in their order, under the headings of their pools.

    `draws` says how many of a pool go into an attempt; pools that are not named come whole.
    """
    parts: list[str] = []
    pool = ""
    for question in questions:
        if question.pool != pool:
            pool = question.pool
            parts.append(write_pool(SourcePool(one_line(pool) or "Khác", (draws or {}).get(pool, 0))))
        parts.append(write_question(question))
    return "\n".join(parts)


def write_pool(pool: SourcePool) -> str:
    """The heading of a pool."""
    draw = f" (lấy {pool.draw})" if pool.draw else ""
    name = f"Nhóm: {one_line(pool.name)}".rstrip() + draw
    return f"# {escape.heading(name)}\n"


def write_question(question: SourceQuestion) -> str:
    """One question, its heading first; `type` is named only where the shape of the answers says too little."""
    text = _written(question, is_typed=False)
    return text if _type_read(text) == question.type else _written(question, is_typed=True)


def _type_read(text: str) -> str:
    heading, *lines = [Line(number, words) for number, words in enumerate(text.split("\n"), start=1)]
    title = (heading.heading() or (2, ""))[1]
    placed = read_question(heading, title, "", lines, Faults().of("quiz"))
    return placed.source.type if placed else ""


def _written(question: SourceQuestion, *, is_typed: bool) -> str:
    parts = [f"## {escape.heading(question.title)}".rstrip() + f"\n{_meta(question, is_typed=is_typed)}"]
    if question.stem:
        parts.append(f"{escape.stem(question.stem, question.type)}\n")
    parts.append("".join(f"{line.rstrip()}\n" for line in _answers(question)))
    parts += [_note("Gợi ý", hint) for hint in question.hints if hint]
    if question.explanation:
        parts.append(_note("Giải thích", question.explanation))
    return "\n".join(parts)


def _meta(question: SourceQuestion, *, is_typed: bool) -> str:
    pairs = {
        "key": question.key,
        "points": "" if question.points == 1 else str(question.points),
        "skill": ", ".join(question.skills),
        "type": question.type if is_typed else "",
        "exact": "yes" if question.is_exact else "",
        "shuffle": "" if question.shuffles else "no",
        "hint-cost": f"{question.hint_cost}%" if question.hint_cost else "",
        "name": re.sub("-{2,}", "–", one_line(question.name).replace(";", ",")),
    }
    # Something always stands here, else a comment in the stem would be taken for it.
    said = "; ".join(f"{name}: {value}" for name, value in pairs.items() if value) or "points: 1"
    return f"<!-- {said} -->\n"


def _answers(question: SourceQuestion) -> list[str]:
    if question.type == "free":
        return ["- ____"]
    if question.type == "matching":
        return [_pair(left, right) for left, right in question.pairs]
    if question.type == "ordering":
        return [f"{number}. {escape.step(words)}" for number, words in enumerate(question.steps, start=1)]
    lines: list[str] = []
    for option in question.options:
        lines.append(_option(question, option))
        said = escape.remark(option.feedback)
        lines += [f"  > {line}".rstrip() for line in said.split("\n")] if said else []
    return lines


def _pair(left: str, right: str) -> str:
    left, right = escape.left_side(left), one_line(right)
    return f"- {left} -> {right}" if left else f"- -> {right}"


def _option(question: SourceQuestion, option: SourceOption) -> str:
    if question.type in {"text", "number"}:
        return f"- = {_typed(option)}"
    if question.type == "gaps":
        is_typed = not _is_choice(question.options, option.gap)
        return f"- ({option.gap}) {'= ' + _typed(option) if is_typed else _boxed(option, one_line(option.words))}"
    words = f"{one_line(option.words)} @ {_region(option.region)}" if option.region else escape.option(option.words)
    return f"- {_boxed(option, words)}"


def _is_choice(options: Sequence[SourceOption], gap: int) -> bool:
    return any(option.gap == gap and not option.is_ticked and option.weight is None for option in options)


def _typed(option: SourceOption) -> str:
    words = one_line(option.words)
    words = f"\\{words}" if words.startswith("[") else words
    return words if option.weight is None else f"[{_percent(option.weight)}] {words}"


def _boxed(option: SourceOption, words: str) -> str:
    inside = _percent(option.weight) if option.weight is not None else ("x" if option.is_ticked else " ")
    return f"[{inside}] {words}"


def _percent(share: float) -> str:
    return f"{100 * share:.7f}".rstrip("0").rstrip(".").replace("-0", "0", 1 if abs(share) < 1e-9 else 0) + "%"


def _region(region: Region) -> str:
    left, top, width, height = (
        f"{value:.4f}".rstrip("0").rstrip(".") for value in (region.left, region.top, region.width, region.height)
    )
    return f"{left},{top} {width}x{height}"


def _note(name: str, text: str) -> str:
    first, *rest = escape.note(text).split("\n")
    return "".join(f"{line.rstrip()}\n" for line in [f"> {name}: {first}", *(f"> {line}" for line in rest)])


def write_quiz_source(front: str, parts: Iterable[str]) -> str:
    """The whole text of a quiz file from its front matter and its parts, each as it is written."""
    written = [front]
    for part in parts:
        if written[-1] and not written[-1].endswith("\n"):
            written.append("\n")
        written.append(part)
    text = "".join(written).rstrip("\n")
    return text + "\n" if text else ""


def without_places(question: SourceQuestion) -> SourceQuestion:
    """The same question wherever it stood: for comparing."""
    return replace(question, line=0)
