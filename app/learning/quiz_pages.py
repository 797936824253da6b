"""An attempt as its pages need it, and the pages around its questions: before, handing in, result."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import url_for

from app.access.actor import Actor
from app.access.declare import current_actor
from app.content.compile.quiz import Question, Quiz
from app.content.queries import Item, Version, get_version
from app.learning import words
from app.learning.courses import item_before, number_of
from app.learning.grading.answers import Response
from app.learning.grading.marks import Mark, Result, total
from app.learning.pages_of_quizzes import QuizIntroPage, ReviewPage
from app.progress.evidence import LearnerCourse
from app.progress.models import AnswerMark, Attempt
from app.progress.queries import (
    StoredAnswer,
    StoredAttempt,
    find_attempt,
    find_open_attempt,
    list_answers,
    list_finished_attempts,
    list_marks,
    list_opened_hints,
)
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.ids import new_id


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was stored."""

    response: Response
    mark: Mark


@dataclass(slots=True)
class OpenAttempt:
    """One attempt of the present learner with the version in which it was started."""

    course: LearnerCourse
    version: Version
    item: Item
    quiz: Quiz
    attempt: StoredAttempt
    given: dict[str, Given]
    is_finished: bool
    hints_opened: frozenset[str]
    """Keys of questions whose hints were opened at a cost."""
    comments: dict[str, str]
    """What a trainer wrote, by question."""

    @property
    def drawn_keys(self) -> list[str]:
        return [str(key) for key, _ in self.attempt.drawn]

    @property
    def count(self) -> int:
        return len(self.attempt.drawn)

    @property
    def is_fully_answered(self) -> bool:
        return all(key in self.given for key in self.drawn_keys)

    @property
    def shows_feedback_at_once(self) -> bool:
        return self.attempt.feedback == "each"

    def shows_feedback_for(self, question_key: str) -> bool:
        """After each answer, or once the attempt has been handed in, or never."""
        if self.attempt.feedback == "none":
            return False
        return question_key in self.given and (self.shows_feedback_at_once or self.is_finished)

    def question(self, number: int) -> Question:
        """The question with that number, from 1. Raises NotFound outside the attempt."""
        if not 1 <= number <= self.count:
            raise NotFound
        key = self.drawn_keys[number - 1]
        return next(question for question in self.quiz.questions if question.key == key)

    def order(self, number: int) -> list[str]:
        """Keys of what can be chosen in a question, in the order in which this attempt shows them."""
        return [str(key) for key in self.attempt.drawn[number - 1][1]]

    def first_open_number(self) -> int:
        keys = self.drawn_keys
        return next((n for n, key in enumerate(keys, start=1) if key not in self.given), self.count + 1)

    def note(self, question_key: str, response: Response, mark: Mark) -> None:
        self.given[question_key] = Given(response, mark)

    def result(self) -> Result:
        return total(self.quiz, self.drawn_keys, {key: given.mark for key, given in self.given.items()})


def open_attempt_of(course: LearnerCourse, item_slug: str, attempt_id: UUID, actor: Actor) -> OpenAttempt:
    """The actor's attempt in that course. Raises NotFound for anything that is not theirs."""
    attempt = find_attempt(attempt_id, actor.learner_id)
    if attempt is None or attempt.course_id != course.course_id:
        raise NotFound
    version = get_version(attempt.version_id)
    item = next((item for item in version.items if item.key == attempt.item_key), None)
    if item is None or item.quiz is None or item.slug != item_slug:
        raise NotFound
    answers = list_answers(attempt_id)
    marks = list_marks(attempt_id) if any(question.type == "free" for question in item.quiz.questions) else {}
    hinted = list_opened_hints(attempt_id) if any(question.hint_cost for question in item.quiz.questions) else ()
    free = {question.key for question in item.quiz.questions if question.type == "free"}
    given = {key: Given(answer.response, _mark_of(answer, marks, free)) for key, answer in answers.items()}
    return OpenAttempt(
        course,
        version,
        item,
        item.quiz,
        attempt,
        given,
        attempt.happened_at is not None,
        frozenset(hinted),
        {key: mark.comment for key, mark in marks.items()},
    )


