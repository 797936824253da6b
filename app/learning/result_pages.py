"""After an attempt: the result in words and numbers, a way back to each question, and what to do next."""

from flask import url_for
from flask_babel import gettext

from app.access.declare import current_actor
from app.learning import words
from app.learning.courses import item_after, item_href
from app.learning.grading.marks import Result
from app.learning.pages_of_quizzes import AnsweredQuestion, ResultPage
from app.learning.quiz_pages import (
    OpenAttempt,
    finished_attempts,
    may_begin_at,
    percent_of,
    question_href,
    wrong_numbers,
)
from app.progress.queries import list_finished_attempts


def result_page(opened: OpenAttempt) -> ResultPage:
    """Of a quiz that was withdrawn since, the result alone: it stays, the questions are not shown any more."""
    result = opened.result()
    passed = opened.attempt.passed
    withdrawal = opened.course.withdrawal_of(opened.item.key)
    shows_each = opened.attempt.feedback != "none" and withdrawal is None
    next_href, next_label = _after_result(opened, bool(passed))
    wrong = wrong_numbers(opened)
    return ResultPage(
        slug=opened.course.slug,
        version=opened.version,
        item=opened.item,
        attempt=opened.attempt,
        right_count=result.right_count,
        count=result.question_count,
        percent=result.percent,
        heading=_result_heading(opened),
        sentence=words.right_of(result.right_count, result.question_count),
        questions=[_answered_question(opened, number) for number in range(1, opened.count + 1)] if shows_each else [],
        first_wrong=wrong[0] if shows_each and wrong else None,
        gain=_gain(opened, result),
        next_href=next_href,
        next_label=next_label,
        may_retake=withdrawal is None and _may_retake(opened),
        withdrawn_reason=withdrawal.reason if withdrawal else "",
    )


def _result_heading(opened: OpenAttempt) -> str:
    if opened.attempt.passed is None:
        return gettext("Đã nộp bài, đang chờ chấm")
    if not opened.attempt.pass_mark:
        return gettext("Bác đã làm xong bài")
    return gettext("Bác đã qua bài kiểm tra") if opened.attempt.passed else gettext("Gần được rồi")


def _may_retake(opened: OpenAttempt) -> bool:
    done = opened.course.evidence.attempts.get(opened.item.key, 0)
    has_attempts = not opened.quiz.attempts or done < opened.quiz.attempts
    return has_attempts and may_begin_at(opened.quiz, finished_attempts(opened.course, opened.item)) is None


def _gain(opened: OpenAttempt, result: Result) -> str:
    """The result of the test before the course, beside this one."""
    canonical_id = current_actor().canonical_id
    if not opened.quiz.pretest or canonical_id is None:
        return ""
    before = [
        attempt
        for attempt in list_finished_attempts(canonical_id)
        if attempt.course_id == opened.course.course_id and attempt.item_key == opened.quiz.pretest
    ]
    if not before:
        return ""
    first = min(before, key=lambda attempt: attempt.started_at)
    return words.gain_words(percent_of(first), result.percent)


def _answered_question(opened: OpenAttempt, number: int) -> AnsweredQuestion:
    question = opened.question(number)
    given = opened.given.get(question.key)
    return AnsweredQuestion(
        number=number,
        words=question.stem_text,
        is_right=given is not None and given.mark.is_right,
        is_waiting=given is not None and given.mark.is_waiting,
        href=question_href(opened.course, opened.item, opened.attempt.id, number),
    )


def _after_result(opened: OpenAttempt, passed: bool) -> tuple[str, str]:
    course = opened.course
    if course.evidence.is_complete:
        return url_for("learning.show_done", slug=course.slug), gettext("Xong khóa học")
    following = item_after(course, opened.item)
    if passed and following:
        return item_href(course, following), gettext("Học tiếp")
    missing = next((item for item in course.items if item.key not in course.evidence.done), None)
    if passed and missing:
        return item_href(course, missing), gettext("Học bài còn thiếu")
    return url_for("learning.show_course", slug=course.slug), gettext("Xem lại các bài học")
