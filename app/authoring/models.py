"""Courses being written: one draft for each course, its files with their history, and what happened to it.

A published version never changes (content); a draft always may. Nothing here is shown to learners.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.shared.database import UtcDateTime


class CourseDraft(Model):
    """The state of a course in which its authors work. At most one for each published course."""

    __tablename__ = "course_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID | None] = mapped_column(ForeignKey("course.id"), unique=True)
    """NULL until it is published for the first time."""
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    """As course.yml has it, for lists."""
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whose course it is; NULL for courses that came from a folder: they belong to all trainers of their place."""
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    """The place that the course is for; NULL for everyone."""
    is_shared: Mapped[bool] = mapped_column(default=False)
    """Whether the other trainers of the place may edit it too."""
    state: Mapped[str] = mapped_column(String(10), default="draft")
    """draft, review or approved."""
    change: Mapped[int] = mapped_column(default=0)
    """Raised by every change of a file: what was submitted, approved or scheduled is one number."""
    base_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("course_version.id"))
    """The published version that this draft continues."""
    published_change: Mapped[int | None]
    """The change that is what stands in that version: any other one holds something that is not published."""
    submitted_change: Mapped[int | None]
    submitted_by: Mapped[UUID | None]
    approved_change: Mapped[int | None]
    approved_by: Mapped[UUID | None]
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When `scheduled_change` is to be published."""
    scheduled_change: Mapped[int | None]
    scheduled_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[UUID | None]
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Deleted drafts can be brought back for 30 days."""
    deleted_by: Mapped[UUID | None]


class DraftFile(Model):
    """A file of a draft: course.yml, an item, a picture or a sound."""

    __tablename__ = "draft_file"
    __table_args__ = (Index("ix_draft_file_draft", "draft_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Stays when the file is renamed or moved."""
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("course_draft.id"))
    path: Mapped[str] = mapped_column(String(200))
    """Unique among the files of the draft that are not deleted; actions see to it, one writer of a draft at a time."""
    text: Mapped[str | None]
    """Of course.yml and items; NULL for pictures and sounds."""
    media: Mapped[str | None] = mapped_column(String(80))
    """ "SHA256.ext" of a picture or sound, as `app.shared.media` keeps it."""
    revision: Mapped[int] = mapped_column(default=1)
    """Raised by every save; who saves says which one they began from."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[UUID | None]
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_by: Mapped[UUID | None]


class DraftRevision(Model):
    """What a text was: one row for each stretch of writing by one person, not for each save."""

    __tablename__ = "draft_revision"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("draft_file.id"))
    number: Mapped[int]
    """`DraftFile.revision` at the end of the stretch."""
    text: Mapped[str]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[UUID | None]


class DraftEvent(Model):
    """What happened to a course in the workshop, for its authors: who, when, what. Never changed."""

    __tablename__ = "draft_event"
    __table_args__ = (Index("ix_draft_event_draft", "draft_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("course_draft.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[UUID | None]
    act: Mapped[str] = mapped_column(String(60))
    """create, submit, send_back, approve, publish, schedule, unschedule, roll_back, withdraw_item, …"""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the act needs to be told: comment, version number, file, item key."""


class ReviewRule(Model):
    """Whether courses of a place need a reviewer other than their author. It holds for places below, too."""

    __tablename__ = "review_rule"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), unique=True)
    """NULL: courses for everyone."""
    needs_reviewer: Mapped[bool]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[UUID | None]
