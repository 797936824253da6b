"""Somebody is in the middle of a course when its trainer publishes, from the browser or by hand: nothing is lost."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.access.actor import WayIn
from app.authoring import drafts
from app.authoring.arranging import add_item
from app.authoring.versions import open_draft_of, roll_back
from app.content.queries import get_version
from app.extensions import db
from app.progress.course_use import count_in_the_middle
from app.progress.models import Attempt, Visit
from tests.factories import sign_in
from tests.integration.authoring.colleagues import Office
from tests.integration.authoring.drafts import file_at
from tests.integration.learning.kinds import Learner, count
from tests.page_client import PageClient

LESSON, QUIZ = "bai-mot", "kiem-tra"
OLD, NEW = "Ai được hỏi mã OTP?", "Những ai được hỏi mã một lần?"


@pytest.fixture
def office(app: Flask) -> Office:
    """The course is published once."""
    assert app.name
    office = Office()
    office.publish()
    return office


@pytest.fixture
def learner(office: Office, client: PageClient) -> Learner:
    """Has read the lesson and begun the quiz."""
    assert office.draft.course_id
    learner = Learner(client, slug="khoa-nhap")
    learner.understand(LESSON)
    learner.start(QUIZ)
    return learner


def rewrite(office: Office) -> None:
    """Another wording of the question that is open, and one lesson more."""
    file = file_at(office.draft, "02-kiem-tra.md")
    text = (file.text or "").replace(OLD, NEW)
    drafts.save_text(office.draft, file.id, text, file.revision, office.as_(office.lan))
    add_item(office.draft, "lesson", "Bài thêm", office.as_(office.lan))
    db.session.commit()


def test_the_open_attempt_goes_on_and_what_was_done_stays_done(office: Office, learner: Learner) -> None:
    rewrite(office)
    assert office.publish().number == 2
    assert OLD in learner.client.get(learner.at(QUIZ, 1)).text
    page = learner.page()
    assert "Khóa học vừa thêm “Bài thêm”" in page
    assert page.count('class="item-number done"') == 1
    assert learner.answer(QUIZ, "q-ma").status_code == 303
    assert learner.attempt(QUIZ).passed is True
    learner.start(QUIZ)
    assert NEW in learner.client.get(learner.at(QUIZ, 1)).text


def test_going_back_is_just_as_harmless(office: Office, learner: Learner) -> None:
    rewrite(office)
    office.publish()
    learner.start(QUIZ)
    roll_back(office.draft, 1, office.versions()[-1].id, office.as_(office.lan))
    db.session.commit()
    assert NEW in learner.client.get(learner.at(QUIZ, 1)).text
    assert learner.answer(QUIZ, "q-ma").status_code == 303
    assert learner.attempt(QUIZ).passed is True
    assert "Bài thêm" not in learner.page()


def test_by_hand_and_in_the_browser_it_is_one_course_with_one_history(office: Office, learner: Learner) -> None:
    learner.answer(QUIZ, "q-ma")
    before = (count(Visit), count(Attempt))
    office.publish_by_hand()
    rewrite_untouched(office)
    assert [version.number for version in office.versions()] == [1, 2, 3]
    assert (count(Visit), count(Attempt)) == before
    assert learner.page().count('class="item-number done"') == 2
    assert learner.client.get(learner.at(QUIZ)).status_code == 200


def rewrite_untouched(office: Office) -> None:
    """The draft follows what was published by hand, then a change is published from the browser."""
    open_draft_of(office.course(), office.as_(office.lan))
    db.session.commit()
    office.write(office.lan)
    office.publish()


def test_the_page_of_publishing_says_how_many_there_are_and_what_they_meet(
    office: Office, learner: Learner, new_client: Callable[[], PageClient]
) -> None:
    assert learner.attempts
    other = Learner(new_client(), slug="khoa-nhap")
    other.understand(LESSON)
    other.take(QUIZ)
    middle = count_in_the_middle(get_version(office.versions()[0].id))
    assert (middle.people, middle.in_a_quiz) == (1, 1)
    rewrite(office)
    device = new_client()
    sign_in(device, office.lan, WayIn.STAFF)
    page = device.get(f"/workshop/drafts/{office.draft.id}/publish").text
    assert "1 người đang học dở khóa này." in page
    assert "Mục mới: “Bài thêm”" in page
    assert "1 người đang làm dở bài kiểm tra" in page
    assert "Lần ban hành vẫn là 1" in page


@pytest.mark.sqlite_only
def test_another_edition_says_that_everyone_begins_again(
    office: Office, learner: Learner, new_client: Callable[[], PageClient]
) -> None:
    learner.answer(QUIZ, "q-ma")
    file = file_at(office.draft, "course.yml")
    drafts.save_text(office.draft, file.id, (file.text or "") + "edition: 2\n", file.revision, office.as_(office.lan))
    db.session.commit()
    device = new_client()
    sign_in(device, office.lan, WayIn.STAFF)
    page = device.get(f"/workshop/drafts/{office.draft.id}/publish").text
    assert "từ 1 lên 2: mọi người học lại từ đầu, kể cả 1 người đã học xong" in page
