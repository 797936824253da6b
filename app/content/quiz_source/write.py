"""SourceQuestion → our Markdown, in its one normal form. What is written is read again as the same question."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.content.compile.faults import Faults
from app.content.compile.question_lines import shape_of
from app.content.compile.question_read import read_question
from app.content.compile.scan import Line
from app.content.quiz_source.model import Region, SourceOption, SourceQuestion

_ARROWS = ("->", "=>", "→", "⇒", "➔", "🡒")


def write_questions(questions: Iterable[SourceQuestion]) -> str:
    """The body of a quiz file: the questions in their order, under the headings of their pools."""
    parts: list[str] = []
    pool = ""
    for question in questions:
        if question.pool != pool:
            pool = question.pool
            parts.append(f"# Nhóm: {_one_line(pool) or 'Khác'}\n")
        parts.append(write_question(question))
    return "\n".join(parts)


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
    parts = [f"## {_title(question.title)}\n{_meta(question, is_typed=is_typed)}\n"]
    if question.stem:
        parts.append(f"{question.stem}\n")
    parts.append("".join(f"{line}\n" for line in _answers(question)))
    parts += [_note("Gợi ý", hint) for hint in question.hints]
    if question.explanation:
        parts.append(_note("Giải thích", question.explanation))
    return "\n".join(parts)


def _title(title: str) -> str:
    words = _one_line(title) or "Câu hỏi"
    return f"{words[:-1]}\\#" if words.endswith(" #") or words == "#" else words


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _meta(question: SourceQuestion, *, is_typed: bool) -> str:
    pairs = {
        "key": question.key,
        "points": "" if question.points == 1 else str(question.points),
        "skill": ", ".join(question.skills),
        "type": question.type if is_typed else "",
        "exact": "yes" if question.is_exact else "",
        "shuffle": "" if question.shuffles else "no",
        "hint-cost": f"{question.hint_cost}%" if question.hint_cost else "",
        "name": _one_line(question.name).replace(";", ",").replace("--", "–").replace("-->", "→"),
    }
    return f"<!-- {'; '.join(f'{name}: {value}' for name, value in pairs.items() if value)} -->"


def _answers(question: SourceQuestion) -> list[str]:
    if question.type == "free":
        return ["- ____"]
    if question.type == "matching":
        return [_pair(left, right) for left, right in question.pairs]
    if question.type == "ordering":
        return [_step(number, words) for number, words in enumerate(question.steps, start=1)]
    lines: list[str] = []
    for option in question.options:
        lines.append(_option(question, option))
        lines += [f"  > {line}".rstrip() for line in option.feedback.split("\n")] if option.feedback else []
    return lines


def _pair(left: str, right: str) -> str:
    for arrow in _ARROWS:
        left = left.replace(arrow, f"&#{ord(arrow[0])};{arrow[1:]}")
    line = f"- {left} -> {right}" if left else f"- -> {right}"
    is_pair = shape_of(Line(1, line)) == "pair"
    return line if is_pair or not left else f"- &#{ord(left[0])};{left[1:]} -> {right}"


def _step(number: int, words: str) -> str:
    line = f"{number}. {words}"
    is_step = shape_of(Line(1, line)) == "step"
    return line if is_step or not words else f"{number}. &#{ord(words[0])};{words[1:]}"


def _option(question: SourceQuestion, option: SourceOption) -> str:
    if question.type in {"text", "number"}:
        return f"- = {_typed(option)}"
    if question.type == "gaps":
        is_typed = not _is_choice(question.options, option.gap)
        return f"- ({option.gap}) {'= ' + _typed(option) if is_typed else _boxed(option)}"
    region = f" @ {_region(option.region)}" if option.region else ""
    return f"- {_boxed(option)}{region}"


def _is_choice(options: Sequence[SourceOption], gap: int) -> bool:
    return any(option.gap == gap and not option.is_ticked and option.weight is None for option in options)


def _typed(option: SourceOption) -> str:
    words = f"\\{option.words}" if option.words.startswith("[") else option.words
    return words if option.weight is None else f"[{_percent(option.weight)}] {words}"


def _boxed(option: SourceOption) -> str:
    inside = _percent(option.weight) if option.weight is not None else ("x" if option.is_ticked else " ")
    return f"[{inside}] {option.words}"


def _percent(share: float) -> str:
    return f"{100 * share:.7f}".rstrip("0").rstrip(".").replace("-0", "0", 1 if abs(share) < 1e-9 else 0) + "%"


def _region(region: Region) -> str:
    return f"{region.left:g},{region.top:g} {region.width:g}x{region.height:g}"


def _note(name: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "".join(f"{line.rstrip()}\n" for line in [f"> {name}: {first}", *(f"> {line}" for line in rest)])


def without_places(question: SourceQuestion) -> SourceQuestion:
    """The same question wherever it stood: for comparing."""
    return replace(question, line=0)
