"""`/workshop/drafts/…/publish`: what is in the way, what changes, and the step that comes next."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.forms import BaseForm
from app.access.permissions import Permission
from app.authoring import addresses, publishing, versions
from app.authoring.blueprint import blueprint
from app.authoring.compiling import check_draft
from app.authoring.draft_access import (
    IN_REVIEW,
    get_draft,
    get_own_course,
    get_readable_draft,
    get_reviewed_draft,
    may_read,
)
from app.authoring.drafts import live_files
from app.authoring.item_text import line_of_words, read_item_text
from app.authoring.models import CourseDraft
from app.authoring.publish_forms import AddressForm, PublishForm, ScheduleForm, SendBackForm, SubmitForm
from app.authoring.publish_page import make_forms, make_publish_page
from app.extensions import db
from app.shared.database import reading_only
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import commits

DONE = frozenset(
    {"submitted", "approved", "published", "scheduled", "unscheduled", "address", "place", "taken", "rolled"}
)


@blueprint.get("/workshop/drafts/<uuid:draft_id>/publish")
@requires(Permission.USE_WORKSHOP)
def show_publication(draft_id: UUID) -> ResponseReturnValue:
    return _page(get_readable_draft(draft_id))


def _page(draft: CourseDraft, refusal: str = "", **sent: BaseForm) -> str:
    done = request.args.get("done", "")
    page = make_publish_page(
        draft,
        current_actor(),
        check_draft(draft),
        make_forms(draft, **sent),
        refusal=refusal,
        done=done if done in DONE else "",
    )
    return render_template("authoring/publish.html", page=page)


def _take(
    get: Callable[[UUID], CourseDraft],
    draft_id: UUID,
    done: str,
    act: Callable[[CourseDraft], object],
    *,
    compiles: bool = False,
    **sent: BaseForm,
) -> ResponseReturnValue:
    """Do what was asked for and show what came of it; or show the page again, with the reason and what was typed.

    `compiles`: the action compiles the course, which is done before anybody has to wait for it.
    """
    if any(not form.validate() for form in sent.values()):
        return _again(get, draft_id, "", 422, **sent)
    try:
        if compiles:
            with reading_only():
                publishing.compile_ahead(get(draft_id), _change())
        draft = get(draft_id)
        act(draft)
    except NotFound:
        raise
    except Refusal as refusal:
        db.session.rollback()
        return _again(get, draft_id, gettext(refusal.message), refusal.status, **sent)
    if not may_read(current_actor(), draft):
        return redirect(url_for("authoring.show_review_queue", done=done), 303)
    return redirect(url_for("authoring.show_publication", draft_id=draft_id, done=done), 303)


def _again(
    get: Callable[[UUID], CourseDraft], draft_id: UUID, reason: str, status: int, **sent: BaseForm
) -> ResponseReturnValue:
    with reading_only():
        draft = get(draft_id)
        if not may_read(current_actor(), draft):
            return _gone()
        return _page(draft, reason, **sent), status


def _gone() -> ResponseReturnValue:
    """It was the reader's to decide and no longer is; what it says is not theirs to read."""
    return redirect(url_for("authoring.show_review_queue", done="gone"), 303)


def _change() -> int:
    """The change that stood on the page; none fits a form without it."""
    return request.form.get("change", type=int) or -1


@blueprint.post("/workshop/drafts/<uuid:draft_id>/submit")
@requires(Permission.WRITE_COURSES)
@commits
def submit_draft(draft_id: UUID) -> ResponseReturnValue:
    form = SubmitForm(request.form)
    actor, change = current_actor(), _change()
    return _take(
        get_draft,
        draft_id,
        "submitted",
        lambda draft: publishing.submit_draft(draft, change, actor, form.note.data or ""),
        compiles=True,
        submit=form,
    )


@blueprint.post("/workshop/drafts/<uuid:draft_id>/send-back")
@requires(Permission.REVIEW_COURSES)
@commits
def send_back(draft_id: UUID) -> ResponseReturnValue:
    """Back to its authors. Pressed twice, or after somebody else decided, the queue says that it no longer waits."""
    form = SendBackForm(request.form)
    if not _is_in_review(draft_id):
        return _gone()
    if not form.validate():
        return _again(get_reviewed_draft, draft_id, "", 422, send_back=form)
    draft = get_reviewed_draft(draft_id)
    publishing.send_back(draft, current_actor(), form.comment.data or "")
    return redirect(url_for("authoring.show_review_queue", done="sent-back"), 303)


