"""`/workshop/drafts/…/items/…/import`: questions of other programs into a quiz, in two steps, with a way back."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.access.uploads import takes_files
from app.authoring.blueprint import blueprint
from app.authoring.draft_access import get_draft
from app.authoring.importing import Offer, add_questions, offer, read_pictures, undo_import
from app.authoring.item_text import read_item_text
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.quiz_drafts import get_quiz_file
from app.authoring.quiz_import import LARGEST_FILE, ImportRefused, read_questions
from app.content.interchange import xlsx
from app.shared.database import close_reader
from app.shared.transaction import commits

LARGEST_UPLOAD = LARGEST_FILE + 1024 * 1024
LONGEST_SHOWN = 400_000
LONGEST_READING = 40
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ImportPage:
    draft_id: UUID
    file_id: UUID
    item_title: str
    course_title: str
    offer: Offer | None = None
    error: str = ""
    pasted: str = ""
    """What was pasted, where it could not be read."""


@blueprint.get("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/import")
@requires(Permission.USE_WORKSHOP)
def show_import(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    return _shown(draft, get_quiz_file(draft, file_id))


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/import")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST_UPLOAD)
@commits
def read_import(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The first step: say what is in the file. Nothing is in the quiz yet; pictures are kept for the second."""
    pasted = request.form.get("pasted", "")
    sent = request.files.get("file")
    try:
        read = read_questions((sent.stream.read() if sent else b"") or pasted.encode("utf-8", "replace"))
        uploads, troubles = read_pictures(read)
    except ImportRefused as refused:
        close_reader()
        draft = get_draft(draft_id)
        page = _shown(draft, get_quiz_file(draft, file_id), error=refused.message, pasted=pasted[:LONGEST_SHOWN])
        return page, refused.status
    close_reader()
    draft = get_draft(draft_id)
    file = get_quiz_file(draft, file_id)
    try:
        return _shown(draft, file, offer=offer(file, read, uploads, troubles))
    except ImportRefused as refused:
        return _shown(draft, file, error=refused.message, pasted=pasted[:LONGEST_SHOWN]), refused.status


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/import/questions")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST_UPLOAD)
@commits
def add_import(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """The second step: what was shown is added."""
    draft = get_draft(draft_id)
    file = get_quiz_file(draft, file_id)
    try:
        markdown, pictures = request.form.get("markdown", ""), request.form.getlist("picture")
        reading = request.form.get("reading", "")[:LONGEST_READING]
        count = add_questions(draft, file, markdown, pictures, current_actor(), reading=reading)
    except ImportRefused as refused:
        return _shown(draft, file, error=refused.message), refused.status
    return redirect(url_for("authoring.edit_item", draft_id=draft.id, file_id=file.id, imported=count), 303)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/import/undo")
@requires(Permission.USE_WORKSHOP)
@commits
def take_back_import(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    file = get_quiz_file(draft, file_id)
    count = undo_import(draft, file, current_actor())
    return redirect(url_for("authoring.edit_item", draft_id=draft.id, file_id=file.id, removed=count), 303)


@blueprint.get("/workshop/question-sheet.xlsx")
@requires(Permission.USE_WORKSHOP)
def download_sheet() -> ResponseReturnValue:
    """A spreadsheet to fill in with questions, with instructions and examples."""
    answer = Response(xlsx.template(), content_type=SHEET_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="cau-hoi-mau.xlsx"'
    return answer


def _shown(draft: CourseDraft, file: DraftFile, **more: object) -> str:
    title = read_item_text(file.text or "").title
    page = ImportPage(draft.id, file.id, title, draft.title, **more)  # type: ignore[arg-type]
    return render_template("authoring/import.html", page=page)
