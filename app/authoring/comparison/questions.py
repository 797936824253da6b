"""A quiz as questions: each cut into what it asks, its answers with what is said to them, hints and settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.authoring.comparison.blocks import Block, blocks_of
from app.content.compile.faults import Faults
from app.content.compile.question_read import read_question
from app.content.compile.quiz_file import split_questions
from app.content.compile.scan import scan_lines
from app.content.quiz_source.model import SourceOption, SourceQuestion

ASKED = "asked"
RIGHT, WRONG, PARTLY, SAID = "right", "wrong", "partly", "said"
PAIR, STEP, HINT, EXPLANATION = "pair", "step", "hint", "explanation"
FREE, POOL, POINTS, HINT_COST, EXACT, KEEPS_ORDER, SKILLS = (
    "free", "pool", "points", "hint_cost", "exact", "keeps_order", "skills",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as the comparison sees it."""

    key: str
    blocks: tuple[Block, ...]


def read_questions(body: str, media: Mapping[str, str]) -> list[ReadQuestion] | None:
    """The questions of a quiz; None where one of them cannot be read, so that its text must be compared as text."""
    faults = Faults().of("quiz")
    _, found = split_questions(scan_lines(body, 1, faults), faults)
    questions: list[ReadQuestion] = []
    for block in found:
        placed = read_question(block.heading, block.title, block.pool, block.lines, faults, needs_key=False)
        if placed is None:
            return None
        questions.append(ReadQuestion(placed.source.key, tuple(_blocks(placed.source, media))))
    return questions if found else None


def _blocks(question: SourceQuestion, media: Mapping[str, str]) -> Iterator[Block]:
    yield Block(ASKED, question.title)
    yield from blocks_of(question.stem, media)
    for option in question.options:
        yield _option(option)
        if option.feedback:
            yield Block(SAID, _on_one_line(option.feedback))
    for left, right in question.pairs:
        yield Block(PAIR, f"{left or '–'} → {right}")
    for number, step in enumerate(question.steps, start=1):
        yield Block(STEP, f"{number}. {step}")
    if question.type == "free":
        yield Block(FREE, "____")
    for hint in question.hints:
        yield Block(HINT, _on_one_line(hint))
    if question.explanation:
        yield Block(EXPLANATION, _on_one_line(question.explanation))
    yield from _settings(question)


def _option(option: SourceOption) -> Block:
    words = f"({option.gap}) {option.words}" if option.gap else option.words
    if option.region:
        region = option.region
        words += f" · {region.left:g}, {region.top:g}, {region.width:g} × {region.height:g} %"
    if option.weight is None or option.weight in (0, 1):
        return Block(RIGHT if option.is_ticked else WRONG, words)
    return Block(PARTLY, f"{words} · {option.weight * 100:g} %")


def _settings(question: SourceQuestion) -> Iterator[Block]:
    """Only what is not as usual, so that two plain questions have nothing to compare here."""
    if question.pool:
        yield Block(POOL, question.pool)
    if question.points != 1:
        yield Block(POINTS, str(question.points))
    if question.hint_cost:
        yield Block(HINT_COST, f"{question.hint_cost} %")
    if question.is_exact:
        yield Block(EXACT, "✓")
    if not question.shuffles:
        yield Block(KEEPS_ORDER, "✓")
    if question.skills:
        yield Block(SKILLS, ", ".join(question.skills))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
