"""Published courses. A CourseVersion never changes; a Course points to the one that is current."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.shared.database import UtcDateTime


class Course(Model):
    __tablename__ = "course"
    __table_args__ = (Index("uq_course_number", "number", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    """The author's name for the course; folder and slug may change, the key stays."""
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    current_version_id: Mapped[UUID | None]
    """Of this course; no foreign key, because the two tables would each need the other to be there first."""
    number: Mapped[int] = mapped_column(server_default="0")
    """Short, given once and for ever: what people type from a poster ("14812-7" is course 7 in commune 14812)."""
    place_id: Mapped[UUID | None]
    """The place whose trainers keep it; NULL: it belongs to everyone. No foreign key: places are never deleted."""
    position: Mapped[int] = mapped_column(default=0)
    """Order in the catalogue."""
    edited_in_browser_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Start-up never publishes a folder over a course edited in the browser."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str | None] = mapped_column(String(300))


class CourseSlug(Model):
    """A slug that a course once had: its URL leads on to the present one."""

    __tablename__ = "course_slug"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))


class CourseVersion(Model):
    __tablename__ = "course_version"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    edition: Mapped[int]
    """What the author raises when people must take the course again."""
    content_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the normalised folder; `base:` in an exported course.yml names it."""
    title: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(String(200))
    """What people want to do, in their words; shown on the home page."""
    summary: Mapped[str] = mapped_column(String(1000))
    audience: Mapped[str] = mapped_column(String(10))
    """resident, team or both."""
    language: Mapped[str] = mapped_column(String(5))
    minutes: Mapped[int]
    valid_for_days: Mapped[int | None]
    meta: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The rest of course.yml: level, icon, authors, licence, skills, sources."""
    required_items: Mapped[list[str]] = mapped_column(JSON)
    """Keys of the items that make a completion."""
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    """The normalised folder: path → text for .yml and .md, path → "media:SHA256.ext" for the rest. For export."""
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[UUID | None]


class CourseItem(Model):
    """One lesson or quiz of one version, compiled."""

    __tablename__ = "course_item"
    __table_args__ = (UniqueConstraint("version_id", "key"), UniqueConstraint("version_id", "slug"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    """lesson, quiz, practice or drill."""
    key: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    """Sanitised HTML as UTF-8; empty for other kinds than lessons."""
    search_text: Mapped[str] = mapped_column()
    """`fold` of title and text, for search."""
    quiz: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """For a quiz, `app.content.compile.quiz.Quiz.to_json()`: settings, pools and questions with compiled fragments."""
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What the kinds need beyond this: practice, drill, words, has_phones, skills, freshness."""
    source_hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of everything it was compiled from: an item with the same one is not rendered again."""


class QuestionType(Model):
    """The type a question key had when it was first published: it may never change."""

    __tablename__ = "question_type"
    __table_args__ = (UniqueConstraint("course_id", "item_key", "question_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    item_key: Mapped[str] = mapped_column(String(80))
    question_key: Mapped[str] = mapped_column(String(80))
    type: Mapped[str] = mapped_column(String(20))


class WithdrawnItem(Model):
    """An item that is no longer shown, in whichever version it stands. It is asked of nobody any more."""

    __tablename__ = "withdrawn_item"
    __table_args__ = (UniqueConstraint("course_id", "item_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    item_key: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(300))
    """Shown to those who took it."""
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[UUID | None]
