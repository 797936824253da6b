"""Taking a quiz: its first page, one question a screen, handing in, the result.

Every step is a POST that stores and then redirects, so that reload, back button, double tap and two tabs do no harm.
"""

import hashlib
import json
from collections.abc import Sequence
from random import SystemRandom
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.content.queries import Item
from app.learning.answer_form import answer_values
from app.learning.courses import get_readable_course
from app.learning.finishing import where_to_go
from app.learning.grading.answers import as_entered, read_answer
from app.learning.grading.drawing import draw
from app.learning.grading.marks import grade
from app.learning.learner import CourseWithdrawn, learner_for_writing, learner_of, learning_in
from app.learning.question_pages import question_page
from app.learning.quiz_pages import (
    OpenAttempt,
    intro_page,
    open_attempt_of,
    question_href,
    review_page,
)
from app.learning.result_pages import result_page
from app.learning.routes import blueprint
from app.learning.withdrawn import get_taught_item, refuse_not_taught
from app.people.locks import lock_canonical
from app.progress.actions import finish_attempt, open_hints, start_attempt, store_answer, take_submission
from app.progress.evidence import LearnerCourse
from app.shared.database import close_reader
from app.shared.endpoints import public
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id, parse_id
from app.shared.transaction import commits


def show_quiz_intro(course: LearnerCourse, item: Item) -> ResponseReturnValue:
    """The page before the first question; lessons and quizzes share their address."""
    return render_template("learning/quiz_intro.html", page=intro_page(course, item))


@blueprint.post("/courses/<slug>/<item_slug>/attempts")
@public("a guest is made by the first POST; team courses are checked in the view")
@commits
def begin_quiz(slug: str, item_slug: str) -> ResponseReturnValue:
    course = get_readable_course(slug)
    item = get_taught_item(course, item_slug)
    if item.quiz is None:
        raise NotFound
    if course.withdrawn_reason and not course.evidence.done:
        raise CourseWithdrawn
    close_reader()
    learner = learner_for_writing()
    attempt = start_attempt(learning_in(course.version, learner), item, draw(item.quiz, SystemRandom()))
    return redirect(question_href(course, item, attempt.id, 1), code=303)


@blueprint.get("/courses/<slug>/<item_slug>/attempts/<uuid:attempt_id>/<int:number>")
@requires(Permission.HAVE_SESSION)
def show_question(slug: str, item_slug: str, attempt_id: UUID, number: int) -> ResponseReturnValue:
    opened = _open(slug, item_slug, attempt_id)
    if number == opened.count + 1 and not opened.is_finished:
        return render_template("learning/quiz_review.html", page=review_page(opened))
    return render_template("learning/question.html", page=question_page(opened, number))


@blueprint.post("/courses/<slug>/<item_slug>/attempts/<uuid:attempt_id>/<int:number>")
@requires(Permission.HAVE_SESSION)
@commits
def answer_question(slug: str, item_slug: str, attempt_id: UUID, number: int) -> ResponseReturnValue:
    opened = _open(slug, item_slug, attempt_id, for_writing=True)
    question = opened.question(number)
    values = answer_values(request.form)
    try:
        response = read_answer(question, values)
    except Refusal as refusal:
        page = question_page(opened, number, error=refusal.message, entered=as_entered(question, values))
        return render_template("learning/question.html", page=page), refusal.status
    is_new = take_submission(
        _submission_id(), opened.attempt.person_id, _body_hash(attempt_id, question.key, values), attempt_id
    )
    if is_new and not opened.is_finished:
        mark = grade(question, response, hint_opened=question.key in opened.hints_opened)
        if store_answer(opened.attempt, question.key, response, mark.score, mark.maximum):
            opened.note(question.key, response, mark)
        _finish_if_last(opened)
    if opened.shows_feedback_at_once:
        return redirect(question_href(opened.course, opened.item, attempt_id, number), code=303)
    return redirect(_after_storing(opened, number), code=303)


