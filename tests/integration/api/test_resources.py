"""What the API's resources say, and what they do not."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from app.access.actor import Role, WayIn
from app.content.actions import publish_course
from app.content.models import Course, CourseItem, CourseSlug
from app.content.publishing import check_folder
from app.content.queries import find_course
from app.content.withdrawing import withdraw_item
from app.extensions import db
from app.operations.jobs_cli import run_round
from app.shared import clock
from app.shared.settings import settings
from tests.factories import (
    make_completion,
    make_course,
    make_member,
    make_person,
    make_staff,
    make_team,
    place_id_of,
    sign_in,
)
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
IN_MONTH = datetime(2026, 10, 20, 3, tzinfo=UTC)
REAL = "nhan-biet-va-tranh-lua-dao-qua-mang"


def get(client: PageClient, path: str) -> Any:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_courses_come_in_pages_that_neither_repeat_nor_skip(client: PageClient) -> None:
    for slug in ("c", "a", "e", "b", "d"):
        make_course(slug)
    slugs, cursor = [], ""
    while cursor is not None:
        page = get(client, f"/courses?limit=2&cursor={cursor}")
        slugs += [course["slug"] for course in page["courses"]]
        cursor = page["next"]
    assert slugs == ["a", "b", "c", "d", "e"]


def test_a_course_of_a_place_says_which(client: PageClient) -> None:
    make_course("cho-moi-noi")
    local = make_course("cua-phuong")
    db.session.execute(update(Course).where(Course.id == local).values(place_id=place_id_of("14812")))
    assert {course["slug"]: course["place"] for course in get(client, "/courses")["courses"]} == {
        "cho-moi-noi": None,
        "cua-phuong": "14812",
    }
    assert get(client, "/courses/cua-phuong")["place"] == "14812"


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=-1", "limit=2.5", "limit=٣", "cursor=%C3%A9"])
def test_parameters_that_make_no_sense_are_problems_with_a_sentence(client: PageClient, query: str) -> None:
    answer = client.get(f"/api/v1/courses?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["detail"].endswith(".")


def test_lessons_of_a_team_course_are_given_to_members_only(client: PageClient) -> None:
    make_course("cua-to", audience="team")
    assert get(client, "/courses/cua-to")["items"] is None
    member = make_person()
    make_member(make_team("14812"), member)
    sign_in(client, member, WayIn.PIN)
    answer = client.get("/api/v1/courses/cua-to")
    assert [item["html"] for item in answer.json["items"]] == ["<p>Xin</p>"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_real_course_shows_its_lessons_and_never_an_answer_key(client: PageClient) -> None:
    compiled = check_folder(settings().courses_dir / REAL)
    publish_course(compiled=compiled, slug=REAL)
    course = get(client, f"/courses/{REAL}")
    quizzes = [item for item in course["items"] if item["kind"] == "quiz"]
    assert set(quizzes[0]["quiz"]) == {"pass_mark", "questions", "attempts"}
    assert "html" not in quizzes[0]
    whole = json.dumps(course, ensure_ascii=False)
    stored = db.session.scalars(select(CourseItem.quiz).where(CourseItem.kind == "quiz")).first()
    assert stored
    for question in stored["questions"]:
        assert question["stem_text"] not in whole
        assert all(option["feedback_html"] not in whole for option in question["options"] if option["feedback_html"])
    for word in ("is_right", "weight", "accepted"):
        assert word not in whole


def test_what_is_withdrawn_is_told_with_its_reason_and_without_its_content(client: PageClient) -> None:
    publish_course(compiled=check_folder(settings().courses_dir / REAL), slug=REAL)
    before = get(client, f"/courses/{REAL}")
    assert before["withdrawn_items"] == []
    lesson = before["items"][0]
    head = find_course(REAL)
    assert head is not None
    withdraw_item(course_id=head.id, item_key=lesson["key"], reason="Số máy đã đổi.")
    after = get(client, f"/courses/{REAL}")
    (withdrawn,) = after["withdrawn_items"]
    assert (withdrawn["key"], withdrawn["reason"]) == (lesson["key"], "Số máy đã đổi.")
    assert datetime.fromisoformat(withdrawn["withdrawn_at"]).tzinfo is not None
    same = after["items"][0]
    assert (same["is_withdrawn"], same["is_required"], "html" in same) == (True, False, False)
    assert [item["is_withdrawn"] for item in after["items"][1:]] == [False] * (len(after["items"]) - 1)
    assert after["lesson_count"] == before["lesson_count"] - 1
    (listed,) = get(client, "/courses")["courses"]
    assert listed["withdrawn_items"] == after["withdrawn_items"]


def test_an_old_slug_leads_to_the_present_one(client: PageClient) -> None:
    course_id = make_course("ten-moi")
    db.session.add(CourseSlug(slug="ten-cu", course_id=course_id))
    answer = client.get("/api/v1/courses/ten-cu")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/v1/courses/ten-moi")


def test_a_withdrawn_course_keeps_its_address_and_says_why(client: PageClient) -> None:
    course_id = make_course("tam-dung")
    reason = {"withdrawn_at": IN_MONTH, "withdrawn_reason": "Đang sửa lại."}
    db.session.execute(update(Course).where(Course.id == course_id).values(**reason))
    course = get(client, "/courses/tam-dung")
    assert (course["is_withdrawn"], course["withdrawn_reason"]) == (True, "Đang sửa lại.")


def test_places_are_found_by_old_names(client: PageClient) -> None:
    best = get(client, "/places?q=xuan tho da lat")["places"][0]
    assert (best["code"], best["full_name"]) == ("24805", "Phường Xuân Trường - Đà Lạt")
    assert best["former_name"].startswith("Xã Xuân Thọ")


def test_the_whole_map_can_be_read_page_by_page(client: PageClient) -> None:
    codes, cursor = [], ""
    while cursor is not None:
        page = get(client, f"/places?limit=200&cursor={cursor}")
        codes += [place["code"] for place in page["places"]]
        cursor = page["next"]
    assert len(codes) == len(set(codes)) == 3321 + 34


def test_a_place_says_what_became_it(client: PageClient) -> None:
    place = get(client, "/places/14812")
    labels = [former["label"] for former in place["former_names"]]
    assert "Phường Lam Sơn, Thị xã Bỉm Sơn, Thanh Hóa" in labels
    assert place["legal_basis"] == "1686/NQ-UBTVQH15"


def test_an_ended_code_leads_to_its_successor(client: PageClient) -> None:
    answer = client.get("/api/v1/places/14815/figures")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/v1/places/14812/figures")


def test_the_code_of_a_split_commune_names_its_parts(client: PageClient) -> None:
    answer = client.get("/api/v1/places/00019")
    assert answer.status_code == 410
    assert [part["is_default"] for part in answer.json["successors"]].count(True) == 1


def test_figures_are_null_before_anything_is_published(client: PageClient) -> None:
    figures = get(client, "/places/14812/figures")
    assert (figures["month"], figures["figures"], figures["published_months"]) == (None, None, [])


def test_published_figures_hide_small_numbers(client: PageClient) -> None:
    _publish_a_month()
    figures = get(client, "/places/14812/figures")
    assert figures["month"]["code"] == "2026-11"
    assert figures["figures"] == {
        "total": {"least": 13, "greatest": 16},
        "by_course": [
            {"slug": "hai", "title": "Khóa học thử", "shown": "under_5", "completions": None},
            {"slug": "mot", "title": "Khóa học thử", "shown": "number", "completions": 12},
        ],
        "by_learner_kind": [
            {"learner_kind": "guest", "shown": "number", "completions": 0},
            {"learner_kind": "resident", "shown": "from_5", "completions": None},
            {"learner_kind": "member", "shown": "number", "completions": 0},
        ],
    }


def test_published_figures_of_a_province_follow_from_its_communes(client: PageClient) -> None:
    _publish_a_month()
    province = get(client, "/places/38/figures")["figures"]
    assert province["total"] == {"least": 13, "greatest": 16}
    assert len(province["communes"]) == 166
    assert sum(commune["total"]["least"] for commune in province["communes"]) == 13


def test_figures_are_the_same_for_an_officer(client: PageClient, new_client: Any) -> None:

    _publish_a_month()
    officer = new_client()
    sign_in(officer, make_staff(Role.OFFICER, "14812"), WayIn.STAFF)
    assert get(officer, "/places/14812/figures") == get(client, "/places/14812/figures")


def test_answers_are_utf8_without_escapes_and_revalidated(client: PageClient) -> None:
    answer = client.get("/api/v1/places/14812")
    assert "Bỉm Sơn".encode() in answer.data
    assert answer.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/api/v1/places/14812", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_unknown_resource_is_a_problem(client: PageClient) -> None:
    answer = client.get("/api/v1/khong-co")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def _publish_a_month() -> None:
    """12 residents complete one course in Phường Bỉm Sơn and 3 another."""
    first, second = make_course("mot"), make_course("hai")
    for _ in range(12):
        make_completion(make_person(), first, "14812", IN_MONTH)
    for _ in range(3):
        make_completion(make_person(), second, "14812", IN_MONTH)
    db.session.commit()
    with clock.frozen(datetime(2026, 11, 16, tzinfo=UTC)):
        run_round()
