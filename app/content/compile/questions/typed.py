"""Answers that are typed: words ("- = 113") and numbers ("- = 5 ± 0,5", "- = 1..10")."""

import re
from typing import Any

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import RANGE, PlacedQuestion
from app.content.compile.questions.answers import Answers, refuse_unreachable
from app.content.compile.render import Renderer
from app.content.quiz_source.model import SourceOption

MAXIMUM_LENGTH = 100
ANYTHING = "*"
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[.,]\d{3})+")
_PLAIN = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")


def compile_text(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Answers | None:
    """`details`: answers [{text, weight, feedback_html}] in their order, exact."""
    before = faults.serious
    lines = placed.places.answers
    options = list(placed.source.options)
    for line, option in zip(lines, options, strict=True):
        check_typed(option.words, line, faults)
    _check_anything(options, lines, faults)
    refuse_unreachable(max(weight_of(option) for option in options), lines[0], faults)
    answers = [_typed(placed, index, option, renderer, faults) for index, option in enumerate(options)]
    if faults.serious > before:
        return None
    full = [as_typed(option.words) for option in options if weight_of(option) == 1 and option.words != ANYTHING]
    return Answers(accepted=tuple(full), details={"answers": answers, "exact": placed.source.is_exact})


def compile_number(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Answers | None:
    """`details`: answers [{low, high (numbers; null for anything), text, weight, feedback_html}]."""
    before = faults.serious
    options, lines = placed.source.options, placed.places.answers
    bounds = [_bounds(option.words, line, faults) for line, option in zip(lines, options, strict=True)]
    _check_anything(list(options), lines, faults)
    refuse_unreachable(max(weight_of(option) for option in options), lines[0], faults)
    answers = [
        {"low": bound[0], "high": bound[1], **_typed(placed, index, options[index], renderer, faults)}
        for index, bound in enumerate(bounds)
        if bound is not None
    ]
    if faults.serious > before:
        return None
    full = [option.words for option in options if weight_of(option) == 1 and option.words != ANYTHING]
    return Answers(accepted=tuple(full), details={"answers": answers})


def weight_of(option: SourceOption) -> float:
    return option.weight if option.weight is not None else float(option.is_ticked)


def check_typed(words: str, line: int, faults: FileFaults) -> None:
    """An accepted answer that somebody can type on a phone."""
    if not words:
        faults.add(line, "Sau dấu = chưa có câu trả lời. Ví dụ: - = 113")
    elif len(words) > MAXIMUM_LENGTH:
        faults.add(line, f"Câu trả lời dài quá {MAXIMUM_LENGTH} chữ cái; người học gõ trên điện thoại.")


def as_typed(words: str) -> str:
    """An accepted answer as a learner types it: what was escaped from Markdown stands for itself."""
    return re.sub(r"\\([\\\[\]*_])", r"\1", words)


def _typed(
    placed: PlacedQuestion, index: int, option: SourceOption, renderer: Renderer, faults: FileFaults
) -> dict[str, Any]:
    feedback = renderer.blocks(option.feedback, placed.places.feedback[index], faults)[0]
    return {"text": as_typed(option.words), "weight": weight_of(option), "feedback_html": feedback}


def _check_anything(options: list[SourceOption], lines: tuple[int, ...], faults: FileFaults) -> None:
    for line, option in zip(lines, options, strict=True):
        if option.words == ANYTHING and weight_of(option) > 0:
            option_line = "Viết `- = [0%] *`: câu trả lời khác không thể được điểm."
            faults.add(line, option_line)


def _bounds(words: str, line: int, faults: FileFaults) -> tuple[float | None, float | None] | None:
    if words == ANYTHING:
        return None, None
    match = RANGE.fullmatch(words)
    if match is None:
        value = _value(words, line, faults)
        return None if value is None else (value, value)
    first = _value(match[1] or match[3], line, faults)
    second = _value(match[2] or match[4], line, faults)
    if first is None or second is None:
        return None
    if match[1]:
        return first - abs(second), first + abs(second)
    if first > second:
        faults.add(line, "Khoảng số viết từ nhỏ đến lớn, ví dụ: - = 1..10")
        return None
    return first, second


def _unambiguous(text: str) -> str:
    """The two ways to write what "1.250" may mean: 1250, or 1,25."""
    whole, *parts = re.split(r"[.,]", text)
    bare = whole + "".join(parts)
    if len(parts) > 1:
        return bare
    decimals = parts[0].rstrip("0") or "0"
    return f"{bare}, hoặc {whole},{parts[0] + '0' if len(decimals) == len(parts[0]) else decimals}"


def _value(words: str, line: int, faults: FileFaults) -> float | None:
    text = words.strip()
    if _GROUPED.fullmatch(text) and not text.startswith("0"):
        faults.add(line, f"{text} là số lớn hay số lẻ? Viết {_unambiguous(text)}.")
        return None
    if not _PLAIN.fullmatch(text):
        faults.add(line, f"`{text}` không phải là số. Ví dụ: - = 5 ± 0,5 hoặc - = 1..10")
        return None
    return float(text.replace(",", ".").replace("−", "-"))
