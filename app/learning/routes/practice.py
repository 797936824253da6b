"""Redoing the wrong ones: practice, which leaves no attempt, no score and no completion."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.learning.courses import get_readable_course
from app.learning.grading.answers import NothingAnswered, read_answer
from app.learning.grading.marks import grade
from app.learning.pages import QuestionPage
from app.learning.quiz_pages import Given, OpenAttempt, open_attempt_of, question_page, result_href
from app.learning.routes import blueprint
from app.shared.errors import NotFound


@blueprint.get("/courses/<slug>/<item_slug>/attempts/<uuid:attempt_id>/practice/<int:number>")
@requires(Permission.HAVE_SESSION)
def practise_question(slug: str, item_slug: str, attempt_id: UUID, number: int) -> ResponseReturnValue:
    opened = _open_for_practice(slug, item_slug, attempt_id, number)
    return _show(opened, number, question_page(opened, number, is_practice=True))


@blueprint.post("/courses/<slug>/<item_slug>/attempts/<uuid:attempt_id>/practice/<int:number>")
@requires(Permission.HAVE_SESSION)
def check_practice(slug: str, item_slug: str, attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Judge what was tried and show the feedback; nothing is stored."""
    opened = _open_for_practice(slug, item_slug, attempt_id, number)
    question = opened.question(number)
    try:
        response = read_answer(question, request.form.getlist("answer"))
    except NothingAnswered as refusal:
        page = question_page(opened, number, error=refusal.message, is_practice=True)
        return _show(opened, number, page), refusal.status
    tried = Given(response, grade(question, response))
    return _show(opened, number, question_page(opened, number, practice=tried, is_practice=True))


def _open_for_practice(slug: str, item_slug: str, attempt_id: UUID, number: int) -> OpenAttempt:
    opened = open_attempt_of(get_readable_course(slug), item_slug, attempt_id, current_actor())
    if not opened.is_finished or opened.attempt.feedback == "none" or number not in wrong_numbers(opened):
        raise NotFound
    return opened


def wrong_numbers(opened: OpenAttempt) -> list[int]:
    """Numbers of the questions that were not fully right."""
    keys = enumerate(opened.drawn_keys, start=1)
    return [n for n, key in keys if key not in opened.given or not opened.given[key].mark.is_right]


def _show(opened: OpenAttempt, number: int, page: QuestionPage) -> str:
    following = next((n for n in wrong_numbers(opened) if n > number), None)
    href = result_href(opened.course, opened.item, opened.attempt.id)
    if following is not None:
        href = url_for(
            "learning.practise_question",
            slug=opened.course.slug,
            item_slug=opened.item.slug,
            attempt_id=opened.attempt.id,
            number=following,
        )
    return render_template("learning/practice.html", page=page, next_href=href, is_last=following is None)
