"""What a person's own pages about ways in show: sessions, PIN, recovery codes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.access.actor import Actor, WayIn
from app.extensions import db
from app.people.models import Card, Person, PinCredential, RecoveryCode, SignInSession
from app.shared.clock import now
from app.shared.database import reader
from app.shared.errors import NotFound

_card = Card.__table__
_person = Person.__table__
_credential = PinCredential.__table__


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One device on which the person is in."""

    id: str
    way_in: str
    began_at: datetime
    last_seen_at: datetime


def list_own_sessions(actor: Actor) -> list[OwnSession]:
    """The sessions that are open, the one used last first."""
    moment = now()
    query = (
        select(SignInSession)
        .where(
            SignInSession.person_id == actor.person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > moment,
        )
        .order_by(SignInSession.last_seen_at.desc(), SignInSession.id)
    )
    return [
        OwnSession(session.id, session.way_in, session.created_at, session.last_seen_at)
        for session in db.session.scalars(query)
        if session.last_seen_at + timedelta(minutes=session.idle_minutes) > moment
    ]


def get_own_session(actor: Actor, session_id: str) -> OwnSession:
    """The open session of the actor with this id.

    Raises:
        NotFound: it is not the actor's, or has ended.
    """
    found = next((session for session in list_own_sessions(actor) if session.id == session_id), None)
    if found is None:
        raise NotFound
    return found


def has_pin(actor: Actor) -> bool:
    """Whether the actor has chosen a PIN. Outside the request's transaction, which slow hashing must precede."""
    query = select(_credential.c.person_id).where(_credential.c.person_id == actor.person_id)
    return reader().execute(query).first() is not None


def has_phone(actor: Actor) -> bool:
    """Whether the actor can come in by phone number."""
    query = select(_person.c.phone).where(_person.c.id == actor.person_id)
    return reader().execute(query).scalar() is not None


def count_recovery_codes(actor: Actor) -> int:
    """How many recovery codes are still unused."""
    query = select(func.count()).where(RecoveryCode.person_id == actor.person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(query) or 0


def finds_back(actor: Actor) -> bool:
    """Whether the person can come in again after leaving: by phone number, printed card or password."""
    if actor.way_in == WayIn.STAFF or has_phone(actor):
        return True
    living = (_card.c.person_id == actor.person_id, _card.c.revoked_at.is_(None), _card.c.expires_at > now())
    return reader().execute(select(_card.c.id).where(*living).limit(1)).first() is not None
