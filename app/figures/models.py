"""The frozen publication: what the public may read of a closed administrative month. Written once, never changed.

A cell that is hidden holds no number here either: the page, the API and a copy of the tables tell the same.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.shared.database import UtcDateTime


class Publication(Model):
    """One closed administrative month (15th to 14th), counted on the map of the day of publication."""

    __tablename__ = "publication"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    period_start: Mapped[date] = mapped_column(unique=True)
    period_end: Mapped[date]
    """Last day, a 14th."""
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    courses: Mapped[list[Any]] = mapped_column(JSON)
    """[{"id", "slug", "title", "audience"}, …] as named that day, in the order of the catalogue: the table's lines."""


class PublishedCourseCell(Model):
    """Completions of one course in one commune. No row: 0."""

    __tablename__ = "published_course_cell"

    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    shown: Mapped[str] = mapped_column(String(10))
    """number, under_5, from_5 or withheld (`small_numbers.Shown`)."""
    completions: Mapped[int | None]
    """NULL unless `shown` is number."""


class PublishedKindCell(Model):
    """Completions of one learner kind in one commune. No row: 0."""

    __tablename__ = "published_kind_cell"

    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True)
    learner_kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    shown: Mapped[str] = mapped_column(String(10))
    completions: Mapped[int | None]
