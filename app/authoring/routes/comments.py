"""`/workshop/comments`: what team members say about the courses of the actor's places, and that it was dealt with."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from app.access.declare import current_actor, require_in, requires
from app.access.permissions import Permission
from app.authoring.blueprint import blueprint
from app.authoring.course_access import get_course_head, list_own_courses, place_path_of_course
from app.authoring.course_choices import course_choices
from app.authoring.pages import CommentLine, CommentsPage
from app.authoring.paging import pages_of
from app.content.queries import CourseHead, find_course_by_id, get_version
from app.people.reading_log import note_reading
from app.places.queries import printed_place
from app.progress.field_comments import (
    Comments,
    count_comments,
    count_comments_by_course,
    find_comment,
    handle_comment,
    list_comments,
)
from app.progress.models import FieldComment
from app.shared.errors import NotFound
from app.shared.transaction import commits

COMMENTS_ON_A_PAGE = 20
HANDLED = {"open": False, "handled": True, "all": None}
NOTES = {
    "handled": lazy_gettext("Đã ghi là xử lý xong. Người góp ý cũng thấy như vậy."),
    "open": lazy_gettext("Đã mở lại góp ý."),
}


@blueprint.get("/workshop/comments")
@requires(Permission.USE_WORKSHOP)
def show_comments() -> ResponseReturnValue:
    """Newest first. What people wrote may be personal, so the log says who read it."""
    page = _page()
    if page.comments:
        place_id = get_course_head(page.slug).place_id if page.slug else None
        note_reading("read_field_comments", object_kind="field_comment", object_id=page.shows, place_id=place_id)
    return render_template("authoring/comments.html", page=page)


@blueprint.post("/workshop/comments/<uuid:comment_id>/handled")
@requires(Permission.USE_WORKSHOP)
@commits
def handle(comment_id: UUID) -> ResponseReturnValue:
    """Say that a comment was dealt with, or (`handled=no`) that it was not."""
    comment = find_comment(comment_id)
    head = find_course_by_id(comment.course_id) if comment else None
    if comment is None or head is None:
        raise NotFound
    require_in(Permission.WRITE_COURSES, place_path_of_course(head))
    actor, is_handled = current_actor(), request.form.get("handled") != "no"
    assert actor.person_id is not None  # noqa: S101 -- only staff come here, and they are persons
    handle_comment(comment, is_handled=is_handled, by=actor.person_id, role=actor.capacity, place_id=head.place_id)
    course, show, page = (request.args.get(name) for name in ("course", "show", "page"))
    note = "handled" if is_handled else "open"
    return redirect(url_for("authoring.show_comments", course=course, show=show, page=page, note=note), 303)


def _page() -> CommentsPage:
    shows = request.args.get("show", "open")
    shows = shows if shows in HANDLED else "open"
    handled = HANDLED[shows]
    own = {course.id for course in list_own_courses(visible_to=current_actor())}
    chosen = _chosen(own)
    which = Comments([chosen.id] if chosen else own, handled)
    total, slug = count_comments(which), chosen.slug if chosen else ""
    pages = pages_of(total, COMMENTS_ON_A_PAGE, endpoint="authoring.show_comments", course=slug, show=shows)
    found = list_comments(which, limit=COMMENTS_ON_A_PAGE, offset=pages.offset)
    return CommentsPage(
        total=total,
        comments=[_line(comment) for comment in found],
        courses=course_choices(count_comments_by_course(Comments(own, handled)), slug),
        slug=slug,
        shows=shows,
        pages=pages,
        note=str(NOTES.get(request.args.get("note", ""), "")),
    )


def _chosen(own: set[UUID]) -> CourseHead | None:
    """The one course that is asked for. Raises NotFound for one that is not the actor's."""
    slug = request.args.get("course", "")
    if not slug:
        return None
    head = get_course_head(slug)
    if head.id not in own:
        raise NotFound
    return head


def _line(comment: FieldComment) -> CommentLine:
    head = find_course_by_id(comment.course_id)
    version = get_version(head.current_version_id) if head else None
    item = version.item_by_key(comment.item_key) if version else None
    return CommentLine(
        id=comment.id,
        course_title=version.title if version else "",
        course_slug=head.slug if head else "",
        item_title=item.title if item else "",
        item_key=item.key if item else "",
        text=comment.text,
        written_at=comment.written_at,
        place=printed_place(comment.commune_id).label if comment.commune_id else "",
        is_handled=comment.handled_at is not None,
    )
