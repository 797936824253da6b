"""A new version in the middle of a course: nothing is lost, one sentence says what is new, nothing breaks."""

from pathlib import Path

import pytest

from app.progress.models import Completion
from tests.integration.learning.kinds import (
    BEFORE,
    DRILL,
    KINDS,
    LESSON,
    SUPERVISED,
    Learner,
    change,
    count,
    publish,
)

pytestmark = pytest.mark.sqlite_only


def add_lesson(folder: Path, number: int, title: str) -> None:
    text = (
        f"---\nkind: lesson\nkey: them-{number}\ntitle: {title}\nminutes: 1\n---\nHọc xong bài này, bác biết tắt máy.\n"
    )
    (folder / f"{number:02}-them-{number}.md").write_text(text, encoding="utf-8")


def set_minutes(folder: Path, minutes: int) -> None:
    change(folder / "course.yml", "minutes: 34", f"minutes: {minutes}")


def news(page: str) -> str:
    for begins in ("Khóa học vừa thêm", "Khóa học vừa sửa"):
        if begins in page:
            return begins + page.split(begins)[1].split("<")[0]
    return ""


def test_one_sentence_names_what_was_added(learner: Learner, every_kind: Path) -> None:
    learner.understand(LESSON)
    assert news(learner.page()) == ""
    add_lesson(every_kind, 7, "Bài thêm một")
    set_minutes(every_kind, 35)
    publish(every_kind)
    page = learner.page()
    assert news(page) == "Khóa học vừa thêm “Bài thêm một”. Những bài bác đã xong vẫn được giữ."
    assert page.count("đã xong") - page.count("bác đã xong") == 1


def test_many_new_items_are_counted_not_listed(learner: Learner, every_kind: Path) -> None:
    learner.understand(LESSON)
    for number in range(7, 11):
        add_lesson(every_kind, number, f"Bài {number}")
    set_minutes(every_kind, 38)
    publish(every_kind)
    assert "“Bài 7”, “Bài 8” và 2 bài khác" in news(learner.page())


def test_changed_items_are_counted_and_news_ends_with_the_next_step(learner: Learner, every_kind: Path) -> None:
    learner.understand(LESSON)
    change(every_kind / "01-bai-hoc.md", "giữ mã cho mình", "giữ mã cho riêng mình")
    change(every_kind / "06-tinh-huong.md", "Bác đang nấu cơm", "Bác đang nấu canh")
    publish(every_kind)
    assert news(learner.page()) == "Khóa học vừa sửa lại 2 bài. Những bài bác đã xong vẫn được giữ."
    learner.understand(DRILL)
    assert news(learner.page()) == ""


def test_who_has_not_begun_reads_no_news(learner: Learner, every_kind: Path) -> None:
    change(every_kind / "01-bai-hoc.md", "giữ mã cho mình", "giữ mã cho riêng mình")
    publish(every_kind)
    assert news(learner.page()) == ""


def test_a_removed_item_breaks_nothing_and_never_gives_more_than_all(learner: Learner, every_kind: Path) -> None:
    learner.understand(LESSON)
    learner.take(BEFORE)
    old = learner.at(BEFORE)
    learner.understand(DRILL)
    (every_kind / "02-truoc-khi-hoc.md").unlink()
    change(every_kind / "03-cac-loai.md", "pretest: truoc-khi-hoc\n", "")
    set_minutes(every_kind, 31)
    publish(every_kind)
    page = learner.page()
    width = float(page.split('class="fill" width="')[1].split('"')[0])
    assert width == 50, "two of the four items that make the completion"
    assert page.count('class="item-number done"') == 2
    assert learner.client.get(old).status_code == 200, "a result stays to be read"
    me = learner.client.get("/me")
    assert me.status_code == 200
    assert "xong 2 trong 4 bài" in me.text
    assert learner.client.get(f"{learner.address()}/truoc-khi-hoc").status_code == 404


def test_a_pass_is_never_lost_to_a_harder_quiz(learner: Learner, every_kind: Path) -> None:
    learner.take(KINDS, but=("q-mot", "q-so"))
    assert learner.attempt(KINDS).passed is True
    change(every_kind / "course.yml", "cac-loai: 50", "cac-loai: 100")
    publish(every_kind)
    items = learner.page().split("Mỗi loại một câu")[1]
    assert "đã xong" in items.split("</a>")[0]


def test_an_open_attempt_is_finished_as_it_was_begun(learner: Learner, every_kind: Path) -> None:
    learner.start(KINDS)
    learner.answer(KINDS, "q-mot")
    change(every_kind / "03-cac-loai.md", "ca-phe-sua-4-ly", "ca-phe-sua-5-ly")
    change(every_kind / "03-cac-loai.md", "## Một mã OTP dùng được mấy lần?", "## Mã OTP dùng được mấy lần?")
    publish(every_kind)
    for question in learner.questions(KINDS)[1:]:
        assert learner.answer(KINDS, question.key).status_code == 303
    assert learner.attempt(KINDS).passed is True
    page = learner.client.get(learner.at(KINDS, 1)).text
    assert "ca-phe-sua-4-ly" in page


def test_an_open_attempt_of_a_quiz_that_is_gone_is_still_finished(learner: Learner, every_kind: Path) -> None:
    learner.start(SUPERVISED)
    (every_kind / "04-co-nguoi-coi.md").unlink()
    set_minutes(every_kind, 30)
    publish(every_kind)
    base = f"/courses/every-kind/co-nguoi-coi/attempts/{learner.attempts[SUPERVISED]}"
    assert learner.client.get(f"{base}/1").status_code == 200
    assert learner.client.post(f"{base}/finish").status_code == 303
    assert learner.client.get(base).status_code == 200


def test_a_completion_stays_when_more_is_asked(learner: Learner, every_kind: Path) -> None:
    change(
        every_kind / "course.yml",
        "completion:\n  - bai-hoc\n  - cac-loai: 50\n  - thuc-hanh\n  - tinh-huong\n",
        "completion:\n  - bai-hoc\n  - cac-loai: 50\n",
    )
    publish(every_kind)
    learner.understand(LESSON)
    learner.take(KINDS)
    assert count(Completion) == 1
    change(every_kind / "course.yml", "  - cac-loai: 50\n", "  - cac-loai: 50\n  - tinh-huong\n")
    publish(every_kind)
    assert "Bác đã học xong khóa này." in learner.page()
    learner.understand(DRILL)
    assert count(Completion) == 1
