"""Judging a response. All right gives full marks, nothing gives 0, and one more right choice never scores lower."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.content.compile.quiz import Question, Quiz
from app.learning.grading.answers import Response
from app.learning.grading.numbers import AmbiguousNumber, read_number
from app.shared.vietnamese import clean, fold

FULL = 0.9995
"""Three times 33.333 % is all."""
ANYTHING = "*"
_ONLY_A_NUMBER = re.compile(r"^[\d\s.,+\-]*\d[\d\s.,+\-]*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer earned, in the question's points."""

    score: float
    maximum: float
    is_waiting: bool = False
    """A trainer has still to mark it."""

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
    waiting: float = 0.0
    """Points of the answers that a trainer has still to mark."""

    @property
    def percent(self) -> float:
        """Points earned, 0 to 100."""
        return 100 * self.score / self.maximum if self.maximum else 0.0

    def passes(self, pass_mark: int) -> bool:
        return self.percent + 1e-9 >= pass_mark

    def verdict(self, pass_mark: int) -> bool | None:
        """Passed or not; None while what is still to be marked decides."""
        if self.passes(pass_mark):
            return True
        most = 100 * (self.score + self.waiting) / self.maximum if self.maximum else 0.0
        return None if most + 1e-9 >= pass_mark else False


def grade(question: Question, response: Response, *, hint_opened: bool = False) -> Mark:
    """The mark for a response that `read_answer` has read; an empty one earns 0, a free text waits.

    Opening the hints costs `hint_cost` percent of the points.
    """
    maximum = float(question.points)
    if question.type == "free":
        return Mark(0.0, maximum, is_waiting=bool(response))
    share = share_of(question, response)
    if hint_opened:
        share *= 1 - question.hint_cost / 100
    return Mark(score=round(share * question.points, 5), maximum=maximum)


def share_of(question: Question, response: Response) -> float:
    """Share of the points from 0 to 1."""
    share = {
        "text": _text_share,
        "number": _number_share,
        "matching": _matching_share,
        "ordering": _ordering_share,
        "gaps": _gaps_share,
    }.get(question.type, _choice_share)(question, response)
    return 1.0 if share > FULL else max(0.0, share)


def feedback_on(question: Question, response: Response) -> list[str]:
    """HTML of what the author says about what was typed (options carry their own feedback)."""
    found: list[str] = []
    if question.type == "text" and response:
        found.append(_best_text(question.details, response[0])[1])
    elif question.type == "number" and response:
        try:
            judged = read_number(question, response[0])
        except AmbiguousNumber:
            judged = None
        found.append(judged.feedback_html if judged else "")
    elif question.type == "gaps":
        found.extend(_gap_answer(question, gap, response)[1] for gap in question.details["gaps"])
    return [html for html in found if html]


def _choice_share(question: Question, response: Response) -> float:
    """Sum of the chosen weights in a multiple, else the weight of the one that was chosen."""
    chosen = [option for option in question.options if option.key in response]
    if question.type != "multiple":
        return max((option.weight for option in chosen), default=0.0)
    if question.details.get("weighted"):
        return sum(option.weight for option in chosen)
    # Versions published before options had weights: each wrong one takes away what a right one gives.
    right_options = sum(option.is_right for option in question.options)
    hits = sum(option.is_right for option in chosen)
    return (2 * hits - len(chosen)) / right_options if right_options else 0.0


def _text_share(question: Question, response: Response) -> float:
    if not response:
        return 0.0
    if "answers" in question.details:
        return _best_text(question.details, response[0])[0]
    typed = comparable(response[0])
    return 1.0 if typed and typed in {comparable(accepted) for accepted in question.accepted} else 0.0


def _best_text(details: Mapping[str, Any], typed: str) -> tuple[float, str]:
    return _match(details["answers"], typed, is_exact=details["exact"])


def _match(answers: Sequence[Mapping[str, Any]], typed: str, *, is_exact: bool) -> tuple[float, str]:
    """Weight and feedback of the first answer that matches; "*" matches where nothing else does."""
    compare = clean if is_exact else comparable
    wanted = compare(typed)
    fallback = (0.0, "")
    for answer in answers:
        if answer["text"] == ANYTHING:
            fallback = (answer["weight"], answer["feedback_html"])
        elif wanted and wanted == compare(answer["text"]):
            return answer["weight"], answer["feedback_html"]
    return fallback


def _number_share(question: Question, response: Response) -> float:
    try:
        judged = read_number(question, response[0]) if response else None
    except AmbiguousNumber:
        return 0.0
    return judged.share if judged else 0.0


def _matching_share(question: Question, response: Response) -> float:
    matches = question.details["matches"]
    right = sum(response.count(f"{left}={wanted}") for left, wanted in matches.items())
    return right / len(matches)


def _ordering_share(question: Question, response: Response) -> float:
    steps = [option.key for option in question.options]
    return sum(given == wanted for given, wanted in zip(response, steps, strict=False)) / len(steps)


def _gaps_share(question: Question, response: Response) -> float:
    gaps = question.details["gaps"]
    return sum(gap_share(question, gap, response) for gap in gaps) / len(gaps)


def gap_share(question: Question, gap: Mapping[str, Any], response: Response) -> float:
    """What one gap earns, from 0 to 1."""
    return max(0.0, float(_gap_answer(question, gap, response)[0]))


def _gap_answer(question: Question, gap: Mapping[str, Any], response: Response) -> tuple[float, str]:
    """Weight and feedback of what stands in one gap."""
    prefix = f"{gap['number']}="
    given = next((words.removeprefix(prefix) for words in response if words.startswith(prefix)), "")
    if not gap["choices"]:
        return _match(gap["answers"], given, is_exact=question.details["exact"]) if given else (0.0, "")
    chosen = next((choice for choice in gap["choices"] if choice["key"] == given), None)
    return (chosen["weight"], chosen["feedback_html"]) if chosen else (0.0, "")


def comparable(text: str) -> str:
    """Marks, case, punctuation and spacing do not matter; in numbers neither do the separators."""
    if _ONLY_A_NUMBER.match(text):
        digits = "".join(c for c in text if c.isdigit())
        return f"0{digits[2:]}" if text.strip().startswith("+84") else digits
    return fold(text).replace(" ", "")


def total(quiz: Quiz, drawn_keys: Iterable[str], marks: Mapping[str, Mark]) -> Result:
    """The result over the drawn questions; an unanswered one earns 0 of its points."""
    keys = list(drawn_keys)
    points = {question.key: float(question.points) for question in quiz.questions}
    return Result(
        score=round(sum(marks[key].score for key in keys if key in marks), 5),
        maximum=sum(points[key] for key in keys),
        right_count=sum(key in marks and marks[key].is_right for key in keys),
        question_count=len(keys),
        waiting=sum(marks[key].maximum for key in keys if key in marks and marks[key].is_waiting),
    )
