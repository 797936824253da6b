"""Correcting what one has said about oneself. A new phone number is a new way in, so it asks for the PIN."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.people import pins, throttle
from app.people.locks import lock_person
from app.people.models import Person
from app.people.new_pins import PinOwner, claim_pin, hash_new_pin
from app.people.sign_in_actions import prove_pin
from app.people.throttle import CountedTry
from app.shared import log
from app.shared.database import reader
from app.shared.errors import NotFound, Refusal

_person = Person.__table__


class PinNeeded(Refusal):
    status = 422
    sentence = "Đổi số điện thoại thì cần mã PIN. Bác gõ mã PIN 6 số đang dùng giúp."


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """What a registered person says about themselves."""

    name: str
    phone: str | None
    """E.164."""
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class _ProvedPin:
    counted: CountedTry
    owner: PinOwner
    new_hash: str
    """The same PIN, hashed for the new number."""


def get_own_details(person_id: UUID) -> OwnDetails:
    """Raises NotFound for a guest: there is nothing to correct."""
    query = select(_person.c.name, _person.c.phone, _person.c.birth_year, _person.c.is_registered)
    row = reader().execute(query.where(_person.c.id == person_id)).one()
    if not row.is_registered:
        raise NotFound
    return OwnDetails(row.name or "", row.phone, row.birth_year)


def correct_own_details(*, actor: Actor, details: OwnDetails, pin: str) -> None:
    """Take over what the person says. The PIN is looked at only where the number changes and there is a PIN.

    Call it before the request's own transaction begins: checking a PIN is slow.

    Raises:
        NotFound: a guest has no details.
        PinNeeded: the number changes and no PIN came.
        TooManyTries, WrongPin: about the PIN.
        PinTaken, GuessablePin: somebody on the new number has the same PIN, or the number gives it away.
    """
    if actor.person_id is None:
        raise NotFound
    former = get_own_details(actor.person_id)
    proved = _prove_for_new_phone(actor.person_id, details, pin) if details.phone != former.phone else None
    if proved:
        claim_pin(proved.new_hash, proved.owner)
    person = lock_person(actor.person_id)
    person.name, person.phone, person.birth_year = details.name, details.phone, details.birth_year
    if proved:
        pins.store_pin_hash(person.id, proved.new_hash)
        throttle.give_back([proved.counted])
    log.record(
        "correct_person",
        object_kind="person",
        object_id=person.id,
        actor_id=actor.person_id,
        actor_role=actor.capacity,
    )


def _prove_for_new_phone(person_id: UUID, details: OwnDetails, pin: str) -> _ProvedPin | None:
    if pins.find_holder(person_id) is None:
        return None
    if len(pin) != pins.PIN_DIGITS:
        raise PinNeeded
    counted = prove_pin(person_id, pin)
    owner = PinOwner(person_id, details.phone, details.birth_year)
    return _ProvedPin(counted, owner, hash_new_pin(pin, owner))
