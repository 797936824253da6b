"""Lists of drafts and of published courses, for the workshop's first page. A few queries, however many courses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.authoring.draft_access import IN_REVIEW, may_edit, path_of
from app.authoring.models import CourseDraft
from app.content.models import Course
from app.content.queries import list_catalogue
from app.extensions import db


@dataclass(frozen=True, slots=True)
class WorkshopCourse:
    """A course as the workshop's list has it: a draft, a published course, or both."""

    title: str
    slug: str
    draft: CourseDraft | None
    is_published: bool
    is_withdrawn: bool
    place_id: UUID | None
    is_own: bool
    may_edit: bool
    has_changes: bool
    """Whether somebody has written in the draft since it was made from the published version."""
    updated_at: datetime | None
    updated_by: UUID | None


def list_workshop_courses(*, visible_to: Actor) -> list[WorkshopCourse]:
    """Drafts that the actor may edit or review, and every published course; what was touched last comes first."""
    drafts = list(db.session.scalars(select(CourseDraft).where(CourseDraft.deleted_at.is_(None))))
    by_course = {draft.course_id: draft for draft in drafts if draft.course_id}
    places = {row.id: row.place_id for row in db.session.execute(select(Course.id, Course.place_id))}
    found = [
        _line(draft.title, draft.slug, draft, visible_to)
        for draft in drafts
        if draft.course_id is None and (may_edit(visible_to, draft) or _waits_for(visible_to, draft))
    ]
    for course in list_catalogue():
        draft = by_course.get(course.id)
        if draft is not None and not (may_edit(visible_to, draft) or _waits_for(visible_to, draft)):
            draft = None
        place_id = places.get(course.id)
        found.append(
            WorkshopCourse(
                title=draft.title if draft else course.title,
                slug=course.slug,
                draft=draft,
                is_published=True,
                is_withdrawn=course.withdrawn,
                place_id=place_id,
                is_own=draft is not None and _is_own(visible_to, draft),
                may_edit=_may_open(visible_to, by_course.get(course.id), place_id),
                has_changes=draft is not None and draft.change != draft.published_change,
                updated_at=draft.updated_at if draft else None,
                updated_by=draft.updated_by if draft else None,
            )
        )
    return sorted(found, key=lambda line: line.updated_at.timestamp() if line.updated_at else 0.0, reverse=True)


def _line(title: str, slug: str, draft: CourseDraft, actor: Actor) -> WorkshopCourse:
    return WorkshopCourse(
        title=title,
        slug=slug,
        draft=draft,
        is_published=False,
        is_withdrawn=False,
        place_id=draft.place_id,
        is_own=_is_own(actor, draft),
        may_edit=may_edit(actor, draft),
        has_changes=True,
        updated_at=draft.updated_at,
        updated_by=draft.updated_by,
    )


def _is_own(actor: Actor, draft: CourseDraft) -> bool:
    return draft.owner_id is not None and draft.owner_id in (actor.person_id, actor.canonical_id)


def _may_open(actor: Actor, draft: CourseDraft | None, place_id: UUID | None) -> bool:
    if draft is not None:
        return may_edit(actor, draft)
    return allows(actor, Permission.WRITE_COURSES, path_of(place_id))


def _waits_for(actor: Actor, draft: CourseDraft) -> bool:
    return draft.state in IN_REVIEW and allows(actor, Permission.REVIEW_COURSES, path_of(draft.place_id))


def list_deleted_drafts(*, visible_to: Actor) -> list[CourseDraft]:
    """Deleted drafts that can still be brought back, by who may edit them."""
    deleted = db.session.scalars(
        select(CourseDraft).where(CourseDraft.deleted_at.is_not(None)).order_by(CourseDraft.deleted_at.desc())
    )
    return [draft for draft in deleted if may_edit(visible_to, draft)]
