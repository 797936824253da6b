"""Slowing down guesses: failures climb a ladder of waits, each subject (a phone number, a person, a device) its own.

A try is counted before its secret is checked, in a transaction of its own, and given back when it was right, so that
many tries at the same moment are not one try. Besides that nothing but time takes failures away.
docs/adr/0005-sign-in-and-sessions.md does the arithmetic.
"""

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from flask import request
from flask_babel import gettext
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.extensions import db
from app.people.keyed_hash import keyed_hash
from app.people.ladder import ADDRESS_LADDER, ALL_CODES_LADDER, SECRET_LADDER, Failures, Ladder
from app.people.models import Throttle
from app.shared.clock import local_date, now, today
from app.shared.database import close_reader, upsert
from app.shared.errors import Refusal
from app.shared.transaction import own_transaction
from app.shared.vietnamese import clock_time, short_date

Found = TypeVar("Found")
LADDERS = {"code-address": ADDRESS_LADDER, "code-all": ALL_CODES_LADDER}
"""Kind of subject → ladder; every other kind climbs the one for secrets."""
HASH_LENGTH = 40
IPV6_NETWORK_BITS = 64


class TooManyTries(Refusal):
    """Too many failures; `until` is when the next try is heard."""

    status = 429

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(gettext("Đã nhập sai nhiều lần. Bác thử lại %(when)s giúp.", when=_when(until)))

    @property
    def seconds(self) -> int:
        """How long to wait, for the header Retry-After."""
        return max(int((self.until - now()).total_seconds()) + 1, 1)


def _when(until: datetime) -> str:
    """ "lúc 14:32", on another day "lúc 14:32 ngày 22/11/2026": the first whole minute at which it works."""
    minute = until + timedelta(minutes=1) - timedelta(seconds=until.second, microseconds=until.microsecond)
    if local_date(minute) == today():
        return gettext("lúc %(time)s", time=clock_time(minute))
    return gettext("lúc %(time)s ngày %(date)s", time=clock_time(minute), date=short_date(minute))


def phone_subject(phone: str) -> str:
    """Devices that nobody knows, at all persons on one phone number together."""
    return _subject("phone", phone)


def person_subject(person_id: UUID) -> str:
    """A card of this person, or an open session of theirs that must give the secret again."""
    return _subject("person", str(person_id))


def device_subject(device_hash: str, person_id: UUID) -> str:
    """One device on which this person has signed in before."""
    return _subject("device", f"{device_hash}/{person_id}")


def staff_subject(sign_in_name: str) -> str:
    """Devices that nobody knows, at one staff sign-in name."""
    return _subject("staff", sign_in_name)


def _subject(kind: str, name: str) -> str:
    return f"{kind}:{keyed_hash('throttle', f'{kind}/{name}')[:HASH_LENGTH]}"


def _ladder_of(subject: str) -> Ladder:
    return LADDERS.get(subject.split(":")[0], SECRET_LADDER)


@dataclass(frozen=True, slots=True)
class CountedTry:
    """One try as it was counted, with what was remembered before it."""

    subject: str
    before: Failures | None
    after: Failures


@dataclass(frozen=True, slots=True)
class Tries:
    """Which of the subjects may be tried now."""

    counted: dict[str, CountedTry]
    closed_until: dict[str, datetime]

    def refuse_if_all_closed(self) -> None:
        """Raise TooManyTries, with the earliest next try, if nothing may be tried."""
        if not self.counted and self.closed_until:
            raise TooManyTries(min(self.closed_until.values()))


def count_tries(subjects: Iterable[str]) -> Tries:
    """Count one try for each subject that may try now, and commit. Call it before the request writes anything."""
    tries = Tries({}, {})
    close_reader()
    with own_transaction() as session:
        for subject in sorted(set(subjects)):
            before = _locked(session, subject)
            if before and before.next_try_at > now():
                tries.closed_until[subject] = before.next_try_at
            else:
                tries.counted[subject] = CountedTry(subject, before, _count(session, subject, before))
    return tries


def count_try(subject: str) -> CountedTry:
    """Count one try for one subject, and commit.

    Raises:
        TooManyTries: it may not try now.
    """
    tries = count_tries([subject])
    tries.refuse_if_all_closed()
    return tries.counted[subject]


def hold(subject: str) -> None:
    """Let no other request about this subject pass until the caller's transaction ends."""
    _locked(db.session(), subject)


def give_back(tries: Iterable[CountedTry]) -> None:
    """The secret was right: the tries were no failures. Within the caller's transaction."""
    session = db.session()
    for counted in sorted(tries, key=lambda each: each.subject):
        present = _locked(session, counted.subject)
        if present == counted.after:
            _write(session, counted.subject, counted.before)
        elif present:
            _write(session, counted.subject, Failures(present.count - 1, present.last_at, present.next_try_at))


def forget(subjects: Iterable[str]) -> None:
    """The secret was replaced: what was tried against the old one says nothing about the new one."""
    db.session.execute(delete(Throttle).where(Throttle.subject.in_(list(subjects))))


def look_up_code(kind: str, find: Callable[[Session], Found | None]) -> Found | None:
    """Look up a code of `kind` with `find`; a code that does not exist counts for this address and for all together.

    Looking up and counting take turns with every other try, so that tries at the same moment all count.

    Raises:
        TooManyTries: this address, or all together, must wait; nothing was looked up.
    """
    subjects = [_subject("code-address", f"{kind}/{_network()}"), _subject("code-all", kind)]
    close_reader()
    with own_transaction() as session:
        before = {subject: _locked(session, subject) for subject in subjects}
        closed = [known.next_try_at for known in before.values() if known and known.next_try_at > now()]
        found = None if closed else find(session)
        for subject in subjects:
            if found is None and not closed:
                _count(session, subject, before[subject])
            else:
                _write(session, subject, before[subject])
    if closed:
        raise TooManyTries(max(closed))
    return found


def _locked(session: Session, subject: str) -> Failures | None:
    """What is remembered of the subject, held until the transaction ends; None: nothing."""
    row = {"subject": subject, "failures": 0, "last_failed_at": now(), "next_try_at": now()}
    query = select(Throttle.failures, Throttle.last_failed_at, Throttle.next_try_at).where(Throttle.subject == subject)
    found = None
    while found is None:
        # A row that stood may be gone by the second statement: its person came in and was forgiven meanwhile.
        session.execute(upsert(Throttle).values(row).on_conflict_do_nothing())
        found = session.execute(query.with_for_update()).one_or_none()
    return Failures(*found) if found.failures else None


def _count(session: Session, subject: str, before: Failures | None) -> Failures:
    after = _ladder_of(subject).climb(before, now())
    _write(session, subject, after)
    return after


def _write(session: Session, subject: str, failures: Failures | None) -> None:
    """Remember `failures`; a subject without any keeps no row."""
    which = Throttle.subject == subject
    if failures is None or failures.count <= 0:
        session.execute(delete(Throttle).where(which))
        return
    values = {
        "failures": failures.count,
        "last_failed_at": failures.last_at,
        "next_try_at": failures.next_try_at,
    }
    session.execute(update(Throttle).where(which).values(values))


def _network() -> str:
    """The address that asks: IPv4 whole, IPv6 as the /64 that one subscriber holds."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, IPV6_NETWORK_BITS), strict=False))
