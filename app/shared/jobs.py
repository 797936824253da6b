"""Background work as rows: `flask jobs run` takes them, never a thread in a web worker.

A small table of our own instead of a library: none that is kept serves SQLite and PostgreSQL alike
(docs/adr/0007-jobs.md). Kinds and their handlers are listed in `registry.py`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, db
from app.shared.clock import now
from app.shared.database import UtcDateTime, upsert
from app.shared.ids import new_id

LEASE = timedelta(minutes=15)
MAXIMUM_ATTEMPTS = 8
Handler = Callable[[dict[str, Any]], None]


class Job(Model):
    __tablename__ = "job"
    __table_args__ = (UniqueConstraint("kind", "unique_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    unique_key: Mapped[str] = mapped_column(String(120))
    """Two jobs of one kind with one key are one job: whoever asks again asks in vain."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    run_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(500))


def enqueue(kind: str, unique_key: str, payload: dict[str, Any], run_at: datetime | None = None) -> None:
    """Ask for work, once for each (kind, unique_key), within the caller's transaction."""
    row = {
        "id": new_id(),
        "kind": kind,
        "unique_key": unique_key,
        "payload": payload,
        "run_at": run_at or now(),
        "attempts": 0,
    }
    db.session.execute(upsert(Job).values(row).on_conflict_do_nothing())


def run_due_jobs(handlers: Mapping[str, Handler], should_stop: Callable[[], bool] = lambda: False) -> int:
    """Take every job that is due, one transaction each, until `should_stop`; returns how many were tried.

    A job whose runner died is taken again after its lease; one that failed waits twice as long each time.
    """
    tried = 0
    while not should_stop() and (job := _lease_next(list(handlers))) is not None:
        tried += 1
        _run(job, handlers[job.kind])
    return tried


def _lease_next(kinds: list[str]) -> Job | None:
    moment = now()
    due = (
        select(Job)
        .where(
            Job.kind.in_(kinds),
            Job.finished_at.is_(None),
            Job.run_at <= moment,
            Job.attempts < MAXIMUM_ATTEMPTS,
            (Job.leased_until.is_(None)) | (Job.leased_until < moment),
        )
        .order_by(Job.run_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = db.session.scalar(due)
    if job is None:
        db.session.rollback()
        return None
    job.leased_until = moment + LEASE
    job.attempts += 1
    db.session.commit()
    return job


def _run(job: Job, handler: Handler) -> None:
    job_id, attempts = job.id, job.attempts
    try:
        handler(dict(job.payload))
        outcome: dict[str, Any] = {"finished_at": now(), "error": None}
    except Exception as error:
        db.session.rollback()
        outcome = {"run_at": now() + timedelta(minutes=2**attempts), "error": repr(error)[:500], "leased_until": None}
    db.session.execute(update(Job).where(Job.id == job_id).values(**outcome))
    db.session.commit()
