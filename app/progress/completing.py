"""The completion: made by an act of the learner's own, when everything that makes it is done. Flush, never commit."""

from datetime import datetime

from sqlalchemy import insert

from app.people.locks import lock_canonical
from app.people.queries import learner_kind_and_place
from app.places.queries import printed_place
from app.progress.counting import count_completion
from app.progress.evidence import Evidence, Learning
from app.progress.models import Completion
from app.progress.queries import evidence_of
from app.shared.clock import now
from app.shared.database import writer
from app.shared.ids import new_id

_INSERT_COMPLETION = insert(Completion)


def complete_if_earned(learning: Learning, evidence: Evidence, *, happened_at: datetime | None = None) -> bool:
    """Insert and count the completion when all that makes it is done and it is not there yet.

    Returns whether it was inserted. Nothing is recorded for a capacity that counts nowhere (staff reading a team
    course).
    """
    version = learning.version
    if not evidence.earns(version):
        return False
    moment = happened_at or now()
    capacity = learner_kind_and_place(learning.person_id, version.audience, moment)
    if capacity is None:
        return False
    completion = {
        "id": new_id(),
        "person_id": learning.person_id,
        "course_id": version.course_id,
        "version_id": version.id,
        "edition": version.edition,
        "term": evidence.term,
        "mode": _completion_mode(evidence),
        "recorder_id": learning.recorder_id,
        "learner_kind": capacity.kind,
        "commune_id": capacity.commune_id,
        "hamlet_id": capacity.hamlet_id,
        "team_id": capacity.team_id,
        "commune_name": printed_place(capacity.commune_id).label if capacity.commune_id else None,
        "hamlet_name": printed_place(capacity.hamlet_id).full_name if capacity.hamlet_id else None,
        "happened_at": moment,
        "received_at": now(),
    }
    writer().execute(_INSERT_COMPLETION, completion)
    count_completion(learning.person_id)
    return True


def finish_course(learning: Learning) -> bool:
    """Take the completion that is due although no item is left to do: the last one missing was withdrawn, or dropped.

    Returns whether it was inserted. Nobody is completed behind their back: figures count what people did, on the day
    they did it, so a withdrawal alone completes nothing.
    """
    lock_canonical(learning.person_id)
    return complete_if_earned(learning, evidence_of(learning.person_id, learning.version))


def _completion_mode(evidence: Evidence) -> str:
    """assisted if any required item was, else class if any was, else self."""
    return next((mode for mode in ("assisted", "class") if mode in evidence.modes), "self")
