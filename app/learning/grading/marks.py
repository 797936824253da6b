"""Judging a response. All right gives full marks, nothing gives 0, and one more right choice never scores lower."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.content.compile.quiz import Question, Quiz
from app.learning.grading.answers import Response
from app.shared.vietnamese import fold

_ONLY_A_NUMBER = re.compile(r"^[\d\s.,+\-]*\d[\d\s.,+\-]*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer earned, in the question's points."""

    score: float
    maximum: float

    @property
    def is_right(self) -> bool:
        return self.score >= self.maximum

    @property
    def is_partly_right(self) -> bool:
        return 0 < self.score < self.maximum


@dataclass(frozen=True, slots=True)
class Result:
    """What a whole attempt earned."""

    score: float
    maximum: float
    right_count: int
    question_count: int

    @property
    def percent(self) -> float:
        """Points earned, 0 to 100."""
        return 100 * self.score / self.maximum if self.maximum else 0.0

    def passes(self, pass_mark: int) -> bool:
        return self.percent + 1e-9 >= pass_mark


def grade(question: Question, response: Response) -> Mark:
    """The mark for a response that `read_answer` has read; an empty one earns 0."""
    share = _text_share(question, response) if question.type == "text" else _choice_share(question, response)
    return Mark(score=round(share * question.points, 5), maximum=float(question.points))


def _choice_share(question: Question, response: Response) -> float:
    """Sum of the chosen weights, never below 0 nor above 1.

    In a question with several right options each right one is worth its part, and each wrong one takes a part away,
    so that ticking everything earns nothing.
    """
    chosen = [option for option in question.options if option.key in response]
    if question.type != "multiple":
        return max((option.weight for option in chosen), default=0.0)
    right_options = sum(option.is_right for option in question.options)
    if not right_options:
        return 0.0
    hits = sum(option.is_right for option in chosen)
    return max(0.0, (2 * hits - len(chosen)) / right_options)


def _text_share(question: Question, response: Response) -> float:
    typed = _comparable(response[0]) if response else ""
    return 1.0 if typed and typed in {_comparable(accepted) for accepted in question.accepted} else 0.0


def _comparable(text: str) -> str:
    """Marks, case, punctuation and spacing do not matter; in numbers neither do the separators."""
    if _ONLY_A_NUMBER.match(text):
        return "".join(c for c in text if c.isdigit())
    return fold(text).replace(" ", "")


def total(quiz: Quiz, drawn_keys: Iterable[str], marks: dict[str, Mark]) -> Result:
    """The result over the drawn questions; an unanswered one earns 0 of its points."""
    keys = list(drawn_keys)
    points = {question.key: float(question.points) for question in quiz.questions}
    return Result(
        score=round(sum(marks[key].score for key in keys if key in marks), 5),
        maximum=sum(points[key] for key in keys),
        right_count=sum(key in marks and marks[key].is_right for key in keys),
        question_count=len(keys),
    )
