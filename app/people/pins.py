"""PINs: six digits, stored as Argon2id over an HMAC with the pepper.

Everybody on one phone number has the same salt (made from the pepper and the number), so that checking a PIN costs
one computation whoever is on that number, nobody included: the time taken tells nothing.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, select

from app.extensions import db
from app.people.keyed_hash import keyed_digest
from app.people.models import Person, PinCredential
from app.people.slow_hash import SALT_BYTES, slow_hash, slow_hash_matches
from app.shared.clock import now, today
from app.shared.database import reader
from app.shared.errors import Refusal

PIN_DIGITS = 6
OLDEST_YEAR = 1920
COMMONEST = frozenset(
    "000000 111111 222222 333333 444444 555555 666666 777777 888888 999999 "
    "123456 234567 345678 456789 567890 012345 654321 765432 876543 987654 543210 098765 "
    "123123 121212 112233 123321 112211 111222 101010 010101 102030 100000 "
    "147258 258369 369258 147369 159753 159357 753159 741852 852963 963852 789456 456123 321654 "
    "131313 696969 686868 868686 797979 393939 787878 135790 246810 199999 520520 520131".split()
)
"""Running, repeated and keypad patterns, and the lucky numbers of Vietnam."""
_person = Person.__table__
_credential = PinCredential.__table__


class GuessablePin(Refusal):
    """Others would try this PIN first; the sentence says why."""

    status = 422


TOO_COMMON = lazy_gettext("Mã PIN này nhiều người dùng nên dễ bị đoán. Bác chọn 6 số khác giúp.")
LOOKS_LIKE_DATE = lazy_gettext("Mã PIN này giống ngày sinh nên người quen dễ đoán. Bác chọn 6 số khác giúp.")
IN_PHONE_NUMBER = lazy_gettext("Mã PIN này nằm trong số điện thoại. Bác chọn 6 số khác giúp.")


@dataclass(frozen=True, slots=True)
class PinHolder:
    """Somebody whose PIN may be tried."""

    person_id: UUID
    pin_hash: str


def refuse_guessable(pin: str, *, phone: str | None = None, birth_year: int | None = None) -> None:
    """Refuse a PIN that a stranger or a neighbour would try first.

    Raises:
        GuessablePin: common, a date or a year, or part of the phone number (E.164).
    """
    reason = why_guessable(pin, phone=phone, birth_year=birth_year, this_year=today().year)
    if reason:
        raise GuessablePin(str(reason))


def why_guessable(pin: str, *, phone: str | None, birth_year: int | None, this_year: int) -> LazyString | None:
    """The reason to refuse the PIN, or None. Pure."""
    if pin in COMMONEST or pin[:2] * 3 == pin or pin[:3] * 2 == pin:
        return TOO_COMMON
    if _looks_like_date(pin, this_year) or (birth_year and str(birth_year) in pin):
        return LOOKS_LIKE_DATE
    if phone and pin in f"0{phone.removeprefix('+84')}":
        return IN_PHONE_NUMBER
    return None


def _looks_like_date(pin: str, this_year: int) -> bool:
    """ddmmyy, yymmdd, or a year in which somebody alive was born at the start or the end."""
    pairs = pin[:2], pin[2:4], pin[4:]
    has_year = any(OLDEST_YEAR <= int(year) <= this_year for year in (pin[:4], pin[2:]))
    return has_year or _is_day(pairs[0], pairs[1]) or _is_day(pairs[2], pairs[1])


def _is_day(day: str, month: str) -> bool:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def hash_pin(pin: str, phone: str | None) -> str:
    """The hash to store. Slow: call it before the first write of a request."""
    salt = keyed_digest("pin-salt", phone)[:SALT_BYTES] if phone else None
    return slow_hash(keyed_digest("pin", pin), salt)


def find_matches(pin_hash: str, pin: str, holders: Iterable[PinHolder]) -> list[UUID]:
    """Whose PIN this is. `pin_hash` is `pin` hashed for the phone number that all of them have.

    Takes the same time for nobody as for many; only who got their PIN under another number costs one more computation.
    """
    salt = _salt_of(pin_hash)
    return [
        holder.person_id
        for holder in holders
        if hmac.compare_digest(holder.pin_hash, pin_hash)
        or (_salt_of(holder.pin_hash) != salt and is_right(pin, holder.pin_hash))
    ]


def _salt_of(pin_hash: str) -> str:
    """Parameters and salt of an encoded hash."""
    return pin_hash.rsplit("$", 1)[0]


def is_right(pin: str, pin_hash: str) -> bool:
    """Whether `pin` is the one that was hashed. Slow."""
    return slow_hash_matches(pin_hash, keyed_digest("pin", pin))


def list_holders(phone: str) -> list[PinHolder]:
    """Everybody with a PIN on this phone number who may come in."""
    return _holders(_person.c.phone == phone)


def find_holder(person_id: UUID) -> PinHolder | None:
    """The person with their PIN, or None where they have none or may not come in."""
    return next(iter(_holders(_person.c.id == person_id)), None)


def _holders(which: ColumnElement[bool]) -> list[PinHolder]:
    query = (
        select(_person.c.id, _credential.c.pin_hash)
        .join(_credential, _credential.c.person_id == _person.c.id)
        .where(which, _person.c.disabled_at.is_(None), _person.c.erased_at.is_(None))
        .order_by(_person.c.id)
    )
    return [PinHolder(*row) for row in reader().execute(query)]


def store_pin_hash(person_id: UUID, pin_hash: str) -> None:
    """Keep the hash of a new PIN instead of the one before."""
    db.session.merge(PinCredential(person_id=person_id, pin_hash=pin_hash, set_at=now()))
    db.session.flush()
