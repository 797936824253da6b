"""`flask jobs run` and `flask jobs list`."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import ROOT
from app.extensions import db
from app.operations.jobs_cli import state_of
from app.places.models import UNKNOWN_PLACE_ID, Place
from app.shared.clock import now
from app.shared.jobs import MAXIMUM_ATTEMPTS, Job, enqueue

KIND = "rename_unknown_place"


def rename(payload: dict[str, Any]) -> None:
    db.session.get_one(Place, UNKNOWN_PLACE_ID).name = payload["name"]


def fail(payload: dict[str, Any]) -> None:
    rename(payload)
    db.session.flush()
    raise ValueError("no such thing")


@pytest.fixture
def runner(app: Flask) -> Any:
    app.extensions["job_handlers"] = {KIND: rename, "failing": fail}
    app.extensions["job_planners"] = ()
    return app.test_cli_runner()


def name_now() -> str:
    db.session.expire_all()
    return db.session.get_one(Place, UNKNOWN_PLACE_ID).name


def ask(kind: str = KIND, **when: Any) -> None:
    enqueue(kind, "2026-11", {"name": "Chưa biết"}, **when)
    db.session.commit()


def test_due_job_is_done_once_however_often_it_was_asked_for(runner: Any) -> None:
    ask()
    ask()
    assert "1 jobs tried" in runner.invoke(args=["jobs", "run", "--once"]).output
    assert "0 jobs tried" in runner.invoke(args=["jobs", "run", "--once"]).output
    assert name_now() == "Chưa biết"


def test_job_of_tomorrow_waits(runner: Any) -> None:
    ask(run_at=now() + timedelta(days=1))
    assert "0 jobs tried" in runner.invoke(args=["jobs", "run", "--once"]).output
    assert "waiting" in runner.invoke(args=["jobs", "list"]).output


def test_failed_job_leaves_nothing_behind_and_says_why(runner: Any) -> None:
    before = name_now()
    ask("failing")
    runner.invoke(args=["jobs", "run", "--once"])
    listed = runner.invoke(args=["jobs", "list"]).output
    assert name_now() == before
    assert "failed" in listed
    assert "no such thing" in listed


def test_done_jobs_are_listed_on_request_only(runner: Any) -> None:
    ask()
    runner.invoke(args=["jobs", "run", "--once"])
    assert runner.invoke(args=["jobs", "list"]).output == ""
    assert "done" in runner.invoke(args=["jobs", "list", "--all"]).output


def test_planners_ask_for_what_has_become_due(app: Flask, runner: Any) -> None:
    app.extensions["job_planners"] = (lambda: enqueue(KIND, "2026-12", {"name": "Kế hoạch"}),)
    runner.invoke(args=["jobs", "run", "--once"])
    runner.invoke(args=["jobs", "run", "--once"])
    assert name_now() == "Kế hoạch"
    assert len(db.session.scalars(select(Job)).all()) == 1


@pytest.mark.sqlite_only
def test_running_and_given_up_are_told_apart(app: Flask) -> None:
    job = Job(run_at=now(), attempts=MAXIMUM_ATTEMPTS, error="ValueError()")
    assert state_of(job) == "given up"
    job.leased_until = now() + timedelta(minutes=1)
    assert state_of(job) == "running"


RUNNER_WITH_A_LONG_JOB = """
import sys
from app import create_app
def work(payload):
    print("begun", flush=True)
    sys.stdin.readline()
app = create_app()
app.extensions.update(job_handlers={"long": work}, job_planners=())
with app.app_context():
    app.cli.main(["jobs", "run", "--interval", "60"])
"""


@pytest.mark.sqlite_only
def test_runner_that_is_asked_to_end_finishes_the_job_it_has_begun(app: Flask) -> None:
    ask("long")
    command = [sys.executable, "-c", RUNNER_WITH_A_LONG_JOB]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment_of(app), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGTERM)
        process.communicate("\n", timeout=30)
    assert process.returncode == 0
    assert db.session.scalars(select(Job.finished_at)).one() is not None


def environment_of(app: Flask) -> dict[str, str]:
    settings = app.extensions["settings"]
    return {
        **os.environ,
        "SECRET_KEY": settings.secret_key,
        "PIN_PEPPER": settings.pin_pepper,
        "DATABASE_URL": settings.database_url,
        "INSTANCE_DIR": str(settings.instance_dir),
    }
