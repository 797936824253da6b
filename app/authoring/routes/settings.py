"""`/workshop/drafts/…/settings`: course.yml as a form."""

from functools import partial
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import drafts
from app.authoring.arranging import items_of
from app.authoring.blueprint import blueprint
from app.authoring.compiling import check_draft
from app.authoring.draft_access import get_draft, may_share
from app.authoring.draft_page import place_name
from app.authoring.field_words import say_in_form
from app.authoring.item_text import read_item_text
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.settings_form import SettingsForm, faults_by_field, values_of, with_settings
from app.content.compile import course_file
from app.content.queries import list_catalogue
from app.content.source_fields import with_values
from app.people.fields import choice
from app.shared.errors import Refusal
from app.shared.transaction import commits_or_shows_again


@blueprint.get("/workshop/drafts/<uuid:draft_id>/settings")
@requires(Permission.USE_WORKSHOP)
def edit_settings(draft_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    files = drafts.live_files(draft)
    file = _header_of(files)
    form = SettingsForm(data={**values_of(file.text or "" if file else ""), "is_shared": draft.is_shared})
    return _page(draft, form, file.revision if file else 0, files)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/settings")
@requires(Permission.USE_WORKSHOP)
@commits_or_shows_again
def save_settings(draft_id: UUID) -> ResponseReturnValue:
    draft = get_draft(draft_id)
    actor = current_actor()
    form = SettingsForm(request.form)
    files = drafts.live_files(draft)
    base = request.form.get("revision", type=int) or 0
    _offer(form, files, draft)
    if not form.validate():
        return _page(draft, form, base, files), 422
    file = _header_of(files) or drafts.add_file(draft, course_file.NAME, "", actor)
    keys = [read_item_text(item.text or "").word("key") for item in items_of(files)]
    text = with_settings(file.text or "", form, keys)
    minutes = sum(_minutes(item) for item in items_of(files))
    text = with_values(text, {"minutes": str(max(1, minutes))})
    try:
        drafts.save_text(draft, file.id, text, base or file.revision, actor)
    except drafts.SaveConflict:
        reason = gettext(
            "Người khác vừa sửa thông tin này. Xem lại các ô dưới đây, bấm Lưu lần nữa để giữ bản của mình."
        )
        form.form_errors.append(reason)
        return _page(draft, form, file.revision, files), 409
    except Refusal as refusal:
        form.form_errors.append(gettext(refusal.message))
        return _page(draft, form, base, files), refusal.status
    is_shared = bool(form.is_shared.data)
    if may_share(actor, draft) and is_shared != draft.is_shared:
        draft.is_shared = is_shared
        drafts.note_event(draft, "share_draft" if is_shared else "unshare_draft", actor)
    return redirect(url_for("authoring.show_draft", draft_id=draft.id), 303)


def _header_of(files: list[DraftFile]) -> DraftFile | None:
    return next((file for file in files if file.path == course_file.NAME), None)


def _minutes(file: DraftFile) -> int:
    words = read_item_text(file.text or "").word("minutes")
    return int(words) if words.isdecimal() and len(words) < 5 else 0


def _offer(form: SettingsForm, files: list[DraftFile], draft: CourseDraft) -> None:
    """What can be chosen: the items of this course, and the other courses."""
    items = [read_item_text(file.text or "") for file in items_of(files)]
    form.completion.choices = [choice(item.word("key"), item.title) for item in items if item.word("key")]
    others = [course for course in list_catalogue() if course.slug != draft.slug]
    form.prerequisites.choices = [choice(course.key, course.title) for course in others]


def _page(draft: CourseDraft, form: SettingsForm, revision: int, files: list[DraftFile]) -> str:
    _offer(form, files, draft)
    header = _header_of(files)
    found = faults_by_field(header.text or "" if header else "", check_draft(draft).of(course_file.NAME))
    return render_template(
        "authoring/settings.html",
        draft=draft,
        place=place_name(draft.place_id),
        may_share=may_share(current_actor(), draft),
        form=form,
        revision=revision,
        found=found,
        in_form=partial(say_in_form, is_course=True),
    )
