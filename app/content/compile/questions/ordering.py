"""Steps to be put in order: a numbered list that stands alone."""

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.questions.answers import Answers, check_words, option_key
from app.content.compile.quiz import Option
from app.content.compile.render import Renderer

MAXIMUM_STEPS = 12


def compile_ordering(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Answers | None:
    """The options are the steps in their right order."""
    before = faults.serious
    steps, lines = placed.source.steps, placed.places.answers
    check_words(list(zip(lines, steps, strict=True)), faults)
    if not 2 <= len(steps) <= MAXIMUM_STEPS:
        faults.add(lines[0], f"Câu xếp thứ tự cần từ 2 đến {MAXIMUM_STEPS} việc.")
    options = []
    for line, words in zip(lines, steps, strict=True):
        html, text = renderer.phrase(words, line, faults)
        options.append(Option(option_key(words), html, text or words, weight=1 / len(steps), is_right=True))
    return Answers(tuple(options)) if faults.serious == before else None
