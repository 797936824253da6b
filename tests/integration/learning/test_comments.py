"""What team members tell the authors of a course: writing, reading again, taking back; what is kept of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Actor, Role, WayIn
from app.extensions import db
from app.people.actions import merge_people
from app.people.erasure import erase_person
from app.people.models import Person
from app.progress.erasure import erase_evidence
from app.progress.field_comments import MOST_A_DAY, Comments, TooManyComments, count_comments, write_comment
from app.progress.models import FieldComment
from app.shared.errors import NotFound
from tests.factories import make_member, make_person, make_staff, make_team, place_id_of, sign_in
from tests.integration.learning.kinds import LESSON, SLUG, Learner
from tests.integration.progress.test_counting_at_once import do_at_once
from tests.page_client import PageClient
from tests.rules.roles import open_device

BIM_SON = "14812"
PAGE = f"/me/comments/{SLUG}"
TEXT = "Bà con hay bấm nhầm nút quay lại."
only_sqlite = pytest.mark.sqlite_only


@pytest.fixture
def member(app: Flask) -> Person:
    person = make_person(name="Lê Văn Tổ")
    make_member(make_team(BIM_SON), person)
    return person


@pytest.fixture
def device(every_kind: Path, client: PageClient, member: Person) -> PageClient:
    sign_in(client, member, WayIn.PIN, idle_minutes=120)
    return client


def stored() -> list[FieldComment]:
    db.session.rollback()
    return list(db.session.scalars(select(FieldComment)))


@only_sqlite
@pytest.mark.parametrize(
    ("role", "status"),
    [("stranger", 401), ("guest", 401), ("resident", 403), ("member", 200), ("leader", 200), ("trainer", 200)],
)
def test_members_and_staff_may_comment(
    every_kind: Path, new_client: Callable[[], PageClient], role: str, status: int
) -> None:
    device = open_device(role, new_client)
    assert device.get(PAGE).status_code == status
    offers = status == 200
    for page in (f"/courses/{SLUG}", f"/courses/{SLUG}/bai-hoc"):
        assert ("Góp ý cho người soạn" in device.get(page).text) is offers


def test_a_comment_on_a_lesson_is_kept_with_the_commune_of_the_team(device: PageClient, learner: Learner) -> None:
    slug = learner.item(LESSON).slug
    page = device.get(f"{PAGE}?item={slug}").text
    assert "Về bài “Bài học có mọi phần”." in page
    assert "Không viết tên, số điện thoại" in page
    answer = device.post(PAGE, data={"item": slug, "text": f"  {TEXT}\r\n\r\n\r\n\r\nCảm ơn.  "})
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?item={slug}&note=sent")
    (comment,) = stored()
    assert (comment.item_key, comment.text) == (LESSON, f"{TEXT}\n\nCảm ơn.")
    assert comment.commune_id == place_id_of(BIM_SON)
    page = device.get(answer.location).text
    assert "Đã gửi. Cảm ơn anh chị" in page
    assert "chưa xử lý" in page


@only_sqlite
def test_a_comment_on_the_whole_course_names_no_item(device: PageClient) -> None:
    device.post(PAGE, data={"item": "khong-co", "text": TEXT})
    (comment,) = stored()
    assert comment.item_key == ""
    assert "Cả khóa" in device.get(PAGE).text


@only_sqlite
def test_staff_in_no_team_comment_without_a_commune(every_kind: Path, client: PageClient) -> None:
    sign_in(client, make_staff(Role.OFFICER, BIM_SON), WayIn.STAFF)
    client.post(PAGE, data={"text": TEXT})
    (comment,) = stored()
    assert comment.commune_id is None


@only_sqlite
@pytest.mark.parametrize(("text", "sentence"), [("  \n ", "Viết góp ý rồi"), ("dài " * 260, "dài quá 1.000")])
def test_what_cannot_be_taken_is_shown_again(device: PageClient, text: str, sentence: str) -> None:
    answer = device.post(PAGE, data={"text": text})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert text.strip() in answer.text
    assert stored() == []


@only_sqlite
def test_a_form_that_was_open_for_too_long_keeps_the_words(device: PageClient) -> None:
    answer = device.post(PAGE, data={"text": TEXT}, with_token=False)
    assert (answer.status_code, TEXT in answer.text) == (422, True)
    assert stored() == []


@only_sqlite
def test_a_double_tap_sends_it_once(device: PageClient) -> None:
    for _ in range(2):
        assert device.post(PAGE, data={"text": TEXT}).status_code == 303
    assert len(stored()) == 1


def test_two_taps_at_once_send_it_once(app: Flask, member: Person, learner: Learner) -> None:
    words = {"person_id": member.id, "course_id": learner.version.course_id, "item_key": "", "text": TEXT}
    db.session.commit()
    do_at_once(app, [lambda: write_comment(**words)] * 6)
    assert len(stored()) == 1


@only_sqlite
def test_nobody_floods_the_authors(device: PageClient, member: Person, learner: Learner) -> None:
    words = {"person_id": member.id, "course_id": learner.version.course_id, "item_key": ""}
    for number in range(MOST_A_DAY):
        write_comment(**words, text=f"Góp ý {number}")
    with pytest.raises(TooManyComments):
        write_comment(**words, text="Một góp ý nữa")
    answer = device.post(PAGE, data={"text": TEXT})
    assert (answer.status_code, "Ngày mai gửi tiếp giúp" in answer.text, TEXT in answer.text) == (429, True, True)
    other = make_person(name="Lê Văn Tổ")
    merge_people(keep_id=member.id, other_id=other.id, actor=Actor())
    with pytest.raises(TooManyComments):
        write_comment(**{**words, "person_id": other.id}, text="Từ máy cũ")


def test_own_comments_are_taken_back_and_those_of_others_are_not_there(
    device: PageClient, learner: Learner, new_client: Callable[[], PageClient]
) -> None:
    device.post(PAGE, data={"text": TEXT})
    (comment,) = stored()
    address = f"/me/comments/{comment.id}/delete"
    other = open_device("leader", new_client)
    assert TEXT not in other.get(PAGE).text
    assert other.post(address).status_code == 404
    answer = device.post(address, data={"item": learner.item(LESSON).slug})
    assert (answer.status_code, "note=deleted" in answer.location) == (303, True)
    assert "Đã xóa góp ý." in device.get(answer.location).text
    assert stored() == []
    assert device.post(address).status_code == 404


@only_sqlite
def test_what_a_member_wrote_is_exported_and_erased(device: PageClient, member: Person, learner: Learner) -> None:
    device.post(PAGE, data={"text": TEXT})
    (exported,) = device.get("/me/export.json").json["records"][0]["comments_on_courses"]
    assert (exported["course"], exported["item"], exported["text"]) == ("mau-moi-loai", None, TEXT)
    erase_evidence(member.id)
    erase_person(member.id, Actor())
    db.session.commit()
    assert stored() == []
    with pytest.raises(NotFound):
        write_comment(person_id=member.id, course_id=learner.version.course_id, item_key="", text=TEXT)


def test_after_a_merge_one_reads_and_takes_back_what_either_record_wrote(
    device: PageClient, member: Person, learner: Learner
) -> None:
    other = make_person(name="Lê Văn Tổ")
    write_comment(person_id=other.id, course_id=learner.version.course_id, item_key="", text="Từ máy cũ.")
    merge_people(keep_id=member.id, other_id=other.id, actor=Actor())
    sign_in(device, member, WayIn.PIN)
    assert "Từ máy cũ." in device.get(PAGE).text
    (comment,) = stored()
    assert comment.person_id == other.id
    assert device.post(f"/me/comments/{comment.id}/delete").status_code == 303
    assert count_comments(Comments([learner.version.course_id])) == 0
    assert db.session.scalar(select(func.count()).select_from(FieldComment)) == 0
