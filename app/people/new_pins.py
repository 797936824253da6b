"""Choosing a PIN: the first one with a one-time code, a new one with the old. Nobody else on the number may have it.

Whether a PIN is taken on a phone number is a guess at that number, so asking counts like a wrong PIN, every time.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor, WayIn
from app.extensions import db
from app.people import consent, one_time, pins, throttle
from app.people.models import Person, PinCredential
from app.people.queries import list_records_of_one_person
from app.people.sessions import end_sessions_of
from app.people.sign_in_actions import let_in, prove_pin
from app.people.sign_in_devices import list_devices
from app.people.throttle import count_try, device_subject, person_subject, phone_subject
from app.shared import log
from app.shared.database import reader
from app.shared.errors import NotFound, Refusal

_person = Person.__table__


class PinTaken(Refusal):
    """Somebody else on this phone number has this PIN; the sentence does not say who."""

    status = 422
    sentence = (
        "Có người dùng cùng số điện thoại đã đặt mã PIN này. "
        "Nếu đó là bác, bác đăng nhập giúp. Nếu không, bác chọn 6 số khác."
    )

    def __init__(self, holder_id: UUID) -> None:
        self.holder_id = holder_id
        super().__init__()


class UnknownFirstPinCode(Refusal):
    status = 422
    sentence = "Mã dùng một lần chưa đúng, đã dùng rồi hoặc đã hết hạn. Bác dò lại giúp, hoặc xin cán bộ mã mới."


@dataclass(frozen=True, slots=True)
class PinOwner:
    """Whose PIN is being chosen, as far as choosing it needs to know."""

    person_id: UUID | None
    """None: not in the database yet."""
    phone: str | None
    birth_year: int | None


def hash_new_pin(pin: str, owner: PinOwner) -> str:
    """The hash to store, if the owner may have this PIN. Call it before the request's own transaction begins.

    Raises:
        GuessablePin: common, a date, or part of the phone number.
        TooManyTries: too many failures on the phone number.
        PinTaken: somebody else on the number has it.
    """
    pins.refuse_guessable(pin, phone=owner.phone, birth_year=owner.birth_year)
    if owner.phone is None:
        return pins.hash_pin(pin, None)
    count_try(phone_subject(owner.phone))
    others = [holder for holder in pins.list_holders(owner.phone) if holder.person_id != owner.person_id]
    pin_hash = pins.hash_pin(pin, owner.phone)
    if taken_by := pins.find_matches(pin_hash, pin, others):
        raise PinTaken(taken_by[0])
    return pin_hash


def claim_pin(pin_hash: str, owner: PinOwner) -> None:
    """Make sure that nobody on the number has set this PIN since `hash_new_pin`: a double tap comes this far.

    Call it first in the request's own transaction; until that ends, others on the number wait here.

    Raises:
        PinTaken: somebody has.
    """
    if owner.phone is None:
        return
    throttle.hold(phone_subject(owner.phone))
    others = _person.c.id.is_not(None) if owner.person_id is None else _person.c.id != owner.person_id
    query = (
        select(_person.c.id)
        .join(PinCredential, PinCredential.person_id == _person.c.id)
        .where(_person.c.phone == owner.phone, others, PinCredential.pin_hash == pin_hash)
        .where(_person.c.disabled_at.is_(None), _person.c.erased_at.is_(None))
    )
    taken_by = db.session.scalar(query.limit(1))
    if taken_by is not None:
        raise PinTaken(taken_by)


def set_first_pin(*, typed_code: str, pin: str, is_shared_device: bool) -> Actor:
    """Set the PIN of whoever was given this one-time code, and let them in. Every other session of theirs ends.

    Raises:
        TooManyTries: this address, all together, or the phone number must wait.
        UnknownFirstPinCode: counted.
        GuessablePin, PinTaken: the code stays good.
    """
    code = throttle.look_up_code("first-pin", lambda session: one_time.find_first_pin_code(typed_code, session))
    if code is None or code.person_id is None:
        raise UnknownFirstPinCode
    owner = find_owner(code.person_id)
    pin_hash = hash_new_pin(pin, owner)
    claim_pin(pin_hash, owner)
    one_time.use_up(code.secret_id)
    replace_pin(code.person_id, pin_hash)
    consent.give_consent(person_id=code.person_id, purpose=consent.LEARNING_RECORD)
    actor = let_in(code.person_id, WayIn.PIN, is_shared_device=is_shared_device)
    _log("set_first_pin", actor)
    return actor


def change_pin(*, actor: Actor, old_pin: str, new_pin: str) -> Actor:
    """Replace the PIN of the signed-in person; every session ends, and this device gets a new one.

    Who came in with password and second factor needs no old PIN.

    Raises:
        TooManyTries, WrongPin: about the old PIN.
        GuessablePin, PinTaken: about the new one.
    """
    person_id = actor.person_id
    if person_id is None or not actor.is_registered:
        raise NotFound
    owner = find_owner(person_id)
    pins.refuse_guessable(new_pin, phone=owner.phone, birth_year=owner.birth_year)
    counted = None if actor.way_in == WayIn.STAFF else prove_pin(person_id, old_pin)
    pin_hash = hash_new_pin(new_pin, owner)
    claim_pin(pin_hash, owner)
    if counted:
        throttle.give_back([counted])
    replace_pin(person_id, pin_hash)
    renewed = let_in(person_id, actor.way_in)
    _log("change_pin", renewed)
    return renewed


def find_owner(person_id: UUID) -> PinOwner:
    """What choosing a PIN needs to know about somebody.

    Raises:
        NotFound: there is no such person, or the person was erased or disabled.
    """
    query = select(_person.c.phone, _person.c.birth_year).where(
        _person.c.id == person_id, _person.c.disabled_at.is_(None), _person.c.erased_at.is_(None)
    )
    row = reader().execute(query).one_or_none()
    if row is None:
        raise NotFound
    return PinOwner(person_id, row.phone, row.birth_year)


def replace_pin(person_id: UUID, pin_hash: str) -> None:
    """Store a new PIN. Every session of the person ends; failures against the old PIN count no more."""
    pins.store_pin_hash(person_id, pin_hash)
    for record_id in list_records_of_one_person(person_id):
        end_sessions_of(record_id)
    devices = [device_subject(device, person_id) for device in list_devices(person_id)]
    throttle.forget([person_subject(person_id), *devices])


def _log(act: str, actor: Actor) -> None:
    log.record(
        act,
        object_kind="person",
        object_id=actor.person_id,
        actor_id=actor.person_id,
        actor_role=actor.capacity,
    )
