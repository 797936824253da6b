"""Whatever was acknowledged survives kill -9: once, and counted once."""

import os
import signal

import pytest
from sqlalchemy import func, select

from app.devtools.last_question import make_ready_learners
from app.extensions import db
from app.people.sessions import cookie_name
from app.progress.models import Answer, Attempt, Completion, CountedCompletion, Submission
from tests.browser.site import Site
from tests.factories import place_id_of
from tests.faults.conftest import WORKERS
from tests.faults.phones import Hall
from tests.integration.progress.plain_count import expected_figures, stored_figures
from tests.learning_steps import RESIDENT_COURSE

pytestmark = pytest.mark.slow
SUBMISSIONS = 2000
KILLED_AFTER = (200, 700, 1200, 1700)
PHONES = 8
COMMUNES = ("14812", "15796", "24805")


def test_every_acknowledged_completion_survives_kills_exactly_once(site: Site) -> None:
    with site.stored():
        learners = make_ready_learners(RESIDENT_COURSE, SUBMISSIONS, [place_id_of(code) for code in COMMUNES])
        hall = Hall(site.port, cookie_name(), learners, PHONES)
    hall.start()
    for acknowledged in KILLED_AFTER:
        hall.wait_for(acknowledged)
        kill(site)
        site.start(WORKERS)
    hall.finish()

    assert len(hall.acknowledged) == SUBMISSIONS
    assert hall.repeats >= len(KILLED_AFTER), "no phone was interrupted: the test proved nothing"
    with site.stored():
        assert_each_is_there_once({learner.person_id for learner in hall.acknowledged})
        expected, stored = expected_figures(), stored_figures()
        assert stored.counted == expected.counted
        assert stored.completions == expected.completions
        assert stored.people == expected.people


def kill(site: Site) -> None:
    """kill -9 of the server and of every process that it started, in the middle of their work."""
    assert site.server is not None
    os.killpg(site.server.pid, signal.SIGKILL)
    site.server.wait()


def assert_each_is_there_once(acknowledged: set[object]) -> None:
    completed = list(db.session.scalars(select(Completion.person_id)))
    assert set(completed) == acknowledged
    assert len(completed) == len(acknowledged) == SUBMISSIONS
    for model, number in ((Submission, 1), (CountedCompletion, 1), (Attempt, 1)):
        assert db.session.scalar(select(func.count()).select_from(model)) == number * SUBMISSIONS
    is_open = Attempt.passed.is_not(True) | Attempt.happened_at.is_(None)
    assert db.session.scalar(select(func.count()).where(is_open)) == 0
    questions = len(db.session.scalars(select(Attempt.drawn).limit(1)).one())
    assert db.session.scalar(select(func.count()).select_from(Answer)) == questions * SUBMISSIONS
