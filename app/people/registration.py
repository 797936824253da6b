"""Registering: a guest gets a name, a phone number and a PIN, and keeps everything learned so far.

A phone number that is known makes a separate person all the same: a number alone claims nothing.
"""

from dataclasses import dataclass

from app.access.actor import Actor, WayIn
from app.extensions import db
from app.people import consent, handlers, learning_codes
from app.people.guests import create_guest
from app.people.locks import lock_person
from app.people.models import Person
from app.people.new_pins import PinOwner, PinTaken, claim_pin, hash_new_pin
from app.people.pins import store_pin_hash
from app.people.queries import list_records_of_one_person
from app.people.sessions import end_sessions_of
from app.people.sign_in_actions import let_in
from app.shared import log
from app.shared.clock import now
from app.shared.errors import Refusal
from app.shared.vietnamese import fold


class AlreadyRegistered(Refusal):
    status = 409
    sentence = "Bác đã đăng ký rồi. Bác đăng nhập để học tiếp giúp."


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says about themselves when they register."""

    name: str
    phone: str | None
    """E.164. None: they will come in by card."""
    pin: str
    birth_year: int | None


def register(*, newcomer: Newcomer, actor: Actor, is_shared_device: bool) -> Actor:
    """Make the guest of this device (or a stranger) a registered person, who agreed to the learning record.

    The learning code dies and every other session of theirs ends. Who registers again with the same name, number and
    PIN has proved who they are and is let in as the person they were.

    Raises:
        AlreadyRegistered: this session's person is.
        GuessablePin, TooManyTries, PinTaken: about the PIN.
    """
    if actor.is_registered:
        raise AlreadyRegistered
    owner = PinOwner(actor.canonical_id, newcomer.phone, newcomer.birth_year)
    try:
        pin_hash = hash_new_pin(newcomer.pin, owner)
        claim_pin(pin_hash, owner)
    except PinTaken as taken:
        if fold(db.session.get_one(Person, taken.holder_id).name or "") != fold(newcomer.name):
            raise
        return let_in(taken.holder_id, WayIn.PIN, is_shared_device=is_shared_device)
    person = _lock_or_make(actor)
    _fill(person, newcomer)
    store_pin_hash(person.id, pin_hash)
    consent.give_consent(person_id=person.id, purpose=consent.LEARNING_RECORD)
    handlers.run_on_registration(person.id)
    for record_id in list_records_of_one_person(person.id):
        end_sessions_of(record_id)
    learning_codes.kill_codes_of(person.id)
    registered = let_in(person.id, WayIn.PIN, is_shared_device=is_shared_device)
    log.record(
        "register", object_kind="person", object_id=person.id, actor_id=person.id, actor_role=registered.capacity
    )
    return registered


def _lock_or_make(actor: Actor) -> Person:
    person = lock_person(actor.canonical_id or create_guest())
    if person.is_registered:
        raise AlreadyRegistered
    return person


def _fill(person: Person, newcomer: Newcomer) -> None:
    person.name = newcomer.name
    person.phone = newcomer.phone
    person.birth_year = newcomer.birth_year
    person.is_registered = True
    person.registered_at = now()
    db.session.flush()
