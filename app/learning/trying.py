"""A quiz tried by those who write it: the learner's own pages and grading, and nothing of it is stored anywhere.

What was answered so far travels with the page (`TriedState`), so every request stands for itself.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from app.content.compile.course_file import CourseHeader
from app.content.compile.item import CompiledItem
from app.content.compile.quiz import Question
from app.learning.grading.answers import MAXIMUM_FREE, as_entered, read_answer
from app.learning.grading.drawing import draw
from app.learning.grading.marks import grade
from app.learning.pages_of_quizzes import AnsweredQuestion, QuestionPage
from app.learning.previewing import NOBODY, item_of, version_of
from app.learning.question_pages import question_page
from app.learning.quiz_pages import Given, OpenAttempt
from app.progress.evidence import Evidence, LearnerCourse
from app.progress.models import Attempt
from app.shared.errors import Refusal

MOST_QUESTIONS = 200
MOST_VALUES = 50
LONGEST_STATE = 400_000


@dataclass(frozen=True, slots=True)
class TriedState:
    """How far somebody is in trying a quiz."""

    seed: int
    """Decides what is drawn and in which order."""
    values: dict[str, list[str]] = field(default_factory=dict)
    """Question key → what its form sent."""
    hinted: frozenset[str] = frozenset()
    """Questions whose hints were opened at a cost."""
    is_finished: bool = False

    def with_answer(self, key: str, values: Sequence[str]) -> "TriedState":
        return replace(self, values={**self.values, key: list(values)})

    def to_text(self) -> str:
        """For a hidden field."""
        return json.dumps([self.seed, self.values, sorted(self.hinted), self.is_finished], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str, otherwise: int) -> "TriedState":
        """What a page sent back; anything odd begins anew with the seed `otherwise`."""
        try:
            seed, values, hinted, is_finished = json.loads(text[:LONGEST_STATE])
            hints = frozenset(map(str, list(hinted)[:MOST_QUESTIONS]))
            found = cls(int(seed), _values(values), hints, is_finished is True)
            found.to_text().encode()  # halves of letters, which JSON can spell and no page can hold
            return found
        except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
            return cls(otherwise)


def _values(found: dict[str, Any]) -> dict[str, list[str]]:
    return {
        str(key): [str(value)[:MAXIMUM_FREE] for value in list(values)[:MOST_VALUES]]
        for key, values in list(found.items())[:MOST_QUESTIONS]
    }


class TriedQuiz:
    """One go at a quiz that is not published. It must have a question."""

    def __init__(self, compiled: CompiledItem, header: CourseHeader, slug: str, state: TriedState) -> None:
        item = item_of(compiled)
        quiz = compiled.quiz
        assert quiz is not None  # noqa: S101 -- who calls has looked
        assert quiz.questions  # noqa: S101
        self.state = state
        drawn = draw(quiz, Random(state.seed))  # noqa: S311 -- no secret: the page carries the seed
        attempt = Attempt(id=NOBODY, drawn=drawn, pass_mark=quiz.pass_mark, feedback=quiz.feedback)
        course = LearnerCourse(NOBODY, slug, version_of(header, (item,)), None, Evidence())
        self.opened = OpenAttempt(course, course.version, item, quiz, attempt, {}, state.is_finished, state.hinted, {})
        for number in range(1, self.opened.count + 1):
            self._note(self.opened.question(number))

    def _note(self, question: Question) -> None:
        """What was answered before; what the question, changed since, no longer knows counts as open."""
        if question.key not in self.state.values:
            return
        try:
            response = read_answer(question, self.state.values[question.key])
        except Refusal:
            return
        mark = grade(question, response, hint_opened=question.key in self.state.hinted)
        self.opened.given[question.key] = Given(response, mark)

    @property
    def shows_feedback_at_once(self) -> bool:
        return self.opened.shows_feedback_at_once

    def refused(self, number: int, values: Sequence[str]) -> tuple[str, list[str]]:
        """Why these values are no answer, and what to show again; an empty reason where they are one.

        Raises:
            NotFound: no question has that number.
        """
        question = self.opened.question(number)
        try:
            read_answer(question, values)
        except Refusal as refusal:
            return refusal.message, as_entered(question, values)
        return "", []

    def key_of(self, number: int) -> str:
        """Raises NotFound where no question has that number."""
        return self.opened.question(number).key

    def page(self, number: int, error: str = "", entered: list[str] | None = None) -> QuestionPage:
        """The learner's page of a question. Raises NotFound where none has that number."""
        return question_page(self.opened, number, error=error, entered=entered if error else None)

    def answered(self, number: int) -> AnsweredQuestion:
        """For the list of the result."""
        question = self.opened.question(number)
        given = self.opened.given.get(question.key)
        is_right, is_waiting = (given.mark.is_right, given.mark.is_waiting) if given else (False, False)
        return AnsweredQuestion(number, question.stem_text, is_right, is_waiting, href="")
