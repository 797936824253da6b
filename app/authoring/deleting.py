"""What is deleted in the workshop: out of sight at once, brought back within 30 days, then gone for good."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from app.access.actor import Actor
from app.authoring.drafts import get_file, live_files, lock_draft, mark_deleted, note_event, touch
from app.authoring.models import CourseDraft, DraftEvent, DraftFile, DraftRevision
from app.content.compile import course_file
from app.extensions import db
from app.shared.clock import now
from app.shared.errors import NotFound

KEPT = timedelta(days=30)
"""How long what was deleted can be brought back."""


def delete_file(draft: CourseDraft, file_id: UUID, by: Actor) -> None:
    """Take a file out of the draft; it can be brought back for 30 days."""
    lock_draft(draft)
    file = get_file(draft, file_id)
    if file.path == course_file.NAME:
        raise NotFound
    mark_deleted(file, by)
    touch(draft, by)
    note_event(draft, "delete_item", by, file=file.path)


def restore_file(draft: CourseDraft, file_id: UUID, by: Actor) -> DraftFile:
    """Bring a deleted file back, under its own name where that is free."""
    lock_draft(draft)
    file = db.session.get(DraftFile, file_id)
    if file is None or file.draft_id != draft.id or file.deleted_at is None or now() - file.deleted_at > KEPT:
        raise NotFound
    file.path = free_path(file.path, {other.path for other in live_files(draft)})
    file.deleted_at = file.deleted_by = None
    touch(draft, by)
    note_event(draft, "restore_item", by, file=file.path)
    return file


def free_path(path: str, taken: set[str]) -> str:
    """`path`, or with a number behind its name where it is taken."""
    stem, _, extension = path.rpartition(".")
    number, free = 1, path
    while free in taken:
        number += 1
        free = f"{stem}-{number}.{extension}"
    return free


def delete_draft(draft: CourseDraft, by: Actor) -> None:
    lock_draft(draft)
    draft.deleted_at, draft.deleted_by = now(), by.person_id
    draft.publish_at = draft.scheduled_change = draft.scheduled_by = None
    note_event(draft, "delete_draft", by)


def restore_draft(draft: CourseDraft, by: Actor) -> None:
    lock_draft(draft)
    draft.deleted_at = draft.deleted_by = None
    note_event(draft, "restore_draft", by)


def purge_deleted() -> None:
    """Files and drafts that were deleted more than 30 days ago go for good. Pictures that nothing else shows go
    later, see `unused_media`."""
    end = now() - KEPT
    gone = select(CourseDraft.id).where(CourseDraft.deleted_at < end, CourseDraft.course_id.is_(None))
    files = select(DraftFile.id).where((DraftFile.deleted_at < end) | DraftFile.draft_id.in_(gone))
    db.session.execute(delete(DraftRevision).where(DraftRevision.file_id.in_(files)))
    db.session.execute(delete(DraftFile).where((DraftFile.deleted_at < end) | DraftFile.draft_id.in_(gone)))
    db.session.execute(delete(DraftEvent).where(DraftEvent.draft_id.in_(gone)))
    db.session.execute(delete(CourseDraft).where(CourseDraft.id.in_(gone)))
