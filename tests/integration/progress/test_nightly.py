"""Every night figures follow the map, and a wrong counter is repaired and reported."""

import logging

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.extensions import db
from app.people.actions import set_residence
from app.progress.models import CountedCompletion, Counter
from app.progress.nightly import JOB_KIND, count_nightly, plan_nightly_count
from app.shared import clock
from app.shared.jobs import Job, run_due_jobs
from app.shared.log import LogEntry
from tests.factories import make_person
from tests.integration.progress.makers import at, communes_of, complete, end_commune, make_course
from tests.integration.progress.plain_count import expected_figures, stored_figures

HANDLERS = {JOB_KIND: count_nightly}


@pytest.fixture(autouse=True)
def _one_completion(app: Flask) -> None:
    person = make_person()
    set_residence(person_id=person.id, commune_id=communes_of("38", 1)[0].id)
    complete(person.id, make_course("lua-dao"), at("2026-11-20"))
    db.session.commit()


def run_night(day: str) -> int:
    """Let the job runner look twice in the night before this day."""
    with clock.frozen(at(f"{day} 03:00")):
        plan_nightly_count()
        plan_nightly_count()
        db.session.commit()
        return run_due_jobs(HANDLERS)


def test_the_count_is_asked_for_once_a_day_and_runs_at_two(app: Flask) -> None:
    with clock.frozen(at("2026-11-21 00:30")):
        plan_nightly_count()
        db.session.commit()
        assert run_due_jobs(HANDLERS) == 0
    assert run_night("2026-11-21") == 1
    assert run_night("2026-11-21") == 0
    assert db.session.scalars(select(Job.error)).all() == [None]


def test_figures_move_in_the_night_in_which_their_commune_becomes_another(app: Flask) -> None:
    old, successor = communes_of("38", 1)[0], communes_of("86", 1)[0]
    end_commune(old.id, {successor.id: True})
    db.session.commit()
    run_night("2026-12-01")
    assert db.session.scalars(select(CountedCompletion.commune_today_id)).one() == successor.id
    assert stored_figures() == expected_figures()
    assert db.session.scalar(select(LogEntry.id).where(LogEntry.act == "rebuild_figures")) is None


def test_a_wrong_counter_is_repaired_and_reported(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    db.session.execute(update(Counter).where(Counter.basis == "then").values(completions=5))
    db.session.commit()
    with caplog.at_level(logging.ERROR):
        run_night("2026-11-21")
    assert stored_figures() == expected_figures()
    assert "phải là 1, đang là 5" in caplog.text
    outcome = select(LogEntry.outcome).where(LogEntry.act == "rebuild_figures")
    assert db.session.scalars(outcome).one() == "2 repaired"
