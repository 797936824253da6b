"""A guest from the first page to a counted completion, and everything a careless or hostile hand may do on the way."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from app.extensions import db
from app.people.models import Person, SignInSession
from app.progress.models import Answer, Attempt, Completion, CountedCompletion, Counter, Submission, Visit
from tests.factories import place_id_of
from tests.learning_steps import TEAM_COURSE, Walk, answers_to
from tests.page_client import PageClient

pytestmark = pytest.mark.shipped_courses


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def only_completion() -> Completion:
    db.session.rollback()
    return db.session.scalars(select(Completion)).one()


@pytest.fixture
def walk(client: PageClient) -> Walk:
    return Walk(client)


def test_a_stranger_opens_a_lesson_in_one_step_and_leaves_no_trace(walk: Walk) -> None:
    response = walk.client.get(walk.address(walk.lessons[0]))
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert count(Person) == 0


def test_the_first_understood_lesson_makes_a_guest_and_asks_for_the_commune_once(walk: Walk) -> None:
    first = walk.understand(walk.lessons[0])
    assert first.location.startswith("/me/commune?next=")
    second = walk.understand(walk.lessons[1])
    assert second.location == walk.address(walk.lessons[2])
    assert (count(Person), count(Visit)) == (1, 2)


def test_the_first_page_asks_once_what_was_begun(walk: Walk) -> None:
    walk.understand(walk.lessons[0])
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    page = walk.client.get("/").text
    event.remove(db.engine, "before_cursor_execute", note)
    assert "đang học dở" in page
    assert sum("FROM visit" in statement for statement in asked) == 1


def test_a_guest_completes_a_course_and_it_is_counted_once(walk: Walk) -> None:
    walk.understand(walk.lessons[0])
    assert walk.client.post("/me/commune", data={"commune": "14812", "next": "/"}).status_code == 303
    walk.complete()
    done = walk.client.get(f"/courses/{walk.slug}/done")
    assert "Đã ghi cho Phường Bỉm Sơn." in done.text
    completion = only_completion()
    assert (completion.learner_kind, completion.mode) == ("guest", "self")
    assert completion.commune_id == place_id_of("14812")
    assert completion.commune_name == "Phường Bỉm Sơn, Thanh Hóa"
    assert count(CountedCompletion) == 1
    counters = db.session.scalars(select(Counter)).all()
    assert {(c.basis, c.completions) for c in counters} == {("then", 1), ("today", 1)}


def test_a_guest_who_skips_the_commune_is_counted_as_unknown(walk: Walk) -> None:
    walk.complete()
    completion = only_completion()
    assert (completion.commune_id, completion.commune_name) == (None, None)
    assert "Chưa rõ xã" in walk.client.get(f"/courses/{walk.slug}/done").text


def test_a_commune_said_later_fills_the_earlier_completion_and_then_stays(walk: Walk) -> None:
    walk.complete()
    assert walk.client.post("/me/commune", data={"commune": "14812"}).status_code == 303
    assert only_completion().commune_name == "Phường Bỉm Sơn, Thanh Hóa"
    refused = walk.client.post("/me/commune", data={"commune": "13075"})
    assert refused.status_code >= 400
    assert only_completion().commune_name == "Phường Bỉm Sơn, Thanh Hóa"


def test_a_confirmed_commune_of_a_poster_counts_without_asking(walk: Walk) -> None:
    assert "Phường Bỉm Sơn" in walk.client.get("/?xa=14812").text
    walk.client.post("/commune", data={"commune": "14812", "next": "/"})
    first = walk.understand(walk.lessons[0])
    assert first.location.startswith("/me/code")
    walk.complete()
    assert only_completion().commune_name == "Phường Bỉm Sơn, Thanh Hóa"


def test_a_yes_to_the_commune_of_a_link_fills_what_was_done_before(walk: Walk) -> None:
    walk.complete()
    assert "Phường Bỉm Sơn" in walk.client.get("/?xa=14812").text
    walk.client.post("/commune", data={"commune": "14812", "next": "/"})
    assert only_completion().commune_name == "Phường Bỉm Sơn, Thanh Hóa"


def test_a_commune_in_a_link_is_not_kept_without_a_yes(walk: Walk) -> None:
    walk.client.get("/?xa=14812")
    walk.complete()
    assert only_completion().commune_id is None


def test_completing_twice_counts_once(walk: Walk) -> None:
    walk.complete()
    walk.answer_all(walk.start_quiz())
    assert (count(Completion), count(Attempt)) == (1, 2)


def test_failing_the_quiz_completes_nothing_and_a_retake_does(walk: Walk) -> None:
    walk.read_all_lessons()
    failed = walk.start_quiz()
    walk.answer_all(failed, right=False)
    assert "Gần được rồi" in walk.client.get(walk.attempt_address(failed)).text
    assert count(Completion) == 0
    walk.answer_all(walk.start_quiz())
    assert count(Completion) == 1


def test_the_quiz_alone_does_not_complete_the_course(walk: Walk) -> None:
    walk.answer_all(walk.start_quiz())
    assert count(Completion) == 0
    walk.read_all_lessons()
    assert count(Completion) == 1


def test_an_answer_is_final_once_its_feedback_is_shown(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    walk.answer(attempt_id, 1, right=False)
    walk.answer(attempt_id, 1, right=True)
    stored = db.session.scalars(select(Answer)).one()
    assert stored.score < stored.maximum
    page = walk.client.get(walk.attempt_address(attempt_id, 1)).text
    assert "Trả lời</button>" not in page
    assert "Chưa đúng." in page


def test_feedback_is_not_in_the_page_before_the_answer(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    page = walk.client.get(walk.attempt_address(attempt_id, 1)).text
    question = walk.question(attempt_id, 1)
    assert "Chưa đúng." not in page
    assert not any(option.feedback_html and option.feedback_html in page for option in question.options)


def test_same_submission_sent_twice_counts_once(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    submission = str(uuid4())
    first = walk.answer(attempt_id, 1, submission=submission)
    again = walk.answer(attempt_id, 1, submission=submission)
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert (count(Answer), count(Submission)) == (1, 1)


def test_same_submission_with_another_body_is_refused(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    submission = str(uuid4())
    walk.answer(attempt_id, 1, submission=submission)
    changed = walk.answer(attempt_id, 1, right=False, submission=submission)
    assert changed.status_code == 422
    assert count(Answer) == 1


def test_submission_id_of_another_person_is_refused_and_shows_nothing(
    walk: Walk, new_client: Callable[[], PageClient]
) -> None:
    submission = str(uuid4())
    walk.answer(walk.start_quiz(), 1, submission=submission)
    other = Walk(new_client())
    refused = other.answer(other.start_quiz(), 1, submission=submission)
    assert refused.status_code == 404
    assert count(Answer) == 1


def test_the_attempt_of_another_person_does_not_exist(walk: Walk, new_client: Callable[[], PageClient]) -> None:
    attempt_id = walk.start_quiz()
    other = Walk(new_client())
    other.understand(other.lessons[0])
    assert other.client.get(other.attempt_address(attempt_id, 1)).status_code == 404
    assert other.answer(attempt_id, 1).status_code == 404
    assert other.client.get(other.attempt_address(attempt_id)).status_code == 404
    assert count(Answer) == 0


def test_a_double_tap_on_start_opens_one_attempt(walk: Walk) -> None:
    walk.understand(walk.lessons[0])
    assert walk.start_quiz() == walk.start_quiz()
    assert count(Attempt) == 1


def test_an_empty_answer_is_asked_for_again(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    response = walk.client.post(walk.attempt_address(attempt_id, 1), data={"submission": str(uuid4())})
    assert response.status_code == 422
    assert "Bác chọn hoặc viết một câu trả lời" in response.text
    assert count(Answer) == 0


def test_a_made_up_option_is_refused(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    number = next(n for n in range(1, 9) if walk.question(attempt_id, n).type == "single")
    response = walk.client.post(walk.attempt_address(attempt_id, number), data={"answer": "khong-co"})
    assert response.status_code == 422
    assert count(Answer) == 0


def test_a_question_beyond_the_last_does_not_exist(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    for number in (0, 99):
        assert walk.client.get(walk.attempt_address(attempt_id, number)).status_code == 404


def test_answers_in_any_order_finish_the_attempt(walk: Walk) -> None:
    walk.read_all_lessons()
    attempt_id = walk.start_quiz()
    for number in reversed(range(1, walk.count(attempt_id) + 1)):
        walk.answer(attempt_id, number)
    assert count(Completion) == 1


def test_practising_the_wrong_ones_leaves_nothing_behind(walk: Walk) -> None:
    walk.read_all_lessons()
    attempt_id = walk.start_quiz()
    walk.answer_all(attempt_id, right=False)
    before = (count(Attempt), count(Answer), count(Completion), count(Submission))
    number = next(n for n in range(1, 9) if walk.question(attempt_id, n).type == "single")
    practice = f"{walk.attempt_address(attempt_id)}/practice/{number}"
    assert "không tính điểm" in walk.client.get(practice).text
    tried = walk.client.post(practice, data={"answer": answers_to(walk.question(attempt_id, number))})
    assert "Đúng rồi." in tried.text
    assert (count(Attempt), count(Answer), count(Completion), count(Submission)) == before


def test_a_stale_form_is_shown_again_with_what_was_chosen(walk: Walk) -> None:
    attempt_id = walk.start_quiz()
    values = answers_to(walk.question(attempt_id, 1))
    response = walk.client.post(
        walk.attempt_address(attempt_id, 1), data={"answer": values, "csrf_token": "cũ"}, with_token=False
    )
    assert response.status_code == 409
    assert all(f'value="{value}"' in response.text for value in values)
    assert count(Answer) == 0


def test_a_form_from_another_site_is_refused(walk: Walk) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}):
        response = walk.client.post(f"{walk.address(walk.lessons[0])}/understood", headers=headers)
        assert response.status_code == 403
    assert count(Person) == 0


def test_a_team_course_shows_title_and_summary_but_no_lesson_to_residents(client: PageClient) -> None:
    walk = Walk(client, TEAM_COURSE)
    page = client.get(f"/courses/{TEAM_COURSE}").text
    assert walk.version.title in page
    assert not any(lesson.title in page for lesson in walk.lessons)
    for lesson in walk.lessons:
        assert client.get(walk.address(lesson)).status_code == 403
        assert walk.understand(lesson).status_code == 403
    assert client.post(f"{walk.address(walk.quiz)}/attempts").status_code == 403
    assert count(Person) == 0


def test_search_finds_lessons_without_marks_and_hides_team_lessons(client: PageClient) -> None:
    assert "Số lạ gọi đến" in client.get("/courses?q=so la goi den").text
    team = Walk(client, TEAM_COURSE)
    hidden = team.lessons[0]
    assert hidden.title not in client.get(f"/courses?q={hidden.title}").text.split("Cho bà con")[0].split("</h2>", 1)[1]


def test_an_unknown_course_lesson_or_attempt_is_a_plain_404(client: PageClient) -> None:
    walk = Walk(client)
    for path in ("/courses/khong-co", f"/courses/{walk.slug}/khong-co", f"{walk.attempt_address(uuid4(), 1)}"):
        assert client.get(path).status_code in {401, 404}


def test_signing_out_kills_the_session_on_the_server(walk: Walk) -> None:
    walk.understand(walk.lessons[0])
    cookie = walk.client.get_cookie("hocso")
    assert cookie is not None
    walk.client.post("/sign-out", data={"sure": "yes"})
    walk.client.set_cookie("hocso", cookie.value)
    assert walk.client.get("/me").status_code == 401
    db.session.rollback()
    assert db.session.scalars(select(SignInSession)).one().ended_at is not None
