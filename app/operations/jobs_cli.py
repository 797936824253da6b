"""`flask jobs run` works off the job table; `flask jobs list` shows it."""

import logging
import signal
from collections.abc import Callable
from threading import Event
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.extensions import db
from app.shared.clock import local, now
from app.shared.jobs import MAXIMUM_ATTEMPTS, Job, run_due_jobs

logger = logging.getLogger(__name__)
jobs = AppGroup("jobs", help="Background work: publications, nightly recounts, whatever a page must not wait for.")


@jobs.command("run")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--interval", type=click.FloatRange(0.1), default=5.0, show_default=True, help="Seconds between looks.")
def run(once: bool, interval: float) -> None:
    """Do what is due, again and again, until SIGTERM or Ctrl-C; a job that has begun is finished first."""
    if once:
        click.echo(f"{run_round()} jobs tried")
        return
    stop = Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    while not stop.is_set():
        try:
            run_round(stop.is_set)
        except DBAPIError:
            logger.exception("the database does not answer; the jobs wait")
            db.session.rollback()
        stop.wait(interval)


def run_round(should_stop: Callable[[], bool] = lambda: False) -> int:
    """Let every planner ask for what has become due, then do what is due; return how many jobs were tried."""
    for plan in current_app.extensions["job_planners"]:
        plan()
    db.session.commit()
    tried = run_due_jobs(current_app.extensions["job_handlers"], should_stop)
    db.session.remove()
    return tried


@jobs.command("list")
@click.option("--all", "show_all", is_flag=True, help="Also those that are done.")
def list_jobs(show_all: bool) -> None:
    """Show what waits, runs or has failed."""
    query = select(Job).order_by(Job.run_at)
    for job in db.session.scalars(query if show_all else query.where(Job.finished_at.is_(None))):
        line = f"{local(job.run_at):%d/%m/%Y %H:%M}  {state_of(job):8}  {job.kind} {job.unique_key}"
        click.echo(f"{line}  ({job.attempts} tries: {job.error})" if job.error else line)


def state_of(job: Job) -> str:
    """done, running, given up, failed (will be tried again) or waiting."""
    if job.finished_at:
        return "done"
    if job.leased_until and job.leased_until > now():
        return "running"
    if job.attempts >= MAXIMUM_ATTEMPTS:
        return "given up"
    return "failed" if job.error else "waiting"
