"""A question as read → the compiled question: rendered, its answers understood, its points reachable."""

import re

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.questions import COMPILERS
from app.content.compile.quiz import Question
from app.content.compile.render import Renderer
from app.content.compile.scan import warn_of_html

_BLANK = re.compile(r"(?:\\?_){4,}")


def compile_question(placed: PlacedQuestion, renderer: Renderer, faults: FileFaults) -> Question | None:
    """None after a fault."""
    before = faults.serious
    source, places = placed.source, placed.places
    warn_of_html(list(placed.stem_lines), faults)
    renderer.check_skills(source.skills, placed.meta.line, faults)
    answers = COMPILERS[source.type](placed, renderer, faults)
    heading_html, heading_text = renderer.phrase(_blanks(source.title), places.heading, faults)
    stem = renderer.without_first_picture(source.stem) if source.type == "hotspot" else source.stem
    rest_html = renderer.blocks(_blanks(stem), places.stem, faults)[0]
    explanation = renderer.blocks(source.explanation, places.explanation, faults)[0]
    hints = [renderer.blocks(words, line, faults)[0] for words, line in zip(source.hints, places.hints, strict=True)]
    if answers is None or faults.serious > before:
        return None
    return Question(
        key=source.key,
        type=source.type,
        stem_html=f"<p>{heading_html}</p>{rest_html}",
        stem_text=heading_text,
        options=answers.options,
        accepted=answers.accepted,
        points=source.points,
        explanation_html=explanation,
        pool=source.pool,
        heading_html=heading_html,
        rest_html=rest_html,
        hint_html="".join(hints),
        hints=tuple(hints),
        hint_cost=source.hint_cost,
        skill=source.skills[0] if source.skills else "",
        skills=source.skills,
        shuffles=source.shuffles,
        details=answers.details,
    )


def _blanks(words: str) -> str:
    """Underscores that stand for a blank are shown as such and never read as emphasis."""
    lines = words.split("\n")
    return "\n".join(line if "`" in line else _BLANK.sub(r"\\_\\_\\_\\_", line) for line in lines)
