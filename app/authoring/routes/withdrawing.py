"""`/workshop/courses/…/withdraw`: withdrawing a published course or one of its items, and opening it again."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import words
from app.authoring.blueprint import blueprint
from app.authoring.course_access import get_publishable_course
from app.authoring.draft_access import find_draft_of
from app.authoring.drafts import note_event
from app.authoring.facts import get_facts
from app.authoring.forms import ReasonForm
from app.authoring.pages import WithdrawPage
from app.content.actions import Publisher, reinstate_course, withdraw_course
from app.content.queries import CourseHead, Item, get_version
from app.content.withdrawing import LastItem, is_last_item, reinstate_item, withdraw_item
from app.progress.course_use import ItemUse
from app.shared.errors import NotFound
from app.shared.transaction import commits, commits_or_shows_again


@blueprint.get("/workshop/courses/<slug>/withdraw")
@requires(Permission.PUBLISH_COURSES)
def confirm_withdrawing_course(slug: str) -> ResponseReturnValue:
    return render_template("authoring/withdraw.html", page=_page(get_publishable_course(slug), None, ReasonForm()))


@blueprint.post("/workshop/courses/<slug>/withdraw")
@requires(Permission.PUBLISH_COURSES)
@commits_or_shows_again
def withdraw_whole_course(slug: str) -> ResponseReturnValue:
    """No new starts; who has begun may finish. Its page says why."""
    head, form = get_publishable_course(slug), ReasonForm(request.form)
    if not form.validate():
        return render_template("authoring/withdraw.html", page=_page(head, None, form)), 422
    withdraw_course(slug=head.slug, reason=form.reason.data or "", by=_publisher())
    _note(head, "withdraw_course", reason=form.reason.data)
    return _back(head)


@blueprint.post("/workshop/courses/<slug>/reinstate")
@requires(Permission.PUBLISH_COURSES)
@commits
def reinstate_whole_course(slug: str) -> ResponseReturnValue:
    head = get_publishable_course(slug)
    reinstate_course(slug=head.slug, by=_publisher())
    _note(head, "reinstate_course")
    return _back(head)


@blueprint.get("/workshop/courses/<slug>/items/<key>/withdraw")
@requires(Permission.PUBLISH_COURSES)
def confirm_withdrawing_item(slug: str, key: str) -> ResponseReturnValue:
    head = get_publishable_course(slug)
    return render_template("authoring/withdraw.html", page=_page(head, _item(head, key), ReasonForm()))


@blueprint.post("/workshop/courses/<slug>/items/<key>/withdraw")
@requires(Permission.PUBLISH_COURSES)
@commits_or_shows_again
def withdraw_one_item(slug: str, key: str) -> ResponseReturnValue:
    """Everywhere at once, in whichever version somebody has it open."""
    head, form = get_publishable_course(slug), ReasonForm(request.form)
    item = _item(head, key)
    if not form.validate():
        return render_template("authoring/withdraw.html", page=_page(head, item, form)), 422
    reason = form.reason.data or ""
    try:
        is_new = withdraw_item(course_id=head.id, item_key=item.key, reason=reason, by=_publisher())
    except LastItem as refusal:
        page = _page(head, item, form, gettext(refusal.message))
        return render_template("authoring/withdraw.html", page=page), refusal.status
    if is_new:
        _note(head, "withdraw_item", item=item.key, title=item.title, reason=reason)
    return _back(head)


@blueprint.post("/workshop/courses/<slug>/items/<key>/reinstate")
@requires(Permission.PUBLISH_COURSES)
@commits
def reinstate_one_item(slug: str, key: str) -> ResponseReturnValue:
    head = get_publishable_course(slug)
    item = _item(head, key)
    if reinstate_item(course_id=head.id, item_key=item.key, by=_publisher()):
        _note(head, "reinstate_item", item=item.key, title=item.title)
    return _back(head)


def _publisher() -> Publisher:
    actor = current_actor()
    return Publisher(actor.person_id, actor.capacity)


def _note(head: CourseHead, act: str, **detail: str | None) -> None:
    """The course's own history in the workshop tells it too, where the course is written there."""
    draft = find_draft_of(head.id)
    if draft is not None:
        note_event(draft, act, current_actor(), **detail)


def _back(head: CourseHead) -> ResponseReturnValue:
    return redirect(url_for("authoring.show_course", slug=head.slug, _anchor="items"), 303)


def _item(head: CourseHead, key: str) -> Item:
    item = get_version(head.current_version_id).item_by_key(key)
    if item is None:
        raise NotFound
    return item


def _page(head: CourseHead, item: Item | None, form: ReasonForm, refusal: str = "") -> WithdrawPage:
    version = get_version(head.current_version_id)
    facts = get_facts(version)
    taken = facts.items.get(item.key, ItemUse()).done if item else facts.use.began
    return WithdrawPage(
        course_title=version.title,
        course_slug=head.slug,
        item_key=item.key if item else "",
        item_title=item.title if item else "",
        people=words.people(taken) if taken else "",
        form=form,
        refusal=refusal,
        is_last=item is not None and is_last_item(head.id, item.key),
    )
