"""The nightly look at the counters: what a change of the map moves, and whether anything differs from the truth."""

import logging
from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.progress.counting import recount_ended_places
from app.progress.rebuild import rebuild
from app.shared import log
from app.shared.clock import VIETNAM, today
from app.shared.jobs import Job, enqueue

JOB_KIND = "count_nightly"
QUIET_HOUR = time(2, 0)
_logger = logging.getLogger(__name__)


def plan_nightly_count() -> None:
    """Ask once a day for the count. Looks before it writes: it is called every few seconds."""
    day = today()
    key = day.isoformat()
    if db.session.scalar(select(Job.id).where(Job.kind == JOB_KIND, Job.unique_key == key)) is None:
        enqueue(JOB_KIND, key, {}, run_at=datetime.combine(day, QUIET_HOUR, VIETNAM))


def count_nightly(_payload: dict[str, Any]) -> None:
    """The job: put figures on today's map, then repair and report whatever differs. Commits as it goes.

    A difference is a fault of the program: an operator must hear of it, although the figures are right again.
    """
    recount_ended_places()
    db.session.commit()
    differences = rebuild(apply=True)
    for difference in differences:
        _logger.error("repaired: %s", difference)
    if differences:
        outcome = f"{len(differences)} repaired"
        log.record("rebuild_figures", object_kind="figures", object_id="all", actor_role="job", outcome=outcome)
