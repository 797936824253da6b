"""Lessons with every part, drills, and what a course says of itself: its age, what to take first, whose words."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.people.models import Person
from app.progress.models import Completion, Visit
from app.shared import clock
from tests.integration.learning.kinds import (
    BEFORE,
    DRILL,
    KINDS,
    LESSON,
    PRACTICE,
    Learner,
    change,
    copy_of_course,
    count,
    publish,
)

pytestmark = pytest.mark.sqlite_only


def test_a_word_is_explained_where_it_stands_and_leads_back(learner: Learner) -> None:
    page = learner.page(LESSON)
    for words in ("mã dùng một lần, gửi về điện thoại", "dòng chữ bấm vào thì mở ra một trang"):
        assert page.count(words) == 1
    linked = page.split(">mã OTP</a>")[0].rsplit('href="#', 1)[1].split('"')[0]
    assert page.count(f'id="{linked}"') == 1


def test_a_lesson_shows_its_boxes_its_table_and_its_sources(learner: Learner) -> None:
    page = learner.page(LESSON)
    for words in (
        "giữ mã cho mình",
        "có người giả công an",
        "gọi lại số cũ",
        "Gọi số in trên thẻ",
        "<table",
        "<summary",
    ):
        assert words in page
    assert 'href="https://example.vn/nguon?a=1&amp;b=2"' in page
    assert f'href="{learner.address(KINDS)}"' in page, "a link to a file of the course leads to that item"


def test_a_question_in_a_lesson_has_no_name_that_is_sent_and_leaves_no_trace(learner: Learner) -> None:
    page = learner.page(LESSON)
    assert "Ai được hỏi mã của bác?" in page
    assert "Mã chỉ của bác." in page
    before_form = page.split("understood")[0]
    assert 'name="thu-1"' in before_form
    section = page.split('<section class="try">')[1].split("</section>")[0]
    assert "<form" not in section
    answered = learner.client.post(f"{learner.address(LESSON)}/understood", data={"thu-1": "x"})
    assert answered.status_code == 303
    assert count(Visit) == 1


@pytest.mark.parametrize(
    ("phone", "shown", "hidden"), [("android", "Android", "iPhone"), ("iphone", "iPhone", "Android")]
)
def test_the_kind_of_phone_is_chosen_once_and_kept_on_the_device(
    learner: Learner, phone: str, shown: str, hidden: str
) -> None:
    assert "Bác dùng máy nào?" in learner.page(LESSON)
    assert "for-android" not in learner.page(LESSON)
    chosen = learner.client.post("/display", data={"phone": phone, "next": learner.address(LESSON)})
    assert (chosen.status_code, chosen.location) == (303, learner.address(LESSON))
    page = learner.page(LESSON)
    assert f'class="lesson for-{phone}"' in page
    assert 'aria-current="true"' in page.split(f'value="{phone}"')[1][:40]
    assert count(Person) == 0


@pytest.mark.parametrize("phone", ["nokia", "", "android iphone", '"><script>'])
def test_a_phone_that_nobody_makes_changes_nothing(learner: Learner, phone: str) -> None:
    learner.client.post("/display", data={"phone": phone, "next": "/"})
    assert 'class="lesson"' in learner.page(LESSON)


def test_words_of_a_province_are_general_until_the_commune_is_known(learner: Learner) -> None:
    assert "Trong ứng dụng của tỉnh, bấm" in learner.page(LESSON)
    learner.understand(LESSON)
    assert learner.client.post("/me/commune", data={"commune": "00004"}).status_code == 303
    assert "Trong ứng dụng iHanoi, bấm" in learner.page(LESSON)


def test_a_confirmed_commune_of_a_poster_changes_the_words_too(
    learner: Learner, new_learner: Callable[[], Learner]
) -> None:
    learner.client.post("/commune", data={"commune": "00004", "next": "/"})
    assert "Trong ứng dụng iHanoi, bấm" in learner.page(LESSON)
    assert "Trong ứng dụng của tỉnh, bấm" in new_learner().page(LESSON), "pages that are kept do not mix provinces"


def test_old_facts_are_told_to_learners_only_after_the_grace(learner: Learner, every_kind: Path) -> None:
    change(
        every_kind / "01-bai-hoc.md",
        "minutes: 5\n",
        "minutes: 5\nchecked: 2026-10-01\nrecheck: 100\nsource: https://example.vn/x\n",
    )
    publish(every_kind)
    checked = clock.now().replace(year=2026, month=10, day=1, hour=5)
    for days, says in ((100, False), (129, False), (131, True)):
        with clock.frozen(checked + timedelta(days=days)):
            assert ("Bài này kiểm tra lần cuối ngày 01/10/2026" in learner.page(LESSON)) is says, days
    november = checked + timedelta(days=31)
    for days, says in ((180, False), (209, False), (211, True)):
        with clock.frozen(november + timedelta(days=days)):
            assert ("Khóa này kiểm tra lần cuối ngày 01/11/2026" in learner.page()) is says, days


def test_what_to_take_first_is_named_until_it_was_taken(learner: Learner, tmp_path: Path) -> None:
    assert "Nên học trước" not in learner.page(), "a course that is not there is not named"
    publish(copy_of_course(tmp_path, "khoa-truoc", "all_question_types"))
    page = learner.page()
    assert "Nên học trước:" in page
    assert 'href="/courses/khoa-truoc"' in page
    first = Learner(learner.client, "khoa-truoc")
    for item in first.version.items:
        if item.quiz:
            first.take(item.key)
        else:
            first.understand(item.key)
    assert count(Completion) == 1
    assert "Nên học trước" not in learner.page()


def test_a_drill_explains_a_wrong_reply_and_leads_on(learner: Learner) -> None:
    first = learner.page(DRILL)
    assert "tài khoản của bác bị khóa" in first
    assert "Mã này mở được tài khoản của bác" not in first
    wrong = learner.page(DRILL, "?p=1")
    assert "Mã này mở được tài khoản của bác" in wrong
    assert "Chưa nên." in wrong
    assert "Còn một mã nữa" in wrong
    again = learner.page(DRILL, "?p=1-2")
    assert again.count("Còn một mã nữa") == 1, "back to the same message, which is not said twice"
    end = learner.page(DRILL, "?p=1-2-1")
    assert "Bác đã chọn 2 câu chưa nên" in end
    assert "Ngân hàng không bao giờ hỏi mã" in end
    assert "Bác xử lý rất khéo" in learner.page(DRILL, "?p=2")


@pytest.mark.parametrize(
    "path",
    [
        "0",
        "3",
        "9",
        "2-1",
        "1-3",
        "1-2-9",
        "99",
        "100",
        "-1",
        "1-",
        "1--1",
        "a",
        "1.1",
        "1 ",
        "'",
        "1" * 300,
        "-".join(["1"] + ["2"] * 60),
        "%00",
        "½",
    ],
)
def test_a_path_that_the_drill_does_not_have_is_not_found(learner: Learner, path: str) -> None:
    answer = learner.client.get(learner.address(DRILL), query_string={"p": path})
    assert answer.status_code == 404
    assert count(Person) == 0


def test_a_very_long_path_begins_again(learner: Learner) -> None:
    longest = "-".join(["1"] + ["2"] * 59)
    page = learner.page(DRILL, f"?p={longest}")
    links = [part.split('"')[0] for part in page.split('class="button quiet reply" href="')[1:]]
    assert links == [learner.address(DRILL)] * 2


def test_a_reply_that_asks_to_type_has_a_box_without_name_and_form(learner: Learner) -> None:
    page = learner.page(DRILL)
    main = page.split("<main")[1].split("</main>")[0]
    box = main.split("<input")[1].split(">")[0]
    assert main.count("<input") == 1
    assert " name=" not in box
    assert 'autocomplete="off"' in box
    assert "<form" not in main


def test_the_end_of_a_drill_is_done_and_counts_once(learner: Learner) -> None:
    assert "/understood" not in learner.page(DRILL).split("<main")[1]
    assert "/understood" in learner.page(DRILL, "?p=2").split("<main")[1]
    for _tap in range(2):
        assert learner.understand(DRILL).status_code == 303
    assert count(Visit) == 1
    assert "đã xong" in learner.page()


@pytest.mark.parametrize("key", [KINDS, PRACTICE, BEFORE])
def test_a_quiz_or_a_practice_is_not_done_by_saying_so(learner: Learner, key: str) -> None:
    assert learner.understand(key).status_code == 404
    assert (count(Visit), count(Person)) == (0, 0)


@pytest.mark.parametrize("key", [LESSON, DRILL, PRACTICE])
def test_what_is_no_quiz_has_no_attempts(learner: Learner, key: str) -> None:
    assert learner.begin(key).status_code == 404
    assert count(Person) == 0
