"""Writes to drafts: made, saved, put in order, deleted and brought back. Each flushes, none commits.

One writer of a draft at a time: every action locks its row first (on SQLite every writer is alone anyway).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from app.access.actor import Actor
from app.authoring.models import CourseDraft, DraftEvent, DraftFile, DraftRevision
from app.content.compile import course_file
from app.content.compile.course import MAXIMUM_TEXT
from app.content.compile.normal_form import ITEM_NAME
from app.content.compile.pictures import picture_extension
from app.content.compile.sounds import sound_extension
from app.content.compile.text import normalise, normalise_path
from app.content.source_fields import read_plain
from app.extensions import db
from app.shared import media
from app.shared.clock import now
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id
from app.shared.log import record

CREATE = "create_draft"
STRETCH = timedelta(minutes=5)
"""Saves of one person within this time are one revision."""


class TextTooLong(Refusal):
    status = 422
    sentence = "Bài này dài quá 200 KB nên chưa lưu được. Chia thành nhiều bài rồi lưu lại."


class SaveConflict(Refusal):
    """Somebody saved another text since. `file` holds theirs."""

    status = 409
    sentence = "Người khác vừa sửa bài này. Xem cả hai bản rồi chọn."

    def __init__(self, file: DraftFile) -> None:
        super().__init__()
        self.file = file


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in the draft now."""

    revision: int
    text: str
    at: datetime


def create_draft(
    files: Mapping[str, bytes],
    *,
    slug: str,
    by: Actor,
    place_id: UUID | None,
    course_id: UUID | None = None,
    base_version_id: UUID | None = None,
    owner_id: UUID | None = None,
    press: str = "",
) -> CourseDraft:
    """A draft of these files, with photos in their normal form. Without `owner_id` it belongs to all trainers there;
    `press` names the form that began it."""
    draft = CourseDraft(
        id=new_id(),
        course_id=course_id,
        slug=slug,
        title="",
        owner_id=owner_id,
        place_id=place_id,
        is_shared=False,
        state="draft",
        change=0,
        base_version_id=base_version_id,
        created_at=now(),
        updated_at=now(),
        updated_by=by.person_id,
    )
    db.session.add(draft)
    db.session.flush()
    fill_draft(draft, files, by)
    note_event(draft, CREATE, by, **({"press": press} if press else {}))
    return draft


def fill_draft(draft: CourseDraft, files: Mapping[str, bytes], by: Actor) -> None:
    """Make the draft hold exactly these files; what goes can be brought back, what stays keeps its history."""
    present = {file.path: file for file in live_files(draft)}
    wanted = {normalise_path(path): content for path, content in files.items() if _is_kept(path)}
    for path, file in present.items():
        if path not in wanted:
            mark_deleted(file, by)
    for path, content in wanted.items():
        _put(draft, present.get(path), path, content, by)
    touch(draft, by)


def _is_kept(path: str) -> bool:
    is_text = path == course_file.NAME or ITEM_NAME.fullmatch(normalise_path(path))
    return bool(is_text or picture_extension(path) or sound_extension(path))


def _put(draft: CourseDraft, file: DraftFile | None, path: str, content: bytes, by: Actor) -> None:
    extension = picture_extension(path) or sound_extension(path)
    if extension:
        _put_media(draft, file, path, content, extension, by)
        return
    text = normalise(content)
    if path == course_file.NAME:
        text = course_file.without_base(text)
    if file is None:
        add_file(draft, path, text, by)
    elif file.text != text:
        write_text(file, text, by, apart=True)


def _put_media(
    draft: CourseDraft, file: DraftFile | None, path: str, content: bytes, extension: str, by: Actor
) -> DraftFile:
    if len(content) > media.MAXIMUM_BYTES:
        raise Refusal(gettext("Tệp nặng quá 5 MB. Thu nhỏ rồi gửi lại."))
    name = media.store(content, extension).rpartition("/")[2]
    if file is None:
        file = DraftFile(id=new_id(), draft_id=draft.id, path=path, revision=0)
        db.session.add(file)
    if file.media != name:
        file.media, file.revision = name, file.revision + 1
        file.updated_at, file.updated_by = now(), by.person_id
    db.session.flush()
    return file


def add_media(draft: CourseDraft, path: str, content: bytes, by: Actor) -> DraftFile:
    """A picture or sound under a free name like `path`; the same content again is the same file.

    Raises:
        ValueError: `path` is no picture and no sound.
    """
    lock_draft(draft)
    extension = picture_extension(path) or sound_extension(path)
    if extension is None:
        raise ValueError(path)
    taken = {file.path: file for file in live_files(draft)}
    name = media.store(content, extension).rpartition("/")[2]
    stem, number, free = path.rpartition(".")[0], 1, path
    while free in taken and taken[free].media != name:
        number += 1
        free = f"{stem}-{number}.{extension}"
    made = _put_media(draft, taken.get(free), free, content, extension, by)
    touch(draft, by)
    return made


