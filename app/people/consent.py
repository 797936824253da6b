"""Consent: a yes to one purpose, never assumed, with the version of the text shown. Withdrawn, never deleted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import select, update

from app.extensions import db
from app.people.models import Consent
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.ids import new_id

LEARNING_RECORD = "learning_record"
CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a person is asked to agree to."""

    key: str
    text_version: str
    """Raised whenever the sentence changes in meaning; old consents keep the version that was shown."""
    sentence: LazyString


PURPOSES: dict[str, Purpose] = {
    LEARNING_RECORD: Purpose(
        LEARNING_RECORD,
        "2026-11",
        lazy_gettext("Tôi đồng ý cho Học Số lưu họ tên, số điện thoại và kết quả học của tôi."),
    ),
    CONTACT: Purpose(
        CONTACT,
        "2026-11",
        lazy_gettext("Tôi đồng ý để tổ công nghệ số của xã gọi điện giúp tôi học."),
    ),
}
"""One unticked box for each. A form names the purposes that it asks for."""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A consent as its person sees it."""

    purpose: str
    sentence: str
    text_version: str
    given_at: datetime
    withdrawn_at: datetime | None


def give_consent(*, person_id: UUID, purpose: str, asked_by: UUID | None = None) -> None:
    """Note a yes to the present text of `purpose`; a yes that still stands is not noted twice.

    `asked_by` is the person who asked face to face; None when the form itself did.
    """
    version = PURPOSES[purpose].text_version
    standing = _standing(person_id, purpose)
    if standing and standing.text_version == version:
        return
    row = {"person_id": person_id, "purpose": purpose, "text_version": version, "asked_by": asked_by}
    db.session.add(Consent(id=new_id(), given_at=now(), **row))
    db.session.flush()


def withdraw_consent(*, person_id: UUID, purpose: str) -> None:
    """Take back every standing yes to `purpose`; twice is once.

    Raises:
        NotFound: there is no such purpose.
    """
    if purpose not in PURPOSES:
        raise NotFound
    while standing := _standing(person_id, purpose):
        standing.withdrawn_at = now()
        db.session.flush()


def withdraw_all_consents(person_id: UUID) -> None:
    """Take back every standing yes of a person who is being erased."""
    standing = (Consent.person_id == person_id) & Consent.withdrawn_at.is_(None)
    db.session.execute(update(Consent).where(standing).values(withdrawn_at=now()))


def list_consents(person_id: UUID) -> list[ConsentGiven]:
    """All that the person ever agreed to, newest first."""
    query = select(Consent).where(Consent.person_id == person_id).order_by(Consent.given_at.desc())
    return [
        ConsentGiven(
            consent.purpose,
            str(PURPOSES[consent.purpose].sentence) if consent.purpose in PURPOSES else consent.purpose,
            consent.text_version,
            consent.given_at,
            consent.withdrawn_at,
        )
        for consent in db.session.scalars(query)
    ]


def has_consented(person_id: UUID, purpose: str) -> bool:
    """Whether a yes to `purpose`, in whatever version of the text, stands today."""
    return _standing(person_id, purpose) is not None


def _standing(person_id: UUID, purpose: str) -> Consent | None:
    query = select(Consent).where(
        Consent.person_id == person_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
    )
    return db.session.scalar(query.limit(1))
