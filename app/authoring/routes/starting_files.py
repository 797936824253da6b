"""`/workshop/new/folder`, `/workshop/new/questions`: a course from a packed folder, or from questions one has."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.access.uploads import takes_files
from app.authoring import importing
from app.authoring.blueprint import blueprint
from app.authoring.carrying import carried, carry
from app.authoring.models import DraftFile
from app.authoring.packed_course import Packed, PackedRefused, find_same, put_into, read_packed, start_packed
from app.authoring.quiz_import import LARGEST_FILE, ImportRefused, Read, read_questions
from app.authoring.routes.starting import lead_to
from app.authoring.starting import find_begun, quiz_files, start_course
from app.authoring.starting_form import DetailsForm, make_details_form, read_place
from app.authoring.starting_pages import QuestionsPage
from app.content.zip_folder import MAXIMUM_PACKED
from app.shared.database import close_reader
from app.shared.transaction import StaleForm, commits_or_shows_again, form_is_stale

LARGEST = MAXIMUM_PACKED + 1024 * 1024
QUIZ = "01-kiem-tra.md"


@blueprint.get("/workshop/new/folder")
@requires(Permission.USE_WORKSHOP)
def ask_for_folder() -> ResponseReturnValue:
    return _folder_page()


@blueprint.post("/workshop/new/folder")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST)
@commits_or_shows_again
def start_from_folder() -> ResponseReturnValue:
    """A new course; where the course is here already, the trainer is asked what it is to be."""
    actor, form = current_actor(), make_details_form(current_actor(), request.form)
    if form_is_stale():
        return _folder_page(form, gettext(StaleForm.sentence)), StaleForm.status
    try:
        packed = _packed()
    except PackedRefused as refusal:
        return _folder_page(form, refusal.message), refusal.status
    close_reader()
    same = find_same(packed.word("key"), actor)
    wanted = request.form.get("as", "")
    if same is not None and wanted == "same":
        return lead_to(put_into(same, packed, actor))
    press = packed.press_of(form.press.data or "")
    begun = find_begun(press, actor)
    if begun is not None:
        return lead_to(begun)
    if same is not None and wanted != "new":
        page = {"same": same, "title": packed.word("title") or packed.name, "form": form, "name": packed.name}
        return render_template("authoring/new_folder_known.html", carried=carry(packed.files), **page)
    place_id = read_place(form)
    return lead_to(start_packed(packed, place_id, actor, with_new_key=same is not None, press=press))


def _packed() -> Packed:
    """What was chosen, or what the page before has carried here."""
    if request.form.get("carried"):
        return Packed(carried(request.form["carried"]), request.form.get("name", ""))
    return read_packed(request.files.get("file"), request.files.getlist("folder"))


def _folder_page(form: DetailsForm | None = None, refusal: str = "") -> str:
    form = form or make_details_form(current_actor())
    return render_template("authoring/new_folder.html", form=form, refusal=refusal)


@blueprint.get("/workshop/new/questions")
@requires(Permission.USE_WORKSHOP)
def ask_for_questions() -> ResponseReturnValue:
    return _questions_page(make_details_form(current_actor()))


@blueprint.post("/workshop/new/questions")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST_FILE)
@commits_or_shows_again
def start_from_questions() -> ResponseReturnValue:
    """A course with one quiz; first what became of each question, unless all were taken as they are."""
    actor, form = current_actor(), make_details_form(current_actor(), request.form)
    if request.form.get("carried"):
        files = carried(request.form["carried"])
        if not form.validate():
            return _questions_page(form, carried=request.form["carried"]), 422
        return lead_to(start_course(files, form.details, actor))
    is_valid = form.validate()
    try:
        uploaded = request.files.get("file")
        content = uploaded.stream.read() if uploaded and uploaded.filename else request.form.get("text", "").encode()
        read = read_questions(content)
        uploads, troubles = importing.read_pictures(read)
        close_reader()
        offered = importing.offer(DraftFile(text=""), read, uploads, troubles)
    except ImportRefused as refusal:
        return _questions_page(form, refusal=gettext(refusal.message)), refusal.status
    files = quiz_files(offered.markdown, len(offered.questions), {path: u.content for path, u in uploads.items()})
    if not offered.questions:
        return _questions_page(form, page=_report(read, offered, "")), 422
    page = _report(read, offered, carry(files))
    if not is_valid or page.refused or page.changed or page.troubles or page.left_out:
        return _questions_page(form, page=page), 200 if is_valid else 422
    return lead_to(start_course(files, form.details, actor))


def _report(read: Read, offered: importing.Offer, field: str) -> QuestionsPage:
    return QuestionsPage(
        format=read.format_name,
        taken=len(offered.questions),
        changed=[(each.line, each.title, each.changes) for each in offered.questions if each.changes],
        refused=[(each.line, each.label, each.reason) for each in offered.refused],
        troubles=offered.troubles,
        carried=field,
        left_out=offered.left_out,
    )


def _questions_page(form: DetailsForm, **page: Any) -> str:
    shown = {"refusal": "", "page": None, "carried": "", "text": request.form.get("text", ""), **page}
    return render_template("authoring/new_questions.html", form=form, **shown)
