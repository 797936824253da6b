"""Comments of team members in the workshop: of whose courses, in which order, marked as handled, and who read them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import Role, WayIn
from app.authoring.routes import comments as routes
from app.content.catalogue import forget_after_commit
from app.content.models import Course
from app.extensions import db
from app.people.models import Person
from app.progress.field_comments import write_comment
from app.progress.models import FieldComment
from app.shared import clock
from app.shared.clock import now
from app.shared.log import LogEntry
from tests.factories import make_course, make_member, make_person, make_staff, make_team, place_id_of, sign_in
from tests.integration.authoring.attempts import SLUG, Taught, teach
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
PAGE = "/workshop/comments"
BIM_SON, LAM_DONG = "14812", "68"


@pytest.fixture
def taught(app: Flask, tmp_path: Path) -> Taught:
    return teach(tmp_path)


@pytest.fixture
def member(app: Flask) -> Person:
    person = make_person(name="Bí Mật")
    make_member(make_team(BIM_SON), person)
    return person


@pytest.fixture
def device(taught: Taught, client: PageClient) -> PageClient:
    sign_in(client, make_staff(Role.TRAINER, None), WayIn.STAFF)
    return client


def write(taught: Taught, member: Person, text: str, *, item: str = "", course_id: UUID | None = None, days: int = 0):  # type: ignore[no-untyped-def]
    with clock.frozen(now() - timedelta(days=days)):
        write_comment(person_id=member.id, course_id=course_id or taught.version.course_id, item_key=item, text=text)
    db.session.commit()
    return db.session.scalars(select(FieldComment.id).where(FieldComment.text == text)).one()


def acts() -> list[str]:
    db.session.rollback()
    return [act for act in db.session.scalars(select(LogEntry.act)) if "comment" in act]


def test_comments_stand_newest_first_without_a_name(taught: Taught, member: Person, device: PageClient) -> None:
    write(taught, member, "Lời cũ <b>", days=3)
    write(taught, member, "Lời giữa", item="bai-mot", days=1)
    write(taught, member, "Lời mới", item="bai-mot")
    page = device.get(PAGE).text
    assert page.index("Lời mới") < page.index("Lời giữa") < page.index("Lời cũ &lt;b&gt;")
    assert "Khóa thử: Bài một" in page
    assert "Phường Bỉm Sơn, Thanh Hóa" in page
    assert "Bí Mật" not in page
    assert acts() == ["read_field_comments"]


def test_an_empty_list_says_so_and_reads_nothing(device: PageClient) -> None:
    assert "Không có góp ý nào chờ xử lý." in device.get(PAGE).text
    assert "Chưa có góp ý nào." in device.get(f"{PAGE}?show=all").text
    assert acts() == []


def test_what_was_dealt_with_leaves_the_list_and_its_author_sees_it(
    taught: Taught, member: Person, device: PageClient, new_client: Callable[[], PageClient]
) -> None:
    comment_id = write(taught, member, "Sai số máy")
    answer = device.post(f"{PAGE}/{comment_id}/handled?show=open", data={"handled": "yes"})
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?show=open&note=handled")
    assert "Đã ghi là xử lý xong." in device.get(answer.location).text
    assert "Sai số máy" not in device.get(PAGE).text
    assert "Sai số máy" in device.get(f"{PAGE}?show=handled").text
    own = new_client()
    sign_in(own, member, WayIn.PIN)
    assert "người soạn đã xem và xử lý" in own.get(f"/me/comments/{SLUG}").text
    device.post(f"{PAGE}/{comment_id}/handled", data={"handled": "no"})
    assert "Sai số máy" in device.get(PAGE).text
    assert [act for act in acts() if not act.startswith("read")] == ["handle_comment", "reopen_comment"]


def test_twice_is_logged_once(taught: Taught, member: Person, device: PageClient) -> None:
    comment_id = write(taught, member, "Sai số máy")
    for _ in range(2):
        device.post(f"{PAGE}/{comment_id}/handled", data={"handled": "yes"})
    assert acts() == ["handle_comment"]


def test_the_list_is_narrowed_to_one_course_and_the_course_leads_there(
    taught: Taught, member: Person, device: PageClient
) -> None:
    write(taught, member, "Về khóa thử")
    write(taught, member, "Về khóa khác", course_id=make_course("khoa-khac", title="Khóa khác"))
    page = device.get(f"{PAGE}?course={SLUG}").text
    assert ("Về khóa thử" in page, "Về khóa khác" in page) == (True, False)
    assert f'<option value="{SLUG}" selected>Khóa thử (1)</option>' in page
    assert "Mọi khóa (2)" in page
    course = device.get(f"/workshop/courses/{SLUG}").text
    assert f'href="{PAGE}?course={SLUG}"' in course
    assert 'Góp ý từ cơ sở <strong class="count">1</strong>' in course
    assert 'Góp ý từ cơ sở <strong class="count">2</strong>' in device.get("/workshop").text


def test_long_lists_go_on_on_the_next_page(
    taught: Taught, member: Person, device: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "COMMENTS_ON_A_PAGE", 2)
    for number in range(5):
        write(taught, member, f"Lời số {number}", days=number)
    first = device.get(PAGE).text
    assert ("Lời số 1" in first, "Lời số 2" in first, "Trang 1 trong 3" in first) == (True, False, True)
    assert "Lời số 4" in device.get(f"{PAGE}?page=3").text
    for odd in ("0", "-1", "99", "x"):
        assert device.get(f"{PAGE}?page={odd}").status_code == 200


@pytest.mark.parametrize(
    ("of_course", "of_trainer", "may"),
    [(None, None, True), (None, BIM_SON, False), (BIM_SON, BIM_SON, True), (BIM_SON, LAM_DONG, False)],
)
def test_comments_are_for_those_who_write_the_course(
    taught: Taught, member: Person, client: PageClient, of_course: str | None, of_trainer: str | None, may: bool
) -> None:
    db.session.execute(update(Course).values(place_id=place_id_of(of_course) if of_course else None))
    forget_after_commit()
    comment_id = write(taught, member, "Lời góp ý")
    sign_in(client, make_staff(Role.TRAINER, of_trainer), WayIn.STAFF)
    assert ("Lời góp ý" in client.get(PAGE).text) is may
    assert client.get(f"{PAGE}?course={SLUG}").status_code == (200 if may else 404)
    assert client.post(f"{PAGE}/{comment_id}/handled").status_code == (303 if may else 404)
    assert ("Góp ý từ cơ sở" in client.get(f"/workshop/courses/{SLUG}").text) is may


def test_what_does_not_exist_is_not_found(device: PageClient) -> None:
    assert device.post(f"{PAGE}/019a0000-0000-7000-8000-000000000000/handled").status_code == 404
    assert device.get(f"{PAGE}?course=khong-co").status_code == 404
