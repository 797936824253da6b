"""Counting tries in the database: at the same moment too, and given back when they were right."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.people import throttle
from app.people.ladder import SECRET_LADDER
from app.people.models import Throttle
from app.people.throttle import TooManyTries, count_tries, count_try, give_back, phone_subject
from app.shared import clock

SUBJECT_OF = "+84912345678"


def failures() -> dict[str, int]:
    found = {row.subject.split(":")[0]: row.failures for row in db.session.scalars(select(Throttle))}
    db.session.rollback()
    return found


def test_many_tries_at_the_same_moment_are_as_many_tries(app: Flask) -> None:
    allowed: list[bool] = []
    start = threading.Barrier(12)

    def try_once() -> None:
        with app.app_context():
            start.wait()
            try:
                count_try(phone_subject(SUBJECT_OF))
                allowed.append(True)
            except TooManyTries:
                allowed.append(False)

    threads = [threading.Thread(target=try_once) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (allowed.count(True), allowed.count(False)) == (5, 7)
    assert failures() == {"phone": 5}


def test_a_try_given_back_leaves_things_as_they_were(app: Flask) -> None:
    count_try(phone_subject(SUBJECT_OF))
    before = failures()
    counted = count_try(phone_subject(SUBJECT_OF))
    give_back([counted])
    db.session.commit()
    assert failures() == before == {"phone": 1}


def test_giving_back_after_another_failure_takes_away_one_only(app: Flask) -> None:
    right = count_try(phone_subject(SUBJECT_OF))
    count_try(phone_subject(SUBJECT_OF))
    give_back([right])
    db.session.commit()
    assert failures() == {"phone": 1}


def test_a_subject_that_must_wait_does_not_hold_up_another(app: Flask) -> None:
    for _ in range(5):
        count_try(phone_subject(SUBJECT_OF))
    tries = count_tries([phone_subject(SUBJECT_OF), phone_subject("+84987654321")])
    assert list(tries.counted) == [phone_subject("+84987654321")]
    assert list(tries.closed_until) == [phone_subject(SUBJECT_OF)]
    tries.refuse_if_all_closed()


def test_a_year_of_the_most_eager_stays_under_the_bound_in_the_database_too(app: Flask) -> None:
    moment, end, tries = clock.now(), clock.now() + timedelta(days=366), 0
    while moment <= end:
        with clock.frozen(moment):
            moment = max(count_try(phone_subject(SUBJECT_OF)).after.next_try_at, moment + timedelta(microseconds=1))
        tries += 1
    assert tries <= SECRET_LADDER.most_tries(timedelta(days=366)) == 133


@pytest.mark.sqlite_only
def test_the_wait_is_told_to_the_minute_and_with_the_day_when_it_is_another(app: Flask) -> None:
    noon = clock.now().replace(hour=5, minute=0, second=30)
    with app.test_request_context(), clock.frozen(noon):
        assert "lúc 12:02 giúp" in TooManyTries(noon + timedelta(minutes=1)).message
        assert "lúc 12:01 ngày" in throttle.TooManyTries(noon + timedelta(days=1)).message
