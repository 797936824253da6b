"""Writing evidence of learning: visits, attempts, answers, and the completion that follows. Flush, never commit.

The learner is locked first, so that two tabs, two devices and a double tap take turns.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import bindparam, func, select, update

from app.content.queries import Item, list_withdrawals
from app.extensions import db
from app.people.locks import lock_canonical
from app.people.models import Person
from app.progress.completing import complete_if_earned
from app.progress.evidence import Learning
from app.progress.models import Answer, Attempt, HintUse, Submission, Visit
from app.progress.queries import StoredAttempt, evidence_of
from app.shared.clock import now
from app.shared.database import built_once, upsert, writer
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id


class SubmissionChanged(Refusal):
    """One submission id came with two different bodies."""

    status = 422
    sentence = "Câu trả lời này đã được gửi với nội dung khác. Bác mở lại câu hỏi để xem giúp."


class AttemptFinished(Refusal):
    status = 409
    sentence = "Lượt làm bài này đã xong. Bác bấm Làm lại để làm lượt mới."


class WaitForNextAttempt(Refusal):
    """The author wants some time between two attempts."""

    status = 409


class NoAttemptsLeft(Refusal):
    status = 409
    sentence = "Bác đã làm hết số lượt của bài này. Bác hỏi người tổ chức lớp giúp."


class ItemWithdrawn(Refusal):
    """The item is no longer taught. What was done in it before stays."""

    status = 409
    sentence = "Mục này đã ngừng nên không nhận thêm kết quả. Những gì đã làm vẫn còn. Bác học mục khác giúp."


_answer = Answer.__table__
_attempt = Attempt.__table__
_CLOSE_ATTEMPT = (
    update(Attempt)
    .where(_attempt.c.id == bindparam("attempt_id"), _attempt.c.happened_at.is_(None))
    .values({name: bindparam(name) for name in ("score", "maximum", "passed", "happened_at", "received_at")})
)


def refuse_withdrawn(course_id: UUID, item_key: str, happened_at: datetime | None = None) -> None:
    """Raise ItemWithdrawn for what is done in an item after it was withdrawn; what was done before and comes late
    is taken.
    """
    moment = happened_at or now()
    if any(found.item_key == item_key and found.since <= moment for found in list_withdrawals(course_id)):
        raise ItemWithdrawn


def record_visit(learning: Learning, item: Item, *, happened_at: datetime | None = None) -> bool:
    """Note that the lesson was read; returns whether it was the last thing missing, so that the course is complete.

    Raises:
        ItemWithdrawn: nothing is stored; like in all acts below.
    """
    refuse_withdrawn(learning.version.course_id, item.key, happened_at)
    lock_canonical(learning.person_id)
    evidence = evidence_of(learning.person_id, learning.version)
    if item.key not in evidence.done:
        visit = {"id": new_id(), **_frame(learning, item, evidence.term), **_times(happened_at)}
        writer().execute(_insert_visit(), visit)
    return complete_if_earned(learning, evidence.with_done(item.key, learning), happened_at=happened_at)


def start_attempt(learning: Learning, item: Item, drawn: list[Any]) -> Attempt:
    """Open an attempt, or go on with the one that is open: a double tap starts one.

    Raises:
        NoAttemptsLeft: the author allows fewer attempts than were finished.
    """
    assert item.quiz is not None  # noqa: S101 -- a lesson has no route that leads here
    refuse_withdrawn(learning.version.course_id, item.key)
    lock_canonical(learning.person_id)
    evidence = evidence_of(learning.person_id, learning.version)
    open_attempt = db.session.scalar(
        select(Attempt).where(
            Attempt.person_id == learning.person_id,
            Attempt.version_id == learning.version.id,
            Attempt.item_key == item.key,
            Attempt.term == evidence.term,
            Attempt.happened_at.is_(None),
        )
    )
    if open_attempt:
        return open_attempt
    if item.quiz.attempts and evidence.attempts.get(item.key, 0) >= item.quiz.attempts:
        raise NoAttemptsLeft
    if item.quiz.wait_minutes:
        _refuse_haste(learning, item, item.quiz.wait_minutes)
    attempt = Attempt(
        id=new_id(),
        **_frame(learning, item, evidence.term),
        drawn=drawn,
        pass_mark=item.quiz.pass_mark,
        feedback=item.quiz.feedback,
        started_at=now(),
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def _refuse_haste(learning: Learning, item: Item, minutes: int) -> None:
    canonical_id = select(Person.canonical_id).where(Person.id == learning.person_id).scalar_subquery()
    latest = db.session.scalar(
        select(func.max(Attempt.happened_at)).where(
            Attempt.person_id.in_(select(Person.id).where(Person.canonical_id == canonical_id)),
            Attempt.course_id == learning.version.course_id,
            Attempt.item_key == item.key,
        )
    )
    if latest is not None and latest + timedelta(minutes=minutes) > now():
        left = ceil((latest + timedelta(minutes=minutes) - now()) / timedelta(minutes=1))
        raise WaitForNextAttempt(gettext("Bác nghỉ một chút, %(minutes)s phút nữa mới làm lại được.", minutes=left))


def open_hints(attempt_id: UUID, question_key: str) -> None:
    """Note that the hints of a question were opened; again changes nothing. The caller has locked the learner."""
    row = {"attempt_id": attempt_id, "question_key": question_key, "opened_at": now()}
    db.session.execute(upsert(HintUse).values(row).on_conflict_do_nothing())


def take_submission(submission_id: UUID, person_id: UUID, body_hash: str, attempt_id: UUID) -> bool:
    """Whether this submission is new. A repeat with the same body is False: answer it like the first.

    Raises:
        SubmissionChanged: the same id with another body.
        NotFound: the id was used by another person; nothing of theirs is shown.
    """
    row = {
        "id": submission_id,
        "person_id": person_id,
        "body_hash": body_hash,
        "attempt_id": attempt_id,
        "received_at": now(),
    }
    if writer().execute(_insert_submission(), row).one_or_none() is not None:
        return True
    earlier = db.session.execute(
        select(Submission.person_id, Submission.body_hash).where(Submission.id == submission_id)
    ).one()
    if earlier.person_id != person_id:
        raise NotFound
    if earlier.body_hash != body_hash:
        raise SubmissionChanged
    return False


def store_answer(
    attempt: StoredAttempt, question_key: str, response: Sequence[str], score: float, maximum: float
) -> bool:
    """Keep an answer; returns whether it was taken.

    With feedback after each question the first answer stands; otherwise it may change until the attempt is handed in.

    Raises:
        AttemptFinished: nothing can be added to a finished attempt.
    """
    if attempt.happened_at is not None:
        raise AttemptFinished
    refuse_withdrawn(attempt.course_id, attempt.item_key)
    row = {
        "attempt_id": attempt.id,
        "question_key": question_key,
        "response": list(response),
        "score": score,
        "maximum": maximum,
        "given_at": now(),
    }
    return writer().execute(_insert_answer(is_final=attempt.feedback == "each"), row).one_or_none() is not None


def finish_attempt(
    attempt: StoredAttempt, learning: Learning, item: Item, *, score: float, maximum: float, passed: bool | None
) -> bool:
    """Close an attempt with its result; returns whether the pass was the last thing missing for the course.

    `passed` is None while answers that decide it wait for a trainer. The caller has locked the learner.
    """
    refuse_withdrawn(attempt.course_id, attempt.item_key)
    moment = now()
    result = {"score": score, "maximum": maximum, "passed": passed, "happened_at": moment, "received_at": moment}
    closed = writer().execute(_CLOSE_ATTEMPT, {"attempt_id": attempt.id, **result})
    if not closed.rowcount or not passed:
        return False
    evidence = evidence_of(learning.person_id, learning.version)
    return complete_if_earned(learning, evidence.with_done(item.key, learning))


@built_once
def _insert_visit() -> Any:
    return upsert(Visit.__table__).on_conflict_do_nothing()


@built_once
def _insert_submission() -> Any:
    return upsert(Submission.__table__).on_conflict_do_nothing().returning(Submission.__table__.c.id)


@built_once
def _insert_answer(*, is_final: bool) -> Any:
    statement = upsert(_answer)
    if is_final:
        statement = statement.on_conflict_do_nothing()
    else:
        changed = {column.name: statement.excluded[column.name] for column in _answer.c if not column.primary_key}
        statement = statement.on_conflict_do_update(index_elements=list(_answer.primary_key), set_=changed)
    return statement.returning(_answer.c.question_key)


def _frame(learning: Learning, item: Item, term: int) -> dict[str, Any]:
    return {
        "person_id": learning.person_id,
        "course_id": learning.version.course_id,
        "version_id": learning.version.id,
        "edition": learning.version.edition,
        "term": term,
        "item_key": item.key,
        "mode": learning.mode,
        "recorder_id": learning.recorder_id,
    }


def _times(happened_at: datetime | None) -> dict[str, datetime]:
    moment = now()
    return {"happened_at": happened_at or moment, "received_at": moment}
