"""The workshop's pages: who may see them, what they say of few and of many attempts, and marking in the browser."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Actor, Role, WayIn
from app.authoring import facts
from app.authoring.forms import steps
from app.extensions import db
from app.people.actions import merge_people
from app.people.models import Person
from app.progress.models import AnswerMark
from app.shared import clock
from app.shared.log import LogEntry
from tests.courses.folders import COURSE
from tests.factories import make_person, make_staff, sign_in
from tests.integration.authoring.attempts import (
    CHOICE,
    FREE,
    HEAD,
    SLUG,
    TYPED,
    Taught,
    make_attempt,
    make_visit,
    teach,
)
from tests.integration.content.folders_on_disk import publish, write_course
from tests.page_client import PageClient
from tests.rules.roles import open_device

pytestmark = pytest.mark.sqlite_only
COURSE_PAGE = f"/workshop/courses/{SLUG}"
RESULTS = "/workshop/results"
PAGES = (
    *("/workshop", RESULTS, COURSE_PAGE, f"{COURSE_PAGE}/questions/q-chon"),
    *("/workshop/marking", "/workshop/comments"),
)
RIGHT, WRONG = "Không ai cả", "Công an"
AGEING = "checked: 2026-01-01\nrecheck: 180\nsource: https://example.vn/van-ban\n"
Devices = Callable[[], PageClient]


@pytest.fixture
def taught(app: Flask, tmp_path: Path) -> Taught:
    return teach(tmp_path)


def answer_many(taught: Taught, count: int, *, right: bool) -> None:
    for _ in range(count):
        chosen = ([taught.key_of(RIGHT if right else WRONG)], float(right))
        make_attempt(taught, make_person(), {"q-chon": chosen, "q-go": (["113"], 1.0)}, drawn=("q-chon", "q-go"))


def wait_for_marks(taught: Taught, person: Person | None = None, words: str = "Có người xin mã.") -> str:
    """An answer in own words; returns where its mark is sent."""
    given = {"q-chon": ([taught.key_of(RIGHT)], 1.0), "q-ke": ([words], 0.0)}
    return f"/workshop/marking/{make_attempt(taught, person or make_person(), given)}/q-ke"


def fields(address: str, score: str, comment: str = "") -> dict[str, str]:
    attempt_id, key = address.split("/")[-2:]
    prefix = f"{attempt_id.replace('-', '')}-{key}-"
    return {f"{prefix}score": score, f"{prefix}comment": comment}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("stranger", 401),
        ("guest", 401),
        ("resident", 403),
        ("leader", 403),
        ("officer", 403),
        ("trainer", 200),
        ("operator", 200),
    ],
)
def test_only_trainers_and_operators_come_in(taught: Taught, new_client: Devices, role: str, status: int) -> None:
    answer_many(taught, 1, right=True)
    device = open_device(role, new_client)
    assert [device.get(page).status_code for page in PAGES] == [status] * len(PAGES)


def test_a_trainer_who_came_in_with_a_pin_stays_outside(taught: Taught, client: PageClient, trainer: Person) -> None:
    sign_in(client, trainer, WayIn.PIN)
    assert client.get("/workshop").status_code == 403


def test_the_start_page_of_staff_leads_there_who_may_go(taught: Taught, new_client: Devices) -> None:
    assert 'href="/workshop"' in open_device("trainer", new_client).get("/staff").text
    assert 'href="/workshop"' not in open_device("officer", new_client).get("/staff").text


def test_without_courses_the_page_says_so(device: PageClient) -> None:
    assert "Chưa có khóa học nào được xuất bản." in device.get(RESULTS).text
    assert "Không có câu nào chờ chấm" in device.get("/workshop/marking").text
    assert "Không có góp ý nào chờ xử lý." in device.get("/workshop/comments").text


def test_a_course_that_nobody_took_says_so_and_has_no_figure(taught: Taught, device: PageClient) -> None:
    page = device.get(COURSE_PAGE).text
    assert "Chưa có ai học khóa này." in page
    assert "Chưa có lượt nào." in page
    assert "0\u00a0%</td>" not in page
    assert "Khóa này chưa ghi ngày kiểm và nguồn." in page


def test_few_attempts_give_a_caution_and_no_flag(taught: Taught, device: PageClient) -> None:
    answer_many(taught, 19, right=False)
    page = device.get(COURSE_PAGE).text
    assert "Mới có 19 lượt: chưa nên kết luận." in page
    assert "Mới có 19 người học: chưa nên kết luận." in page
    assert 'class="flag"' not in page


def test_twenty_attempts_flag_what_nobody_and_what_everybody_can_do(taught: Taught, device: PageClient) -> None:
    answer_many(taught, 20, right=False)
    page = device.get(COURSE_PAGE).text
    assert "Mới có" not in page.split("<h2>Câu hỏi</h2>")[1].split("Kể một lần")[0]
    assert page.index("Hầu như không ai làm được</span>") < page.index("Ai cũng làm được</span>")
    assert page.index("Ai hỏi mã OTP?") < page.index("Số điện thoại Công an?")
    courses = device.get(RESULTS).text
    assert 'data-label="Người đã học">20</td>' in courses
    assert 'data-label="Câu cần xem">2</td>' in courses


def test_where_people_stop_is_told_in_a_sentence_and_in_numbers(taught: Taught, device: PageClient) -> None:
    people = [make_person(is_registered=number % 2 == 0) for number in range(24)]
    for person in people:
        make_visit(taught, person)
    for person in people[:9]:
        make_attempt(taught, person, {"q-go": (["113"], 1.0)}, passed=False)
    page = device.get(COURSE_PAGE).text
    assert "Nhiều người dừng nhất trước “Bài kiểm tra”: 15 người không học tiếp." in page
    assert 'data-label="Người">24</td>' in page
    done, passed, change = (f'<td class="right" data-label="{name}">' for name in ("Người", "Đạt", "So mục trước"))
    assert f"{done}9</td>{passed}0</td>{change}−15</td>" in page


def test_overdue_facts_are_shown_to_trainers_at_once(app: Flask, tmp_path: Path, device: PageClient) -> None:
    with clock.frozen(datetime(2026, 6, 29, 3, tzinfo=UTC)):
        teach(tmp_path, course=COURSE + AGEING)
    for day, is_overdue in ((datetime(2026, 6, 30, 3, tzinfo=UTC), False), (datetime(2026, 7, 1, 3, tzinfo=UTC), True)):
        with clock.frozen(day):
            sign_in(device, make_staff(Role.TRAINER, None), WayIn.STAFF)
            assert ("Cần kiểm lại" in device.get(RESULTS).text) is is_overdue
            course = device.get(COURSE_PAGE).text
            assert ("Cần kiểm lại" in course) is is_overdue
            assert "https://example.vn/van-ban" in course
            assert "30/06/2026" in course


def test_a_question_is_shown_with_its_options_over_all_versions_and_in_one(
    app: Flask, tmp_path: Path, device: PageClient
) -> None:
    before = teach(tmp_path, HEAD + CHOICE)
    make_attempt(before, make_person(), {"q-chon": ([before.key_of(WRONG)], 0.0)}, drawn=["q-chon"])
    after = teach(tmp_path, HEAD + CHOICE.replace("Công an", "Ngân hàng"))
    make_attempt(after, make_person(), {"q-chon": ([after.key_of(RIGHT)], 1.0)}, drawn=["q-chon"])
    address = f"{COURSE_PAGE}/questions/q-chon"
    page = device.get(address).text
    assert "Mọi bản, 2 lượt trả lời" in page
    assert page.count("50\u00a0%") >= 2
    assert "không còn trong bản mới nhất" in page
    newest = device.get(f"{address}?version=2").text
    assert "Bản 2, 1 lượt trả lời" in newest
    assert "không còn trong bản mới nhất" not in newest
    assert device.get(f"{address}?version=99").text.count("Mọi bản, 2 lượt trả lời") == 1


def test_wrong_words_of_few_people_stay_hidden(taught: Taught, device: PageClient) -> None:
    for words in ("114", "114", "114", "tên tôi là Hoa"):
        make_attempt(taught, make_person(), {"q-go": ([words], 0.0)})
    page = device.get(f"{COURSE_PAGE}/questions/q-go").text
    assert '<th scope="row">114</th><td class="right">3</td>' in page
    assert "tên tôi là hoa" not in page.lower()
    assert "câu trả lời khác" in page


def test_questions_of_every_kind_can_be_looked_at(app: Flask, device: PageClient) -> None:
    publish(Path(__file__).parents[2] / "courses" / "every-kind")
    page = device.get("/workshop/courses/every-kind")
    assert page.status_code == 200
    for key in ("mot", "nhieu", "dung-sai", "go", "so", "ghep", "thu-tu", "dien", "cham", "ke"):
        assert device.get(f"/workshop/courses/every-kind/questions/q-{key}").status_code == 200


def test_what_does_not_exist_is_not_found_and_a_moved_course_leads_on(
    taught: Taught, tmp_path: Path, device: PageClient
) -> None:
    assert device.get("/workshop/courses/khong-co").status_code == 404
    assert device.get(f"{COURSE_PAGE}/questions/q-la").status_code == 404
    publish(write_course(tmp_path, slug="ten-moi", quiz=HEAD + CHOICE + TYPED + FREE))
    moved = device.get(f"{COURSE_PAGE}/questions/q-chon?version=1")
    assert (moved.status_code, moved.location) == (301, "/workshop/courses/ten-moi/questions/q-chon?version=1")


def test_a_large_course_is_worked_out_anew_only_from_time_to_time(
    taught: Taught, device: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "SMALL", 1)
    answer_many(taught, 2, right=True)
    assert "Mới có 2 lượt" in device.get(COURSE_PAGE).text
    answer_many(taught, 1, right=True)
    assert "Mới có 2 lượt" in device.get(COURSE_PAGE).text
    monkeypatch.setattr(facts, "KEPT_SECONDS", 0.0)
    assert "Mới có 3 lượt" in device.get(COURSE_PAGE).text


def test_marking_shows_the_words_without_the_name_and_is_logged(taught: Taught, device: PageClient) -> None:
    wait_for_marks(taught, make_person(name="Bí Mật"), "Dòng một\nDòng <hai>")
    page = device.get("/workshop/marking").text
    assert "Dòng một\nDòng &lt;hai&gt;" in page
    assert "Bí Mật" not in page
    assert "read_free_answers" in db.session.scalars(select(LogEntry.act)).all()


def test_a_mark_is_stored_and_the_next_answer_is_shown(taught: Taught, device: PageClient) -> None:
    address = wait_for_marks(taught)
    answer = device.post(address, data=fields(address, "1.5", "Rõ ràng."))
    assert (answer.status_code, answer.location) == (303, "/workshop/marking?marked=yes")
    page = device.get(answer.location).text
    assert "Đã ghi điểm." in page
    assert "Không có câu nào chờ chấm." in page
    mark = db.session.scalars(select(AnswerMark)).one()
    assert (mark.score, mark.comment) == (1.5, "Rõ ràng.")


@pytest.mark.parametrize(
    ("score", "comment", "sentence"),
    [("", "Hay", "Chọn số điểm giúp."), ("7", "Hay", "Chọn số điểm giúp."), ("1.0", "dài " * 300, "dài quá 1.000")],
)
def test_what_was_typed_stays_after_a_refusal(
    taught: Taught, device: PageClient, score: str, comment: str, sentence: str
) -> None:
    address = wait_for_marks(taught)
    answer = device.post(address, data=fields(address, score, comment))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert comment.strip() in answer.text
    assert db.session.scalar(select(func.count()).select_from(AnswerMark)) == 0


def test_a_form_that_was_open_for_too_long_keeps_what_was_typed(taught: Taught, device: PageClient) -> None:
    address = wait_for_marks(taught)
    answer = device.post(address, data=fields(address, "1.0", "Lời dài"), with_token=False)
    assert answer.status_code == 422
    assert "Lời dài" in answer.text
    assert db.session.scalar(select(func.count()).select_from(AnswerMark)) == 0


def test_who_comes_second_is_told_so_and_keeps_the_comment(taught: Taught, device: PageClient) -> None:
    address = wait_for_marks(taught)
    device.post(address, data=fields(address, "1.0"))
    second = device.post(address, data=fields(address, "2.0", "Lời của tôi"))
    assert second.status_code == 409
    assert "Người khác đã chấm câu này rồi." in second.text
    assert "Lời của tôi" in second.text
    assert db.session.scalars(select(AnswerMark.score)).all() == [1.0]


def test_a_trainer_has_no_form_for_an_answer_of_their_own(taught: Taught, device: PageClient, trainer: Person) -> None:
    guest = make_person(is_registered=False)
    address = wait_for_marks(taught, guest)
    merge_people(keep_id=trainer.id, other_id=guest.id, actor=Actor())
    sign_in(device, trainer, WayIn.STAFF)
    page = device.get("/workshop/marking").text
    assert "Đây là câu trả lời của chính anh chị." in page
    assert "<textarea" not in page
    assert device.post(address, data=fields(address, "1.0")).status_code == 409


def test_points_come_in_halves_where_there_are_few() -> None:
    assert steps(1) == [0, 0.5, 1]
    assert steps(2) == [0, 0.5, 1, 1.5, 2]
    assert steps(3) == [0, 1, 2, 3]


def test_an_answer_that_never_was_is_not_found(taught: Taught, device: PageClient) -> None:
    address = "/workshop/marking/019a0000-0000-7000-8000-000000000000/q-ke"
    assert device.post(address, data=fields(address, "1.0")).status_code == 404
