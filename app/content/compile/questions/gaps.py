"""Fill in the text: "(1) ____" in the stem, "- (1) = words" or "- (1) [x] words" below it."""

import re
from typing import Any

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.questions.answers import Answers, check_words, option_key, refuse_unreachable
from app.content.compile.questions.typed import ANYTHING, as_typed, check_typed, weight_of
from app.content.compile.render import Renderer
from app.content.quiz_source.model import SourceOption

MAXIMUM_GAPS = 20
_IN_STEM = re.compile(r"\((\d{1,2})\)[ ]?(?:\\?_){3,}")


def compile_gaps(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Answers | None:
    """`details`: exact, gaps [{number, answers [{text, weight, feedback_html}], choices [{key, text, weight, …}]}]."""
    before = faults.serious
    source, lines = placed.source, placed.places.answers
    in_text = [int(number) for number in _IN_STEM.findall(f"{source.title}\n{source.stem}")]
    _check_numbers(in_text, placed, faults)
    gaps = []
    for number in dict.fromkeys(in_text):
        entries = [index for index, option in enumerate(source.options) if option.gap == number]
        if not entries:
            faults.add(placed.places.heading, f"Chỗ trống ({number}) chưa có câu trả lời. Viết: - ({number}) = …")
            continue
        gaps.append(_gap(number, entries, placed, renderer, faults))
    if not gaps and faults.serious == before:
        faults.add(lines[0], "Trong câu chưa có chỗ trống nào. Viết vào câu: (1) ____")
    return Answers(details={"gaps": gaps, "exact": source.is_exact}) if faults.serious == before else None


def _check_numbers(in_text: list[int], placed: PlacedQuestion, faults: FileFaults) -> None:
    heading = placed.places.heading
    if sorted(in_text) != list(range(1, len(in_text) + 1)):
        faults.add(heading, "Các chỗ trống đánh số 1, 2, 3…, mỗi số một lần: (1) ____ … (2) ____")
    if len(in_text) > MAXIMUM_GAPS:
        faults.add(heading, f"Câu này có quá {MAXIMUM_GAPS} chỗ trống. Chia thành nhiều câu.")
    for line, option in zip(placed.places.answers, placed.source.options, strict=True):
        if option.gap not in in_text:
            faults.add(line, f"Trong câu không có chỗ trống ({option.gap}). Viết vào câu: ({option.gap}) ____")


def _gap(
    number: int, entries: list[int], placed: PlacedQuestion, renderer: Renderer, faults: FileFaults
) -> dict[str, Any]:
    lines, options = placed.places.answers, placed.source.options
    is_choice = any(not options[index].is_ticked and options[index].weight is None for index in entries)
    chosen = [options[index] for index in entries]
    check_words([(lines[index], options[index].words) for index in entries], faults)
    refuse_unreachable(max(weight_of(option) for option in chosen), lines[entries[0]], faults)
    answers = [_answer(placed, index, renderer, faults, is_typed=not is_choice) for index in entries]
    if is_choice:
        return {"number": number, "answers": [], "choices": answers}
    for index in entries:
        check_typed(options[index].words, lines[index], faults)
        _refuse_paid_anything(options[index], lines[index], faults)
    return {"number": number, "answers": answers, "choices": []}


def _answer(
    placed: PlacedQuestion, index: int, renderer: Renderer, faults: FileFaults, *, is_typed: bool
) -> dict[str, Any]:
    option = placed.source.options[index]
    feedback = renderer.blocks(option.feedback, placed.places.feedback[index], faults)[0]
    shown = "" if is_typed else renderer.phrase(option.words, placed.places.answers[index], faults)[1]
    return {
        "key": option_key(option.words),
        "text": shown or as_typed(option.words),
        "weight": weight_of(option),
        "feedback_html": feedback,
    }


def _refuse_paid_anything(option: SourceOption, line: int, faults: FileFaults) -> None:
    if option.words == ANYTHING and weight_of(option) > 0:
        faults.add(line, "Viết `[0%] *`: câu trả lời khác không thể được điểm.")
