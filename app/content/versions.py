"""What readers of published courses get: immutable values, made once per process for each version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.content.compile.ageing import Freshness
from app.content.compile.drill import Drill
from app.content.compile.practice import Practice
from app.content.compile.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a version, ready to show."""

    id: UUID
    key: str
    slug: str
    kind: str
    title: str
    minutes: int
    position: int
    body: str
    """Sanitised HTML of a lesson; empty for the other kinds."""
    quiz: Quiz | None
    practice: Practice | None = None
    drill: Drill | None = None
    words: tuple[str, ...] = ()
    """Names of words that differ by province; they stand in the body as `{{name}}`."""
    has_phones: bool = False
    """Whether parts of the body are for one kind of phone."""
    freshness: Freshness | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of a course. Never changes."""

    id: UUID
    course_id: UUID
    number: int
    edition: int
    title: str
    goal: str
    summary: str
    audience: str
    language: str
    minutes: int
    meta: dict[str, Any]
    valid_for_days: int | None
    required_items: tuple[str, ...]
    items: tuple[Item, ...]
    freshness: Freshness | None = None

    def find_item(self, slug: str) -> Item | None:
        return next((item for item in self.items if item.slug == slug), None)

    def item_by_key(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An item that is no longer taught: nobody is asked for it, and what people did in it stays theirs."""

    item_key: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CatalogueCourse:
    """A course as lists show it."""

    id: UUID
    key: str
    slug: str
    title: str
    goal: str
    summary: str
    audience: str
    minutes: int
    """As the author says, without the share of items that are withdrawn."""
    icon: str
    lesson_count: int
    quiz_count: int
    item_count: int
    """Items of all kinds; like the two before without those that are withdrawn."""
    withdrawn: bool
    version_id: UUID
    withdrawn_items: tuple[Withdrawal, ...] = ()
    place_id: UUID | None = None
    """The place that it is for; None: for everyone."""


@dataclass(frozen=True, slots=True)
class CourseHead:
    """Which version of a course is current, and whether it may still be started."""

    id: UUID
    slug: str
    key: str
    number: int
    """What people type from a poster; never changes."""
    current_version_id: UUID
    audience: str
    withdrawn_at: datetime | None
    withdrawn_reason: str | None
    place_id: UUID | None = None
    """The place whose trainers keep it; None: it belongs to everyone."""
    withdrawn_items: tuple[Withdrawal, ...] = ()
    moved_to: str | None = None
    """The present slug, where the course was asked for by one it no longer has."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A course, or one of its items, that holds all the words."""

    course_slug: str
    course_title: str
    item_slug: str | None
    item_title: str | None
