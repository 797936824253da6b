"""An attempt as its pages need it: questions in the order drawn, answers so far, what comes next."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from app.access.actor import Actor
from app.access.declare import current_actor
from app.content.compile.quiz import Option, Question, Quiz
from app.content.queries import Item, Version, get_version
from app.learning import words
from app.learning.courses import item_after, item_before, item_href, number_of
from app.learning.grading.answers import Response
from app.learning.grading.marks import Mark, Result, total
from app.learning.pages import AnsweredQuestion, QuestionPage, QuizIntroPage, ResultPage, ReviewPage, ShownOption
from app.progress.models import Attempt
from app.progress.queries import (
    LearnerCourse,
    StoredAttempt,
    find_attempt,
    find_open_attempt,
    list_answers,
    list_finished_attempts,
)
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

    def options(self, number: int) -> list[Option]:
        """The options of a question in the order in which this attempt shows them."""
        by_key = {option.key: option for option in self.question(number).options}
        return [by_key[key] for key in self.attempt.drawn[number - 1][1]]

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
    given = {
        key: Given(answer.response, Mark(answer.score, answer.maximum))
        for key, answer in list_answers(attempt_id).items()
    }
    return OpenAttempt(course, version, item, item.quiz, attempt, given, attempt.happened_at is not None)


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
    finished = [
        attempt
        for attempt in (list_finished_attempts(actor.canonical_id) if actor.canonical_id else [])
        if attempt.course_id == course.course_id and attempt.item_key == item.key
    ]
    done = course.evidence.done
    return QuizIntroPage(
        slug=course.slug,
        version=course.version,
        item=item,
        number=number_of(course, item),
        left=words.left_words(course.version, done),
        done_count=sum(other.key in done for other in course.version.items),
        question_count=quiz.draw or len(quiz.questions),
        previous=item_before(course, item),
        open_attempt_id=opened.id if opened else None,
        attempts_left=max(0, quiz.attempts - course.evidence.attempts.get(item.key, 0)) if quiz.attempts else None,
        last_result=_percent_words(finished[0]) if finished else None,
        withdrawn_reason=course.withdrawn_reason,
    )


def _percent_words(attempt: Attempt) -> str:
    percent = 100 * (attempt.score or 0) / attempt.maximum if attempt.maximum else 0
    return words.points_words(percent)


def question_page(
    opened: OpenAttempt, number: int, *, error: str = "", practice: Given | None = None, is_practice: bool = False
) -> QuestionPage:
    """One question: open, answered, or in practice (where `practice` is what was just tried, never stored)."""
    question = opened.question(number)
    given = practice if is_practice else opened.given.get(question.key)
    shows_feedback = practice is not None if is_practice else opened.shows_feedback_for(question.key)
    is_fixed = shows_feedback or (not is_practice and opened.is_finished)
    verdict, verdict_words = _verdict(given.mark) if given and shows_feedback else ("", "")
    next_href, next_label = ("", "") if is_practice else _next_step(opened, number)
    return QuestionPage(
        slug=opened.course.slug,
        item=opened.item,
        attempt_id=opened.attempt.id,
        number=number,
        count=opened.count,
        question_key=question.key,
        kind=question.type,
        stem_html=question.stem_html,
        options=[
            ShownOption(
                option.key,
                option.html,
                option.feedback_html,
                bool(given and option.key in given.response),
                option.is_right,
            )
            for option in opened.options(number)
        ],
        typed=given.response[0] if given and question.type == "text" and given.response else "",
        error=error,
        is_answered=is_fixed,
        shows_feedback=shows_feedback,
        verdict=verdict,
        verdict_words=verdict_words,
        right_answers=question.accepted[0] if question.type == "text" and question.accepted else "",
        explanation_html=question.explanation_html if shows_feedback else "",
        submission_id=str(new_id()),
        next_href=next_href,
        next_label=next_label,
        previous_href=question_href(opened.course, opened.item, opened.attempt.id, number - 1) if number > 1 else None,
        is_practice=is_practice,
    )


def _verdict(mark: Mark) -> tuple[str, str]:
    if mark.is_right:
        return "right", gettext("Đúng rồi.")
    if mark.is_partly_right:
        return "partly", gettext("Đúng một phần.")
    return "wrong", gettext("Chưa đúng.")


def _next_step(opened: OpenAttempt, number: int) -> tuple[str, str]:
    if opened.is_finished and number >= opened.count:
        return result_href(opened.course, opened.item, opened.attempt.id), gettext("Xem kết quả")
    following = number + 1 if number < opened.count else opened.first_open_number()
    label = gettext("Câu tiếp theo") if number < opened.count else gettext("Tới câu chưa trả lời")
    return question_href(opened.course, opened.item, opened.attempt.id, following), label


def review_page(opened: OpenAttempt) -> ReviewPage:
    return ReviewPage(
        slug=opened.course.slug,
        item=opened.item,
        attempt_id=opened.attempt.id,
        answered=[key in opened.given for key in opened.drawn_keys],
        submission_id=str(new_id()),
    )


def result_page(opened: OpenAttempt) -> ResultPage:
    """The result in words and numbers, each question with a way back to it, and what to do next."""
    result = opened.result()
    passed = bool(opened.attempt.passed)
    shows_each = opened.attempt.feedback != "none"
    next_href, next_label = _after_result(opened, passed)
    return ResultPage(
        slug=opened.course.slug,
        version=opened.version,
        item=opened.item,
        attempt=opened.attempt,
        right_count=result.right_count,
        count=result.question_count,
        percent=result.percent,
        heading=gettext("Bác đã qua bài kiểm tra") if passed else gettext("Gần được rồi"),
        sentence=words.right_of(result.right_count, result.question_count),
        questions=[_answered_question(opened, number) for number in range(1, opened.count + 1)] if shows_each else [],
        has_wrong=shows_each and result.right_count < result.question_count,
        next_href=next_href,
        next_label=next_label,
        may_retake=not opened.quiz.attempts
        or opened.course.evidence.attempts.get(opened.item.key, 0) < opened.quiz.attempts,
    )


def _answered_question(opened: OpenAttempt, number: int) -> AnsweredQuestion:
    question = opened.question(number)
    given = opened.given.get(question.key)
    return AnsweredQuestion(
        number=number,
        stem_html=question.stem_html,
        is_right=given is not None and given.mark.is_right,
        href=question_href(opened.course, opened.item, opened.attempt.id, number),
    )


def _after_result(opened: OpenAttempt, passed: bool) -> tuple[str, str]:
    course = opened.course
    if course.evidence.is_complete:
        return url_for("learning.show_done", slug=course.slug), gettext("Xong khóa học")
    following = item_after(course, opened.item)
    if passed and following:
        return item_href(course, following), gettext("Học tiếp")
    missing = next((item for item in course.version.items if item.key not in course.evidence.done), None)
    if passed and missing:
        return item_href(course, missing), gettext("Học bài còn thiếu")
    return url_for("learning.show_course", slug=course.slug), gettext("Xem lại các bài học")
