"""Tick boxes: one right is single, more are multiple, exactly {Đúng, Sai} is true_false."""

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.questions.answers import FULL, Answers, check_words, option_key, refuse_unreachable
from app.content.compile.quiz import Option
from app.content.compile.render import Renderer
from app.content.quiz_source.model import SourceOption


def compile_choice(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Answers | None:
    before = faults.serious
    source, lines = placed.source, placed.places.answers
    options = source.options
    check_words([(line, option.words) for line, option in zip(lines, options, strict=True)], faults)
    if len(options) < 2:
        faults.add(lines[0], "Câu hỏi chọn cần ít nhất hai phương án.")
    if not any(option.is_ticked for option in options):
        faults.add(lines[0], "Chưa có phương án đúng nào. Đánh dấu phương án đúng: - [x]")
    if faults.serious > before:
        return None
    weights = weights_of(source.type, options)
    refuse_unreachable(_best(source.type, weights), lines[0], faults)
    compiled = tuple(compile_option(placed, index, weight, renderer, faults) for index, weight in enumerate(weights))
    return Answers(compiled, details={"weighted": True}) if faults.serious == before else None


def weights_of(kind: str, options: tuple[SourceOption, ...]) -> list[float]:
    """Share of the points for each option; in a multiple without percentages a wrong one takes a part away."""
    right = sum(option.is_ticked for option in options)
    if kind == "multiple" and all(option.weight is None for option in options):
        return [(1 if option.is_ticked else -1) / right for option in options]
    return [option.weight if option.weight is not None else float(option.is_ticked) for option in options]


def _best(kind: str, weights: list[float]) -> float:
    return sum(weight for weight in weights if weight > 0) if kind == "multiple" else max(weights)


def compile_option(placed: PlacedQuestion, index: int, weight: float, renderer: Renderer, faults: FileFaults) -> Option:
    """The option with that index, rendered."""
    option, places = placed.source.options[index], placed.places
    html, text = renderer.phrase(option.words, places.answers[index], faults)
    return Option(
        key=option_key(option.words),
        html=html,
        text=text or option.words,
        weight=weight,
        is_right=weight > 0 if placed.source.type == "multiple" else weight >= FULL,
        feedback_html=renderer.blocks(option.feedback, places.feedback[index], faults)[0],
    )
