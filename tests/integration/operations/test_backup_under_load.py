"""A backup taken while people go on writing is one moment: no half of anything."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, func, insert, select, update

from app import create_app
from app.extensions import db
from app.people.models import Consent, Person, Throttle
from app.shared.clock import now
from app.shared.ids import new_id
from tests.databases import Databases, make_settings

WRITERS = 3
ALREADY_THERE = 1000


def test_backup_under_writers_holds_whole_transactions_only(
    app: Flask, databases: Databases, backend: str, tmp_path: Path
) -> None:
    """Each transaction adds a person, their consent, and one to a sum; the restored three are equal."""
    db.session.execute(insert(Throttle).values(subject="sum", failures=0, last_failed_at=now(), next_try_at=now()))
    db.session.commit()
    for _ in range(ALREADY_THERE // 100):
        add_people(db.engine, 100)
    with writers(db.engine) as written:
        begun = len(written)
        result = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "b")])
        ended = len(written)
    assert result.exit_code == 0, result.output
    restored = count_in_restored(databases.fresh(backend), tmp_path)
    assert restored["people"] == restored["consents"] == restored["sum"]
    assert ALREADY_THERE + begun <= restored["people"] <= ALREADY_THERE + ended + WRITERS
    assert ended > begun, "nobody wrote while the backup was taken"


@contextmanager
def writers(engine: Engine) -> Iterator[list[int]]:
    """Several writers that go on until the block ends; yields what grows by one with each person written."""
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        while not stop.is_set():
            add_people(engine, 1)
            written.append(1)

    with ThreadPoolExecutor(WRITERS) as pool:
        futures = [pool.submit(write) for _ in range(WRITERS)]
        try:
            yield written
        finally:
            stop.set()
    for future in futures:
        future.result()


def add_people(engine: Engine, count: int) -> None:
    with engine.begin() as connection:
        for _ in range(count):
            person_id, moment = new_id(), now()
            connection.execute(insert(Person).values(id=person_id, canonical_id=person_id, created_at=moment))
            consent = {"id": new_id(), "person_id": person_id, "purpose": "x", "text_version": "1", "given_at": moment}
            connection.execute(insert(Consent).values(consent))
        connection.execute(update(Throttle).values(failures=Throttle.failures + count))


def count_in_restored(url: str, folder: Path) -> dict[str, int]:
    (folder / "erasures.jsonl").touch()
    place = create_app(make_settings(url, folder))
    with place.app_context():
        result = place.test_cli_runner().invoke(args=["restore", str(folder / "b")])
        assert result.exit_code == 0, result.output
        counts = {
            "people": db.session.scalar(select(func.count(Person.id))) or 0,
            "consents": db.session.scalar(select(func.count(Consent.id))) or 0,
            "sum": db.session.scalar(select(Throttle.failures)) or 0,
        }
        db.session.remove()
        db.engine.dispose()
    return counts
