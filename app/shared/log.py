"""The insert-only log: who, in which capacity, at which place, did what to which object, with what outcome.

It never holds a name, a phone number or free text: people stand in it by id only. The database refuses
UPDATE and DELETE by trigger (migration 0002). Not chained yet.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.extensions import Model, db
from app.shared.clock import now
from app.shared.database import UtcDateTime
from app.shared.ids import new_id
from app.shared.transaction import own_transaction


class LogEntry(Model):
    __tablename__ = "log"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[UUID | None]
    """The person who acted; NULL for the operator's commands and for strangers."""
    actor_role: Mapped[str] = mapped_column(String(20))
    """Capacity: guest, resident, member, leader, trainer, officer, operator, command, job, stranger."""
    place_id: Mapped[UUID | None]
    act: Mapped[str] = mapped_column(String(60))
    """Verb and noun, e.g. grant_role, read_person, publish_course."""
    object_kind: Mapped[str] = mapped_column(String(30))
    object_id: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(60))
    """ok, or the name of the refusal."""


def record(
    act: str,
    *,
    object_kind: str,
    object_id: object,
    actor_id: UUID | None = None,
    actor_role: str = "command",
    place_id: UUID | None = None,
    outcome: str = "ok",
    session: Session | None = None,
) -> None:
    """Append one line within the caller's transaction."""
    (session or db.session).execute(
        insert(LogEntry).values(
            id=new_id(),
            at=now(),
            actor_id=actor_id,
            actor_role=actor_role,
            place_id=place_id,
            act=act,
            object_kind=object_kind,
            object_id=str(object_id),
            outcome=outcome,
        )
    )


def record_now(act: str, **details: object) -> None:
    """Append one line in a transaction of its own: for refusals and for the reading of personal data."""
    with own_transaction() as session:
        record(act, session=session, **details)  # type: ignore[arg-type]
