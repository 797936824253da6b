"""Which drafts the present actor may edit or review, and the published courses behind them."""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.declare import current_actor, require_in
from app.access.permissions import Permission, PlacePath, allows
from app.authoring.models import CourseDraft
from app.content.models import Course, CourseVersion
from app.extensions import db
from app.places.queries import place_path
from app.shared.errors import NotFound

IN_REVIEW = frozenset({"review", "approved"})


def path_of(place_id: UUID | None) -> PlacePath:
    """Where a course belongs: its place and those above; a course for everyone lies in no place at all, so that
    only grants for everywhere reach it."""
    return place_path(place_id) if place_id else ()


def may_edit(actor: Actor, draft: CourseDraft) -> bool:
    """One's own, those shared in the place, those that belong to nobody; operators of the place all."""
    path = path_of(draft.place_id)
    if not allows(actor, Permission.WRITE_COURSES, path):
        return False
    is_own = draft.owner_id is None or draft.owner_id in (actor.person_id, actor.canonical_id)
    return is_own or draft.is_shared or allows(actor, Permission.OPERATE, path)


def may_share(actor: Actor, draft: CourseDraft) -> bool:
    """Whether others may edit it is the owner's to say; for what has none, and instead of one, the operators'."""
    is_own = draft.owner_id is not None and draft.owner_id in (actor.person_id, actor.canonical_id)
    return is_own or allows(actor, Permission.OPERATE, path_of(draft.place_id))


def may_review(actor: Actor, draft: CourseDraft) -> bool:
    return draft.state in IN_REVIEW and allows(actor, Permission.REVIEW_COURSES, path_of(draft.place_id))


def may_read(actor: Actor, draft: CourseDraft) -> bool:
    return may_edit(actor, draft) or may_review(actor, draft)


def get_draft(draft_id: UUID) -> CourseDraft:
    """A draft that the actor may edit.

    Raises:
        NotFound: there is none, it is deleted, or it is not theirs.
    """
    draft = db.session.get(CourseDraft, draft_id)
    if draft is None or draft.deleted_at is not None or not may_edit(current_actor(), draft):
        raise NotFound
    return draft


def get_readable_draft(draft_id: UUID) -> CourseDraft:
    """A draft that the actor may edit or review.

    Raises:
        NotFound: as for `get_draft`.
    """
    draft = db.session.get(CourseDraft, draft_id)
    if draft is None or draft.deleted_at is not None or not may_read(current_actor(), draft):
        raise NotFound
    return draft


def get_reviewed_draft(draft_id: UUID) -> CourseDraft:
    """A draft of a place where the actor reviews, whether it waits for a review still or not.

    Raises:
        NotFound: as for `get_draft`.
    """
    draft = db.session.get(CourseDraft, draft_id)
    if draft is None or draft.deleted_at is not None:
        raise NotFound
    require_in(Permission.REVIEW_COURSES, path_of(draft.place_id))
    return draft


def get_own_course(slug: str) -> Course:
    """A published course whose place is in the actor's charge.

    Raises:
        NotFound: there is none, or it belongs elsewhere.
    """
    course = db.session.scalar(select(Course).where(Course.slug == slug, Course.current_version_id.is_not(None)))
    if course is None or not allows(current_actor(), Permission.WRITE_COURSES, path_of(course.place_id)):
        raise NotFound
    return course


def find_draft_of(course_id: UUID) -> CourseDraft | None:
    """The draft that continues a published course, deleted or not."""
    return db.session.scalar(select(CourseDraft).where(CourseDraft.course_id == course_id))


def base_hash(draft: CourseDraft) -> str | None:
    """Content hash of the published version that the draft continues."""
    if draft.base_version_id is None:
        return None
    return db.session.scalar(select(CourseVersion.content_hash).where(CourseVersion.id == draft.base_version_id))
