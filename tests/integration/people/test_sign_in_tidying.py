"""The nightly job deletes what opens nothing, and nothing else."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.people import guests
from app.people.models import Card, LearningCode, OneTimeSecret, SignInSession, Throttle
from app.people.sign_in_tidying import JOB_KIND, plan_tidying, tidy_ways_in
from app.people.throttle import count_try, phone_subject
from app.shared import clock
from app.shared.jobs import Job
from tests.integration.people.ways_in import make_card, make_first_code, make_guest_on, make_phone_person, sign_in
from tests.page_client import PageClient

TABLES = (Throttle, OneTimeSecret, Card, SignInSession, LearningCode)


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def fill(client: PageClient) -> None:
    hoa = make_phone_person()
    make_card(hoa)
    make_first_code(hoa)
    make_guest_on(client)
    sign_in(client)
    guests.create_guest()
    db.session.commit()
    count_try(phone_subject("+84987654321"))


def test_what_is_over_goes_and_what_is_alive_stays(app: Flask, client: PageClient) -> None:
    start = clock.now()
    with clock.frozen(start):
        fill(client)
        tidy_ways_in({})
        assert counts() == [1, 1, 1, 2, 2]
    with clock.frozen(start + timedelta(days=200)):
        tidy_ways_in({})
        assert counts() == [0, 0, 1, 2, 2]
    with clock.frozen(start + timedelta(days=900)):
        tidy_ways_in({})
        assert counts() == [0, 0, 0, 0, 0]


def test_it_is_asked_for_once_a_day(app: Flask) -> None:
    start = clock.now()
    for hours in (0, 1, 25):
        with clock.frozen(start + timedelta(hours=hours)):
            plan_tidying()
    assert db.session.scalar(select(func.count()).where(Job.kind == JOB_KIND)) == 2