def add_file(draft: CourseDraft, path: str, text: str, by: Actor) -> DraftFile:
    """One more text of the draft. The path must be free."""
    file = DraftFile(
        id=new_id(), draft_id=draft.id, path=path, text="", revision=0, updated_at=now(), updated_by=by.person_id
    )
    db.session.add(file)
    db.session.flush()
    write_text(file, text, by)
    return file


def save_text(draft: CourseDraft, file_id: UUID, text: str, base_revision: int, by: Actor) -> Saved:
    """Save what was written since `base_revision`. The same text again is the same save, whichever its base.

    Raises:
        SaveConflict: somebody else saved another text since.
        TextTooLong: more than 200 KB.
    """
    lock_draft(draft)
    file = get_file(draft, file_id)
    kept = normalise(text.encode())
    if len(kept.encode()) > MAXIMUM_TEXT:
        raise TextTooLong
    if kept == file.text:
        return Saved(file.revision, kept, file.updated_at)
    if base_revision != file.revision:
        raise SaveConflict(file)
    write_text(file, kept, by)
    touch(draft, by)
    return Saved(file.revision, kept, file.updated_at)


def write_text(file: DraftFile, text: str, by: Actor, *, apart: bool = False) -> None:
    """Store the text as the file's next revision; within one stretch of writing the last revision moves on.

    `apart`: it takes the place of what was written, so that must stay behind as a revision of its own.
    """
    file.text = text
    file.revision += 1
    file.updated_at, file.updated_by = now(), by.person_id
    latest = db.session.scalar(
        select(DraftRevision).where(DraftRevision.file_id == file.id).order_by(DraftRevision.number.desc()).limit(1)
    )
    if latest is not None and not apart and _goes_on(latest, by):
        latest.number, latest.text, latest.saved_at = file.revision, text, now()
    else:
        db.session.add(
            DraftRevision(
                id=new_id(),
                file_id=file.id,
                number=file.revision,
                text=text,
                began_at=now(),
                saved_at=now(),
                saved_by=by.person_id,
            )
        )
    db.session.flush()


def _goes_on(latest: DraftRevision, by: Actor) -> bool:
    """Whether this save belongs to the same stretch of writing; what the file began with is always kept."""
    return latest.saved_by == by.person_id and now() - latest.began_at < STRETCH and latest.number > 1


def mark_deleted(file: DraftFile, by: Actor) -> None:
    """The file is no longer of the draft; `deleting` brings it back or lets it go for good."""
    file.deleted_at, file.deleted_by = now(), by.person_id


def lock_draft(draft: CourseDraft) -> None:
    """Wait until nobody else changes the draft, then see it as it is."""
    db.session.execute(
        select(CourseDraft.id).where(CourseDraft.id == draft.id).with_for_update().execution_options(autoflush=True)
    )
    db.session.refresh(draft)


def touch(draft: CourseDraft, by: Actor) -> None:
    """Something changed: what was approved is approved no more, and lists show the new title."""
    draft.change += 1
    draft.updated_at, draft.updated_by = now(), by.person_id
    if draft.state == "approved":
        draft.state, draft.approved_change, draft.approved_by = "draft", None, None
    db.session.flush()
    header = db.session.scalar(
        select(DraftFile.text).where(
            DraftFile.draft_id == draft.id, DraftFile.path == course_file.NAME, DraftFile.deleted_at.is_(None)
        )
    )
    title = read_plain(header or "").get("title")
    draft.title = title[:200] if isinstance(title, str) and title else gettext("Khóa học chưa có tên")
    db.session.flush()


def live_files(draft: CourseDraft) -> list[DraftFile]:
    """The files of the draft by path, without deleted ones."""
    return list(
        db.session.scalars(
            select(DraftFile)
            .where(DraftFile.draft_id == draft.id, DraftFile.deleted_at.is_(None))
            .order_by(DraftFile.path)
        )
    )


def get_file(draft: CourseDraft, file_id: UUID) -> DraftFile:
    """A file of this draft that is not deleted.

    Raises:
        NotFound: there is none.
    """
    file = db.session.get(DraftFile, file_id, populate_existing=True)
    if file is None or file.draft_id != draft.id or file.deleted_at is not None:
        raise NotFound
    return file


def note_event(draft: CourseDraft, act: str, by: Actor, **detail: Any) -> None:
    """Append to the course's own history, and to the log (which holds no free text)."""
    db.session.add(
        DraftEvent(id=new_id(), draft_id=draft.id, at=now(), actor_id=by.person_id, act=act, detail=dict(detail))
    )
    record(
        act,
        object_kind="course_draft",
        object_id=draft.id,
        actor_id=by.person_id,
        actor_role=by.capacity,
        place_id=draft.place_id,
    )
    db.session.flush()
