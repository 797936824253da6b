"""Withdrawing an item or a course in the workshop: who may, what is asked, what the course page shows then."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import Actor, Grant, Role, WayIn
from app.authoring.drafts import create_draft
from app.authoring.models import DraftEvent
from app.content.catalogue import forget_after_commit
from app.content.models import Course, WithdrawnItem
from app.extensions import db
from app.people.models import Person
from app.shared.log import LogEntry
from tests.courses.folders import folder_with
from tests.factories import make_person, make_staff, place_id_of, sign_in
from tests.integration.authoring.attempts import SLUG, Taught, make_visit, teach
from tests.page_client import PageClient
from tests.rules.roles import open_device

pytestmark = pytest.mark.sqlite_only
COURSE_PAGE = f"/workshop/courses/{SLUG}"
LESSON_PAGE = f"{COURSE_PAGE}/items/bai-mot"
QUIZ_PAGE = f"{COURSE_PAGE}/items/kiem-tra"
REASON = "Số máy trong bài đã đổi."
BIM_SON, LAM_DONG = "14812", "68"


@pytest.fixture
def taught(app: Flask, tmp_path: Path) -> Taught:
    return teach(tmp_path)


@pytest.fixture
def device(taught: Taught, client: PageClient, trainer: Person) -> PageClient:
    sign_in(client, trainer, WayIn.STAFF)
    return client


def give_to(place_code: str | None) -> None:
    """Let the course belong to this place."""
    db.session.execute(update(Course).values(place_id=place_id_of(place_code) if place_code else None))
    forget_after_commit()
    db.session.commit()


def acts() -> list[str]:
    """What the log says of withdrawing and opening again, in order."""
    db.session.rollback()
    every = db.session.scalars(select(LogEntry.act).order_by(LogEntry.at))
    return [act for act in every if act.startswith(("withdraw", "reinstate"))]


def test_an_item_is_withdrawn_with_a_reason_and_opened_again(
    taught: Taught, device: PageClient, new_client: Callable[[], PageClient]
) -> None:
    for _ in range(3):
        make_visit(taught, make_person())
    page = device.get(COURSE_PAGE).text
    assert f'href="{LESSON_PAGE}/withdraw">Ngừng bài này' in page
    asks = device.get(f"{LESSON_PAGE}/withdraw").text
    assert "Ngừng bài “Bài một”?" in asks
    assert "3 người đã làm xong bài này." in asks
    answer = device.post(f"{LESSON_PAGE}/withdraw", data={"reason": f"  {REASON} "})
    assert (answer.status_code, answer.location) == (303, f"{COURSE_PAGE}#items")
    page = device.get(COURSE_PAGE).text
    assert f": {REASON}</p>" in page
    assert "<del>Bài một</del>" in page
    assert REASON in new_client().get(f"/courses/{SLUG}/bai-mot").text
    assert device.post(f"{LESSON_PAGE}/reinstate").status_code == 303
    assert "<del>" not in device.get(COURSE_PAGE).text
    assert REASON not in new_client().get(f"/courses/{SLUG}/bai-mot").text
    assert acts() == ["withdraw_item", "reinstate_item"]


@pytest.mark.parametrize(("reason", "sentence"), [("", "Viết lý do giúp"), ("dài " * 80, "Lý do dài quá 300")])
def test_without_a_good_reason_it_is_asked_again(device: PageClient, reason: str, sentence: str) -> None:
    for address in (LESSON_PAGE, COURSE_PAGE):
        answer = device.post(f"{address}/withdraw", data={"reason": reason})
        assert (answer.status_code, sentence in answer.text, reason.strip() in answer.text) == (422, True, True)
    assert acts() == []


def test_a_form_that_was_open_for_too_long_keeps_the_reason(device: PageClient) -> None:
    answer = device.post(f"{LESSON_PAGE}/withdraw", data={"reason": REASON}, with_token=False)
    assert (answer.status_code, REASON in answer.text) == (422, True)
    assert acts() == []


def test_the_last_item_points_to_the_whole_course(device: PageClient) -> None:
    device.post(f"{LESSON_PAGE}/withdraw", data={"reason": REASON})
    asks = device.get(f"{QUIZ_PAGE}/withdraw").text
    assert "Muốn ngừng mục này thì ngừng cả khóa học." in asks
    assert "<textarea" not in asks
    answer = device.post(f"{QUIZ_PAGE}/withdraw", data={"reason": REASON})
    assert (answer.status_code, f'href="{COURSE_PAGE}/withdraw"' in answer.text) == (409, True)
    assert db.session.scalars(select(WithdrawnItem.item_key)).all() == ["bai-mot"]


def test_a_whole_course_is_withdrawn_and_opened_again(device: PageClient, new_client: Callable[[], PageClient]) -> None:
    assert "Ngừng khóa học “Khóa thử”?" in device.get(f"{COURSE_PAGE}/withdraw").text
    device.post(f"{COURSE_PAGE}/withdraw", data={"reason": REASON})
    page = device.get(COURSE_PAGE).text
    assert f"Khóa này đã ngừng. {REASON}" in page
    assert "Mở lại cả khóa học" in page
    assert REASON in new_client().get(f"/courses/{SLUG}").text
    device.post(f"{COURSE_PAGE}/reinstate")
    assert REASON not in new_client().get(f"/courses/{SLUG}").text
    assert acts() == ["withdraw_course", "reinstate_course"]


def test_the_course_own_history_tells_it(device: PageClient, taught: Taught, trainer: Person) -> None:
    actor = Actor(WayIn.STAFF, trainer.id, grants=(Grant(Role.TRAINER, None),))
    create_draft(folder_with(), slug=SLUG, by=actor, place_id=None, course_id=taught.version.course_id)
    device.post(f"{LESSON_PAGE}/withdraw", data={"reason": REASON})
    db.session.rollback()
    event = db.session.scalars(select(DraftEvent).where(DraftEvent.act == "withdraw_item")).one()
    assert event.detail == {"item": "bai-mot", "title": "Bài một", "reason": REASON}


@pytest.mark.parametrize(
    ("role", "status"), [("stranger", 401), ("resident", 403), ("leader", 403), ("officer", 403), ("trainer", 200)]
)
def test_only_trainers_and_operators_come_in(
    taught: Taught, new_client: Callable[[], PageClient], role: str, status: int
) -> None:
    device = open_device(role, new_client)
    for address in (LESSON_PAGE, COURSE_PAGE):
        assert device.get(f"{address}/withdraw").status_code == status


@pytest.mark.parametrize(
    ("of_course", "of_trainer", "may"),
    [
        (None, None, True),
        (None, BIM_SON, False),
        (BIM_SON, BIM_SON, True),
        (BIM_SON, None, True),
        (BIM_SON, LAM_DONG, False),
    ],
)
def test_a_trainer_withdraws_where_they_may_publish(
    taught: Taught, client: PageClient, of_course: str | None, of_trainer: str | None, may: bool
) -> None:
    give_to(of_course)
    sign_in(client, make_staff(Role.TRAINER, of_trainer), WayIn.STAFF)
    page = client.get(COURSE_PAGE)
    assert page.status_code == 200
    assert ("Ngừng bài này" in page.text, "Ngừng cả khóa học" in page.text) == (may, may)
    for method, address in (
        ("GET", f"{LESSON_PAGE}/withdraw"),
        ("POST", f"{LESSON_PAGE}/withdraw"),
        ("POST", f"{LESSON_PAGE}/reinstate"),
        ("GET", f"{COURSE_PAGE}/withdraw"),
        ("POST", f"{COURSE_PAGE}/withdraw"),
        ("POST", f"{COURSE_PAGE}/reinstate"),
    ):
        assert (client.open(address, method=method).status_code == 404) is not may
    assert ("withdraw_item" in acts()) is False


def test_what_does_not_exist_is_not_found(device: PageClient) -> None:
    assert device.get(f"{COURSE_PAGE}/items/khong-co/withdraw").status_code == 404
    assert device.get("/workshop/courses/khong-co/withdraw").status_code == 404


def test_nobody_stops_at_what_is_no_longer_taught(taught: Taught, device: PageClient) -> None:
    for _ in range(25):
        make_visit(taught, make_person())
    assert "Nhiều người dừng nhất trước “Bài kiểm tra”" in device.get(COURSE_PAGE).text
    device.post(f"{QUIZ_PAGE}/withdraw", data={"reason": REASON})
    page = device.get(COURSE_PAGE).text
    assert "Nhiều người dừng nhất" not in page
    assert '<span class="state">Đã ngừng</span>' in page