def _is_in_review(draft_id: UUID) -> bool:
    with reading_only():
        return get_reviewed_draft(draft_id).state in IN_REVIEW


@blueprint.post("/workshop/drafts/<uuid:draft_id>/approve")
@requires(Permission.REVIEW_COURSES)
@commits
def approve_draft(draft_id: UUID) -> ResponseReturnValue:
    if not _is_in_review(draft_id):
        return _gone()
    actor, change = current_actor(), _change()
    return _take(
        get_reviewed_draft,
        draft_id,
        "approved",
        lambda draft: publishing.approve_draft(draft, change, actor),
        compiles=True,
    )


@blueprint.post("/workshop/drafts/<uuid:draft_id>/publish")
@requires(Permission.PUBLISH_COURSES)
@commits
def publish_draft(draft_id: UUID) -> ResponseReturnValue:
    with reading_only():
        is_gone = not may_read(current_actor(), get_reviewed_draft(draft_id))
    if is_gone:
        return _gone()
    form = PublishForm(request.form, prefix="now-")
    actor, change, over = current_actor(), _change(), request.form.get("over") == "yes"

    def publish(draft: CourseDraft) -> None:
        _want_confirmation(draft, form)
        publishing.publish_draft(draft, change, actor, over=over)

    return _take(get_readable_draft, draft_id, "published", publish, compiles=True, publish=form)


@blueprint.post("/workshop/drafts/<uuid:draft_id>/schedule")
@requires(Permission.PUBLISH_COURSES)
@commits
def schedule_draft(draft_id: UUID) -> ResponseReturnValue:
    form = ScheduleForm(request.form, prefix="later-")
    actor, change, over = current_actor(), _change(), request.form.get("over") == "yes"

    def schedule(draft: CourseDraft) -> None:
        _want_confirmation(draft, form)
        publishing.schedule_draft(draft, change, form.moment, actor, over=over)

    return _take(get_readable_draft, draft_id, "scheduled", schedule, compiles=True, schedule=form)


class NotConfirmed(Refusal):
    status = 422
    sentence = "Lần đầu xuất bản: xem địa chỉ và nơi của khóa học, đánh dấu là đã đúng rồi bấm lại."


def _want_confirmation(draft: CourseDraft, form: PublishForm) -> None:
    """The first time, address and place are looked at: an address is for ever."""
    if draft.course_id is None and not form.confirmed.data:
        raise NotConfirmed


@blueprint.post("/workshop/drafts/<uuid:draft_id>/unschedule")
@requires(Permission.PUBLISH_COURSES)
@commits
def unschedule_draft(draft_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    return _take(get_readable_draft, draft_id, "unscheduled", lambda draft: publishing.unschedule(draft, actor))


@blueprint.post("/workshop/drafts/<uuid:draft_id>/address")
@requires(Permission.WRITE_COURSES)
@commits
def change_address(draft_id: UUID) -> ResponseReturnValue:
    form = AddressForm(request.form)
    actor = current_actor()
    return _take(
        get_draft,
        draft_id,
        "address",
        lambda draft: addresses.change_address(draft, form.slug.data or "", actor),
        address=form,
    )


@blueprint.post("/workshop/drafts/<uuid:draft_id>/take-published")
@requires(Permission.WRITE_COURSES)
@commits
def take_published(draft_id: UUID) -> ResponseReturnValue:
    """What is published takes the place of the draft's own texts, which stay in its history."""
    actor = current_actor()
    return _take(get_draft, draft_id, "taken", lambda draft: versions.take_published(draft, actor))


@blueprint.post("/workshop/courses/<slug>/edit")
@requires(Permission.WRITE_COURSES)
@commits
def edit_course(slug: str) -> ResponseReturnValue:
    """The draft of a published course, made where there is none; with `item` (its key) the editor of that item, at the
    line that begins with the words of `find`, or at the question with the key `question`.
    """
    draft = versions.open_draft_of(get_own_course(slug), current_actor())
    key = request.form.get("item", "")
    for file in live_files(draft) if key else []:
        text = read_item_text(file.text or "")
        if file.path.endswith(".md") and text.word("key") == key:
            question = request.form.get("question") or None
            line = None if question else line_of_words(text.body, request.form.get("find", ""))
            return redirect(
                url_for("authoring.edit_item", draft_id=draft.id, file_id=file.id, line=line, question=question), 303
            )
    return redirect(url_for("authoring.show_draft", draft_id=draft.id), 303)
