"""`/workshop/drafts/…/items/…`: an item in its editor, saved, previewed, with its pictures."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.forms import csrf_token
from app.access.permissions import Permission
from app.access.uploads import takes_files
from app.authoring import drafts
from app.authoring.blueprint import blueprint
from app.authoring.draft_access import get_draft
from app.authoring.draft_media import keep_upload, read_upload
from app.authoring.item_page import make_item_page
from app.authoring.item_text import read_item_text, with_body
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.people_names import name_of
from app.authoring.previewing import preview_of
from app.authoring.sent_json import read_sent
from app.content.compile.course import MAXIMUM_TEXT
from app.shared.clock import local
from app.shared.database import close_reader, only_reads
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import StaleForm, commits, commits_or_shows_again, form_is_stale
from app.shared.vietnamese import clock_time, nfc

LARGEST_UPLOAD = 12 * 1024 * 1024


class NotReadable(Refusal):
    status = 422
    sentence = "Máy chủ không đọc được phần vừa gửi. Tải lại trang rồi thử lại; chữ đã viết vẫn còn trong máy."


def get_item_file(draft: CourseDraft, file_id: UUID) -> DraftFile:
    """An item of the draft. Raises NotFound, for pictures and course.yml too."""
    file = drafts.get_file(draft, file_id)
    if file.text is None or not file.path.endswith(".md"):
        raise NotFound
    return file


@blueprint.get("/workshop/session")
@requires(Permission.USE_WORKSHOP)
def show_session() -> ResponseReturnValue:
    """The token of forms of the present session: an editor that was open through a new sign-in goes on with it."""
    answer = jsonify(csrf=csrf_token())
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>")
@requires(Permission.USE_WORKSHOP)
def edit_item(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    file = get_item_file(draft, file_id)
    page = make_item_page(
        draft,
        file,
        as_text=request.args.get("as") == "text",
        line=request.args.get("line", type=int),
        question=request.args.get("question", ""),
    )
    return render_template("authoring/item.html", page=page)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>")
@requires(Permission.USE_WORKSHOP)
@commits_or_shows_again
def save_form(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The editor's form where scripts do not run; a text may come in pieces."""
    draft = get_draft(draft_id)
    file = get_item_file(draft, file_id)
    typed = {name: value for name in ("title", "minutes", "channel", "from") if (value := request.form.get(name))}
    body = nfc("\n".join(request.form.getlist("text"))).replace("\r\n", "\n")
    if form_is_stale():
        return render_template(
            "authoring/item.html", page=make_item_page(draft, file, body, gettext(StaleForm.sentence))
        ), StaleForm.status
    base = request.form.get("revision", type=int) or 0
    try:
        drafts.save_text(draft, file.id, with_body(file.text or "", body, typed), base, current_actor())
    except drafts.SaveConflict as conflict:
        page = make_item_page(draft, conflict.file, body, gettext(conflict.message), is_conflict=True)
        return render_template("authoring/item.html", page=page), conflict.status
    except drafts.TextTooLong as refusal:
        page = make_item_page(draft, file, body, gettext(refusal.message))
        return render_template("authoring/item.html", page=page), refusal.status
    return redirect(url_for("authoring.edit_item", draft_id=draft.id, file_id=file.id, saved="yes"), 303)


@blueprint.put("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>")
@requires(Permission.USE_WORKSHOP)
@commits
def save_item(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """What the editor saves every few seconds: {"revision", "text", "front"}."""
    close_reader()
    draft = get_draft(draft_id)
    sent = _sent()
    file = get_item_file(draft, file_id)
    body = _text_of(sent)
    revision = sent.get("revision")
    if not isinstance(revision, int):
        raise NotReadable
    front = sent.get("front")
    text = with_body(file.text or "", body, front if isinstance(front, dict) else None)
    try:
        saved = drafts.save_text(draft, file.id, text, revision, current_actor())
    except drafts.SaveConflict as conflict:
        return _conflict(conflict.file), conflict.status
    kept = read_item_text(saved.text).body
    answer: dict[str, Any] = {"revision": saved.revision, "saved_at": clock_time(local(saved.at))}
    return jsonify(answer if kept == body else {**answer, "text": kept})


def _conflict(file: DraftFile) -> Response:
    """Theirs: who saved it (`is_own`: the same person in another tab), when, and the text."""
    theirs = read_item_text(file.text or "")
    return jsonify(
        conflict=True,
        revision=file.revision,
        text=theirs.body,
        front={"title": theirs.title, "minutes": theirs.word("minutes"), "terms": theirs.terms},
        by=name_of(file.updated_by),
        is_own=file.updated_by == current_actor().person_id,
        at=clock_time(local(file.updated_at)),
    )


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/preview")
@requires(Permission.USE_WORKSHOP)
def preview(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The learner's page of what stands in the editor, and what is wrong with it. Nothing is stored."""
    only_reads()
    draft = get_draft(draft_id)
    file = get_item_file(draft, file_id)
    sent = _sent()
    front = sent.get("front")
    text = with_body(file.text or "", _text_of(sent), front if isinstance(front, dict) else None)
    if len(text.encode()) > MAXIMUM_TEXT:
        raise drafts.TextTooLong
    return jsonify(preview_of(draft, file, text))


@blueprint.post("/workshop/drafts/<uuid:draft_id>/media")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST_UPLOAD)
@commits
def upload_media(draft_id: UUID) -> ResponseReturnValue:
    """A picture or sound of the course; the answer says under which name texts show it."""
    uploaded = request.files.get("file")
    if uploaded is None:
        raise NotReadable
    read = read_upload(request.form.get("name") or uploaded.filename or "", uploaded.stream.read())
    close_reader()
    path = keep_upload(get_draft(draft_id), read, current_actor())
    return jsonify(path=path, address=read.address, width=read.width, height=read.height)


def _sent() -> dict[str, Any]:
    sent = read_sent()
    if sent is None:
        raise NotReadable
    return sent


def _text_of(sent: dict[str, Any]) -> str:
    text = sent.get("text")
    if not isinstance(text, str):
        raise NotReadable
    return text
