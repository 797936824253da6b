"""What a team member tells the authors of a course after using it with people: writing, reading again, taking back."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.access.declare import current_actor, requires
from app.access.forms import BaseForm
from app.access.permissions import Permission
from app.content.queries import Item, find_course_by_id
from app.learning.courses import get_readable_course
from app.learning.learner import learner_of
from app.learning.pages_of_feedback import CommentPage, OwnComment
from app.learning.routes import blueprint
from app.progress.evidence import LearnerCourse
from app.progress.field_comments import LONGEST_TEXT, delete_own_comment, list_own_comments, write_comment
from app.progress.models import FieldComment
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import commits, commits_or_shows_again
from app.shared.vietnamese import clean_lines

NOTES = {
    "sent": lazy_gettext("Đã gửi. Cảm ơn anh chị, người soạn sẽ đọc."),
    "deleted": lazy_gettext("Đã xóa góp ý."),
}


class CommentForm(BaseForm):
    text = TextAreaField(
        lazy_gettext("Góp ý"),
        filters=[lambda text: clean_lines(text or "")],
        validators=[
            DataRequired(lazy_gettext("Viết góp ý rồi bấm Gửi giúp.")),
            Length(max=LONGEST_TEXT, message=lazy_gettext("Góp ý dài quá 1.000 chữ cái. Viết ngắn lại giúp.")),
        ],
        render_kw={"rows": "5", "maxlength": str(LONGEST_TEXT)},
    )


@blueprint.get("/me/comments/<slug>")
@requires(Permission.COMMENT_ON_COURSES)
def show_comments(slug: str) -> ResponseReturnValue:
    note = str(NOTES.get(request.args.get("note", ""), ""))
    return render_template("learning/comments.html", page=_page(get_readable_course(slug), note=note))


@blueprint.post("/me/comments/<slug>")
@requires(Permission.COMMENT_ON_COURSES)
@commits_or_shows_again
def send_comment(slug: str) -> ResponseReturnValue:
    course = get_readable_course(slug)
    form, item = CommentForm(request.form), _item(course)
    if not form.validate():
        return render_template("learning/comments.html", page=_page(course, form)), 422
    try:
        write_comment(
            person_id=learner_of(current_actor()).recorder_id,
            course_id=course.course_id,
            item_key=item.key if item else "",
            text=form.text.data or "",
        )
    except Refusal as refusal:
        form.text.errors = [gettext(refusal.message)]
        return render_template("learning/comments.html", page=_page(course, form)), refusal.status
    return redirect(_href(course.slug, item.slug if item else None, "sent"), code=303)


@blueprint.post("/me/comments/<uuid:comment_id>/delete")
@requires(Permission.COMMENT_ON_COURSES)
@commits
def delete_comment(comment_id: UUID) -> ResponseReturnValue:
    """Take back what one has said, whether somebody has read it or not."""
    course_id = delete_own_comment(comment_id, _canonical_id())
    head = find_course_by_id(course_id)
    if head is None:
        raise NotFound
    return redirect(_href(head.slug, request.form.get("item"), "deleted"), code=303)


def _href(slug: str, item_slug: str | None, note: str) -> str:
    return url_for("learning.show_comments", slug=slug, item=item_slug or None, note=note)


def _item(course: LearnerCourse) -> Item | None:
    """What is asked about; an item that is not (or no longer) there means the whole course."""
    return course.version.find_item(request.values.get("item", ""))


def _canonical_id() -> UUID:
    actor = current_actor()
    return actor.canonical_id or learner_of(actor).person_id


def _page(course: LearnerCourse, form: Any = None, note: str = "") -> CommentPage:
    own = list_own_comments(_canonical_id(), course.course_id)
    return CommentPage(
        slug=course.slug,
        version=course.version,
        item=_item(course),
        comments=[_own_comment(course, comment) for comment in own],
        form=form or CommentForm(),
        note=note,
    )


def _own_comment(course: LearnerCourse, comment: FieldComment) -> OwnComment:
    item = course.version.item_by_key(comment.item_key)
    where = item.title if item else gettext("Phần đã bỏ") if comment.item_key else gettext("Cả khóa")
    return OwnComment(comment.id, where, comment.text, comment.written_at, comment.handled_at is not None)
