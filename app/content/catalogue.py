"""The short list of all courses, kept for a moment in each process: every page needs it and it seldom changes.

What stands in a version never changes and is kept for good (`queries.get_version`); which version is current may be
up to two seconds old on a node that did not publish it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import and_, event, func, select
from sqlalchemy.orm import Session

from app.content.models import Course, CourseItem, CourseSlug, CourseVersion, WithdrawnItem
from app.content.versions import CatalogueCourse, CourseHead, Withdrawal
from app.extensions import db
from app.shared.database import reader

SECONDS = 2.0
AUDIENCE_ORDER = {"resident": 0, "both": 1, "team": 2}
_EXTENSION = "course_catalogue"
_CHANGED = "catalogue_changed"


@dataclass(frozen=True, slots=True)
class Catalogue:
    taken_at: float
    """Monotonic seconds."""
    courses: tuple[CatalogueCourse, ...]
    """In the order of the home page: courses for residents first, then as they were first published."""
    heads: Mapping[str, CourseHead]
    """By slug, former slugs included."""
    by_id: Mapping[UUID, CourseHead]


def get_catalogue() -> Catalogue:
    """The catalogue, at most two seconds old; never older than what this process has published."""
    kept: Catalogue | None = current_app.extensions.get(_EXTENSION)
    if kept is None or time.monotonic() - kept.taken_at > SECONDS:
        kept = _read_catalogue()
        current_app.extensions[_EXTENSION] = kept
    return kept


def forget_after_commit() -> None:
    """Make this process read the catalogue again once the present transaction is committed."""
    db.session.info[_CHANGED] = current_app.extensions


@event.listens_for(Session, "after_commit")
def _forget(session: Session) -> None:
    extensions = session.info.pop(_CHANGED, None)
    if extensions is not None:
        extensions.pop(_EXTENSION, None)


def _read_catalogue() -> Catalogue:
    taken_at = time.monotonic()
    counts = _count_items()
    withdrawn = _read_withdrawals()
    shares = _shares_of_time() if withdrawn else {}
    rows = reader().execute(
        select(
            Course.id,
            Course.key,
            Course.slug,
            Course.number,
            Course.position,
            Course.current_version_id,
            Course.withdrawn_at,
            Course.withdrawn_reason,
            Course.place_id,
            CourseVersion.title,
            CourseVersion.goal,
            CourseVersion.summary,
            CourseVersion.audience,
            CourseVersion.minutes,
            CourseVersion.meta,
        ).join(CourseVersion, CourseVersion.id == Course.current_version_id)
    )
    found = sorted(rows, key=lambda row: (AUDIENCE_ORDER.get(row.audience, 3), row.position, row.slug))
    heads = {row.slug: _head(row, withdrawn.get(row.id, ())) for row in found}
    by_id = {head.id: head for head in heads.values()}
    for slug, course_id in reader().execute(select(CourseSlug.slug, CourseSlug.course_id)):
        if slug not in heads and course_id in by_id:
            heads[slug] = replace(by_id[course_id], moved_to=by_id[course_id].slug)
    courses = tuple(
        _course(
            row,
            counts.get(row.current_version_id, {}),
            withdrawn.get(row.id, ()),
            shares.get(row.current_version_id, 1.0),
        )
        for row in found
    )
    return Catalogue(taken_at, courses, MappingProxyType(heads), MappingProxyType(by_id))


def _read_withdrawals() -> dict[UUID, tuple[Withdrawal, ...]]:
    """By course, in the order of keys, so that the same ones are the same value."""
    found: dict[UUID, tuple[Withdrawal, ...]] = {}
    query = select(
        WithdrawnItem.course_id, WithdrawnItem.item_key, WithdrawnItem.reason, WithdrawnItem.withdrawn_at
    ).order_by(WithdrawnItem.course_id, WithdrawnItem.item_key)
    for row in reader().execute(query):
        withdrawal = Withdrawal(row.item_key, row.reason, row.withdrawn_at)
        found[row.course_id] = (*found.get(row.course_id, ()), withdrawal)
    return found


def _count_items() -> dict[UUID, dict[str, int]]:
    """Items of each kind that each current version still offers."""
    is_withdrawn = and_(WithdrawnItem.course_id == Course.id, WithdrawnItem.item_key == CourseItem.key)
    rows = reader().execute(
        select(CourseItem.version_id, CourseItem.kind, func.count())
        .join(Course, Course.current_version_id == CourseItem.version_id)
        .outerjoin(WithdrawnItem, is_withdrawn)
        .where(WithdrawnItem.id.is_(None))
        .group_by(CourseItem.version_id, CourseItem.kind)
    )
    counts: dict[UUID, dict[str, int]] = {}
    for version_id, kind, count in rows:
        counts.setdefault(version_id, {})[kind] = count
    return counts


def _shares_of_time() -> dict[UUID, float]:
    """Of current versions with withdrawn items: how much of the time for all items the others take."""
    is_withdrawn = and_(WithdrawnItem.course_id == Course.id, WithdrawnItem.item_key == CourseItem.key)
    rows = reader().execute(
        select(
            CourseItem.version_id,
            func.sum(CourseItem.minutes),
            func.sum(CourseItem.minutes).filter(WithdrawnItem.id.is_not(None)),
        )
        .join(Course, Course.current_version_id == CourseItem.version_id)
        .outerjoin(WithdrawnItem, is_withdrawn)
        .where(Course.id.in_(select(WithdrawnItem.course_id)))
        .group_by(CourseItem.version_id)
    )
    return {version_id: 1 - (gone or 0) / total for version_id, total, gone in rows if total}


def _course(
    row: Any, counts: Mapping[str, int], withdrawn: tuple[Withdrawal, ...], share_of_time: float
) -> CatalogueCourse:
    return CatalogueCourse(
        id=row.id,
        key=row.key,
        slug=row.slug,
        title=row.title,
        goal=row.goal,
        summary=row.summary,
        audience=row.audience,
        minutes=max(1, round(row.minutes * share_of_time)),
        icon=row.meta.get("icon", "book"),
        lesson_count=counts.get("lesson", 0),
        quiz_count=counts.get("quiz", 0),
        item_count=sum(counts.values()),
        withdrawn=row.withdrawn_at is not None,
        version_id=row.current_version_id,
        withdrawn_items=withdrawn,
        place_id=row.place_id,
    )


def _head(row: Any, withdrawn: tuple[Withdrawal, ...]) -> CourseHead:
    return CourseHead(
        id=row.id,
        slug=row.slug,
        key=row.key,
        number=row.number,
        current_version_id=row.current_version_id,
        audience=row.audience,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        place_id=row.place_id,
        withdrawn_items=withdrawn,
    )
