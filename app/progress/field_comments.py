"""What team members who use a course with people tell its authors. Read in the workshop, without a name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from app.extensions import db
from app.people.locks import lock_canonical
from app.people.queries import learner_kind_and_place
from app.progress.models import FieldComment
from app.progress.queries import records_of
from app.shared.clock import now
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id
from app.shared.log import record

LONGEST_TEXT = 1000
MOST_A_DAY = 30
_comment = FieldComment.__table__


class TooManyComments(Refusal):
    status = 429
    sentence = "Hôm nay đã gửi 30 góp ý. Ngày mai gửi tiếp giúp, hoặc gọi thẳng người soạn."


@dataclass(frozen=True, slots=True)
class Comments:
    """Which comments: of these courses; handled, not handled, or (None) all."""

    course_ids: Collection[UUID]
    handled: bool | None = None


def write_comment(*, person_id: UUID, course_id: UUID, item_key: str, text: str) -> None:
    """Keep what a member says, with the commune of their team. The same words again, not yet handled, change nothing.

    Raises:
        TooManyComments: nothing is stored.
    """
    own = select(_comment.c.text, _comment.c.item_key, _comment.c.course_id, _comment.c.handled_at).where(
        _comment.c.person_id.in_(records_of(lock_canonical(person_id))),
        _comment.c.written_at > now() - timedelta(days=1),
    )
    today = db.session.execute(own).all()
    if (text, item_key, course_id, None) in [tuple(row) for row in today]:
        return
    if len(today) >= MOST_A_DAY:
        raise TooManyComments
    moment = now()
    capacity = learner_kind_and_place(person_id, "team", moment)
    db.session.add(
        FieldComment(
            id=new_id(),
            person_id=person_id,
            course_id=course_id,
            item_key=item_key,
            text=text,
            commune_id=capacity.commune_id if capacity else None,
            written_at=moment,
        )
    )
    db.session.flush()


def list_own_comments(canonical_id: UUID, course_id: UUID) -> list[FieldComment]:
    """Newest first."""
    query = select(FieldComment).where(
        FieldComment.person_id.in_(records_of(canonical_id)), FieldComment.course_id == course_id
    )
    return list(db.session.scalars(query.order_by(FieldComment.written_at.desc())))


def delete_own_comment(comment_id: UUID, canonical_id: UUID) -> UUID:
    """Forget it; returns the course that it was about.

    Raises:
        NotFound: there is no such comment of this person.
    """
    query = select(FieldComment).where(
        FieldComment.id == comment_id, FieldComment.person_id.in_(records_of(canonical_id))
    )
    comment = db.session.scalar(query)
    if comment is None:
        raise NotFound
    db.session.delete(comment)
    db.session.flush()
    return comment.course_id


def list_comments(which: Comments, *, limit: int, offset: int = 0) -> list[FieldComment]:
    """Newest first."""
    newest_first = (FieldComment.written_at.desc(), FieldComment.id)
    return list(db.session.scalars(_select(which).order_by(*newest_first).limit(limit).offset(offset)))


def count_comments(which: Comments) -> int:
    return db.session.scalar(select(func.count()).select_from(_select(which).subquery())) or 0


def count_comments_by_course(which: Comments) -> dict[UUID, int]:
    """Courses without any are left out."""
    found = _select(which).subquery()
    rows = db.session.execute(select(found.c.course_id, func.count()).group_by(found.c.course_id))
    return {course_id: count for course_id, count in rows}  # noqa: C416 -- a Result is no mapping


def find_comment(comment_id: UUID) -> FieldComment | None:
    return db.session.get(FieldComment, comment_id)


def handle_comment(comment: FieldComment, *, is_handled: bool, by: UUID, role: str, place_id: UUID | None) -> None:
    """Say that something was done about it, or that there still is something to do. Again changes nothing."""
    if is_handled == (comment.handled_at is not None):
        return
    comment.handled_at = now() if is_handled else None
    comment.handled_by = by if is_handled else None
    db.session.flush()
    record(
        "handle_comment" if is_handled else "reopen_comment",
        object_kind="field_comment",
        object_id=comment.id,
        actor_id=by,
        actor_role=role,
        place_id=place_id,
    )


def _select(which: Comments) -> Select[FieldComment]:
    query = select(FieldComment).where(FieldComment.course_id.in_(which.course_ids))
    if which.handled is None:
        return query
    is_handled = FieldComment.handled_at.is_not(None)
    return query.where(is_handled if which.handled else ~is_handled)
