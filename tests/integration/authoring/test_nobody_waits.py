"""On SQLite one writes at a time: what takes long in publishing is done before that turn is taken."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.authoring.compiling import check_draft
from app.extensions import db
from app.shared.database import reading_only
from tests.integration.authoring.colleagues import Office
from tests.integration.authoring.publishing_steps import CONFIRMED, page_of, publish_twice, seen_on
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
BROKEN = ("Bác nhận tin nhắn lạ", "![](anh/khong-co.png)")


@contextmanager
def somebody_else_writes() -> Iterator[None]:
    """For as long as this lasts, whoever wants to write waits until it is told that it waited too long."""
    path = db.engine.url.database
    db.session.remove()
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@pytest.mark.parametrize("step", ["submit", "publish", "schedule"])
def test_a_course_is_compiled_before_the_turn_to_write_is_taken(office: Office, lan: PageClient, step: str) -> None:
    office.write(office.lan, *BROKEN)
    page = page_of(office)
    data = {"change": str(office.draft.change), **CONFIRMED, "later-day": "2027-01-01", "later-hour": "07:00"}
    with somebody_else_writes():
        answer = lan.post(page.replace("/publish", f"/{step}"), data=data)
    assert answer.status_code == 422
    assert "Khóa học còn lỗi." in answer.text


def test_an_earlier_version_is_compiled_before_the_turn_to_write_is_taken(office: Office, lan: PageClient) -> None:
    publish_twice(office)
    with somebody_else_writes():
        assert (
            lan.post(page_of(office, "/history/7/roll-back"), data={"seen": str(office.ids["draft"])}).status_code
            == 404
        )


def test_a_form_that_is_not_filled_in_keeps_nobody_waiting(office: Office, ba: PageClient) -> None:
    office.demand_review()
    office.submit()
    with somebody_else_writes():
        assert ba.post(page_of(office, "/send-back"), data={"comment": ""}).status_code == 422


def test_what_was_only_read_is_let_go_of_before_writing(office: Office) -> None:
    with reading_only():
        assert check_draft(office.draft).compiled is not None
        assert db.session().in_transaction()
    assert not db.session().in_transaction()


def test_what_changed_while_it_was_compiled_is_not_published(office: Office, lan: PageClient) -> None:
    seen = seen_on(lan.get(page_of(office)).text)
    office.write(office.lan)
    answer = lan.post(page_of(office), data={"change": seen, **CONFIRMED})
    assert (answer.status_code, office.draft.course_id) == (409, None)
