"""Telling the authors which paragraph of a lesson is hard to understand; without a script, and without an account."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor
from app.content.queries import Item
from app.learning.courses import get_readable_course
from app.learning.hard_pages import ParagraphChanged, hard_page, refuse_unknown_block
from app.learning.learner import learner_for_writing
from app.learning.routes import blueprint
from app.learning.withdrawn import get_taught_item
from app.progress.evidence import LearnerCourse
from app.progress.hard_spots import Spot, mark_hard, take_back_hard
from app.shared.database import close_reader
from app.shared.endpoints import public
from app.shared.errors import NotFound
from app.shared.transaction import commits


@blueprint.get("/courses/<slug>/<item_slug>/hard")
@public("residents' courses are open; team courses are checked in the view")
def show_hard_spots(slug: str, item_slug: str) -> ResponseReturnValue:
    return render_template("learning/hard.html", page=hard_page(*_lesson(slug, item_slug)))


@blueprint.post("/courses/<slug>/<item_slug>/hard")
@public("a guest is made by the first POST; team courses are checked in the view")
@commits
def tell_hard_spot(slug: str, item_slug: str) -> ResponseReturnValue:
    """Note one paragraph, or take it back: the form says which, so that a double tap does it once."""
    course, item = _lesson(slug, item_slug)
    block = request.form.get("block", "")
    try:
        refuse_unknown_block(item, block)
    except ParagraphChanged as refusal:
        page = hard_page(course, item, gettext(refusal.message))
        return render_template("learning/hard.html", page=page), refusal.status
    spot, canonical_id = Spot(course.course_id, item.key, block), current_actor().canonical_id
    close_reader()
    if request.form.get("is_hard") != "0":
        mark_hard(learner_for_writing().person_id, spot)
    elif canonical_id is not None:
        take_back_hard(canonical_id, spot)
    here = url_for("learning.show_hard_spots", slug=course.slug, item_slug=item.slug, _anchor=f"doan-{block}")
    return redirect(here, code=303)


def _lesson(slug: str, item_slug: str) -> tuple[LearnerCourse, Item]:
    course = get_readable_course(slug)
    item = get_taught_item(course, item_slug)
    if item.kind != "lesson":
        raise NotFound
    return course, item
