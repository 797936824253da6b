"""Reads of published courses. What a learner's request needs is kept in the process."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.content.catalogue import get_catalogue
from app.content.compile.ageing import Freshness
from app.content.compile.drill import Drill
from app.content.compile.practice import Practice
from app.content.compile.quiz import Quiz
from app.content.models import Course, CourseItem, CourseVersion, QuestionType
from app.content.versions import CatalogueCourse, CourseHead, Item, SearchHit, Version, Withdrawal
from app.shared.database import reader
from app.shared.errors import NotFound
from app.shared.vietnamese import fold

__all__ = [
    "CatalogueCourse",
    "CourseHead",
    "Item",
    "SearchHit",
    "Version",
    "Withdrawal",
    "find_course",
    "find_course_by_id",
    "find_course_by_number",
    "find_moved_item",
    "get_version",
    "list_catalogue",
    "list_withdrawals",
    "needed_items",
    "published_types",
    "search_courses",
]
KEPT_VERSIONS = 256
MAXIMUM_HITS = 40
MAXIMUM_WORDS = 8


def list_catalogue() -> list[CatalogueCourse]:
    """Every published course, courses for residents first; withdrawn ones are marked."""
    return list(get_catalogue().courses)


def find_course(slug: str) -> CourseHead | None:
    """The course at this slug; by a former slug with `moved_to` set."""
    return get_catalogue().heads.get(slug)


def find_course_by_id(course_id: UUID) -> CourseHead | None:
    return get_catalogue().by_id.get(course_id)


def list_withdrawals(course_id: UUID) -> tuple[Withdrawal, ...]:
    """The items of a course, in whichever version, that are no longer taught."""
    head = find_course_by_id(course_id)
    return head.withdrawn_items if head else ()


def needed_items(version: Version) -> tuple[str, ...]:
    """Keys of the items that make a completion as things stand: what is withdrawn is asked of nobody."""
    withdrawn = {withdrawal.item_key for withdrawal in list_withdrawals(version.course_id)}
    return tuple(key for key in version.required_items if key not in withdrawn)


def find_course_by_number(number: int) -> CourseHead | None:
    """The course with the number that stands on its posters."""
    return next((head for head in get_catalogue().heads.values() if head.number == number and not head.moved_to), None)


@lru_cache(maxsize=KEPT_VERSIONS)
def get_version(version_id: UUID) -> Version:
    """A version with all its items, kept by the process: it never changes.

    Raises:
        NotFound: there is no such version.
    """
    row = reader().execute(select(CourseVersion.__table__).where(CourseVersion.id == version_id)).one_or_none()
    if row is None:
        raise NotFound
    items = reader().execute(
        select(CourseItem.__table__).where(CourseItem.version_id == version_id).order_by(CourseItem.position)
    )
    return Version(
        id=row.id,
        course_id=row.course_id,
        number=row.number,
        edition=row.edition,
        title=row.title,
        goal=row.goal,
        summary=row.summary,
        audience=row.audience,
        language=row.language,
        minutes=row.minutes,
        meta=row.meta,
        valid_for_days=row.valid_for_days,
        required_items=tuple(row.required_items),
        items=tuple(map(_item, items)),
        freshness=_freshness(row.meta),
    )


def published_types(course_id: UUID) -> dict[str, str]:
    """Key → type of every question that any version of the course ever had."""
    types = QuestionType.__table__
    rows = reader().execute(select(types.c.question_key, types.c.type).where(types.c.course_id == course_id))
    return {key: kind for key, kind in rows}  # noqa: C416 -- a Result is no mapping


def _freshness(stored: dict[str, Any]) -> Freshness | None:
    return Freshness(**stored["freshness"]) if stored.get("freshness") else None


def _item(row: Any) -> Item:
    data = row.data or {}
    return Item(
        id=row.id,
        key=row.key,
        slug=row.slug,
        kind=row.kind,
        title=row.title,
        minutes=row.minutes,
        position=row.position,
        body=row.body.decode(),
        quiz=Quiz.from_json(row.quiz) if row.quiz else None,
        practice=Practice.from_json(data["practice"]) if "practice" in data else None,
        drill=Drill.from_json(data["drill"]) if "drill" in data else None,
        words=tuple(data.get("words", ())),
        has_phones=bool(data.get("has_phones")),
        freshness=_freshness(data),
    )


def find_moved_item(course_id: UUID, slug: str) -> str | None:
    """The present slug of an item that had `slug` in an earlier version of the course, or None."""
    key = (
        select(CourseItem.key)
        .join(CourseVersion, CourseVersion.id == CourseItem.version_id)
        .where(CourseVersion.course_id == course_id, CourseItem.slug == slug)
        .order_by(CourseVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    present = (
        select(CourseItem.slug)
        .join(Course, Course.current_version_id == CourseItem.version_id)
        .where(Course.id == course_id, CourseItem.key == key)
    )
    return reader().execute(present).scalar_one_or_none()


def search_courses(text: str, audiences: Collection[str]) -> list[SearchHit]:
    """Courses and items that hold every word of `text` (marks, đ and case do not matter), best first.

    Only courses for one of `audiences` are searched: what is hidden from someone gives no hit.
    """
    words = fold(text).split()[:MAXIMUM_WORDS]
    courses = {
        course.version_id: course
        for course in get_catalogue().courses
        if course.audience in audiences and not course.withdrawn
    }
    if not words or not courses:
        return []
    hits = [
        (0 if _holds(course.title, words) else 1, index, 0, SearchHit(course.slug, course.title, None, None))
        for index, course in enumerate(courses.values())
        if _holds(f"{course.title} {course.goal} {course.summary}", words)
    ]
    order = {version_id: index for index, version_id in enumerate(courses)}
    for row in _matching_items(words, list(courses)):
        course = courses[row.version_id]
        if any(withdrawal.item_key == row.key for withdrawal in course.withdrawn_items):
            continue
        rank = 2 if _holds(row.title, words) else 3
        hit = SearchHit(course.slug, course.title, row.slug, row.title)
        hits.append((rank, order[row.version_id], row.position, hit))
    return [hit for *_, hit in sorted(hits, key=lambda found: found[:3])[:MAXIMUM_HITS]]


def _holds(text: str, words: list[str]) -> bool:
    folded = f" {fold(text)}"
    return all(f" {word}" in folded for word in words)


def _matching_items(words: list[str], version_ids: list[UUID]) -> Any:
    columns = (CourseItem.version_id, CourseItem.key, CourseItem.slug, CourseItem.title, CourseItem.position)
    query = select(*columns).where(
        CourseItem.version_id.in_(version_ids),
        *(CourseItem.search_text.contains(f" {word}", autoescape=True) for word in words),
    )
    return reader().execute(query.order_by(CourseItem.position).limit(10 * MAXIMUM_HITS))
