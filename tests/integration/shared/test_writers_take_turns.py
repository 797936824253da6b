"""On SQLite one writes at a time: whoever waits for the turn gets it, and nobody keeps it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.shared import database

pytestmark = pytest.mark.sqlite_only


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that holds the turn until the end."""
    with db.engine.begin():
        yield


def test_many_threads_each_get_their_turn(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE tally AS SELECT 0 AS n"))

    def add_one() -> None:
        with app.app_context(), db.engine.begin() as connection:
            number = connection.execute(text("SELECT n FROM tally")).scalar_one()
            connection.execute(text("UPDATE tally SET n = :n"), {"n": number + 1})

    threads = [threading.Thread(target=add_one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.session.execute(text("SELECT n FROM tally")).scalar_one() == len(threads)


def test_a_writer_that_waits_too_long_is_told_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with writing(), pytest.raises(OperationalError, match="locked"), writing():
        raise AssertionError("two wrote at once")


def test_after_a_failed_write_the_next_one_gets_its_turn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with pytest.raises(OperationalError), db.engine.begin() as connection:
        connection.execute(text("INSERT INTO no_such_table VALUES (1)"))
    with writing():
        pass
