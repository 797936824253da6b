"""What changes about a person: where they live, and which records are one and the same person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from app.access.actor import Actor
from app.extensions import db
from app.people import handlers, learning_codes
from app.people.locks import lock_people, lock_person
from app.people.models import Person, Residence
from app.people.sessions import end_sessions_of
from app.shared import log
from app.shared.clock import now
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id


class GuestCommuneAlreadySet(Refusal):
    status = 409
    sentence = "Bà con đã chọn xã rồi nên không đổi được nữa. Muốn đổi, bà con đăng ký tên và số điện thoại giúp."


class CannotMerge(Refusal):
    """The two records cannot become one person this way round."""

    status = 409
    sentence = "Không gộp được hai hồ sơ này. Hồ sơ giữ lại phải là hồ sơ đã đăng ký."


class NotMerged(Refusal):
    status = 409
    sentence = "Hồ sơ này chưa gộp vào hồ sơ nào, nên không có gì để tách."


def set_residence(
    *, person_id: UUID, commune_id: UUID, hamlet_id: UUID | None = None, at: datetime | None = None
) -> None:
    """Note where a person lives from `at` on (by default now); the row that was open ends there.

    Saying the same again changes nothing. Said for the first time, it also fills what was recorded before.

    Raises:
        GuestCommuneAlreadySet: a guest says it once; only who has registered may move house.
    """
    person = lock_person(person_id)
    moment = at or now()
    current = db.session.scalar(select(Residence).where(Residence.person_id == person_id, Residence.to_at.is_(None)))
    if current and (current.commune_id, current.hamlet_id) == (commune_id, hamlet_id):
        return
    if current and not person.is_registered:
        raise GuestCommuneAlreadySet
    if current:
        current.to_at = max(moment, current.from_at)
        db.session.flush()
    row = {"person_id": person_id, "commune_id": commune_id, "hamlet_id": hamlet_id, "from_at": moment}
    db.session.add(Residence(id=new_id(), **row))
    db.session.flush()
    if not current:
        handlers.run_on_guest_commune(person_id)


@dataclass(frozen=True, slots=True)
class MergeEffect:
    """What a merge does, or would do."""

    keep_id: UUID
    """Who both records are from then on."""
    other_id: UUID
    """The record that joins, with all that had joined it before."""
    record_count: int
    """How many records change their canonical person; 0 where the two are one already."""
    lines: tuple[str, ...]
    """What packages above say about it."""


def merge_people(
    keep_id: UUID, other_id: UUID, actor: Actor | None, *, dry_run: bool = False, only_guest: bool = False
) -> MergeEffect:
    """Declare that two records are one person; only `canonical_id` (and who joined whom) is written.

    Whoever was signed in as the record that joins is signed out: what opened a guest must not open somebody
    registered. Of somebody registered no learning code is left alive.

    `actor` None stands for an operator's command. With `dry_run` nothing is written.

    Raises:
        NotFound: one of them does not exist or was erased; with `only_guest` also if who joins is registered today.
        CannotMerge: the kept record is a guest and the other is registered.
    """
    canonical_ids = lock_people((keep_id, other_id))
    keep, other = (lock_person(canonical_ids[person_id]) for person_id in (keep_id, other_id))
    if keep.id == other.id:
        return MergeEffect(keep.id, other.id, 0, ())
    if only_guest and other.is_registered:
        raise NotFound
    if other.is_registered and not keep.is_registered:
        raise CannotMerge
    joining = _records_of(other.id)
    effect = MergeEffect(keep.id, other.id, len(joining), tuple(handlers.list_merge_effects(keep.id, other.id)))
    if not dry_run:
        other.merged_into_id = keep.id
        _set_canonical([record.id for record in joining], keep.id)
        for record in joining:
            end_sessions_of(record.id)
        if keep.is_registered:
            learning_codes.kill_codes_of(keep.id)
        handlers.run_on_merge((keep.id, other.id))
        _log("merge_people", other.id, actor)
    return effect


def unmerge_person(person_id: UUID, actor: Actor | None) -> None:
    """Undo a merge: the record, with those that had joined it before, is a person of its own again.

    Raises:
        NotFound: there is no such record.
        NotMerged: it stands for itself already.
    """
    person = lock_person(person_id)
    if person.merged_into_id is None:
        raise NotMerged
    former_id = person.canonical_id
    joined = {record.id: record.merged_into_id for record in _records_of(former_id)}
    leaving = [record_id for record_id in joined if _leads_to(record_id, person_id, joined)]
    person.merged_into_id = None
    _set_canonical(leaving, person_id)
    handlers.run_on_merge((former_id, person_id))
    _log("unmerge_person", person_id, actor)


def _leads_to(record_id: UUID | None, goal: UUID, joined: dict[UUID, UUID | None]) -> bool:
    while record_id is not None and record_id != goal:
        record_id = joined.get(record_id)
    return record_id == goal


def _records_of(canonical_id: UUID) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.canonical_id == canonical_id)))


def _set_canonical(record_ids: list[UUID], canonical_id: UUID) -> None:
    db.session.flush()
    db.session.execute(update(Person).where(Person.id.in_(record_ids)).values(canonical_id=canonical_id))


def _log(act: str, person_id: UUID, actor: Actor | None) -> None:
    who = {"actor_id": actor.person_id, "actor_role": actor.capacity} if actor else {}
    log.record(act, object_kind="person", object_id=person_id, **who)  # type: ignore[arg-type]