def _mark_of(answer: StoredAnswer, marks: Mapping[str, AnswerMark], free: Collection[str]) -> Mark:
    """The stored mark; for an answer in own words what a trainer gave, once one has."""
    key = answer.question_key
    if key in marks:
        return Mark(marks[key].score, answer.maximum)
    return Mark(answer.score, answer.maximum, is_waiting=key in free and bool(answer.response))


def question_href(course: LearnerCourse, item: Item, attempt_id: UUID, number: int) -> str:
    return url_for(
        "learning.show_question", slug=course.slug, item_slug=item.slug, attempt_id=attempt_id, number=number
    )


def result_href(course: LearnerCourse, item: Item, attempt_id: UUID) -> str:
    return url_for("learning.show_result", slug=course.slug, item_slug=item.slug, attempt_id=attempt_id)


def intro_page(course: LearnerCourse, item: Item) -> QuizIntroPage:
    """The page before the first question."""
    assert item.quiz is not None  # noqa: S101 -- only quizzes lead here
    actor, quiz = current_actor(), item.quiz
    key, term = item.key, course.evidence.term
    opened = find_open_attempt(actor.learner_id, course.version.id, key, term) if actor.learner_id else None
    finished = finished_attempts(course, item)
    done = course.evidence.done
    return QuizIntroPage(
        slug=course.slug,
        version=course.version,
        item=item,
        number=number_of(course, item),
        item_count=len(course.items),
        left=words.left_words(course, done),
        done_count=sum(other.key in done for other in course.version.items),
        question_count=quiz.drawn_count,
        previous=item_before(course, item),
        open_attempt_id=opened.id if opened else None,
        may_begin_at=may_begin_at(quiz, finished),
        attempts_left=max(0, quiz.attempts - course.evidence.attempts.get(item.key, 0)) if quiz.attempts else None,
        last_result=_percent_words(finished[0]) if finished else None,
        withdrawn_reason=course.withdrawn_reason,
    )


def may_begin_at(quiz: Quiz, finished: list[Attempt]) -> datetime | None:
    """When the author's waiting time is over; None when it is."""
    ended = [attempt.happened_at for attempt in finished if attempt.happened_at]
    if not quiz.wait_minutes or not ended:
        return None
    moment = max(ended) + timedelta(minutes=quiz.wait_minutes)
    return moment if moment > now() else None


def _percent_words(attempt: Attempt) -> str:
    return words.points_words(percent_of(attempt))


def review_page(opened: OpenAttempt) -> ReviewPage:
    return ReviewPage(
        slug=opened.course.slug,
        item=opened.item,
        attempt_id=opened.attempt.id,
        answered=[key in opened.given for key in opened.drawn_keys],
        submission_id=str(new_id()),
    )


def finished_attempts(course: LearnerCourse, item: Item) -> list[Attempt]:
    """Of the present actor at this quiz, newest first."""
    canonical_id = current_actor().canonical_id
    attempts = list_finished_attempts(canonical_id) if canonical_id else []
    return [each for each in attempts if each.course_id == course.course_id and each.item_key == item.key]


def percent_of(attempt: StoredAttempt) -> float:
    return 100 * (attempt.score or 0) / attempt.maximum if attempt.maximum else 0.0


def wrong_numbers(opened: OpenAttempt) -> list[int]:
    """Numbers of the questions that were not fully right and can be tried again without a trainer."""
    numbered = enumerate(opened.drawn_keys, start=1)
    return [
        n
        for n, key in numbered
        if (key not in opened.given or not opened.given[key].mark.is_right) and opened.question(n).type != "free"
    ]
