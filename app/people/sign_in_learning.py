"""Whose learning does this device hold? Signing in never takes it over without that question."""

from uuid import UUID

from sqlalchemy import update

from app.access.actor import Actor
from app.extensions import db
from app.people import learning_codes
from app.people.actions import merge_people
from app.people.models import Person, SignInSession
from app.people.queries import list_records_of_one_person
from app.people.sessions import end_sessions_of
from app.shared.errors import NotFound


def ask_whose_learning(actor: Actor, guest_id: UUID | None) -> None:
    """Let the actor's session ask about this guest; None: the question is answered."""
    session = update(SignInSession).where(SignInSession.id == actor.session_id)
    db.session.execute(session.values(guest_person_id=guest_id))


def find_guest_to_ask_about(actor: Actor) -> UUID | None:
    """The guest whose learning this session may take over, until its person has said yes or no."""
    session = db.session.get(SignInSession, actor.session_id) if actor.session_id else None
    guest = db.session.get(Person, session.guest_person_id) if session and session.guest_person_id else None
    if guest is None or guest.is_registered or guest.erased_at or guest.canonical_id == actor.canonical_id:
        return None
    return guest.canonical_id


def take_over_learning(actor: Actor) -> None:
    """The learning is the actor's own: the guest is one person with them, and signed out everywhere.

    Of somebody registered no learning code is left alive; a guest can use both codes from now on.

    Raises:
        NotFound: there is nothing to take over (any more).
    """
    guest_id = find_guest_to_ask_about(actor)
    if guest_id is None or actor.canonical_id is None:
        raise NotFound
    record_ids = list_records_of_one_person(guest_id)
    merge_people(actor.canonical_id, guest_id, actor)
    for record_id in record_ids:
        end_sessions_of(record_id)
    if actor.is_registered:
        learning_codes.kill_codes_of(actor.canonical_id)
    ask_whose_learning(actor, None)


def leave_learning(actor: Actor) -> None:
    """The learning is somebody else's: it stays with its learning code."""
    ask_whose_learning(actor, None)
