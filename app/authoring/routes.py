"""`/workshop`: courses, a course, a question, and the answers that wait to be marked."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import words
from app.authoring.course_page import make_course_line, make_course_page
from app.authoring.facts import KEPT_SECONDS, SMALL
from app.authoring.forms import MarkForm, make_mark_form
from app.authoring.pages import MarkingPage, MarkPart, WorkshopPage
from app.authoring.question_page import make_question_page
from app.content.queries import CourseHead, find_course, list_catalogue
from app.people.reading_log import note_reading
from app.progress.marking import WaitingAnswer, count_waiting, find_waiting, list_waiting, mark_answer
from app.shared.errors import Moved, NotFound, Refusal
from app.shared.transaction import commits_or_shows_again

ANSWERS_ON_A_PAGE = 20
LONGEST_TYPED = 3000
"""Of a comment that is shown again although it could not be taken."""
blueprint = Blueprint("authoring", __name__, template_folder="templates")


@blueprint.get("/workshop")
@requires(Permission.USE_WORKSHOP)
def show_workshop() -> ResponseReturnValue:
    courses = [make_course_line(course) for course in list_catalogue()]
    page = WorkshopPage(courses, count_waiting(), SMALL, round(KEPT_SECONDS / 60))
    return render_template("authoring/workshop.html", page=page)


@blueprint.get("/workshop/courses/<slug>")
@requires(Permission.USE_WORKSHOP)
def show_course(slug: str) -> ResponseReturnValue:
    return render_template("authoring/course.html", page=make_course_page(_course(slug)))


@blueprint.get("/workshop/courses/<slug>/questions/<key>")
@requires(Permission.USE_WORKSHOP)
def show_question(slug: str, key: str) -> ResponseReturnValue:
    page = make_question_page(_course(slug), key, request.args.get("version", ""))
    return render_template("authoring/question.html", page=page)


def _course(slug: str) -> CourseHead:
    head = find_course(slug)
    if head is None:
        raise NotFound
    if head.moved_to:
        raise Moved(request.full_path.rstrip("?").replace(f"/courses/{slug}", f"/courses/{head.moved_to}", 1))
    return head


@blueprint.get("/workshop/marking")
@requires(Permission.USE_WORKSHOP)
def show_marking() -> ResponseReturnValue:
    """What waits, oldest first. What people wrote may be personal, so the log says who read it."""
    parts = [_part(answer) for answer in list_waiting(limit=ANSWERS_ON_A_PAGE)]
    if parts:
        note_reading("read_free_answers", object_kind="answer", object_id="waiting", place_id=None)
    page = MarkingPage(count_waiting(), parts, is_marked=request.args.get("marked") == "yes")
    return render_template("authoring/marking.html", page=page)


@blueprint.post("/workshop/marking/<uuid:attempt_id>/<question_key>")
@requires(Permission.USE_WORKSHOP)
@commits_or_shows_again
def mark(attempt_id: UUID, question_key: str) -> ResponseReturnValue:
    """Take the mark, or show the list again with what was typed and why it was not taken."""
    answer = find_waiting(attempt_id, question_key)
    form = make_mark_form(attempt_id, question_key, answer.question.points if answer else 0, request.form)
    if answer and not form.validate():
        return _show_again(answer, form), 422
    try:
        score = float(form.score.data) if answer else 0.0
        actor = current_actor()
        assert actor.person_id is not None  # noqa: S101 -- only staff come here, and they are persons
        mark_answer(
            attempt_id, question_key, score, form.comment.data or "", actor.person_id, marker_role=actor.capacity
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _show_again(answer, form, gettext(refusal.message)), refusal.status
    return redirect(url_for("authoring.show_marking", marked="yes"), 303)


def _show_again(answer: WaitingAnswer | None, form: MarkForm, refusal: str = "") -> str:
    """The form in question first, if its answer still waits."""
    others = [
        _part(other)
        for other in list_waiting(limit=ANSWERS_ON_A_PAGE)
        if answer is None or (other.attempt_id, other.question.key) != (answer.attempt_id, answer.question.key)
    ]
    parts = ([_part(answer, form)] if answer else []) + others
    typed = "" if answer else (form.comment.data or "")[:LONGEST_TYPED]
    return render_template("authoring/marking.html", page=MarkingPage(count_waiting(), parts, refusal, typed))


def _part(answer: WaitingAnswer, form: Any = None) -> MarkPart:
    question = answer.question
    return MarkPart(
        attempt_id=answer.attempt_id,
        question_key=question.key,
        where=f"{answer.course_title} · {answer.item_title}",
        question=question.stem_text,
        text=answer.text,
        given_at=answer.given_at,
        points=words.points(question.points),
        is_own=answer.learner_id == current_actor().canonical_id,
        form=form or make_mark_form(answer.attempt_id, question.key, question.points),
    )
