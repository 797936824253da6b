"""Reading the frozen publication. The page and the API show these values and nothing else to the public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.figures.models import Publication, PublishedCourseCell, PublishedKindCell
from app.figures.small_numbers import KIND_GROUPS, ZERO, Cell, PublishedRow, Shown, range_of, total_range
from app.places.models import Place
from app.places.naming import print_name
from app.progress.periods import Period, PeriodKind, period_of
from app.shared.clock import local_date
from app.shared.database import reader
from app.shared.vietnamese import sort_key

KEPT_PROVINCES = 68
"""Two months of every province."""
LEARNER_KINDS = KIND_GROUPS[0] + KIND_GROUPS[1]
_publication = Publication.__table__
_course_cell = PublishedCourseCell.__table__
_kind_cell = PublishedKindCell.__table__
_place = Place.__table__


@dataclass(frozen=True, slots=True)
class PublishedCourse:
    """A course as it was named on the day of publication."""

    id: UUID
    slug: str
    title: str
    audience: str


@dataclass(frozen=True, slots=True)
class PublishedMonth:
    id: UUID
    period: Period
    published_at: datetime
    courses: tuple[PublishedCourse, ...]

    @property
    def code(self) -> str:
        """As people and addresses name it: "2026-11" ends on 14/11/2026."""
        return month_code(self.period)

    @property
    def map_day(self) -> date:
        """The day whose map the month was counted on."""
        return local_date(self.published_at)


@dataclass(frozen=True, slots=True)
class Range:
    """A sum of published cells: exact where none of them is hidden, else the least and the greatest that they allow."""

    least: int
    greatest: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.greatest


@dataclass(frozen=True, slots=True)
class PublishedCommune:
    """A commune's published month."""

    row: PublishedRow[UUID]

    def course(self, course_id: UUID) -> Cell:
        return self.row.by_course.get(course_id, ZERO)

    def kind(self, learner_kind: str) -> Cell:
        return self.row.by_kind.get(learner_kind, ZERO)

    @property
    def total(self) -> Range:
        return Range(*total_range(self.row))

    def kind_range(self, learner_kind: str) -> Range:
        """What the commune's row leaves possible for a kind: at most what the other kinds leave of the total."""
        least, greatest = self.kind(learner_kind).bounds
        others = sum(self.kind(other).bounds[0] for other in LEARNER_KINDS if other != learner_kind)
        return Range(least, int(min(greatest, self.total.greatest - others)))


@dataclass(frozen=True, slots=True)
class CommuneOnMap:
    """A commune of the map that a month was counted on; it may have ended since."""

    id: UUID
    code: str
    full_name: str


@dataclass(frozen=True, slots=True)
class PublishedProvince:
    """The communes of a province in one published month. Sums follow from the communes' cells, so they tell no more."""

    communes: tuple[tuple[CommuneOnMap, Range], ...]
    """By name, each with its total."""
    total: Range
    by_course: Mapping[UUID, Range]
    by_kind: Mapping[str, Range]


def month_code(period: Period) -> str:
    """ "2026-11" for the administrative month that ends on 14/11/2026."""
    return f"{period.end:%Y-%m}"


def list_published_months(limit: int = 24) -> list[Period]:
    """The months that are published, the latest first."""
    query = select(_publication.c.period_start).order_by(_publication.c.period_start.desc()).limit(limit)
    return [period_of(PeriodKind.ADMIN_MONTH, start) for start in reader().execute(query).scalars()]


def find_published_month(month: Period | None = None) -> PublishedMonth | None:
    """The publication of `month`, or the latest one; None where there is none."""
    query = select(_publication).order_by(_publication.c.period_start.desc()).limit(1)
    if month is not None:
        query = query.where(_publication.c.period_start == month.start)
    row = reader().execute(query).one_or_none()
    if row is None:
        return None
    courses = tuple(PublishedCourse(UUID(c["id"]), c["slug"], c["title"], c["audience"]) for c in row.courses)
    return PublishedMonth(row.id, period_of(PeriodKind.ADMIN_MONTH, row.period_start), row.published_at, courses)


def find_published_commune(month: PublishedMonth, place: Place) -> PublishedCommune | None:
    """The commune's month; None where the commune was not yet on the map that the month was counted on."""
    if place.valid_from is not None and place.valid_from > month.map_day:
        return None
    return _rows(month.id, [place.id])[place.id]


@lru_cache(maxsize=KEPT_PROVINCES)
def read_published_province(month: PublishedMonth, province_id: UUID) -> PublishedProvince:
    """Every commune that the province had on the map of that month, by name. Kept by the process: it never changes."""
    communes = _list_communes_on(month.map_day, province_id)
    rows = _rows(month.id, [commune.id for commune in communes])
    totals = {place_id: published.total for place_id, published in rows.items()}
    by_course = {}
    for course in month.courses:
        least, greatest = range_of([published.course(course.id) for published in rows.values()])
        by_course[course.id] = Range(least, int(greatest))
    return PublishedProvince(
        communes=tuple((commune, totals[commune.id]) for commune in communes),
        total=_sum(totals.values()),
        by_course=by_course,
        by_kind={kind: _sum(published.kind_range(kind) for published in rows.values()) for kind in LEARNER_KINDS},
    )


def _list_communes_on(day: date, province_id: UUID) -> list[CommuneOnMap]:
    query = select(_place).where(
        _place.c.kind == "commune",
        _place.c.parent_id == province_id,
        or_(_place.c.valid_from.is_(None), _place.c.valid_from <= day),
        or_(_place.c.valid_to.is_(None), _place.c.valid_to >= day),
    )
    communes = [CommuneOnMap(row.id, row.code, print_name(row.type, row.name)) for row in reader().execute(query)]
    return sorted(communes, key=lambda commune: sort_key(commune.full_name))


def _rows(publication_id: UUID, place_ids: list[UUID]) -> dict[UUID, PublishedCommune]:
    courses = _cells(_course_cell, "course_id", publication_id, place_ids)
    kinds = _cells(_kind_cell, "learner_kind", publication_id, place_ids)
    return {i: PublishedCommune(PublishedRow(courses.get(i, {}), kinds.get(i, {}))) for i in place_ids}


def _cells(table: Any, column: str, publication_id: UUID, place_ids: list[UUID]) -> Mapping[UUID, dict[Any, Cell]]:
    query = select(table).where(table.c.publication_id == publication_id, table.c.place_id.in_(place_ids))
    found: dict[UUID, dict[Any, Cell]] = {}
    for row in reader().execute(query):
        key = row._mapping[column]
        found.setdefault(row.place_id, {})[key] = Cell(Shown(row.shown), row.completions)
    return found


def _sum(ranges: Iterable[Range]) -> Range:
    listed = list(ranges)
    return Range(sum(r.least for r in listed), sum(r.greatest for r in listed))
