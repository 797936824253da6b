"""The list of results for many courses, hard paragraphs on a course's page, and lists of answers to mark."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from app.access.actor import Role, WayIn
from app.authoring import facts, hard_part
from app.authoring.routes import marking
from app.content.paragraphs import paragraph_name
from app.content.queries import find_course, get_version
from app.extensions import db
from app.people.models import Person
from app.progress.course_use import CourseUse, count_finished_attempts, count_people_by_course, count_people_by_item
from app.progress.hard_spots import Spot, mark_hard
from tests.courses.folders import COURSE, LESSON
from tests.factories import make_course, make_person, make_staff, sign_in
from tests.integration.authoring.attempts import QUIZ, SLUG, Taught, make_attempt, make_visit, teach
from tests.integration.content.folders_on_disk import publish, write_course
from tests.page_client import PageClient

RESULTS = "/workshop/results"
COURSE_PAGE = f"/workshop/courses/{SLUG}"
WORDS = "Học xong bài này, bác biết tắt máy."
only_sqlite = pytest.mark.sqlite_only


@pytest.fixture
def taught(app: Flask, tmp_path: Path) -> Taught:
    return teach(tmp_path)


@pytest.fixture
def device(client: PageClient) -> PageClient:
    sign_in(client, make_staff(Role.TRAINER, None), WayIn.STAFF)
    return client


def make_courses(count: int) -> None:
    for number in range(count):
        make_course(f"khoa-{number:03}", title=f"Khóa số {number:03}")
    db.session.commit()


@only_sqlite
def test_courses_come_twenty_at_a_time_and_are_found_by_name(device: PageClient) -> None:
    make_courses(45)
    first = device.get(RESULTS).text
    assert ("Khóa số 019" in first, "Khóa số 020" in first, "Trang 1 trong 3" in first) == (True, False, True)
    assert "Khóa số 044" in device.get(f"{RESULTS}?page=3").text
    found = device.get(f"{RESULTS}?q=khoa+SO+041").text
    assert ("Khóa số 041" in found, "Khóa số 040" in found) == (True, False)
    assert "Không có khóa học nào như vậy." in device.get(f"{RESULTS}?q=khong+co").text


@only_sqlite
def test_the_first_look_at_the_list_asks_as_little_for_many_courses_as_for_few(device: PageClient) -> None:
    def queries() -> int:
        asked = 0

        def note(*_arguments: object) -> None:
            nonlocal asked
            asked += 1

        event.listen(db.engine, "before_cursor_execute", note)
        device.get(RESULTS)
        event.remove(db.engine, "before_cursor_execute", note)
        return asked

    device.get(RESULTS)
    make_courses(2)
    few = queries()
    for number in range(2, 60):
        make_course(f"khoa-{number:03}", title=f"Khóa số {number:03}")
    db.session.commit()
    assert queries() <= few
    assert "Trang 1 trong 3" in device.get(RESULTS).text


def test_people_are_counted_for_many_courses_as_for_one(taught: Taught, tmp_path: Path) -> None:
    other_id = make_course("khoa-khac")
    people = [make_person(is_registered=number % 2 == 0) for number in range(5)]
    for person in people[:4]:
        make_visit(taught, person)
    for person in people[2:]:
        make_attempt(taught, person, {"q-go": (["113"], 1.0)}, passed=True)
    make_attempt(taught, people[0], {}, finished=False)
    make_attempt(taught, people[4], {}, finished=False)
    db.session.commit()
    course_id = taught.version.course_id
    assert count_people_by_course({course_id: 1, other_id: 1}) == {course_id: CourseUse(5, 0), other_id: CourseUse()}
    assert count_people_by_course({course_id: 2}) == {course_id: CourseUse()}
    assert count_people_by_course({}) == {}
    assert count_finished_attempts([course_id, other_id]) == {course_id: 3}
    use = count_people_by_item(taught.version)
    assert (use["bai-mot"].done, use["kiem-tra"].done, use["kiem-tra"].passed) == (4, 3, 3)
    assert (use["bai-mot"].half_way, use["kiem-tra"].half_way) == (0, 1)


@only_sqlite
def test_large_courses_are_counted_anew_only_from_time_to_time(
    taught: Taught, device: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "SMALL", 1)
    for expected in (2, 2):
        make_visit(taught, make_person())
        make_visit(taught, make_person())
        assert f'data-label="Người đã học">{expected}</td>' in device.get(RESULTS).text
    monkeypatch.setattr(facts, "KEPT_SECONDS", 0.0)
    assert 'data-label="Người đã học">4</td>' in device.get(RESULTS).text


@only_sqlite
def test_attempts_at_large_courses_are_counted_anew_only_from_time_to_time(
    taught: Taught, monkeypatch: pytest.MonkeyPatch
) -> None:
    course_id = taught.version.course_id
    monkeypatch.setattr(facts, "SMALL", 1)
    for expected in (1, 2, 2):
        make_attempt(taught, make_person(), {}, passed=True)
        db.session.commit()
        assert facts.count_attempts_of([course_id]) == {course_id: expected}
    assert facts.count_attempts_of([]) == {}
    monkeypatch.setattr(facts, "KEPT_SECONDS", 0.0)
    assert facts.count_attempts_of([course_id]) == {course_id: 3}


@only_sqlite
def test_who_began_a_quiz_and_never_finished_it_is_told_apart(taught: Taught, device: PageClient) -> None:
    for _ in range(2):
        make_attempt(taught, make_person(), {}, finished=False)
    make_visit(taught, make_person())
    assert "2 người đang làm dở" in device.get(COURSE_PAGE).text


def point(taught: Taught, people: int, words: str = WORDS, item: str = "bai-mot") -> None:
    for _ in range(people):
        mark_hard(make_person(is_registered=False).id, Spot(taught.version.course_id, item, paragraph_name(words)))
    db.session.commit()


@only_sqlite
def test_the_hardest_paragraph_stands_first_with_a_way_to_edit_it(
    app: Flask, tmp_path: Path, device: PageClient
) -> None:
    taught = teach(tmp_path, lesson=LESSON + "\nTắt máy là bấm nút giữa.\n")
    assert "Chưa có ai bấm “Khó hiểu”" in device.get(COURSE_PAGE).text
    point(taught, 1)
    point(taught, 3, "Tắt máy là bấm nút giữa.")
    page = device.get(COURSE_PAGE).text
    part = page.split('<h2 id="hard">')[1].split("<h2")[0]
    assert part.index("3 người") < part.index("Tắt máy là bấm nút giữa.") < part.index("1 người") < part.index(WORDS)
    assert f'action="{COURSE_PAGE}/edit"' in part
    assert '<input type="hidden" name="item" value="bai-mot">' in part
    assert '<input type="hidden" name="find" value="Tắt máy là bấm nút giữa.">' in part
    assert "Đã sửa từ đó" not in page


@only_sqlite
def test_editing_begins_at_the_line_of_the_paragraph(taught: Taught, device: PageClient) -> None:
    answer = device.post(f"{COURSE_PAGE}/edit", data={"item": "bai-mot", "find": WORDS})
    assert (answer.status_code, answer.location.endswith("?line=1")) == (303, True)
    assert device.get(answer.location).status_code == 200
    gone = device.post(f"{COURSE_PAGE}/edit", data={"item": "bai-mot", "find": "Không còn đâu cả"})
    assert "line" not in gone.location


@only_sqlite
def test_a_paragraph_that_was_changed_since_stands_apart_in_its_old_words(
    taught: Taught, tmp_path: Path, device: PageClient
) -> None:
    point(taught, 2)
    point(taught, 1, "Lời không bài nào có")
    teach(tmp_path, lesson=LESSON.replace("biết tắt máy", "biết cách tắt máy"))
    teach(tmp_path, lesson=LESSON.replace("biết tắt máy", "biết cách tắt máy nhanh"))
    part = device.get(COURSE_PAGE).text.split('<h2 id="hard">')[1].split("<h2")[0]
    assert part.index("Đã sửa từ đó (1 đoạn)") < part.index(WORDS)
    assert "Lời không bài nào có" not in part


@only_sqlite
def test_only_so_many_paragraphs_are_shown(taught: Taught, device: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hard_part, "MOST_LINES", 1)
    point(taught, 2)
    point(taught, 1, "Một ô vuông")
    assert device.get(COURSE_PAGE).text.count('class="own-words"') == 1


@only_sqlite
def test_trainers_of_another_place_see_numbers_and_no_way_to_edit(taught: Taught, client: PageClient) -> None:
    point(taught, 2)
    sign_in(client, make_staff(Role.TRAINER, "14812"), WayIn.STAFF)
    page = client.get(COURSE_PAGE).text
    assert "2 người" in page
    assert "/edit" not in page
    assert "/edit" not in client.get(f"{COURSE_PAGE}/questions/q-chon").text


@only_sqlite
def test_each_question_leads_to_where_it_is_written(taught: Taught, device: PageClient) -> None:
    for page in (device.get(COURSE_PAGE).text, device.get(f"{COURSE_PAGE}/questions/q-chon").text):
        assert f'action="{COURSE_PAGE}/edit"' in page
        assert '<input type="hidden" name="question" value="q-chon">' in page


def wait(taught: Taught, words: str, person: Person | None = None) -> str:
    given = {"q-ke": ([words], 0.0)}
    return f"/workshop/marking/{make_attempt(taught, person or make_person(), given)}/q-ke"


def other_course(tmp_path: Path) -> Taught:
    """One more course with the same quiz."""
    header = COURSE.replace("khoa-thu", "khoa-hai").replace("Khóa thử", "Khóa hai")
    publish(write_course(tmp_path, slug="khoa-hai", course=header, quiz=QUIZ))
    head = find_course("khoa-hai")
    assert head is not None
    return Taught(get_version(head.current_version_id))


def test_answers_to_mark_are_narrowed_to_one_course(taught: Taught, tmp_path: Path, device: PageClient) -> None:
    second = other_course(tmp_path)
    wait(taught, "Lời ở khóa thử")
    wait(second, "Lời ở khóa hai")
    every = device.get("/workshop/marking").text
    assert ("Lời ở khóa thử" in every, "Lời ở khóa hai" in every) == (True, True)
    page = device.get("/workshop/marking?course=khoa-hai").text
    assert ("Lời ở khóa thử" in page, "Lời ở khóa hai" in page) == (False, True)
    assert '<option value="khoa-hai" selected>Khóa hai (1)</option>' in page
    assert "Mọi khóa (2)" in page
    assert device.get("/workshop/marking?course=khong-co").status_code == 404
    course = device.get("/workshop/courses/khoa-hai").text
    assert 'href="/workshop/marking?course=khoa-hai"' in course
    assert 'Chấm câu tự viết <strong class="count">1</strong>' in course


@only_sqlite
def test_after_a_mark_the_same_list_goes_on(
    taught: Taught, device: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "ANSWERS_ON_A_PAGE", 2)
    addresses = [wait(taught, f"Lời số {number}") for number in range(5)]
    page = device.get(f"/workshop/marking?course={SLUG}&page=3").text
    assert ("Trang 3 trong 3" in page, "Lời số 4" in page, "Lời số 0" in page) == (True, True, False)
    prefix = f"{addresses[4].split('/')[-2].replace('-', '')}-q-ke-"
    answer = device.post(f"{addresses[4]}?course={SLUG}&page=3", data={f"{prefix}score": "1.0"})
    assert answer.location == f"/workshop/marking?course={SLUG}&page=3&marked=yes"
    after = device.get(answer.location).text
    assert ("Trang 2 trong 2" in after, "Lời số 3" in after) == (True, True)
    refused = device.post(f"{addresses[0]}?course={SLUG}&page=2", data={})
    assert refused.status_code == 422
    assert refused.text.index("Lời số 0") < refused.text.index("Lời số 2")
