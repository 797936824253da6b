"""An item that is withdrawn: what its page says to whom, what is taken no more, and how a course is completed then."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.content.queries import find_course
from app.content.withdrawing import reinstate_item, withdraw_item
from app.extensions import db
from app.progress.actions import ItemWithdrawn, record_visit
from app.progress.evidence import Learning
from app.progress.models import Answer, Attempt, Completion, CountedCompletion, SignOff, SignOffCode, Visit
from app.shared import clock
from app.shared.clock import now
from tests.integration.learning.kinds import (
    BEFORE,
    DRILL,
    KINDS,
    LESSON,
    PRACTICE,
    SLUG,
    Learner,
    count,
)
from tests.integration.learning.test_sign_offs import acts_of, observer, take_code  # noqa: F401 -- a fixture
from tests.integration.progress.plain_count import expected_figures, stored_figures
from tests.learning_steps import Walk
from tests.page_client import PageClient

REASON = "Số máy trong bài đã đổi."
NewLearner = Callable[[], Learner]
only_sqlite = pytest.mark.sqlite_only


def withdraw(*keys: str, slug: str = SLUG) -> None:
    head = find_course(slug)
    assert head is not None
    for key in keys:
        withdraw_item(course_id=head.id, item_key=key, reason=REASON)
    db.session.commit()


def all_but(learner: Learner, *keys: str) -> list[str]:
    return [item.key for item in learner.version.items if item.key not in keys]


@only_sqlite
@pytest.mark.parametrize("key", [LESSON, KINDS, PRACTICE, DRILL])
def test_the_page_of_every_kind_says_since_when_and_why(learner: Learner, key: str) -> None:
    withdraw(key)
    page = learner.page(key)
    assert REASON in page
    assert f"Bài này đã ngừng từ ngày {clock.today():%d/%m/%Y}." in page
    assert "Bác không cần học bài này nữa." in page
    assert 'method="post" action="/courses' not in page
    assert "Học bài khác:" in page


@only_sqlite
def test_a_device_that_kept_the_page_gets_the_new_one(learner: Learner) -> None:
    before = learner.client.get(learner.address(LESSON))
    withdraw(LESSON)
    after = learner.client.get(learner.address(LESSON), headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, REASON in after.text) == (200, True)


@only_sqlite
def test_who_took_it_sees_it_struck_with_the_reason_and_others_see_the_rest(
    learner: Learner, new_learner: NewLearner
) -> None:
    learner.understand(LESSON)
    count_of_items = len(learner.version.items)
    withdraw(LESSON)
    own = learner.page()
    assert f"<del>{learner.item(LESSON).title}</del>" in own
    assert f"đã xong · nay đã ngừng: {REASON}" in own
    assert "Những gì bác đạt được vẫn giữ nguyên." in learner.page(LESSON)
    others = new_learner()
    page = others.page()
    assert learner.item(LESSON).title not in page
    assert f"Bài 1 trong {count_of_items - 1}" in others.page(all_but(learner, LESSON)[0])


@only_sqlite
def test_the_way_through_the_course_leads_past_it(learner: Learner) -> None:
    keys = [item.key for item in learner.version.items]
    drill_at = keys.index(DRILL)
    withdraw(keys[drill_at - 1])
    assert learner.item(keys[drill_at - 1]).slug not in learner.page(DRILL)
    withdraw(keys[0])
    assert learner.item(keys[0]).slug not in learner.page()


@only_sqlite
@pytest.mark.parametrize(
    ("key", "act"),
    [(LESSON, "understood"), (DRILL, "understood"), (KINDS, "attempts"), (PRACTICE, "sign-off-code")],
)
def test_nothing_new_is_taken(learner: Learner, key: str, act: str) -> None:
    withdraw(key)
    answer = learner.client.post(f"{learner.address(key)}/{act}")
    assert (answer.status_code, REASON in answer.text) == (409, True)
    assert (count(Visit), count(Attempt), count(SignOffCode)) == (0, 0, 0)


@only_sqlite
def test_an_open_attempt_stops_with_the_reason_and_keeps_its_answers(learner: Learner) -> None:
    learner.start(KINDS)
    learner.answer(KINDS, "q-mot")
    withdraw(KINDS)
    for number in (1, 2):
        assert REASON in learner.client.get(learner.at(KINDS, number)).text
    sent = learner.answer(KINDS, "q-nhieu")
    assert (sent.status_code, REASON in sent.text) == (409, True)
    assert learner.client.post(learner.at(KINDS, "finish")).status_code == 409
    assert learner.client.get(learner.at(KINDS)).status_code == 303
    assert count(Answer) == 1
    head = find_course(SLUG)
    assert head is not None
    reinstate_item(course_id=head.id, item_key=KINDS)
    db.session.commit()
    assert learner.answer(KINDS, "q-nhieu").status_code == 303


@only_sqlite
def test_a_result_stays_without_the_questions(learner: Learner) -> None:
    learner.take(KINDS, but=("q-mot",))
    address = learner.at(KINDS)
    assert "Làm lại cả bài" in learner.client.get(address).text
    withdraw(KINDS)
    page = learner.client.get(address).text
    assert f"Bài kiểm tra này đã ngừng: {REASON} Kết quả của bác vẫn giữ nguyên." in page
    assert "phần trăm số điểm" in page
    assert "Làm lại" not in page
    assert "Tập lại" not in page
    assert 'class="items"' not in page
    assert REASON in learner.client.get(learner.at(KINDS, 1)).text
    assert REASON in learner.client.get(f"{address}/practice/1").text


@only_sqlite
def test_a_sign_off_after_the_withdrawal_is_refused(
    learner: Learner,
    observer: PageClient,  # noqa: F811 -- the fixture
) -> None:
    code = take_code(learner)
    withdraw(PRACTICE)
    answer = observer.post("/sign-off/acts", data={"code": code, **acts_of(learner, *(("alone",) * 3))})
    assert "đã ngừng" in answer.text
    assert (count(SignOff), count(Visit)) == (0, 0)


def finish_all_but(learner: Learner, key: str) -> None:
    """Everything that makes the completion of the sample course but one item, without an observer."""
    withdraw(PRACTICE)
    for item in learner.version.items:
        if item.key in (key, PRACTICE):
            continue
        if item.quiz:
            learner.take(item.key)
        else:
            learner.understand(item.key)


def test_whoever_has_the_rest_takes_the_completion_by_an_act_of_their_own(learner: Learner) -> None:
    learner.understand(DRILL)
    finish_all_but(learner, LESSON)
    assert count(Completion) == 0
    assert "Ghi là đã học xong" not in learner.page()
    withdraw(LESSON)
    assert count(Completion) == 0
    page = learner.page()
    assert "Bác đã làm xong hết các bài của khóa này." in page
    answer = learner.client.post(f"{learner.address()}/done")
    assert (answer.status_code, answer.location) == (303, f"/courses/{SLUG}/done")
    assert "Xong khóa học rồi!" in learner.client.get(answer.location).text
    assert learner.client.post(f"{learner.address()}/done").status_code == 303
    assert (count(Completion), count(CountedCompletion)) == (1, 1)
    reinstate_item(course_id=learner.version.course_id, item_key=LESSON)
    db.session.commit()
    assert stored_figures() == expected_figures()
    assert "Bác đã học xong khóa này." in learner.page()


@only_sqlite
def test_nobody_completes_with_an_item_missing(learner: Learner) -> None:
    withdraw(PRACTICE)
    learner.understand(LESSON)
    assert learner.client.post(f"{learner.address()}/done").location == f"/courses/{SLUG}/done"
    assert count(Completion) == 0
    assert learner.client.get(f"/courses/{SLUG}/done").location == f"/courses/{SLUG}"


def test_the_last_item_that_is_left_completes_as_always(learner: Learner) -> None:
    finish_all_but(learner, LESSON)
    assert learner.understand(LESSON).location.endswith("/done")
    assert count(Completion) == 1


@only_sqlite
def test_a_completion_stays_when_an_item_goes_and_when_it_comes_back(learner: Learner) -> None:
    finish_all_but(learner, LESSON)
    learner.understand(LESSON)
    withdraw(LESSON)
    assert "Bác đã học xong khóa này." in learner.page()
    assert "đã học xong" in learner.client.get("/me").text
    assert learner.client.get(f"/courses/{SLUG}/done").status_code == 200
    assert count(Visit) == 2


@only_sqlite
def test_progress_never_shows_more_than_all(learner: Learner) -> None:
    learner.understand(LESSON)
    learner.understand(DRILL)
    needed = len(learner.version.required_items)
    assert f"xong 2 trong {needed} bài" in learner.client.get("/me").text
    withdraw(LESSON)
    assert f"xong 1 trong {needed - 1} bài" in learner.client.get("/me").text


@only_sqlite
def test_what_was_done_before_and_comes_late_is_taken(learner: Learner) -> None:
    learner.understand(DRILL)
    withdraw(LESSON)
    person_id = db.session.scalars(select(Visit.person_id)).one()
    learning = Learning(person_id, learner.version, "self", person_id)
    with pytest.raises(ItemWithdrawn):
        record_visit(learning, learner.item(LESSON))
    record_visit(learning, learner.item(LESSON), happened_at=now() - timedelta(hours=1))
    db.session.commit()
    assert count(Visit) == 2


@only_sqlite
@pytest.mark.shipped_courses
def test_a_course_of_lessons_and_a_quiz_counts_down_without_it(client: PageClient) -> None:
    walk = Walk(client)
    first, second, *_ = walk.lessons
    withdraw(first.key, slug=walk.slug)
    assert f"Bài 1 trong {len(walk.version.items) - 1}" in client.get(walk.address(second)).text
    card = client.get("/").text
    assert f"{len(walk.version.items) - 1} bài" in card


@only_sqlite
@pytest.mark.parametrize("key", [DRILL, BEFORE])
def test_help_with_what_is_not_asked_for_makes_no_assisted_completion(learner: Learner, key: str) -> None:
    """Neither something done again nor something extra says how the course itself was done."""
    learner.understand(DRILL)
    learner.take(KINDS)
    withdraw(LESSON, PRACTICE)
    person_id = db.session.scalars(select(Visit.person_id)).one()
    assert record_visit(Learning(person_id, learner.version, "assisted", person_id), learner.item(key))
    assert db.session.scalars(select(Completion.mode)).all() == ["self"]
