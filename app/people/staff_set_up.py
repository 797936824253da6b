"""Setting up how staff sign in, behind a link that works once; changing the password; new recovery codes."""

import re
from dataclasses import dataclass
from uuid import UUID

from app.access.actor import Actor, Role, WayIn
from app.extensions import db
from app.people import one_time, throttle
from app.people.grants import create_staff_person, grant_role, other_operator_exists
from app.people.locks import lock_person
from app.people.models import StaffAccount
from app.people.one_time import LinkUsedUp, OneTimeKey
from app.people.passwords import hash_password, refuse_weak_password
from app.people.queries import list_records_of_one_person
from app.people.second_factor import find_step, renew_recovery_codes, seal_secret
from app.people.sessions import end_sessions_of
from app.people.sign_in_actions import let_in
from app.people.sign_in_devices import list_devices
from app.people.staff_accounts import KnownAccount, find_account, find_link_owner, get_account, prove_password
from app.people.throttle import device_subject, staff_subject
from app.shared import log
from app.shared.clock import now
from app.shared.database import upsert
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id

SIGN_IN_NAME = re.compile(r"^[a-z0-9][a-z0-9.]{1,38}[a-z0-9]$")
NOBODY = UUID(int=0)


class WrongTotp(Refusal):
    status = 422
    sentence = "Mã 6 số chưa đúng. Anh chị xem giờ trên điện thoại, rồi gõ mã đang hiện giúp."


class SignInNameTaken(Refusal):
    status = 422
    sentence = "Tên đăng nhập này đã có người dùng. Anh chị chọn tên khác giúp."


@dataclass(frozen=True, slots=True)
class StaffKeys:
    """What a member of staff chooses behind a link. Which of it counts depends on the link's purpose."""

    name: str
    """The first operator's own name; others have one already."""
    sign_in_name: str
    password: str
    """New, or with a link for the second factor alone the one in use."""
    totp_secret: str
    totp_digits: str


@dataclass(frozen=True, slots=True)
class StaffSetUp:
    """Somebody who has just set up the sign-in and is in."""

    actor: Actor
    recovery_codes: list[str]
    """To be shown now and never again."""


def operator_exists() -> bool:
    """Whether somebody who can sign in operates the whole database."""
    return other_operator_exists(NOBODY)


def set_up_staff(*, key: OneTimeKey, keys: StaffKeys) -> StaffSetUp:
    """Use a link: set up, or set anew, how somebody signs in, and let them in.

    Raises:
        LinkUsedUp: somebody else was faster, or there is an operator already.
        WeakPassword, WrongPassword, WrongTotp, SignInNameTaken, TooManyTries: the link stays good.
    """
    step = find_step(keys.totp_secret, keys.totp_digits, now())
    if step is None:
        raise WrongTotp
    if key.purpose in {one_time.RESET_SECOND_FACTOR, one_time.RESET_ALL}:
        return _set_anew(key, keys, step)
    return _make_account(key, keys, step)


def _make_account(key: OneTimeKey, keys: StaffKeys, step: int) -> StaffSetUp:
    name = find_link_owner(key.person_id).name or keys.name
    refuse_weak_password(keys.password, sign_in_name=keys.sign_in_name, name=name)
    if key.person_id and not one_time.holds_staff_role(lock_person(key.person_id).id, db.session):
        raise LinkUsedUp
    if find_account(keys.sign_in_name):
        raise SignInNameTaken
    password_hash = hash_password(keys.password)
    one_time.use_up(key.secret_id)
    person_id = key.person_id or _make_first_operator(keys.name)
    row = {
        "person_id": person_id,
        "sign_in_name": keys.sign_in_name,
        "password_hash": password_hash,
        "totp_secret": seal_secret(keys.totp_secret),
        "last_totp_step": step,
        "set_up_at": now(),
    }
    insertion = upsert(StaffAccount).values(row).on_conflict_do_nothing().returning(StaffAccount.person_id)
    if db.session.execute(insertion).first() is None:
        raise SignInNameTaken if db.session.get(StaffAccount, person_id) is None else LinkUsedUp
    return _let_in_anew(person_id, "set_up_staff_account")


