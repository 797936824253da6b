"""`/workshop/drafts/…/place`: whose course it is, chosen among the places where its author may publish."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring.blueprint import blueprint
from app.authoring.course_place import change_place, make_place_page
from app.authoring.draft_access import get_draft
from app.authoring.places_in_charge import LONGEST_QUERY
from app.authoring.starting_form import EVERYWHERE
from app.places.queries import get_valid_place
from app.shared.transaction import commits
from app.shared.vietnamese import clean


@blueprint.get("/workshop/drafts/<uuid:draft_id>/place")
@requires(Permission.PUBLISH_COURSES)
def choose_place(draft_id: UUID) -> ResponseReturnValue:
    """The actor's own places; with `?q=` those that the words mean, by old names too."""
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    page = make_place_page(get_draft(draft_id), current_actor(), query)
    return render_template("authoring/course_place.html", page=page)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/place")
@requires(Permission.PUBLISH_COURSES)
@commits
def give_to_place(draft_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    code = request.form.get("place", "")
    change_place(draft, None if code == EVERYWHERE else get_valid_place(code).id, current_actor())
    return redirect(url_for("authoring.show_publication", draft_id=draft_id, done="place"), 303)
