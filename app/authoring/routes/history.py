"""`/workshop/drafts/…/compare` and `…/history`: what differs, what happened, and the way back."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import drafts, versions
from app.authoring.blueprint import blueprint
from app.authoring.draft_access import get_draft, get_readable_draft
from app.authoring.history_page import make_file_page, make_history_page
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.version_pages import make_compare_page, make_roll_back_page
from app.extensions import db
from app.shared.database import reading_only
from app.shared.errors import NotFound, Refusal
from app.shared.ids import parse_id
from app.shared.transaction import commits


@blueprint.get("/workshop/drafts/<uuid:draft_id>/compare")
@requires(Permission.USE_WORKSHOP)
def compare(draft_id: UUID) -> ResponseReturnValue:
    """The draft against version `with`, or version `to` against it; with `all` also what stayed as it was."""
    draft = get_readable_draft(draft_id)
    old, new = request.args.get("with", type=int), request.args.get("to", type=int)
    page = make_compare_page(draft, old, new, only_changes=request.args.get("all") != "yes")
    return render_template("authoring/compare.html", page=page)


@blueprint.get("/workshop/drafts/<uuid:draft_id>/history")
@requires(Permission.USE_WORKSHOP)
def show_history(draft_id: UUID) -> ResponseReturnValue:
    draft = get_readable_draft(draft_id)
    return render_template("authoring/history.html", page=make_history_page(draft, current_actor()))


@blueprint.get("/workshop/drafts/<uuid:draft_id>/history/<int:number>/roll-back")
@requires(Permission.PUBLISH_COURSES)
def confirm_roll_back(draft_id: UUID, number: int) -> ResponseReturnValue:
    """What going back to this version would change, before it is done."""
    draft = get_draft(draft_id)
    return render_template("authoring/roll_back.html", page=make_roll_back_page(draft, number))


@blueprint.post("/workshop/drafts/<uuid:draft_id>/history/<int:number>/roll-back")
@requires(Permission.PUBLISH_COURSES)
@commits
def roll_back(draft_id: UUID, number: int) -> ResponseReturnValue:
    seen = parse_id(request.form.get("seen", ""))
    if seen is None:
        raise NotFound
    try:
        with reading_only():
            versions.compile_return(get_draft(draft_id), number)
        versions.roll_back(get_draft(draft_id), number, seen, current_actor())
    except NotFound:
        raise
    except Refusal as refusal:
        with reading_only():
            page = make_roll_back_page(get_draft(draft_id), number, gettext(refusal.message))
            return render_template("authoring/roll_back.html", page=page), refusal.status
    return redirect(url_for("authoring.show_publication", draft_id=draft_id, done="rolled"), 303)


@blueprint.get("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/history")
@requires(Permission.USE_WORKSHOP)
def show_file_history(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    draft = get_readable_draft(draft_id)
    page = make_file_page(draft, _text_file(draft, file_id), current_actor())
    return render_template("authoring/file_history.html", page=page)


@blueprint.get("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/history/<int:number>")
@requires(Permission.USE_WORKSHOP)
def show_revision(draft_id: UUID, file_id: UUID, number: int) -> ResponseReturnValue:
    """One earlier text, against the present one."""
    draft = get_readable_draft(draft_id)
    file = _text_file(draft, file_id)
    page = make_file_page(draft, file, current_actor(), versions.get_revision(file, number))
    return render_template("authoring/file_history.html", page=page)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/history/<int:number>/restore")
@requires(Permission.WRITE_COURSES)
@commits
def restore_revision(draft_id: UUID, file_id: UUID, number: int) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    base = request.form.get("revision", type=int) or 0
    try:
        versions.restore_revision(draft, file_id, number, base, current_actor())
    except drafts.SaveConflict as conflict:
        db.session.rollback()
        draft = get_draft(draft_id)
        file = _text_file(draft, file_id)
        revision = versions.get_revision(file, number)
        page = make_file_page(draft, file, current_actor(), revision, gettext(conflict.message))
        return render_template("authoring/file_history.html", page=page), conflict.status
    return redirect(url_for("authoring.show_file_history", draft_id=draft_id, file_id=file_id, done="restored"), 303)


def _text_file(draft: CourseDraft, file_id: UUID) -> DraftFile:
    """An item or course.yml of the draft. Raises NotFound, for pictures too."""
    file = drafts.get_file(draft, file_id)
    if file.text is None:
        raise NotFound
    return file
