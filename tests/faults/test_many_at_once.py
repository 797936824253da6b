"""Several hands on one attempt at the same moment: one answer counts, and everybody is told the same."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.content.queries import find_course, get_version
from app.devtools.last_question import ReadyLearner, make_ready_learners
from app.extensions import db
from app.people.sessions import cookie_name
from app.progress.models import Answer, Attempt, Completion, Counter, Submission
from tests.browser.site import Site
from tests.factories import place_id_of
from tests.faults.phones import Answered, Phone
from tests.learning_steps import RESIDENT_COURSE, answers_to

pytestmark = pytest.mark.slow
TAPS = 10


@pytest.fixture
def learner(site: Site) -> ReadyLearner:
    with site.stored():
        return make_ready_learners(RESIDENT_COURSE, 1, [place_id_of("14812")])[0]


def all_at_once(site: Site, tries: list[tuple[ReadyLearner, str]]) -> list[Answered]:
    """Send each (learner, submission id) from a phone of its own, at the same moment."""
    start = Barrier(len(tries))
    with site.stored():
        name = cookie_name()

    def send(learner: ReadyLearner, submission_id: str) -> Answered:
        phone = Phone(site.port, name)
        start.wait(timeout=30)
        try:
            return phone.submit(learner, submission_id)
        finally:
            phone.hang_up()

    with ThreadPoolExecutor(len(tries)) as pool:
        return [future.result() for future in [pool.submit(send, *one) for one in tries]]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_ten_taps_at_once_are_one_answer_and_all_are_told_the_same(site: Site, learner: ReadyLearner) -> None:
    answers = all_at_once(site, [(learner, str(uuid4()))] * TAPS)
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    with site.stored():
        assert_completed_once(submissions=1)


def test_two_devices_that_finish_one_attempt_complete_it_once(site: Site, learner: ReadyLearner) -> None:
    answers = all_at_once(site, [(learner, str(uuid4())) for _ in range(TAPS)])
    assert {answer.status for answer in answers} <= {303, 409}
    assert 303 in {answer.status for answer in answers}
    with site.stored():
        assert_completed_once(submissions=None)


def test_of_a_right_and_a_wrong_answer_at_once_the_first_stands(site: Site, learner: ReadyLearner) -> None:
    with site.stored():
        wrong = replace(learner, values=tuple(wrong_answer()))
    answers = all_at_once(site, [(who, str(uuid4())) for who in (learner, wrong) * 3])
    assert {answer.status for answer in answers} <= {303, 409}
    with site.stored():
        attempt = db.session.scalars(select(Attempt)).one()
        given = db.session.scalars(select(Answer)).all()
        assert len(given) == len(attempt.drawn)
        assert attempt.score == sum(answer.score for answer in given)
        assert count(Completion) == int(attempt.passed is True)


def wrong_answer() -> list[str]:
    head = find_course(RESIDENT_COURSE)
    assert head is not None
    version = get_version(head.current_version_id)
    quiz = next(item.quiz for item in version.items if item.quiz)
    return answers_to(quiz.questions[-1], right=False)


def test_one_id_with_two_bodies_takes_one_and_refuses_the_other(site: Site, learner: ReadyLearner) -> None:
    with site.stored():
        wrong = replace(learner, values=tuple(wrong_answer()))
    submission_id = str(uuid4())
    answers = all_at_once(site, [(learner, submission_id), (wrong, submission_id)])
    assert sorted(answer.status for answer in answers) == [303, 422]
    with site.stored():
        assert count(Submission) == 1


def assert_completed_once(submissions: int | None) -> None:
    attempt = db.session.scalars(select(Attempt)).one()
    assert (count(Answer), count(Completion)) == (len(attempt.drawn), 1)
    assert set(db.session.scalars(select(Counter.completions))) == {1}
    if submissions is not None:
        assert count(Submission) == submissions
