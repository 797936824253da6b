"""Once a day, delete what opens nothing any more: old failures, ended sessions, used secrets, dead learning codes."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Delete, delete, or_, select

from app.extensions import db
from app.people.ladder import SECRET_LADDER
from app.people.learning_codes import IDLE_LIFE, is_alive
from app.people.models import Card, LearningCode, OneTimeSecret, SignInSession, Throttle
from app.shared.clock import now, today
from app.shared.jobs import Job, enqueue

JOB_KIND = "tidy_ways_in"
KEPT_AFTER_THE_END = timedelta(days=90)
"""So long a person still sees in the own data when and how somebody came in."""


def plan_tidying() -> None:
    """Ask once a day. Looks before it writes: it is called every few seconds."""
    key = today().isoformat()
    if db.session.scalar(select(Job.id).where(Job.kind == JOB_KIND, Job.unique_key == key)) is None:
        enqueue(JOB_KIND, key, {})


def tidy_ways_in(_payload: dict[str, Any]) -> None:
    """The job. Whether a guest was seen within 24 months is read from sessions, so those are kept as long."""
    moment = now()
    over = moment - KEPT_AFTER_THE_END
    forgotten = moment - SECRET_LADDER.top * SECRET_LADDER.forgets_every
    _run(delete(LearningCode).where(~is_alive(moment)))
    _run(delete(Throttle).where(Throttle.last_failed_at < forgotten))
    _run(delete(OneTimeSecret).where(or_(OneTimeSecret.used_at < over, OneTimeSecret.expires_at < over)))
    _run(delete(Card).where(or_(Card.revoked_at < over, Card.expires_at < over)))
    _run(
        delete(SignInSession).where(
            or_(SignInSession.ended_at < over, SignInSession.expires_at < over),
            SignInSession.last_seen_at < moment - IDLE_LIFE,
        )
    )


def _run(statement: Delete) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
