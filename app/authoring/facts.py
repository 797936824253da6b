"""All that is known of how a course does. For large courses it is worked out anew only every ten minutes."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app

from app.content.queries import Version, get_version
from app.progress.analysis_queries import get_analysis
from app.progress.course_use import (
    CourseUse,
    ItemUse,
    count_finished_attempts,
    count_people,
    count_people_by_course,
    count_people_by_item,
)
from app.progress.item_analysis import FEWEST_FOR_FLAG, Analysis
from app.shared.clock import now

SMALL = 2_000
"""Finished attempts, or people, up to which a course is looked at afresh for every page: a fraction of a second."""
KEPT_SECONDS = 600.0
_EXTENSION = "course_facts"
_FLAGGED = "course_flags"
_PEOPLE = "course_people"
_ATTEMPTS = "course_attempts"


@dataclass(frozen=True, slots=True)
class CourseFacts:
    version_id: UUID
    analysis: Analysis
    use: CourseUse
    items: dict[str, ItemUse]
    taken_at: datetime
    taken: float
    """Monotonic seconds."""

    @property
    def is_small(self) -> bool:
        return self.analysis.attempts <= SMALL and self.use.began <= SMALL


def get_facts(version: Version) -> CourseFacts:
    """The facts of the course of this current version."""
    kept: dict[UUID, CourseFacts] = current_app.extensions.setdefault(_EXTENSION, {})
    facts = kept.get(version.course_id)
    if facts and facts.version_id == version.id and time.monotonic() - facts.taken < KEPT_SECONDS:
        return facts
    facts = CourseFacts(
        version_id=version.id,
        analysis=get_analysis(version.course_id),
        use=count_people(version),
        items=count_people_by_item(version),
        taken_at=now(),
        taken=time.monotonic(),
    )
    if not facts.is_small:
        kept[version.course_id] = facts
    return facts


def count_people_of(editions: Mapping[UUID, int]) -> dict[UUID, CourseUse]:
    """Course → people in this edition of it, for lists: like facts, of large courses kept for ten minutes."""
    kept: dict[tuple[UUID, int], tuple[float, CourseUse]] = current_app.extensions.setdefault(_PEOPLE, {})
    oldest = time.monotonic() - KEPT_SECONDS
    fresh = {key: use for key, (taken, use) in kept.items() if taken > oldest}
    asked = {course_id: edition for course_id, edition in editions.items() if (course_id, edition) not in fresh}
    counted = count_people_by_course(asked)
    for course_id, use in counted.items():
        if use.began > SMALL:
            kept[course_id, asked[course_id]] = time.monotonic(), use
    return {key: counted[key] if key in counted else fresh[key, edition] for key, edition in editions.items()}


def count_attempts_of(course_ids: Collection[UUID]) -> dict[UUID, int]:
    """Course → finished attempts in all its versions, for lists: of large courses kept for ten minutes."""
    kept: dict[UUID, tuple[float, int]] = current_app.extensions.setdefault(_ATTEMPTS, {})
    oldest = time.monotonic() - KEPT_SECONDS
    fresh = {key: count for key, (taken, count) in kept.items() if taken > oldest and key in course_ids}
    counted = count_finished_attempts([key for key in course_ids if key not in fresh])
    kept.update({key: (time.monotonic(), count) for key, count in counted.items() if count > SMALL})
    return fresh | counted


def count_flagged(version_id: UUID, attempts: int) -> int:
    """Questions of this current version that carry a flag, of a course with so many finished attempts.

    For lists: kept for ten minutes as long as nobody finishes another attempt, whatever the course's size.
    """
    if attempts < FEWEST_FOR_FLAG:
        return 0
    kept: dict[UUID, tuple[int, float, int]] = current_app.extensions.setdefault(_FLAGGED, {})
    known_attempts, taken, flagged = kept.get(version_id, (0, 0.0, 0))
    if known_attempts != attempts or time.monotonic() - taken >= KEPT_SECONDS:
        version = get_version(version_id)
        is_large = attempts > SMALL
        analysis = get_facts(version).analysis if is_large else get_analysis(version.course_id)
        keys = [question.key for item in version.items if item.quiz for question in item.quiz.questions]
        flagged = sum(bool(analysis.question(key).flags) for key in keys)
        kept[version_id] = attempts, time.monotonic(), flagged
    return flagged
