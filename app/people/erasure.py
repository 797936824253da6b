"""Erasing a person: the row is emptied, ways in end, and what packages above keep is cut down. No figure changes.

Each erasure is first appended to a file outside database and backup, so that `flask restore` can do it again.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, update

from app.access.actor import Actor
from app.extensions import db
from app.people import handlers
from app.people.consent import withdraw_all_consents
from app.people.grants import LastOperator, operates_everything, other_operator_exists
from app.people.locks import lock_person
from app.people.models import (
    Card,
    KnownDevice,
    LearningCode,
    OneTimeSecret,
    Person,
    PinCredential,
    RecoveryCode,
    Residence,
    RoleGrant,
    SignInSession,
    StaffAccount,
    TeamMembership,
)
from app.people.queries import list_records_of_one_person
from app.shared import log
from app.shared.clock import now
from app.shared.settings import settings

BELONGS_TO_PERSON = (
    LearningCode,
    PinCredential,
    Card,
    OneTimeSecret,
    RecoveryCode,
    StaffAccount,
    KnownDevice,
    SignInSession,
    Residence,
)
"""Rows of these tables say something about the person or let somebody in as them: they go."""


class UnreadableErasureList(ValueError):
    """A line of the erasure list is not what this product wrote: "FILE:LINE: reason"."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the erasure list."""

    person_id: UUID
    erased_at: datetime


def erase_person(person_id: UUID, actor: Actor) -> None:
    """Erase a person, with every record that is the same person today, and note it in the erasure list.

    The list is written first: if the transaction then fails, the person asks again; the other way round a restored
    backup would bring back who was told to be erased.

    Raises:
        NotFound: there is no such person, or the person is erased already.
        LastOperator: nobody could give roles any more.
    """
    lock_person(person_id)
    record_ids = list_records_of_one_person(person_id)
    for record_id in record_ids:
        _refuse_last_operator(record_id)
    erasures = [Erasure(record_id, now()) for record_id in record_ids]
    append_erasures(settings().erasure_list, erasures)
    for erasure in erasures:
        apply_erasure(erasure.person_id, erasure.erased_at)
        log.record(
            "erase_person",
            object_kind="person",
            object_id=erasure.person_id,
            actor_id=actor.person_id,
            actor_role=actor.capacity,
        )


def _refuse_last_operator(person_id: UUID) -> None:
    if operates_everything(person_id) and not other_operator_exists(person_id):
        raise LastOperator


def apply_erasure(person_id: UUID, erased_at: datetime | None = None) -> bool:
    """Erase one record within the caller's transaction; again is harmless. False: there is no such record.

    Completions stay under the emptied id, and so do `canonical_id` and `is_registered`: figures are made from them.
    """
    person = db.session.get(Person, person_id)
    if person is None:
        return False
    handlers.run_on_erase(person_id)
    withdraw_all_consents(person_id)
    _end_roles(person_id)
    db.session.execute(
        update(SignInSession).where(SignInSession.guest_person_id == person_id).values(guest_person_id=None)
    )
    for model in BELONGS_TO_PERSON:
        db.session.execute(delete(model).where(model.person_id == person_id))
    _empty(person, erased_at or now())
    db.session.flush()
    return True


def _end_roles(person_id: UUID) -> None:
    for model in (RoleGrant, TeamMembership):
        standing = (model.person_id == person_id) & model.to_at.is_(None)
        db.session.execute(update(model).where(standing).values(to_at=now()))


def _empty(person: Person, erased_at: datetime) -> None:
    """Leave only what figures need. When the record was made also goes: it would tell when the person came."""
    person.erased_at = person.erased_at or erased_at
    person.created_at = person.erased_at
    person.name = person.birth_year = person.phone = person.registered_at = person.created_by = None
    person.locale = "vi"


def append_erasures(path: Path, erasures: list[Erasure]) -> None:
    """Add the lines in one write and wait until the disk has them."""
    lines = "".join(
        json.dumps({"person_id": str(e.person_id), "erased_at": e.erased_at.astimezone(UTC).isoformat()}) + "\n"
        for e in erasures
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, lines.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_erasures(path: Path) -> Iterator[Erasure]:
    """The lines of an erasure list, oldest first.

    Raises:
        FileNotFoundError: there is no list.
        UnreadableErasureList: a line cannot be read.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            fields = json.loads(line)
            yield Erasure(UUID(fields["person_id"]), datetime.fromisoformat(fields["erased_at"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnreadableErasureList(f"{path}:{number}: {error!r}") from error
