"""`/workshop` and `/workshop/drafts/…`: the list of courses, a course with its items, what was deleted, the .zip."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import arranging, deleting, drafts
from app.authoring.blueprint import blueprint
from app.authoring.compiling import check_draft, draft_folder
from app.authoring.draft_access import base_hash, get_draft, get_readable_draft, may_edit, may_share
from app.authoring.draft_page import LONGEST_TITLE, make_draft_page
from app.authoring.item_text import read_item_text
from app.authoring.list_page import make_list_page
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.previewing import page_to_try
from app.authoring.routes.writing import get_item_file
from app.authoring.trying import try_quiz
from app.content.compile import course_file
from app.content.compile.item import KINDS
from app.content.folder import FolderRefused
from app.content.zip_folder import write_zip
from app.extensions import db
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import commits
from app.shared.vietnamese import clean


@blueprint.get("/workshop")
@requires(Permission.USE_WORKSHOP)
def show_workshop() -> ResponseReturnValue:
    """Every course that the actor may read or write; `?q=` narrows it, `?only=` shows one kind."""
    page = make_list_page(current_actor(), clean(request.args.get("q", ""))[:100], request.args.get("only", ""))
    return render_template("authoring/list.html", page=page)


@blueprint.get("/workshop/drafts/<uuid:draft_id>")
@requires(Permission.USE_WORKSHOP)
def show_draft(draft_id: UUID) -> ResponseReturnValue:
    draft = get_readable_draft(draft_id)
    return render_template("authoring/draft.html", page=make_draft_page(draft, current_actor(), check_draft(draft)))


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items")
@requires(Permission.USE_WORKSHOP)
@commits
def add_item(draft_id: UUID) -> ResponseReturnValue:
    """One more item of the chosen kind; its editor opens. Without a title the page asks for one."""
    draft = get_draft(draft_id)
    title = clean(request.form.get("title", ""))[:LONGEST_TITLE]
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise NotFound
    if not title:
        page = make_draft_page(draft, current_actor(), check_draft(draft), nameless=kind)
        return render_template("authoring/draft.html", page=page), 422
    made = arranging.add_item(draft, kind, title, current_actor())
    return redirect(url_for("authoring.edit_item", draft_id=draft.id, file_id=made.id), 303)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/move")
@requires(Permission.USE_WORKSHOP)
@commits
def move_item(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """One up, one down, or to a place in the list (`to`, from 1)."""
    draft = get_draft(draft_id)
    items = arranging.items_of(drafts.live_files(draft))
    here = next((index for index, item in enumerate(items) if item.id == file_id), None)
    if here is None:
        raise NotFound
    target = request.form.get("to", type=int)
    step = {"up": -1, "down": 1}.get(request.form.get("way", ""), 0)
    arranging.move_item(draft, file_id, here + step if target is None else target - 1, current_actor())
    return redirect(url_for("authoring.show_draft", draft_id=draft.id, _anchor=f"item-{file_id}"), 303)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/delete")
@requires(Permission.USE_WORKSHOP)
@commits
def delete_item(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Out of the course at once; the next page offers to bring it back."""
    draft = get_draft(draft_id)
    deleting.delete_file(draft, file_id, current_actor())
    return redirect(url_for("authoring.show_draft", draft_id=draft.id, deleted=str(file_id)), 303)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/restore")
@requires(Permission.USE_WORKSHOP)
@commits
def restore_item(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    deleting.restore_file(draft, file_id, current_actor())
    return redirect(url_for("authoring.show_draft", draft_id=draft.id, _anchor=f"item-{file_id}"), 303)


@blueprint.get("/workshop/drafts/<uuid:draft_id>/delete")
@requires(Permission.USE_WORKSHOP)
def confirm_delete(draft_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    return render_template("authoring/delete_draft.html", draft=draft, is_published=draft.course_id is not None)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/delete")
@requires(Permission.USE_WORKSHOP)
@commits
def delete_draft(draft_id: UUID) -> ResponseReturnValue:
    """The draft only: what is published stays published."""
    deleting.delete_draft(get_draft(draft_id), current_actor())
    return redirect(url_for("authoring.show_workshop", deleted=str(draft_id)), 303)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/restore")
@requires(Permission.USE_WORKSHOP)
@commits
def restore_draft(draft_id: UUID) -> ResponseReturnValue:
    draft = db.session.get(CourseDraft, draft_id)
    if draft is None or draft.deleted_at is None or not may_edit(current_actor(), draft):
        raise NotFound
    deleting.restore_draft(draft, current_actor())
    return redirect(url_for("authoring.show_draft", draft_id=draft.id), 303)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/share")
@requires(Permission.USE_WORKSHOP)
@commits
def share_draft(draft_id: UUID) -> ResponseReturnValue:
    """Let the other trainers of the place edit it, or no longer. Only its owner decides."""
    draft = get_draft(draft_id)
    actor = current_actor()
    if not may_share(actor, draft):
        raise NotFound
    draft.is_shared = request.form.get("shared") == "yes"
    drafts.note_event(draft, "share_draft" if draft.is_shared else "unshare_draft", actor)
    return redirect(url_for("authoring.show_draft", draft_id=draft.id), 303)


@blueprint.get("/workshop/drafts/<uuid:draft_id>/course.zip")
@requires(Permission.USE_WORKSHOP)
def download_draft(draft_id: UUID) -> ResponseReturnValue:
    """The draft as a folder, to go on with by hand; its `base:` says which version it continues."""
    draft = get_readable_draft(draft_id)
    files = draft_folder(draft)
    header = files.get(course_file.NAME, b"").decode()
    if (base := base_hash(draft)) and header:
        files[course_file.NAME] = course_file.with_base(header, base).encode()
    try:
        packed = write_zip(files, draft.slug)
    except FolderRefused as refused:
        raise Refusal(refused.reason) from None
    response = Response(packed, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{draft.slug}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/workshop/drafts/<uuid:draft_id>/try/<uuid:file_id>")
@requires(Permission.USE_WORKSHOP)
def try_item(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The item as a learner would have it. Nothing is recorded."""
    draft = get_readable_draft(draft_id)
    file: DraftFile = get_item_file(draft, file_id)
    if read_item_text(file.text or "").kind == "quiz":
        return render_template("authoring/try_quiz.html", page=try_quiz(draft, file))
    html = page_to_try(draft, file, request.args.get("p", ""))
    back = url_for("authoring.edit_item", draft_id=draft.id, file_id=file.id)
    return render_template("authoring/try.html", html=html, title=read_item_text(file.text or "").title, back=back)
