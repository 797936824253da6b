"""Work that nobody waits for: publishing at the hour that was set, and letting go for good what was deleted or is
shown by nothing."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor, Grant, Role, WayIn
from app.authoring import deleting, unused_media
from app.authoring.compiling import check_draft
from app.authoring.drafts import lock_draft, note_event
from app.authoring.models import CourseDraft
from app.authoring.publishing import (
    BaseMoved,
    DraftChanged,
    NotPublisher,
    PlaceEnded,
    ReviewNeeded,
    StillFaulty,
    clear_schedule,
    publish_draft,
)
from app.content.publish_rules import SlugTaken
from app.extensions import db
from app.people.grants import grants_snapshot
from app.people.models import Person
from app.shared.clock import VIETNAM, now, today
from app.shared.database import reading_only
from app.shared.errors import Refusal
from app.shared.jobs import Job, enqueue

PUBLISH_KIND = "publish_draft"
PURGE_KIND = "purge_deleted_drafts"
PURGE_MEDIA_KIND = "purge_unused_media"
PURGES = frozenset({PURGE_KIND, PURGE_MEDIA_KIND})
QUIET_HOUR = time(3, 0)
WHY_NOT = {
    DraftChanged: "changed",
    StillFaulty: "faults",
    SlugTaken: "faults",
    ReviewNeeded: "review",
    BaseMoved: "base",
    NotPublisher: "right",
    PlaceEnded: "place",
}
"""Refusal → the word in the event "schedule_failed"."""


def plan_scheduled_drafts() -> None:
    """Ask for each publication whose hour has come. Looks before it writes: it is called every few seconds."""
    due = select(CourseDraft.id, CourseDraft.scheduled_change, CourseDraft.publish_at).where(
        CourseDraft.publish_at <= now(), CourseDraft.deleted_at.is_(None)
    )
    for draft_id, change, at in db.session.execute(due).all():
        moment = at.isoformat() if at else ""
        key = f"{draft_id}:{change}:{moment}"
        if db.session.scalar(select(Job.id).where(Job.kind == PUBLISH_KIND, Job.unique_key == key)) is None:
            enqueue(PUBLISH_KIND, key, {"draft": str(draft_id), "at": moment})


def publish_scheduled(payload: dict[str, Any]) -> None:
    """The job: publish what was arranged as who arranged it, or note why that cannot be. A repeat does nothing."""
    draft_id, at = UUID(payload["draft"]), datetime.fromisoformat(payload["at"])
    _compile_ahead(draft_id)
    draft = _due(draft_id, at)
    if draft is None or draft.scheduled_change is None:
        return
    actor = actor_of(draft.scheduled_by)
    try:
        publish_draft(draft, draft.scheduled_change, actor)
    except Refusal as refusal:
        db.session.rollback()
        draft = _due(draft_id, at)
        if draft is not None:
            clear_schedule(draft)
            note_event(draft, "schedule_failed", actor, reason=WHY_NOT.get(type(refusal), "other"))


def _compile_ahead(draft_id: UUID) -> None:
    """So that learners do not wait for it; what is wrong is found again by who publishes."""
    with reading_only():
        draft = db.session.get(CourseDraft, draft_id)
        if draft is not None:
            check_draft(draft)


def _due(draft_id: UUID, at: datetime) -> CourseDraft | None:
    """The draft, if it is still to be published at that hour."""
    draft = db.session.get(CourseDraft, draft_id)
    if draft is None:
        return None
    lock_draft(draft)
    return draft if draft.publish_at == at and draft.deleted_at is None else None


def actor_of(person_id: UUID | None) -> Actor:
    """Who arranged it, with the roles of today: who may publish no longer has nothing published either."""
    person = db.session.get(Person, person_id) if person_id else None
    if person is None or person.disabled_at or person.erased_at:
        return Actor(person_id=person_id)
    grants = tuple(
        Grant(Role(role), UUID(place_id) if place_id else None)
        for role, place_id, _ in grants_snapshot(person.id)
        if role is not None
    )
    return Actor(way_in=WayIn.STAFF, person_id=person.id, canonical_id=person.canonical_id, grants=grants)


def plan_purge() -> None:
    """Ask once a day."""
    key = today().isoformat()
    asked = set(db.session.scalars(select(Job.kind).where(Job.kind.in_(PURGES), Job.unique_key == key)))
    for kind in PURGES - asked:
        enqueue(kind, key, {}, run_at=datetime.combine(today(), QUIET_HOUR, VIETNAM))


def purge_deleted(_payload: dict[str, Any]) -> None:
    """The job: what was deleted 30 days ago is gone."""
    deleting.purge_deleted()


def purge_unused_media(_payload: dict[str, Any]) -> None:
    """The job: pictures and sounds that nothing has shown for 30 days are gone."""
    unused_media.purge_unused_media()
