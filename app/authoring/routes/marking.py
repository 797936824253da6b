"""`/workshop/marking`: the answers in own words that wait to be marked, of all courses or of one."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import words
from app.authoring.blueprint import blueprint
from app.authoring.course_access import get_course_head
from app.authoring.course_choices import course_choices
from app.authoring.forms import MarkForm, make_mark_form
from app.authoring.pages import MarkingPage, MarkPart
from app.authoring.paging import pages_of
from app.people.reading_log import note_reading
from app.progress.marking import (
    WaitingAnswer,
    count_waiting_by_course,
    find_waiting,
    list_waiting,
    mark_answer,
)
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import commits_or_shows_again

ANSWERS_ON_A_PAGE = 20
LONGEST_TYPED = 3000
"""Of a comment that is shown again although it could not be taken."""


@blueprint.get("/workshop/marking")
@requires(Permission.USE_WORKSHOP)
def show_marking() -> ResponseReturnValue:
    """What waits, oldest first. What people wrote may be personal, so the log says who read it."""
    page = _page(is_marked=request.args.get("marked") == "yes")
    if page.parts:
        note_reading("read_free_answers", object_kind="answer", object_id="waiting", place_id=None)
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
    course, page = request.args.get("course"), request.args.get("page")
    return redirect(url_for("authoring.show_marking", course=course, page=page, marked="yes"), 303)


def _show_again(answer: WaitingAnswer | None, form: MarkForm, refusal: str = "") -> str:
    """The form in question first, if its answer still waits."""
    typed = "" if answer else (form.comment.data or "")[:LONGEST_TYPED]
    page = _page(answer, form, refusal=refusal, typed=typed)
    return render_template("authoring/marking.html", page=page)


def _page(first: WaitingAnswer | None = None, form: Any = None, **said: Any) -> MarkingPage:
    """The page of the list that the address asks for, with `first` and its form at the top."""
    slug = request.args.get("course", "")
    course_id = get_course_head(slug).id if slug else None
    counts = count_waiting_by_course()
    waiting = counts.get(course_id, 0) if course_id else sum(counts.values())
    pages = pages_of(waiting, ANSWERS_ON_A_PAGE, endpoint="authoring.show_marking", course=slug)
    others = [
        _part(answer)
        for answer in list_waiting(course_id, limit=ANSWERS_ON_A_PAGE, offset=pages.offset)
        if first is None or (answer.attempt_id, answer.question.key) != (first.attempt_id, first.question.key)
    ]
    return MarkingPage(
        waiting=waiting,
        parts=([_part(first, form)] if first else []) + others,
        courses=course_choices(counts, slug),
        slug=slug,
        pages=pages,
        **said,
    )


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
