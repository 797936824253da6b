"""An answer in one's own words, for a trainer to mark."""

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.questions.answers import Answers
from app.content.compile.render import Renderer


def compile_free(_placed: PlacedQuestion, _renderer: Renderer, _faults: FileFaults) -> Answers | None:
    return Answers()
