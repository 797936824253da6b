"""Writes: publishing a compiled course, withdrawing it. All or nothing per course; versions are only ever added."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select, text

from app.content.catalogue import forget_after_commit
from app.content.compile.course import CompiledCourse
from app.content.compile.item import CompiledItem
from app.content.models import Course, CourseItem, CourseSlug, CourseVersion, QuestionType
from app.content.publish_rules import (
    questions_of,
    refuse_dangerous_changes,
    refuse_foreign_base,
    refuse_taken_slug,
)
from app.extensions import db
from app.shared import media
from app.shared.clock import now
from app.shared.database import upsert
from app.shared.errors import NotFound
from app.shared.ids import new_id
from app.shared.log import record

_PUBLISHING_LOCK = 7_301_944
"""Number of the advisory lock: two nodes that start at once publish one after the other."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes; by default the operator's command."""

    actor_id: UUID | None = None
    role: str = "command"


COMMAND = Publisher()


@dataclass(frozen=True, slots=True)
class WrittenInBrowser:
    """The course was written in the workshop, which compares bases itself: a start of the program never publishes
    the folder that it shipped with over it."""

    place_id: UUID | None
    """The place whose course it is; None for everyone."""


@dataclass(frozen=True, slots=True)
class Published:
    """`outcome`: new (first version), published (one more), moved (only the address), unchanged."""

    course_id: UUID
    version_id: UUID
    number: int
    outcome: str


def publish_course(
    *,
    compiled: CompiledCourse,
    slug: str,
    replaces: bool = False,
    by: Publisher = COMMAND,
    written: WrittenInBrowser | None = None,
) -> Published:
    """Publish as the next version of the course with this key. Content that is already current changes nothing.

    `replaces` allows to publish over a version that the folder does not come from, or over edits made in the browser.

    Raises:
        CourseRefused: a question changed its type, or the edition went back.
        PublishedElsewhere, EditedInBrowser: `replaces` is needed.
        SlugTaken: another course has or had this address.
    """
    lock_publishing()
    course = db.session.scalar(select(Course).where(Course.key == compiled.header.key))
    is_new = course is None
    refuse_taken_slug(slug, course)
    if course is None:
        course = _new_course(compiled.header.key, slug)
    current = db.session.get(CourseVersion, course.current_version_id) if course.current_version_id else None
    has_moved = _move(course, slug)
    if written is not None:
        _give(course, written.place_id, by)
    if current is not None and current.content_hash == compiled.content_hash:
        return Published(course.id, current.id, current.number, "moved" if has_moved else "unchanged")
    if written is not None:
        course.edited_in_browser_at = now()
    elif current is not None and not replaces:
        refuse_foreign_base(course, current, compiled)
    refuse_dangerous_changes(course, current, compiled)
    version = _insert_version(course, compiled, by)
    if replaces:
        course.edited_in_browser_at = None
    db.session.flush()
    _log("publish_course", course, by)
    forget_after_commit()
    return Published(course.id, version.id, version.number, "new" if is_new else "published")


def lock_publishing() -> None:
    """One publisher at a time until the end of the transaction (on SQLite every writer is alone anyway)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _PUBLISHING_LOCK})


def withdraw_course(*, slug: str, reason: str, by: Publisher = COMMAND) -> None:
    """No new starts from now on; the address stays and says why. Who has begun may finish."""
    course = _course_at(slug)
    course.withdrawn_at = now()
    course.withdrawn_reason = reason
    db.session.flush()
    _log("withdraw_course", course, by)
    forget_after_commit()


def reinstate_course(*, slug: str, by: Publisher = COMMAND) -> None:
    """Open a withdrawn course again."""
    course = _course_at(slug)
    course.withdrawn_at = course.withdrawn_reason = None
    db.session.flush()
    _log("reinstate_course", course, by)
    forget_after_commit()


def _log(act: str, course: Course, by: Publisher) -> None:
    record(
        act,
        object_kind="course",
        object_id=course.id,
        actor_id=by.actor_id,
        actor_role=by.role,
        place_id=course.place_id,
    )


def _course_at(slug: str) -> Course:
    course = db.session.scalar(select(Course).where(Course.slug == slug))
    if course is None:
        raise NotFound
    return course


def _new_course(key: str, slug: str) -> Course:
    position, number = db.session.execute(
        select(func.coalesce(func.max(Course.position), 0), func.coalesce(func.max(Course.number), 0))
    ).one()
    course = Course(id=new_id(), key=key, slug=slug, position=position + 1, number=number + 1)
    db.session.add(course)
    db.session.flush()
    return course


def _move(course: Course, slug: str) -> bool:
    """Give the course its new address; the old one leads on to it."""
    if course.slug == slug:
        return False
    db.session.execute(upsert(CourseSlug).values(slug=course.slug, course_id=course.id).on_conflict_do_nothing())
    returned = db.session.get(CourseSlug, slug)
    if returned is not None:
        db.session.delete(returned)
    course.slug = slug
    db.session.flush()
    forget_after_commit()
    return True


def _give(course: Course, place_id: UUID | None, by: Publisher) -> None:
    """The course is this place's from now on; None: everyone's."""
    if course.place_id == place_id:
        return
    course.place_id = place_id
    db.session.flush()
    _log("give_course", course, by)
    forget_after_commit()


def _insert_version(course: Course, compiled: CompiledCourse, by: Publisher) -> CourseVersion:
    _store_media(compiled)
    header = compiled.header
    latest = select(func.coalesce(func.max(CourseVersion.number), 0)).where(CourseVersion.course_id == course.id)
    version = CourseVersion(
        id=new_id(),
        course_id=course.id,
        number=db.session.execute(latest).scalar_one() + 1,
        edition=header.edition,
        content_hash=compiled.content_hash,
        title=header.title,
        goal=header.goal,
        summary=header.summary,
        audience=header.audience,
        language=header.language,
        minutes=header.minutes,
        valid_for_days=header.valid_for_days,
        meta=header.meta,
        required_items=list(compiled.required_items),
        files=compiled.files,
        published_at=now(),
        published_by=by.actor_id,
    )
    db.session.add(version)
    db.session.flush()
    db.session.execute(insert(CourseItem), [_item_row(version.id, item) for item in compiled.items])
    _remember_types(course, compiled)
    course.current_version_id = version.id
    return version


def _store_media(compiled: CompiledCourse) -> None:
    for sound in compiled.sounds:
        media.store(sound.content, sound.extension)
    for picture in compiled.pictures:
        media.store(picture.content, picture.extension)
        if picture.other:
            media.store(picture.other.content, picture.other.extension)


def _item_row(version_id: UUID, item: CompiledItem) -> dict[str, object]:
    return {
        "id": new_id(),
        "version_id": version_id,
        "position": item.position,
        "kind": item.kind,
        "key": item.key,
        "slug": item.slug,
        "title": item.title,
        "minutes": item.minutes,
        "body": item.body.encode(),
        "search_text": item.search_text,
        "quiz": item.quiz.to_json() if item.quiz else None,
        "data": item.data,
        "source_hash": item.source_hash,
    }


def _remember_types(course: Course, compiled: CompiledCourse) -> None:
    rows = [
        {"id": new_id(), "course_id": course.id, "item_key": item.key, "question_key": key, "type": kind}
        for item, key, kind in questions_of(compiled)
    ]
    if rows:
        db.session.execute(upsert(QuestionType).values(rows).on_conflict_do_nothing())
