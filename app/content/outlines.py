"""Versions as long lists need them: what they are called and when they were checked, without texts and questions."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.content.compile.ageing import Freshness
from app.content.models import CourseItem, CourseVersion
from app.shared.database import reader


@dataclass(frozen=True, slots=True)
class Outline:
    id: UUID
    course_id: UUID
    number: int
    edition: int
    title: str
    audience: str
    freshness: tuple[Freshness, ...]
    """Of the course and of those of its items that say when they were checked."""


def get_outlines(version_ids: Collection[UUID]) -> dict[UUID, Outline]:
    """Two queries, however many versions."""
    columns = ("id", "course_id", "number", "edition", "title", "audience", "meta")
    versions = select(*(CourseVersion.__table__.c[name] for name in columns)).where(CourseVersion.id.in_(version_ids))
    items = select(CourseItem.version_id, CourseItem.data).where(CourseItem.version_id.in_(version_ids))
    of_items: dict[UUID, list[Freshness]] = {}
    for version_id, data in reader().execute(items):
        of_items.setdefault(version_id, []).extend(_freshness(data or {}))
    return {
        row.id: Outline(
            id=row.id,
            course_id=row.course_id,
            number=row.number,
            edition=row.edition,
            title=row.title,
            audience=row.audience,
            freshness=(*_freshness(row.meta), *of_items.get(row.id, ())),
        )
        for row in reader().execute(versions)
    }


def _freshness(stored: dict[str, Any]) -> list[Freshness]:
    return [Freshness(**stored["freshness"])] if stored.get("freshness") else []
