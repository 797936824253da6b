"""A new version takes nothing away; a new edition and an expired completion ask for the course again."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.config import ROOT
from app.content import publishing
from app.content.actions import withdraw_course
from app.extensions import db
from app.progress.models import Completion, CountedCompletion
from app.shared import clock
from tests.learning_steps import RESIDENT_COURSE, Walk
from tests.page_client import PageClient

pytestmark = [pytest.mark.shipped_courses, pytest.mark.sqlite_only]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the course folder that a trainer may change."""
    copy = tmp_path / RESIDENT_COURSE
    shutil.copytree(ROOT / "courses" / RESIDENT_COURSE, copy)
    return copy


@pytest.fixture
def walk(client: PageClient) -> Walk:
    return Walk(client)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def publish(folder: Path) -> None:
    publishing.publish_folder(folder, replaces=True)
    db.session.commit()


def terms() -> list[tuple[int, int]]:
    db.session.rollback()
    rows = db.session.execute(select(Completion.edition, Completion.term).order_by(Completion.edition, Completion.term))
    return [(row.edition, row.term) for row in rows]


def test_an_attempt_goes_on_in_the_version_in_which_it_was_started(walk: Walk, folder: Path) -> None:
    walk.read_all_lessons()
    attempt_id = walk.start_quiz()
    walk.answer(attempt_id, 1)
    change(folder / "06-kiem-tra.md", "pass: 70", "pass: 100")
    publish(folder)
    for number in range(2, walk.count(attempt_id)):
        walk.answer(attempt_id, number)
    walk.answer(attempt_id, walk.count(attempt_id), right=False)
    assert terms() == [(1, 1)], "seven of eight right passes the pass mark that was promised"


def test_a_corrected_lesson_stays_read(walk: Walk, folder: Path) -> None:
    walk.read_all_lessons()
    change(folder / "01-so-la-goi-den.md", "title: Số lạ gọi đến", "title: Khi số lạ gọi đến")
    publish(folder)
    assert "còn 1 bài kiểm tra" in walk.client.get(f"/courses/{walk.slug}").text
    walk.answer_all(walk.start_quiz())
    assert terms() == [(1, 1)]


def test_a_completion_survives_a_new_lesson(walk: Walk, folder: Path) -> None:
    walk.complete()
    lesson = (folder / "01-so-la-goi-den.md").read_text(encoding="utf-8")
    (folder / "07-them.md").write_text(
        lesson.replace("key: so-la-goi-den", "key: bai-them").replace("title: Số lạ gọi đến", "title: Bài thêm"),
        encoding="utf-8",
    )
    publish(folder)
    page = walk.client.get(f"/courses/{walk.slug}").text
    assert "Bác đã học xong khóa này." in page
    assert terms() == [(1, 1)]


def test_a_new_edition_asks_for_the_course_again_and_counts_again(walk: Walk, folder: Path) -> None:
    walk.complete()
    change(folder / "course.yml", "edition: 1", "edition: 2")
    publish(folder)
    assert "Bác đã học xong khóa này." not in walk.client.get(f"/courses/{walk.slug}").text
    walk.complete()
    assert terms() == [(1, 1), (2, 1)]
    assert db.session.scalar(select(func.count()).select_from(CountedCompletion)) == 2


def test_an_expired_completion_opens_a_new_term(walk: Walk, folder: Path) -> None:
    change(folder / "course.yml", "edition: 1", "edition: 1\nvalid_for: 365")
    publish(folder)
    walk.complete()
    walk.complete()
    assert terms() == [(1, 1)]
    with clock.frozen(clock.now() + timedelta(days=366)):
        assert "Bác đã học xong khóa này." not in walk.client.get(f"/courses/{walk.slug}").text
        walk.complete()
    assert terms() == [(1, 1), (1, 2)]


def test_a_withdrawn_course_takes_no_new_start_and_says_why(walk: Walk, new_client: type) -> None:

    walk.understand(walk.lessons[0])
    withdraw_course(slug=walk.slug, reason="đang cập nhật số điện thoại")
    db.session.commit()
    stranger = Walk(new_client())
    page = stranger.client.get(f"/courses/{walk.slug}").text
    assert "đang cập nhật số điện thoại" in page
    assert stranger.understand(stranger.lessons[0]).status_code == 409
    assert walk.understand(walk.lessons[1]).status_code == 303, "who has begun may finish"


def test_a_renamed_lesson_leads_on_from_its_old_address(walk: Walk, folder: Path) -> None:
    old = walk.address(walk.lessons[0])
    (folder / "01-so-la-goi-den.md").rename(folder / "01-khi-so-la-goi.md")
    publish(folder)
    response = walk.client.get(old)
    assert (response.status_code, response.location) == (301, f"/courses/{walk.slug}/khi-so-la-goi")


def test_a_moved_course_leads_on_from_its_old_address(walk: Walk, folder: Path) -> None:
    moved = folder.rename(folder.with_name("tranh-lua-dao"))
    publish(moved)
    response = walk.client.get(f"/courses/{RESIDENT_COURSE}")
    assert (response.status_code, response.location) == (301, "/courses/tranh-lua-dao")


def test_a_poster_keeps_its_commune_when_the_course_moves(walk: Walk, folder: Path) -> None:
    publish(folder.rename(folder.with_name("tranh-lua-dao")))
    for query in ("xa=14812", "endpoint=x&_external=1&_scheme=https&slug=y"):
        response = walk.client.get(f"/courses/{RESIDENT_COURSE}?{query}")
        assert (response.status_code, response.location) == (301, f"/courses/tranh-lua-dao?{query}")


def test_what_is_sent_to_an_old_address_arrives(walk: Walk, folder: Path) -> None:
    old = walk.address(walk.lessons[0])
    (folder / "01-so-la-goi-den.md").rename(folder / "01-khi-so-la-goi.md")
    publish(folder.rename(folder.with_name("tranh-lua-dao")))
    response = walk.client.post(f"{old}/understood")
    assert (response.status_code, response.location[-11:]) == (308, "/understood")
    assert walk.client.post(f"{old}/understood", follow_redirects=True).status_code == 200