def _make_first_operator(name: str) -> UUID:
    if operator_exists():
        raise LinkUsedUp
    person_id = create_staff_person(person_id=new_id(), name=name, actor=None)
    grant_role(person_id=person_id, role=Role.OPERATOR, place_id=None, actor=None)
    one_time.end_all_of(None, (one_time.FIRST_OPERATOR,))
    return person_id


def _set_anew(key: OneTimeKey, keys: StaffKeys, step: int) -> StaffSetUp:
    """A new second factor; behind a link for everything also a new password, else the one in use must be right."""
    if key.person_id is None:
        raise LinkUsedUp
    known = get_account(key.person_id)
    values: dict[str, object] = {"totp_secret": seal_secret(keys.totp_secret), "last_totp_step": step}
    if key.purpose == one_time.RESET_ALL:
        refuse_weak_password(keys.password, sign_in_name=known.sign_in_name, name=known.name)
        values["password_hash"] = hash_password(keys.password)
    else:
        throttle.give_back([prove_password(known, keys.password)])
    one_time.use_up(key.secret_id)
    account = db.session.get_one(StaffAccount, known.person_id)
    for name, value in values.items():
        setattr(account, name, value)
    _forget_failures(known)
    return _let_in_anew(known.person_id, key.purpose)


def _let_in_anew(person_id: UUID, act: str) -> StaffSetUp:
    db.session.flush()
    codes = renew_recovery_codes(person_id)
    _end_sessions(person_id)
    actor = let_in(person_id, WayIn.STAFF)
    _log(act, actor)
    return StaffSetUp(actor, codes)


def change_password(*, actor: Actor, old_password: str, new_password: str) -> Actor:
    """Replace the password of signed-in staff; every session ends, and this device gets a new one.

    Raises:
        NotFound: the actor has no account.
        TooManyTries, WrongPassword: about the old one. WeakPassword: about the new one.
    """
    known = _own_account(actor)
    refuse_weak_password(new_password, sign_in_name=known.sign_in_name, name=known.name)
    counted = prove_password(known, old_password)
    password_hash = hash_password(new_password)
    throttle.give_back([counted])
    db.session.get_one(StaffAccount, known.person_id).password_hash = password_hash
    _forget_failures(known)
    _end_sessions(known.person_id)
    renewed = let_in(known.person_id, WayIn.STAFF)
    _log("change_password", renewed)
    return renewed


def make_new_recovery_codes(*, actor: Actor, password: str) -> list[str]:
    """Ten new recovery codes instead of those before, to be shown now and never again.

    Raises:
        NotFound: the actor has no account.
        TooManyTries, WrongPassword.
    """
    known = _own_account(actor)
    throttle.give_back([prove_password(known, password)])
    codes = renew_recovery_codes(known.person_id)
    _log("renew_recovery_codes", actor)
    return codes


def _own_account(actor: Actor) -> KnownAccount:
    if actor.person_id is None or actor.way_in != WayIn.STAFF:
        raise NotFound
    return get_account(actor.person_id)


def _end_sessions(person_id: UUID) -> None:
    for record_id in list_records_of_one_person(person_id):
        end_sessions_of(record_id)


def _forget_failures(known: KnownAccount) -> None:
    """What was tried against the old secret says nothing about the new one."""
    devices = [device_subject(device, known.person_id) for device in list_devices(known.person_id)]
    throttle.forget([staff_subject(known.sign_in_name), *devices])


def _log(act: str, actor: Actor) -> None:
    log.record(
        act,
        object_kind="person",
        object_id=actor.person_id,
        actor_id=actor.person_id,
        actor_role=actor.capacity,
    )
