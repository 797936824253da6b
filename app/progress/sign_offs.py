"""Practices that somebody else has seen: a code of the learner's, the acts that the observer ticks, the sign-off.

The observer learns nothing about the learner, and needs to know nothing: the two stand in front of each other.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session

from app.content.compile.practice import Practice
from app.content.models import Course
from app.content.queries import Item, Version, get_version
from app.extensions import db
from app.people.keyed_hash import keyed_hash
from app.people.locks import lock_canonical
from app.people.models import Person
from app.progress.actions import record_visit, refuse_withdrawn
from app.progress.evidence import Learning
from app.progress.models import SignOff, SignOffCode
from app.progress.queries import evidence_of
from app.shared.clock import now
from app.shared.database import upsert
from app.shared.errors import Refusal
from app.shared.ids import new_id

ALONE, HELPED = "alone", "helped"
CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=30)
_PURPOSE = "sign-off"


class UnknownSignOffCode(Refusal):
    status = 404
    sentence = "Mã này không đúng hoặc đã quá 30 phút. Nhờ người học bấm “Lấy mã” lại rồi đọc mã mới."


class OwnSignOff(Refusal):
    """Nobody is their own observer."""

    status = 409
    sentence = "Người học không tự xác nhận cho mình được. Nhờ một người khác xem và xác nhận giúp."


class ActsMissing(Refusal):
    status = 422
    sentence = "Chọn “Tự làm” hoặc “Có người giúp” cho từng việc đã nhìn thấy. Việc nào chưa làm được thì để lần khác."


@dataclass(frozen=True, slots=True)
class PracticeToSign:
    """What a code stands for."""

    person_id: UUID
    version: Version
    item: Item
    practice: Practice


def make_sign_off_code(*, person_id: UUID, course_id: UUID, item_key: str) -> tuple[str, datetime]:
    """Six digits for one practice, good for half an hour, and until when. An earlier one of this person ends.

    Raises:
        ItemWithdrawn: the practice is no longer taught.
    """
    refuse_withdrawn(course_id, item_key)
    db.session.execute(
        delete(SignOffCode).where((SignOffCode.person_id == person_id) | (SignOffCode.expires_at < now()))
    )
    until = now() + CODE_LIFE
    while True:
        digits = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        row = {
            "code_hash": keyed_hash(_PURPOSE, digits),
            "person_id": person_id,
            "course_id": course_id,
            "item_key": item_key,
            "expires_at": until,
        }
        inserted = db.session.execute(
            upsert(SignOffCode).values(row).on_conflict_do_nothing().returning(SignOffCode.code_hash)
        )
        if inserted.one_or_none() is not None:
            return digits, until


def find_practice_to_sign(typed: str, session: Session | scoped_session[Any]) -> PracticeToSign | None:
    """The practice that a code stands for, or None for a code that is wrong or too old."""
    digits = "".join(c for c in typed if c.isdigit() and c.isascii())
    if len(digits) != CODE_DIGITS:
        return None
    row = session.execute(
        select(SignOffCode.person_id, SignOffCode.item_key, Course.current_version_id)
        .join(Course, Course.id == SignOffCode.course_id)
        .where(SignOffCode.code_hash == keyed_hash(_PURPOSE, digits), SignOffCode.expires_at >= now())
    ).one_or_none()
    if row is None:
        return None
    version = get_version(row.current_version_id)
    item = version.item_by_key(row.item_key)
    if item is None or item.practice is None:
        return None
    return PracticeToSign(row.person_id, version, item, item.practice)


def sign_off(*, found: PracticeToSign, acts: Mapping[str, str], observer_id: UUID) -> bool:
    """Record that every act was seen; the practice is done. Returns whether the course is complete with it.

    A practice in which somebody helped counts as assisted.

    Raises:
        OwnSignOff: observer and learner are one person.
        ActsMissing: an act was not seen, or something else was said than alone or helped.
        ItemWithdrawn: the practice was withdrawn after the code was made.
    """
    refuse_withdrawn(found.version.course_id, found.item.key)
    seen = {act.key: acts.get(act.key, "") for act in found.practice.acts}
    if any(how not in (ALONE, HELPED) for how in seen.values()):
        raise ActsMissing
    lock_canonical(found.person_id)
    if _canonical(found.person_id) == _canonical(observer_id):
        raise OwnSignOff
    mode = "assisted" if HELPED in seen.values() else "self"
    evidence = evidence_of(found.person_id, found.version)
    moment = now()
    row = {
        "id": new_id(),
        "person_id": found.person_id,
        "course_id": found.version.course_id,
        "version_id": found.version.id,
        "edition": found.version.edition,
        "term": evidence.term,
        "item_key": found.item.key,
        "observer_id": observer_id,
        "acts": seen,
        "happened_at": moment,
        "received_at": moment,
    }
    db.session.execute(upsert(SignOff).values(row).on_conflict_do_nothing())
    db.session.execute(delete(SignOffCode).where(SignOffCode.person_id == found.person_id))
    return record_visit(Learning(found.person_id, found.version, mode, observer_id), found.item)


def _canonical(person_id: UUID) -> UUID | None:
    return db.session.scalar(select(Person.canonical_id).where(Person.id == person_id))
