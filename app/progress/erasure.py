"""What is left of a person's learning when that person is erased: scores without words, in half-months."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import delete, select, update

from app.extensions import db
from app.progress.models import (
    Answer,
    AnswerMark,
    Attempt,
    FieldComment,
    HardSpot,
    HintUse,
    SignOff,
    SignOffCode,
    Submission,
    Visit,
)
from app.progress.periods import half_start
from app.shared.clock import VIETNAM, local_date


def erase_evidence(person_id: UUID) -> None:
    """Delete what was read and sent, empty what was answered, cut the times of attempts; again is harmless."""
    for model in (Visit, Submission, SignOff, SignOffCode, HardSpot, FieldComment):
        db.session.execute(delete(model).where(model.person_id == person_id))
    for attempt in db.session.scalars(select(Attempt).where(Attempt.person_id == person_id)):
        began = _cut(attempt.started_at)
        emptied = update(Answer).where(Answer.attempt_id == attempt.id).values(response=[], given_at=began)
        db.session.execute(emptied)
        marks = update(AnswerMark).where(AnswerMark.attempt_id == attempt.id)
        db.session.execute(marks.values(comment="", marked_at=began))
        db.session.execute(update(HintUse).where(HintUse.attempt_id == attempt.id).values(opened_at=began))
        attempt.started_at = began
        attempt.happened_at = _cut(attempt.happened_at) if attempt.happened_at else None
        attempt.received_at = _cut(attempt.received_at) if attempt.received_at else None
    db.session.flush()


def _cut(moment: datetime) -> datetime:
    """The beginning of the half-month."""
    return datetime.combine(half_start(local_date(moment)), time(), VIETNAM)
