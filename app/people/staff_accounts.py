"""How staff come in: sign-in name, password and second factor. `staff_set_up` makes and changes accounts."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.access.actor import Actor, WayIn
from app.extensions import db
from app.people import throttle
from app.people.models import Person, StaffAccount
from app.people.passwords import hash_password, is_right_password
from app.people.second_factor import use_second_factor
from app.people.sign_in_actions import let_in, note_failure
from app.people.sign_in_devices import device_hash, list_known_here
from app.people.throttle import CountedTry, count_try, device_subject, staff_subject
from app.shared.database import reader
from app.shared.errors import NotFound, Refusal

_account = StaffAccount.__table__
_person = Person.__table__


class WrongStaffSecret(Refusal):
    """Name, password or second factor: which of them is not said."""

    status = 422
    sentence = "Tên đăng nhập, mật khẩu hoặc mã 6 số chưa đúng. Mỗi mã 6 số chỉ dùng một lần."


class WrongPassword(Refusal):
    status = 422
    sentence = "Mật khẩu đang dùng chưa đúng. Anh chị gõ lại giúp."


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """The stored side of one sign-in name."""

    person_id: UUID
    sign_in_name: str
    name: str
    password_hash: str


def find_account(sign_in_name: str) -> KnownAccount | None:
    """The account of somebody who may come in, by sign-in name."""
    return _find_account(_account.c.sign_in_name == sign_in_name.strip().lower())


def get_account(person_id: UUID) -> KnownAccount:
    """The account of a person.

    Raises:
        NotFound: the person has none, or may not come in.
    """
    account = _find_account(_account.c.person_id == person_id)
    if account is None:
        raise NotFound
    return account


def _find_account(which: ColumnElement[bool]) -> KnownAccount | None:
    query = (
        select(_account.c.person_id, _account.c.sign_in_name, _person.c.name, _account.c.password_hash)
        .join(_person, _person.c.id == _account.c.person_id)
        .where(which, _person.c.disabled_at.is_(None), _person.c.erased_at.is_(None))
    )
    row = reader().execute(query).one_or_none()
    return KnownAccount(row.person_id, row.sign_in_name, row.name or "", row.password_hash) if row else None


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Whose link it is, as far as known."""

    name: str
    sign_in_name: str


def find_link_owner(person_id: UUID | None) -> LinkOwner:
    """Name and sign-in name of a link's person; both empty for the first operator, who does not exist yet."""
    query = (
        select(_person.c.name, _account.c.sign_in_name)
        .outerjoin(_account, _account.c.person_id == _person.c.id)
        .where(_person.c.id == person_id)
    )
    row = reader().execute(query).one_or_none() if person_id else None
    return LinkOwner(row.name or "", row.sign_in_name or "") if row else LinkOwner("", "")


def sign_in_staff(*, sign_in_name: str, password: str, second_factor: str) -> Actor:
    """Let a member of staff in.

    Raises:
        TooManyTries: after too many failures on this name, or on this device where it is known.
        WrongStaffSecret: counted. A name that does not exist takes the same time.
    """
    account = find_account(sign_in_name)
    counted = count_try(_subject(account, sign_in_name))
    if account is None or not is_right_password(password, account.password_hash):
        if account is None:
            hash_password(password)
        note_failure([counted.subject])
        raise WrongStaffSecret
    if not use_second_factor(db.session.get_one(StaffAccount, account.person_id), second_factor):
        db.session.rollback()
        note_failure([counted.subject])
        raise WrongStaffSecret
    throttle.give_back([counted])
    return let_in(account.person_id, WayIn.STAFF)


def _subject(account: KnownAccount | None, sign_in_name: str) -> str:
    if account and account.person_id in list_known_here([account.person_id]):
        return device_subject(device_hash() or "", account.person_id)
    return staff_subject(sign_in_name.strip().lower())


def prove_password(account: KnownAccount, password: str) -> CountedTry:
    """Check the password in use. Give the try back afterwards.

    Raises:
        TooManyTries, WrongPassword.
    """
    counted = count_try(_subject(account, account.sign_in_name))
    if not is_right_password(password, account.password_hash):
        note_failure([counted.subject])
        raise WrongPassword
    return counted
