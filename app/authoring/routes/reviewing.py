"""`/workshop/review`: what waits for a review. `/workshop/rules`: where one is needed."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, require_in, requires
from app.access.permissions import Permission
from app.authoring.blueprint import blueprint
from app.authoring.draft_access import path_of
from app.authoring.places_in_charge import LONGEST_QUERY
from app.authoring.review_pages import make_queue_page, make_rules_page
from app.authoring.reviewing import set_rule
from app.places.queries import get_valid_place
from app.shared.transaction import commits
from app.shared.vietnamese import clean

DONE = frozenset({"sent-back", "gone", "published", "approved"})


@blueprint.get("/workshop/review")
@requires(Permission.REVIEW_COURSES)
def show_review_queue() -> ResponseReturnValue:
    """Drafts that wait for this reader, longest waiting first."""
    done = request.args.get("done", "")
    page = make_queue_page(current_actor(), done if done in DONE else "")
    return render_template("authoring/review.html", page=page)


@blueprint.get("/workshop/rules")
@requires(Permission.SET_REVIEW_RULE)
def show_rules() -> ResponseReturnValue:
    """One's own places; with `?q=` those that the words mean, by old names too."""
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    page = make_rules_page(current_actor(), request.args.get("saved", ""), query)
    return render_template("authoring/rules.html", page=page)


@blueprint.post("/workshop/rules")
@requires(Permission.SET_REVIEW_RULE)
@commits
def save_rule() -> ResponseReturnValue:
    """Whether courses of one place need a reviewer; without a place, courses for everyone."""
    code = request.form.get("place", "")
    place_id = get_valid_place(code).id if code else None
    require_in(Permission.SET_REVIEW_RULE, path_of(place_id))
    set_rule(place_id, request.form.get("needed") == "yes", current_actor())
    query = clean(request.form.get("q", ""))[:LONGEST_QUERY]
    return redirect(url_for("authoring.show_rules", saved=code or "all", q=query or None), 303)
