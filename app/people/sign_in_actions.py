"""Coming in: by phone and PIN, by card and PIN, or by learning code. Staff come in through `staff_sign_in`.

Each way counts the try before it looks at the secret and lets in or refuses after it. Slow hashing comes before the
request's own transaction begins.
"""

from collections.abc import Iterable
from uuid import UUID

from app.access.actor import Actor, WayIn
from app.access.declare import current_actor
from app.people import cards, learning_codes, pins, throttle
from app.people.grants import grants_snapshot
from app.people.locks import lock_canonical
from app.people.pins import PinHolder
from app.people.queries import list_records_of_one_person
from app.people.sessions import open_session
from app.people.sign_in_devices import device_hash, list_known_here, remember_device
from app.people.sign_in_learning import ask_whose_learning
from app.people.throttle import CountedTry, count_tries, count_try, device_subject, person_subject, phone_subject
from app.shared import log
from app.shared.errors import Refusal


class WrongPhoneOrPin(Refusal):
    """No such phone number, nobody with a PIN on it, or a wrong PIN: all the same from outside."""

    status = 422
    sentence = "Số điện thoại hoặc mã PIN chưa đúng. Bác xem lại từng số giúp."


class SamePinOnPhone(Refusal):
    """Two people on the number have this PIN (a number was changed later): nobody may see the other's record."""

    status = 409
    sentence = "Hai người trên số điện thoại này đang trùng mã PIN. Bác nhờ cán bộ xã cấp mã đặt lại PIN giúp."


class WrongPin(Refusal):
    status = 422
    sentence = "Mã PIN chưa đúng. Bác xem lại từng số giúp."


class DeadCard(Refusal):
    """No living card has this QR or code."""

    status = 422
    sentence = "Thẻ này không còn dùng được, hoặc mã gõ chưa đúng. Bác dò lại giúp, hoặc xin cán bộ in thẻ mới."


class CardWithoutPin(Refusal):
    status = 422
    sentence = "Thẻ này chưa có mã PIN. Bác đặt mã PIN bằng mã dùng một lần trước đã."


class UnknownCode(Refusal):
    status = 422
    sentence = "Không tìm thấy mã học này. Bác dò lại từng số giúp. Nếu đã đăng ký, bác dùng số điện thoại."


def sign_in_with_phone(*, phone: str, pin: str, is_shared_device: bool) -> Actor:
    """Let in whoever on `phone` (E.164) has this PIN.

    Raises:
        TooManyTries: after too many failures.
        WrongPhoneOrPin: no match; counted once against the number, or only against devices that are known.
        SamePinOnPhone: more than one match.
    """
    holders = pins.list_holders(phone)
    subjects = _subjects_by_person(phone, holders)
    tries = count_tries(subjects.values() if holders else [phone_subject(phone)])
    tries.refuse_if_all_closed()
    open_to_try = [holder for holder in holders if subjects[holder.person_id] in tries.counted]
    matches = pins.find_matches(pins.hash_pin(pin, phone), pin, open_to_try)
    if not matches:
        note_failure(tries.counted)
        raise WrongPhoneOrPin
    if len(matches) > 1:
        raise SamePinOnPhone
    throttle.give_back(tries.counted.values())
    return let_in(matches[0], WayIn.PIN, is_shared_device=is_shared_device)


def _subjects_by_person(phone: str, holders: list[PinHolder]) -> dict[UUID, str]:
    """What a try counts against: this device for those who know it, the phone number for all others together."""
    known = list_known_here([holder.person_id for holder in holders])
    device = device_hash() or ""
    return {
        holder.person_id: device_subject(device, holder.person_id)
        if holder.person_id in known
        else phone_subject(phone)
        for holder in holders
    }


def sign_in_with_card(*, code: str, pin: str, is_shared_device: bool) -> Actor:
    """Let in the owner of the card with this QR token or typed code, with their PIN.

    Raises:
        TooManyTries: after too many failures.
        DeadCard: no living card; a typed code counts as a failed try of this address.
        CardWithoutPin: the owner has not set a PIN yet.
        WrongPin: counted against the person's card, not against their phone number.
    """
    if cards.is_token(code):
        person_id = cards.find_by_token(code)
    else:
        person_id = throttle.look_up_code("card", lambda session: cards.find_by_typed_code(code, session))
    if person_id is None:
        raise DeadCard
    counted = prove_pin(person_id, pin)
    throttle.give_back([counted])
    return let_in(person_id, WayIn.CARD, is_shared_device=is_shared_device)


def prove_pin(person_id: UUID, pin: str) -> CountedTry:
    """Check the PIN of somebody who is named already, by a card or by their own session. Give the try back afterwards.

    Raises:
        TooManyTries, CardWithoutPin, WrongPin: as for the card.
    """
    holder = pins.find_holder(person_id)
    if holder is None:
        raise CardWithoutPin
    counted = count_try(subject_of_named(person_id))
    if not pins.is_right(pin, holder.pin_hash):
        note_failure([counted.subject])
        raise WrongPin
    return counted


def subject_of_named(person_id: UUID) -> str:
    """What a try counts against that names its person by other means than the phone number."""
    if person_id in list_known_here([person_id]):
        return device_subject(device_hash() or "", person_id)
    return person_subject(person_id)


def sign_in_with_code(code: str) -> Actor:
    """Open the learning of the guest with this learning code (12 digits). A signed-in learner stays who they are.

    Where this device holds other learning, or the learner is signed in, the session asks whose it is.

    Raises:
        TooManyTries: this address, or all together, must wait.
        UnknownCode: counted.
    """
    guest_id = throttle.look_up_code("learning", lambda session: learning_codes.find_guest_of(code, session))
    if guest_id is None:
        raise UnknownCode
    actor = current_actor()
    learning_codes.note_use(code)
    if guest_id == actor.canonical_id:
        return actor
    if actor.is_registered:
        ask_whose_learning(actor, guest_id)
        return actor
    return open_session(guest_id, WayIn.CODE, [], guest_person_id=_guest_here(guest_id))


def let_in(person_id: UUID, way_in: WayIn, *, is_shared_device: bool = False) -> Actor:
    """Open a session for somebody who has proved who they are; a shared device is not remembered.

    Takes the person's turn, so that a role that is taken back meanwhile does not live on in the new session.
    """
    lock_canonical(person_id)
    if not is_shared_device:
        remember_device(person_id)
    guest_id = _guest_here(person_id)
    actor = open_session(
        person_id, way_in, grants_snapshot(person_id), is_shared_device=is_shared_device, guest_person_id=guest_id
    )
    log.record("sign_in", object_kind="person", object_id=person_id, actor_id=person_id, actor_role=actor.capacity)
    return actor


def note_failure(subjects: Iterable[str]) -> None:
    """One line in the log for each subject, at once: the request is refused."""
    for subject in subjects:
        kind, digest = subject.split(":")
        log.record_now("sign_in", object_kind=kind, object_id=digest, actor_role="stranger", outcome="wrong_secret")


def _guest_here(person_id: UUID) -> UUID | None:
    """The guest who learned on this device before `person_id` came in, if that is somebody else."""
    actor = current_actor()
    if actor.canonical_id is None or actor.is_registered:
        return None
    return None if person_id in list_records_of_one_person(actor.canonical_id) else actor.canonical_id