@blueprint.post("/courses/<slug>/<item_slug>/attempts/<uuid:attempt_id>/<int:number>/hints")
@requires(Permission.HAVE_SESSION)
@commits
def show_hints(slug: str, item_slug: str, attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Open the hints of a question at their cost, and go back to it."""
    opened = _open(slug, item_slug, attempt_id, for_writing=True)
    question = opened.question(number)
    if not question.hints or not opened.quiz.offline:
        raise NotFound
    if not opened.is_finished:
        open_hints(attempt_id, question.key)
    return redirect(question_href(opened.course, opened.item, attempt_id, number), code=303)


@blueprint.post("/courses/<slug>/<item_slug>/attempts/<uuid:attempt_id>/finish")
@requires(Permission.HAVE_SESSION)
@commits
def hand_in(slug: str, item_slug: str, attempt_id: UUID) -> ResponseReturnValue:
    """End an attempt whose feedback comes at the end or never; questions left open earn nothing."""
    opened = _open(slug, item_slug, attempt_id, for_writing=True)
    if not opened.is_finished:
        _finish(opened)
    return redirect(_result_href(opened), code=303)


@blueprint.get("/courses/<slug>/<item_slug>/attempts/<uuid:attempt_id>")
@requires(Permission.HAVE_SESSION)
def show_result(slug: str, item_slug: str, attempt_id: UUID) -> ResponseReturnValue:
    opened = _attempt(slug, item_slug, attempt_id)
    if not opened.is_finished:
        return redirect(question_href(opened.course, opened.item, attempt_id, opened.first_open_number()), code=303)
    return render_template("learning/result.html", page=result_page(opened))


def _open(slug: str, item_slug: str, attempt_id: UUID, *, for_writing: bool = False) -> OpenAttempt:
    """The attempt with its questions; of a quiz that was withdrawn meanwhile only the result is still shown."""
    opened = _attempt(slug, item_slug, attempt_id, for_writing=for_writing)
    refuse_not_taught(opened.course, opened.item)
    return opened


def _attempt(slug: str, item_slug: str, attempt_id: UUID, *, for_writing: bool = False) -> OpenAttempt:
    course = get_readable_course(slug)
    actor = current_actor()
    if for_writing and actor.person_id is not None:
        close_reader()
        lock_canonical(actor.person_id)
    return open_attempt_of(course, item_slug, attempt_id, actor)


def _finish_if_last(opened: OpenAttempt) -> None:
    """With feedback after each question, the last answer ends the attempt: nobody must press once more."""
    if opened.shows_feedback_at_once and opened.is_fully_answered:
        _finish(opened)


def _finish(opened: OpenAttempt) -> None:
    result = opened.result()
    learner = learner_of(current_actor())
    is_same_edition = opened.version.edition == opened.course.version.edition
    finish_attempt(
        opened.attempt,
        learning_in(opened.course.version if is_same_edition else opened.version, learner),
        opened.item,
        score=result.score,
        maximum=result.maximum,
        passed=result.verdict(opened.attempt.pass_mark),
    )
    opened.is_finished = True


def _after_storing(opened: OpenAttempt, number: int) -> str:
    if opened.is_finished:
        return _result_href(opened)
    return question_href(opened.course, opened.item, opened.attempt.id, min(number + 1, opened.count + 1))


def _result_href(opened: OpenAttempt) -> str:
    learner = learner_of(current_actor())
    target = url_for(
        "learning.show_result", slug=opened.course.slug, item_slug=opened.item.slug, attempt_id=opened.attempt.id
    )
    return where_to_go(learner, opened.course, target)


def _submission_id() -> UUID:
    """The id that our page made for this form; a form without one is a submission of its own."""
    return parse_id(request.form.get("submission")) or new_id()


def _body_hash(attempt_id: UUID, question_key: str, values: Sequence[str]) -> str:
    body = json.dumps([str(attempt_id), question_key, sorted(values)], ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()
