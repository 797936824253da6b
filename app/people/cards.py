"""Cards (thẻ học): a QR with a random token, and a code to type where there is no camera. They ask for the PIN.

For learners only: a card opens no staff role, and gaining one ends the card.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.extensions import db
from app.people.grants import revoke_cards
from app.people.keyed_hash import keyed_hash
from app.people.models import Card, Person
from app.people.one_time import Executor, holds_staff_role
from app.people.qr import qr_svg
from app.people.sessions import hash_token
from app.people.typed_codes import make_code, read_code, spaced
from app.shared import log
from app.shared.clock import now
from app.shared.database import reader
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id
from app.shared.settings import settings

TYPED_LENGTH = 12
TOKEN_LENGTH = 32
"""Of the text in the QR: 24 random bytes in base64url."""
LIFE = timedelta(days=365)


class StaffHaveNoCard(Refusal):
    status = 409
    sentence = "Cán bộ không dùng thẻ học. Anh chị đăng nhập bằng mật khẩu giúp."


@dataclass(frozen=True, slots=True)
class PrintableCard:
    """A card just issued. Its secrets are stored hashed: what is not printed now is gone."""

    typed_code: str
    """"BCFG HJKM NPQR"."""
    qr_svg: str
    valid_until: datetime


def issue_card(*, person_id: UUID, actor: Actor) -> PrintableCard:
    """Give a learner a new card, valid 12 months; the one before is dead at once.

    Raises:
        NotFound: there is no such registered person.
        StaffHaveNoCard: the person holds a staff role.
    """
    person = db.session.get(Person, person_id)
    if person is None or person.erased_at or not person.is_registered:
        raise NotFound
    if holds_staff_role(person_id, db.session):
        raise StaffHaveNoCard
    revoke_cards(person_id)
    token, typed_code, moment = secrets.token_urlsafe(24), make_code(TYPED_LENGTH), now()
    card = Card(
        id=new_id(),
        person_id=person_id,
        token_hash=hash_token(token),
        typed_code_hash=_typed_hash(typed_code),
        issued_at=moment,
        expires_at=moment + LIFE,
    )
    db.session.add(card)
    db.session.flush()
    log.record(
        "issue_card", object_kind="person", object_id=person_id, actor_id=actor.person_id, actor_role=actor.capacity
    )
    link = f"{settings().base_url}/card#{token}"
    return PrintableCard(spaced(typed_code), qr_svg(link), card.expires_at)


def is_token(text: str) -> bool:
    """Whether this came out of a QR; else somebody typed it."""
    return len(text) == TOKEN_LENGTH


def find_by_token(token: str) -> UUID | None:
    """Whose living card has this QR, or None."""
    return _find_person(reader(), Card.token_hash == hash_token(token))


def find_by_typed_code(typed: str, session: Session) -> UUID | None:
    """Whose living card has this code, or None."""
    code = read_code(typed, TYPED_LENGTH)
    return _find_person(session, Card.typed_code_hash == _typed_hash(code)) if code else None


def _find_person(connection: Executor, which: ColumnElement[bool]) -> UUID | None:
    query = (
        select(Card.person_id)
        .join(Person, Person.id == Card.person_id)
        .where(which, Card.revoked_at.is_(None), Card.expires_at > now())
        .where(Person.disabled_at.is_(None), Person.erased_at.is_(None))
    )
    person_id = connection.execute(query).scalar_one_or_none()
    return None if person_id is None or holds_staff_role(person_id, connection) else person_id


def _typed_hash(code: str) -> str:
    return keyed_hash("card", code)
