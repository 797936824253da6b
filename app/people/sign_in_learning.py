"""Whose learning does this device hold? Signing in never takes it over without that question."""

from uuid import UUID

from sqlalchemy import update

from app.access.actor import Actor
from app.extensions import db
from app.people.actions import merge_people
from app.people.models import Person, SignInSession
from app.shared.errors import NotFound


def ask_whose_learning(actor: Actor, guest_id: UUID | None) -> None:
    """Let the actor's session ask about this guest; None: the question is answered."""
    session = update(SignInSession).where(SignInSession.id == actor.session_id)
    db.session.execute(session.values(guest_person_id=guest_id))


def find_guest_to_ask_about(actor: Actor) -> UUID | None:
    """The guest whose learning this session may take over, until its person has said yes or no."""
    session = db.session.get(SignInSession, actor.session_id) if actor.session_id else None
    record = db.session.get(Person, session.guest_person_id) if session and session.guest_person_id else None
    guest = db.session.get(Person, record.canonical_id) if record else None
    if guest is None or guest.is_registered or guest.erased_at or guest.id == actor.canonical_id:
        return None
    return guest.id


def take_over_learning(actor: Actor) -> None:
    """The learning is the actor's own: the guest is one person with them, and signed out everywhere.

    Where both are guests, both codes open the learning from now on.

    Raises:
        NotFound: there is nothing to take over (any more).
    """
    guest_id = find_guest_to_ask_about(actor)
    if guest_id is None or actor.canonical_id is None:
        raise NotFound
    merge_people(actor.canonical_id, guest_id, actor, only_guest=True)
    ask_whose_learning(actor, None)


def leave_learning(actor: Actor) -> None:
    """The learning is somebody else's: it stays with its learning code."""
    ask_whose_learning(actor, None)
