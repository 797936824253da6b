"""The address under which a course will be, or is: unique among drafts and courses, former addresses included."""

from sqlalchemy import select

from app.access.actor import Actor
from app.authoring.drafts import lock_draft, note_event, touch
from app.authoring.models import CourseDraft
from app.content.compile.text import is_key
from app.content.models import Course, CourseSlug
from app.extensions import db
from app.shared.errors import NotFound, Refusal


class AddressTaken(Refusal):
    status = 409
    sentence = "Địa chỉ này đã có khóa học khác dùng. Chọn địa chỉ khác."


class AddressOdd(Refusal):
    status = 422
    sentence = "Địa chỉ chỉ dùng chữ không dấu, số và gạch nối, ví dụ: tranh-tin-nhan-gia."


def address_is_taken(slug: str) -> bool:
    """Whether a draft or a course has this address, or a course once had it."""
    columns = (CourseDraft.slug, Course.slug, CourseSlug.slug)
    return any(db.session.scalar(select(column).where(column == slug).limit(1)) for column in columns)


def free_address(slug: str) -> str:
    """The address itself, or the first one like it that nobody has."""
    free, number = slug, 1
    while address_is_taken(free):
        number += 1
        free = f"{slug}-{number}"
    return free


def change_address(draft: CourseDraft, slug: str, by: Actor) -> None:
    """Another address for a course that was never published; a published one keeps its own. It is for ever, so who
    approved the course under another address has not approved this one."""
    lock_draft(draft)
    if draft.course_id is not None:
        raise NotFound
    if not is_key(slug):
        raise AddressOdd
    if slug == draft.slug:
        return
    if address_is_taken(slug):
        raise AddressTaken
    before, draft.slug = draft.slug, slug
    touch(draft, by)
    note_event(draft, "change_address", by, before=before, after=slug)


def follow_course(draft: CourseDraft) -> None:
    """Give the draft the address of its course, which a folder under another name may have moved."""
    slug = db.session.scalar(select(Course.slug).where(Course.id == draft.course_id)) if draft.course_id else None
    if slug and slug != draft.slug:
        make_way(slug)
        draft.slug = slug
        db.session.flush()


def make_way(slug: str) -> None:
    """A course has this address now: a draft of another course that was to have it gets one like it."""
    other = db.session.scalar(select(CourseDraft).where(CourseDraft.slug == slug))
    if other is not None:
        other.slug = free_address(slug)
        db.session.flush()
