"""All that is known of how a course does. For large courses it is worked out anew only every ten minutes."""

import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app

from app.content.queries import Version
from app.progress.analysis_queries import get_analysis
from app.progress.course_use import CourseUse, ItemUse, count_people, count_people_by_item
from app.progress.item_analysis import Analysis
from app.shared.clock import now

SMALL = 2_000
"""Finished attempts, or people, up to which a course is looked at afresh for every page: a fraction of a second."""
KEPT_SECONDS = 600.0
_EXTENSION = "course_facts"


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
