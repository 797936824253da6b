"""The place that a course belongs to, and giving the course to another one.

A course that was never published is that place's at once; a published one when it is published again.
"""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.authoring.draft_access import path_of
from app.authoring.draft_page import place_name
from app.authoring.drafts import lock_draft, note_event, touch
from app.authoring.models import CourseDraft
from app.authoring.places_in_charge import FoundPlace, find_places_in_charge, own_choices, what_became_of
from app.authoring.publishing import NotPublisher, has_other_place, place_of_course
from app.authoring.reviewing import may_publish
from app.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class PlacePage:
    draft: CourseDraft
    place: str
    """Whose it is now."""
    query: str
    found: list[FoundPlace]
    """What the words mean; the actor's own places where nothing was looked for."""
    may_be_everywhere: bool
    is_published: bool


def make_place_page(draft: CourseDraft, actor: Actor, query: str) -> PlacePage:
    choices = (
        find_places_in_charge(actor, Permission.PUBLISH_COURSES, query)
        if query
        else own_choices(actor, Permission.PUBLISH_COURSES)
    )
    return PlacePage(
        draft=draft,
        place=place_name(draft.place_id),
        query=query,
        found=[place for place in choices if place.id != draft.place_id],
        may_be_everywhere=draft.place_id is not None and allows(actor, Permission.PUBLISH_COURSES, path_of(None)),
        is_published=draft.course_id is not None,
    )


def change_place(draft: CourseDraft, place_id: UUID | None, by: Actor) -> None:
    """Give the course to another place (None: to everyone). What was approved for one place is not for another.

    Raises:
        NotFound: courses of that place are not the actor's to publish.
        NotPublisher: the course is another place's now.
    """
    lock_draft(draft)
    if not allows(by, Permission.PUBLISH_COURSES, path_of(place_id)):
        raise NotFound
    if not may_publish(by, draft):
        raise NotPublisher
    if place_id == draft.place_id:
        return
    before, draft.place_id = draft.place_id, place_id
    touch(draft, by)
    note_event(draft, "change_place", by, places=[str(place or "") for place in (before, place_id)])


def sentences_of_place(draft: CourseDraft) -> list[str]:
    """What the authors should know of its place before they publish."""
    said = []
    if draft.course_id is not None and has_other_place(draft):
        said.append(
            gettext(
                "Xuất bản thì khóa học chuyển từ %(old)s sang %(new)s.",
                old=place_name(place_of_course(draft)),
                new=place_name(draft.place_id),
            )
        )
    if draft.place_id is not None and (today := what_became_of(draft.place_id)):
        said.append(
            gettext(
                "%(old)s nay là %(new)s. Bấm Đổi nơi để bà con ở đó thấy khóa học.",
                old=place_name(draft.place_id),
                new=today,
            )
        )
    return said
