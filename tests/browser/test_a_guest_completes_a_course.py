"""The main job: from a link to a counted completion, with no account and no form, whatever the thumb does."""

import pytest
from sqlalchemy import func, select

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people.models import Person
from app.progress.models import Visit
from tests.browser.conftest import NewStory
from tests.browser.learner import (
    answer_question,
    questions_of,
    read_lessons,
    start_course,
    take_quiz,
    understand_lesson,
)
from tests.browser.site import Site
from tests.browser.story import Story
from tests.factories import make_staff

RESIDENT_COURSE = "nhan-biet-va-tranh-lua-dao-qua-mang"


def learn_from_the_link(guest: Story, commune_code: str, commune_name: str) -> None:
    """The poster's link, one tap on what one wants to do, the lessons, the quiz."""
    guest.open(f"/?xa={commune_code}")
    guest.sees(f"Bà con ở {commune_name}")
    guest.press("Đúng rồi")
    start_course(guest)
    understand_lesson(guest)
    read_lessons(guest)
    take_quiz(guest)
    guest.press("Xong")
    guest.sees("Xong khóa học rồi!")
    guest.sees(f"Đã ghi cho {commune_name}")


def officer_sees_one_guest(officer: Story, commune_code: str) -> None:
    with officer.site.stored():
        person = make_staff(Role.OFFICER, commune_code)
        db.session.expunge(person)
    officer.sign_in_as(person, WayIn.STAFF)
    officer.open(f"/places/{commune_code}")
    card = officer.page.locator(".figure-cards > *", has_text="người học bằng mã, chưa đăng ký")
    assert "1" in card.inner_text().split()


@pytest.mark.parametrize(
    ("device", "has_script", "code", "name"),
    [
        ("phone", True, "14812", "Phường Bỉm Sơn"),
        ("phone", False, "24805", "Phường Xuân Trường - Đà Lạt"),
        ("desktop", True, "29194", "Xã Đại Điền"),
    ],
    ids=["phone", "phone_without_js", "desktop"],
)
def test_a_guest_goes_from_the_link_to_a_completion_that_the_officer_sees(
    site: Site, new_story: NewStory, device: str, has_script: bool, code: str, name: str
) -> None:
    learn_from_the_link(new_story(site, device, has_script=has_script), code, name)
    officer_sees_one_guest(new_story(site, "desktop"), code)


@pytest.mark.postgres
def test_the_same_on_postgresql(postgresql_site: Site, new_story: NewStory) -> None:
    learn_from_the_link(new_story(postgresql_site), "14812", "Phường Bỉm Sơn")
    officer_sees_one_guest(new_story(postgresql_site, "desktop"), "14812")


@pytest.mark.parametrize("has_script", [True, False], ids=["phone", "phone_without_js"])
def test_double_taps_reloads_and_the_back_button_count_nothing_twice(
    site: Site, new_story: NewStory, has_script: bool
) -> None:
    guest = new_story(site, has_script=has_script)
    guest.open("/")
    start_course(guest)
    lesson = guest.path
    guest.press_twice("Đã hiểu")
    guest.go_back()
    guest.reload()
    guest.open(lesson)
    understand_lesson(guest)
    read_lessons(guest)

    guest.press_twice("Bắt đầu làm bài")
    first_question = guest.path
    questions = questions_of(guest, RESIDENT_COURSE)
    answer_question(guest, questions, right=False)
    guest.sees("Chưa đúng.")
    guest.reload()
    guest.press("Câu tiếp theo")
    guest.open(first_question)
    assert not guest.has("Trả lời")
    guest.sees("Chưa đúng.")

    with site.stored():
        newest = db.session.scalar(select(Visit.person_id).order_by(Visit.received_at.desc()).limit(1))
        visits = db.session.scalar(select(func.count()).select_from(Visit).where(Visit.person_id == newest))
    assert visits == 5


@pytest.mark.parametrize("has_script", [True, False], ids=["phone", "phone_without_js"])
def test_two_tabs_of_one_phone_are_one_learner(site: Site, new_story: NewStory, has_script: bool) -> None:
    with site.stored():
        before = count_guests_with_work()
    first = new_story(site, has_script=has_script)
    first.open("/")
    start_course(first)
    second = first.open_tab(first.path)
    understand_lesson(first)
    second.press("Đã hiểu")
    with site.stored():
        assert count_guests_with_work() == before + 1


def count_guests_with_work() -> int:
    with_work = select(Person.id).join(Visit, Visit.person_id == Person.id).distinct()
    return db.session.scalar(select(func.count()).select_from(with_work.subquery())) or 0
