"""The log takes lines and gives none back: the database itself refuses."""

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from app.extensions import db
from app.shared import log
from app.shared.log import LogEntry


@pytest.mark.parametrize(
    "change", [update(LogEntry).values(outcome="other"), delete(LogEntry)], ids=["update", "delete"]
)
def test_a_line_of_the_log_cannot_be_changed_or_deleted(app: Flask, change: object) -> None:
    log.record("read_person", object_kind="person", object_id="1")
    db.session.commit()
    with pytest.raises(DBAPIError, match="insert-only"):
        db.session.execute(change)  # type: ignore[call-overload]
    db.session.rollback()
    assert outcomes_of("read_person") == ["ok"]


def test_a_line_written_at_once_survives_the_failure_of_the_request(app: Flask) -> None:
    log.record_now("sign_in", object_kind="person", object_id="1", outcome="WrongPin")
    db.session.rollback()
    assert outcomes_of("sign_in") == ["WrongPin"]


def outcomes_of(act: str) -> list[str]:
    return list(db.session.scalars(select(LogEntry.outcome).where(LogEntry.act == act)))
