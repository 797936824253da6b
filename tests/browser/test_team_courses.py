"""A course of the team: its title is for everybody, its lessons are for those who signed in as members."""

import pytest

from app.access.actor import WayIn
from app.extensions import db
from tests.browser.conftest import NewStory
from tests.browser.learner import read_lessons, take_quiz, understand_lesson
from tests.browser.site import Site
from tests.factories import make_member, make_person, make_team

TEAM_COURSE = "bat-dau-lam-thanh-vien-to-cong-nghe-so-cong-dong"
FIRST_LESSON = f"/courses/{TEAM_COURSE}/viec-cua-to"


@pytest.mark.parametrize("has_script", [True, False], ids=["phone", "phone_without_js"])
def test_a_stranger_reads_what_it_is_about_and_no_lesson(site: Site, new_story: NewStory, has_script: bool) -> None:
    stranger = new_story(site, has_script=has_script)
    stranger.open(f"/courses/{TEAM_COURSE}")
    stranger.sees("Khóa này dành cho thành viên tổ công nghệ số cộng đồng.")
    assert stranger.has("Tôi là thành viên, đăng nhập")
    assert not stranger.has("Bắt đầu học")
    stranger.open(FIRST_LESSON)
    assert not stranger.has("Đã hiểu")


@pytest.mark.parametrize("has_script", [True, False], ids=["phone", "phone_without_js"])
def test_a_member_takes_the_course_and_it_counts_for_the_commune_of_the_team(
    site: Site, new_story: NewStory, has_script: bool
) -> None:
    with site.stored():
        person = make_person(name="Trần Văn Tổ")
        make_member(make_team("14812"), person)
        db.session.expunge(person)
    member = new_story(site, has_script=has_script)
    member.sign_in_as(person, WayIn.PIN)
    member.open(f"/courses/{TEAM_COURSE}")
    member.press("Bắt đầu học")
    understand_lesson(member)
    read_lessons(member)
    take_quiz(member, TEAM_COURSE)
    member.press("Xong")
    member.sees("Đã ghi cho Phường Bỉm Sơn")
