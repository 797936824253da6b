"""Redoing the wrong ones: practice, which leaves no attempt, no score and no completion."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.learning.answer_form import answer_values
from app.learning.courses import get_readable_course
from app.learning.grading.answers import as_entered, read_answer
from app.learning.grading.marks import grade
from app.learning.pages_of_quizzes import QuestionPage
from app.learning.question_pages import question_page
from app.learning.quiz_pages import Given, OpenAttempt, open_attempt_of, result_href, wrong_numbers
from app.learning.routes import blueprint
from app.learning.withdrawn import refuse_not_taught
from app.shared.errors import NotFound, Refusal


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
        response = read_answer(question, answer_values(request.form))
    except Refusal as refusal:
        entered = as_entered(question, answer_values(request.form))
        page = question_page(opened, number, error=refusal.message, entered=entered, is_practice=True)
        return _show(opened, number, page), refusal.status
    tried = Given(response, grade(question, response))
    return _show(opened, number, question_page(opened, number, practice=tried, is_practice=True))


def _open_for_practice(slug: str, item_slug: str, attempt_id: UUID, number: int) -> OpenAttempt:
    opened = open_attempt_of(get_readable_course(slug), item_slug, attempt_id, current_actor())
    refuse_not_taught(opened.course, opened.item)
    if not opened.is_finished or opened.attempt.feedback == "none" or number not in wrong_numbers(opened):
        raise NotFound
    return opened


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
