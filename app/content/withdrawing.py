"""Withdrawing one item of a course, everywhere at once and in every version, and opening it again.

Withdrawing a whole course stands in `actions`. What people earned before is never touched.
"""

from uuid import UUID

from sqlalchemy import delete, select

from app.content.actions import COMMAND, Publisher, lock_publishing
from app.content.catalogue import forget_after_commit
from app.content.models import Course, CourseVersion, WithdrawnItem
from app.content.queries import Item, get_version
from app.extensions import db
from app.shared.clock import now
from app.shared.database import upsert
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id
from app.shared.log import record

LONGEST_REASON = 300


class ReasonMissing(Refusal):
    status = 422
    sentence = "Viết lý do giúp: người học đọc được lời này."


class ReasonTooLong(Refusal):
    status = 422
    sentence = "Lý do dài quá 300 chữ cái. Viết ngắn lại giúp."


class LastItem(Refusal):
    """Without it nothing would be left that makes a completion."""

    status = 409
    sentence = "Đây là mục cuối cùng còn tính hoàn thành. Muốn ngừng mục này thì ngừng cả khóa học."


def withdraw_item(*, course_id: UUID, item_key: str, reason: str, by: Publisher = COMMAND) -> bool:
    """No new visits, attempts or sign-offs from now on; its page says why. Again changes nothing and gives False.

    Raises:
        NotFound: the current version has no such item.
        ReasonMissing, ReasonTooLong: nothing is changed.
        LastItem: withdraw the course instead.
    """
    check_reason(reason)
    lock_publishing()
    course, item = _item_of(course_id, item_key)
    if _is_last(course, item_key):
        raise LastItem
    row = {
        "id": new_id(),
        "course_id": course_id,
        "item_key": item_key,
        "reason": reason,
        "withdrawn_at": now(),
        "withdrawn_by": by.actor_id,
    }
    insert = upsert(WithdrawnItem).values(row).on_conflict_do_nothing().returning(WithdrawnItem.id)
    if db.session.execute(insert).first() is None:
        return False
    _log("withdraw_item", course, item, by)
    return True


def reinstate_item(*, course_id: UUID, item_key: str, by: Publisher = COMMAND) -> bool:
    """The item is taught again. Gives False where it was not withdrawn.

    Raises:
        NotFound: the current version has no such item.
    """
    course, item = _item_of(course_id, item_key)
    is_this = (WithdrawnItem.course_id == course_id, WithdrawnItem.item_key == item_key)
    if db.session.execute(delete(WithdrawnItem).where(*is_this).returning(WithdrawnItem.id)).first() is None:
        return False
    _log("reinstate_item", course, item, by)
    return True


def check_reason(reason: str) -> None:
    """Raises ReasonMissing or ReasonTooLong."""
    if not reason.strip():
        raise ReasonMissing
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong


def is_last_item(course_id: UUID, item_key: str) -> bool:
    """Whether `withdraw_item` would refuse with LastItem."""
    return _is_last(_item_of(course_id, item_key)[0], item_key)


def _item_of(course_id: UUID, item_key: str) -> tuple[Course, Item]:
    course = db.session.get(Course, course_id)
    if course is None or course.current_version_id is None:
        raise NotFound
    item = get_version(course.current_version_id).item_by_key(item_key)
    if item is None:
        raise NotFound
    return course, item


def _is_last(course: Course, item_key: str) -> bool:
    """Whether the item is the only one left of those that make a completion."""
    version = db.session.get_one(CourseVersion, course.current_version_id)
    withdrawn = set(db.session.scalars(select(WithdrawnItem.item_key).where(WithdrawnItem.course_id == course.id)))
    return [key for key in version.required_items if key not in withdrawn] == [item_key]


def _log(act: str, course: Course, item: Item, by: Publisher) -> None:
    """The item's own id names version and key for ever; the row in `withdrawn_item` goes when it is opened again."""
    db.session.flush()
    record(
        act,
        object_kind="course_item",
        object_id=item.id,
        actor_id=by.actor_id,
        actor_role=by.role,
        place_id=course.place_id,
    )
    forget_after_commit()
