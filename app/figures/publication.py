"""Writing the frozen publication: once for each closed administrative month, by the job `publish_month`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from app.content.models import Course, CourseVersion
from app.extensions import db
from app.figures.models import Publication, PublishedCourseCell, PublishedKindCell
from app.figures.small_numbers import Cell, hide_small_numbers
from app.places.models import Place
from app.progress.counting import recount_ended_places
from app.progress.models import Counter
from app.progress.periods import Period, PeriodKind, last_closed, period_of
from app.shared import log
from app.shared.clock import VIETNAM, now
from app.shared.ids import new_id
from app.shared.jobs import Job, enqueue

JOB_KIND = "publish_month"
SETTLING_TIME = timedelta(hours=1)
"""What was submitted in the last seconds of a month must have been committed before it is counted."""
_counter = Counter.__table__
_place = Place.__table__


def plan_publication() -> None:
    """Ask once for the publication of the last closed month. Looks before it writes: it is called every few seconds."""
    period = last_closed(PeriodKind.ADMIN_MONTH)
    key = period.start.isoformat()
    if db.session.scalar(select(Job.id).where(Job.kind == JOB_KIND, Job.unique_key == key)) is None:
        enqueue(JOB_KIND, key, {"period_start": key}, run_at=_closing_time(period) + SETTLING_TIME)


def publish_month(payload: dict[str, Any]) -> None:
    """The job: publish the month that begins on `period_start`, and every earlier one that was never published."""
    last = period_of(PeriodKind.ADMIN_MONTH, datetime.fromisoformat(payload["period_start"]).date())
    for period in _unpublished_until(last):
        write_publication(period)


def write_publication(period: Period) -> UUID:
    """Count a closed month on today's map, hide its small numbers, and store what is left for good.

    Commits what was written before, so that counting on today's map begins anew.

    Raises:
        ValueError: the month has not closed yet.
    """
    if not period.is_closed():
        raise ValueError(f"{period.days} has not closed")
    db.session.commit()
    recount_ended_places()
    publication_id = new_id()
    publication = Publication(
        id=publication_id,
        period_start=period.start,
        period_end=period.end,
        published_at=now(),
        courses=_list_courses(),
    )
    db.session.add(publication)
    db.session.flush()
    _write_cells(publication_id, _count_by_commune(period))
    log.record("publish_figures", object_kind="publication", object_id=publication_id, actor_role="job")
    return publication_id


def _closing_time(period: Period) -> datetime:
    return datetime.combine(period.after, datetime.min.time(), VIETNAM)


def _unpublished_until(last: Period) -> Iterator[Period]:
    """Every month from the first that counted anything, in order, without those that are published."""
    first_half = db.session.scalar(select(func.min(Counter.half_start)))
    if first_half is None:
        return
    published = set(db.session.scalars(select(Publication.period_start)))
    period = period_of(PeriodKind.ADMIN_MONTH, first_half)
    while period.start <= last.start:
        if period.start not in published:
            yield period
        period = period.next


def _list_courses() -> list[dict[str, str]]:
    query = (
        select(Course.id, Course.slug, CourseVersion.title, CourseVersion.audience)
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .order_by(Course.position, Course.slug)
    )
    return [
        {"id": str(row.id), "slug": row.slug, "title": row.title, "audience": row.audience}
        for row in db.session.execute(query)
    ]


def _count_by_commune(period: Period) -> dict[UUID, dict[tuple[UUID, str], int]]:
    """Commune → (course, learner kind) → completions, on today's map."""
    query = (
        select(_counter.c.place_id, _counter.c.course_id, _counter.c.learner_kind, func.sum(_counter.c.completions))
        .join(_place, _place.c.id == _counter.c.place_id)
        .where(
            _counter.c.basis == "today",
            _counter.c.half_start >= period.start,
            _counter.c.half_start < period.after,
            _place.c.kind == "commune",
        )
        .group_by(_counter.c.place_id, _counter.c.course_id, _counter.c.learner_kind)
    )
    counts: dict[UUID, dict[tuple[UUID, str], int]] = {}
    for place_id, course_id, learner_kind, completions in db.session.execute(query):
        counts.setdefault(place_id, {})[course_id, learner_kind] = int(completions)
    return counts


def _write_cells(publication_id: UUID, counts: dict[UUID, dict[tuple[UUID, str], int]]) -> None:
    courses: list[dict[str, Any]] = []
    kinds: list[dict[str, Any]] = []
    for place_id, of_commune in counts.items():
        row = hide_small_numbers(of_commune)
        key = {"publication_id": publication_id, "place_id": place_id}
        courses += [{**key, "course_id": course, **_columns(cell)} for course, cell in row.by_course.items()]
        kinds += [{**key, "learner_kind": kind, **_columns(cell)} for kind, cell in row.by_kind.items()]
    if courses:
        db.session.execute(insert(PublishedCourseCell), courses)
    if kinds:
        db.session.execute(insert(PublishedKindCell), kinds)


def _columns(cell: Cell) -> dict[str, Any]:
    return {"shown": cell.shown.value, "completions": cell.completions}
