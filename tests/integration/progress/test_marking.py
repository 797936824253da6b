"""Answers in one's own words: which wait, what a mark does to the result, and that each is marked once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import Actor, Role
from app.extensions import db
from app.people.actions import merge_people
from app.people.erasure import erase_person
from app.people.models import Person
from app.progress.marking import (
    AlreadyMarked,
    CommentTooLong,
    OwnAnswer,
    ScoreOutOfRange,
    count_waiting,
    find_waiting,
    list_waiting,
    mark_answer,
)
from app.progress.models import AnswerMark, Attempt, Completion
from app.shared.clock import now
from app.shared.errors import NotFound, Refusal
from app.shared.log import LogEntry
from tests.factories import make_person, make_staff
from tests.integration.authoring.attempts import (
    CHOICE,
    FREE,
    HEAD,
    SECOND_FREE,
    Given,
    Taught,
    make_attempt,
    make_visit,
    teach,
)

WORDS = (["Có người gọi xin mã."], 0.0)


@pytest.fixture
def taught(app: Flask, tmp_path: Path) -> Taught:
    return teach(tmp_path)


@pytest.fixture
def trainer(app: Flask) -> Person:
    return make_staff(Role.TRAINER, None)


def answered(chosen: float = 1.0, typed: float = 0.0) -> Given:
    """4 points in all: 1 for each of the first two, 2 for the free one."""
    return {"q-chon": (["x"], chosen), "q-go": (["113"], typed), "q-ke": WORDS}


def attempt_of(attempt_id: UUID) -> Attempt:
    return db.session.get_one(Attempt, attempt_id, populate_existing=True)


def test_answers_wait_oldest_first_and_say_nothing_of_the_learner(taught: Taught) -> None:
    hour = timedelta(hours=1)
    later = make_attempt(taught, make_person(name="Bí Mật", phone="+84900000009"), answered(), at=now() - hour)
    earlier = make_attempt(taught, make_person(), answered(), at=now() - 2 * hour)
    found = list_waiting(limit=10)
    assert [answer.attempt_id for answer in found] == [earlier, later]
    assert [answer.attempt_id for answer in list_waiting(limit=1, offset=1)] == [later]
    assert found[1].text == "Có người gọi xin mã."
    assert (found[1].course_title, found[1].item_title) == (taught.version.title, "Bài kiểm tra")
    assert found[1].question.stem_text == "Kể một lần suýt bị lừa"
    assert "Bí Mật" not in repr(found) and "900000009" not in repr(found)


def test_open_attempts_empty_answers_and_marked_answers_do_not_wait(taught: Taught, trainer: Person) -> None:
    make_attempt(taught, make_person(), answered(), finished=False)
    make_attempt(taught, make_person(), {"q-ke": ([], 0.0)})
    make_attempt(taught, make_person(), {"q-go": (["không biết"], 0.0)})
    marked = make_attempt(taught, make_person(), answered())
    assert count_waiting() == 1
    mark_answer(marked, "q-ke", 1, "", trainer.id)
    assert count_waiting() == 0
    assert find_waiting(marked, "q-ke") is None


def test_a_mark_decides_what_was_open(taught: Taught, trainer: Person) -> None:
    attempt_id = make_attempt(taught, make_person(), answered())
    mark_answer(attempt_id, "q-ke", 1, "Rõ ràng.", trainer.id)
    attempt = attempt_of(attempt_id)
    assert (attempt.score, attempt.passed) == (2, True)
    mark = db.session.scalars(select(AnswerMark)).one()
    assert (mark.score, mark.comment, mark.marker_id) == (1, "Rõ ràng.", trainer.id)


def test_too_few_points_fail_what_was_open(taught: Taught, trainer: Person) -> None:
    attempt_id = make_attempt(taught, make_person(), answered())
    mark_answer(attempt_id, "q-ke", 0.5, "", trainer.id)
    attempt = attempt_of(attempt_id)
    assert (attempt.score, attempt.passed) == (1.5, False)


@pytest.mark.parametrize("decided", [True, False])
def test_what_was_decided_stays_decided(taught: Taught, trainer: Person, decided: bool) -> None:
    attempt_id = make_attempt(taught, make_person(), answered(), passed=decided)
    mark_answer(attempt_id, "q-ke", 2, "", trainer.id)
    attempt = attempt_of(attempt_id)
    assert (attempt.score, attempt.passed) == (3, decided)


def test_of_two_answers_the_first_mark_decides_only_if_the_other_cannot_change_it(
    app: Flask, tmp_path: Path, trainer: Person
) -> None:
    taught = teach(tmp_path, HEAD + CHOICE + FREE + SECOND_FREE)  # 5 points, 50 percent: 2.5
    given = {"q-chon": (["x"], 1.0), "q-ke": WORDS, "q-dan": (["Mẹ tôi."], 0.0)}
    attempts = [make_attempt(taught, make_person(), given, drawn=list(given)) for _ in range(2)]
    mark_answer(attempts[0], "q-ke", 2, "", trainer.id)
    mark_answer(attempts[1], "q-ke", 1, "", trainer.id)
    assert [attempt_of(attempt_id).passed for attempt_id in attempts] == [True, None]
    mark_answer(attempts[1], "q-dan", 0, "", trainer.id)
    assert (attempt_of(attempts[1]).score, attempt_of(attempts[1]).passed) == (2, False)


def test_the_mark_that_passes_the_last_item_completes_the_course_on_the_day_of_the_attempt(
    taught: Taught, trainer: Person
) -> None:
    learner, day = make_person(), now() - timedelta(days=3)
    make_visit(taught, learner, at=day)
    attempt_id = make_attempt(taught, learner, answered(), at=day)
    mark_answer(attempt_id, "q-ke", 2, "", trainer.id)
    completion = db.session.scalars(select(Completion)).one()
    assert completion.person_id == learner.id
    assert completion.happened_at == attempt_of(attempt_id).happened_at


def test_without_the_lesson_the_mark_completes_nothing(taught: Taught, trainer: Person) -> None:
    mark_answer(make_attempt(taught, make_person(), answered()), "q-ke", 2, "", trainer.id)
    assert db.session.scalar(select(func.count()).select_from(Completion)) == 0


def test_an_answer_is_marked_once(taught: Taught, trainer: Person) -> None:
    attempt_id = make_attempt(taught, make_person(), answered())
    mark_answer(attempt_id, "q-ke", 1, "Trước", trainer.id)
    with pytest.raises(AlreadyMarked):
        mark_answer(attempt_id, "q-ke", 2, "Sau", make_staff(Role.TRAINER, None).id)
    assert attempt_of(attempt_id).score == 2


@pytest.mark.parametrize("score", [-0.5, 2.5])
def test_points_beyond_the_question_are_refused(taught: Taught, trainer: Person, score: float) -> None:
    with pytest.raises(ScoreOutOfRange):
        mark_answer(make_attempt(taught, make_person(), answered()), "q-ke", score, "", trainer.id)


def test_too_long_a_comment_is_refused(taught: Taught, trainer: Person) -> None:
    with pytest.raises(CommentTooLong):
        mark_answer(make_attempt(taught, make_person(), answered()), "q-ke", 1, "a" * 1001, trainer.id)


def test_nobody_marks_an_answer_of_their_own_not_even_by_another_record(taught: Taught, trainer: Person) -> None:
    guest = make_person(is_registered=False)
    attempt_id = make_attempt(taught, guest, answered())
    merge_people(keep_id=trainer.id, other_id=guest.id, actor=Actor())
    with pytest.raises(OwnAnswer):
        mark_answer(attempt_id, "q-ke", 2, "", trainer.id)


def test_what_is_no_answer_in_own_words_cannot_be_marked(taught: Taught, trainer: Person) -> None:
    finished = make_attempt(taught, make_person(), answered())
    still_open = make_attempt(taught, make_person(), answered(), finished=False)
    for attempt_id, key in ((finished, "q-chon"), (finished, "q-la"), (still_open, "q-ke"), (trainer.id, "q-ke")):
        with pytest.raises(NotFound):
            mark_answer(attempt_id, key, 1, "", trainer.id)


def test_erasing_takes_the_words_and_the_comment_with_it(taught: Taught, trainer: Person) -> None:
    learner = make_person()
    marked, waiting = (make_attempt(taught, learner, answered()) for _ in range(2))
    mark_answer(marked, "q-ke", 1, "Bác Hoa kể hay.", trainer.id)
    erase_person(learner.id, Actor())
    assert db.session.scalars(select(AnswerMark.comment)).all() == [""]
    assert count_waiting() == 0
    with pytest.raises(NotFound):
        mark_answer(waiting, "q-ke", 1, "", trainer.id)


def test_the_log_says_who_marked_and_none_of_the_words(taught: Taught, trainer: Person) -> None:
    attempt_id = make_attempt(taught, make_person(), answered())
    mark_answer(attempt_id, "q-ke", 1, "Lời riêng", trainer.id, marker_role="trainer")
    entry = db.session.scalars(select(LogEntry).where(LogEntry.act == "mark_answer")).one()
    assert (entry.actor_id, entry.actor_role, entry.object_id) == (trainer.id, "trainer", str(attempt_id))


def test_of_trainers_who_mark_at_once_exactly_one_wins(app: Flask, taught: Taught) -> None:
    learner = make_person()
    make_visit(taught, learner)
    attempt_id = make_attempt(taught, learner, answered())
    trainers = [make_staff(Role.TRAINER, None).id for _ in range(4)]
    db.session.commit()
    db.session.remove()

    def marking(trainer_id: UUID, score: float) -> Callable[[], str]:
        def run() -> str:
            with app.app_context():
                try:
                    mark_answer(attempt_id, "q-ke", score, str(score), trainer_id)
                    db.session.commit()
                except Refusal as refusal:
                    db.session.rollback()
                    return type(refusal).__name__
                finally:
                    db.session.remove()
                return "marked"

        return run

    tasks = [marking(trainer_id, 1 + place / 4) for place, trainer_id in enumerate(trainers)]
    with ThreadPoolExecutor(len(tasks)) as pool:
        outcomes = sorted(pool.map(lambda task: task(), tasks))
    assert outcomes == ["AlreadyMarked"] * 3 + ["marked"]
    mark = db.session.scalars(select(AnswerMark)).one()
    assert attempt_of(attempt_id).score == 1 + mark.score
    assert db.session.scalar(select(func.count()).select_from(Completion)) == 1


def test_the_moment_of_the_mark_is_kept(taught: Taught, trainer: Person) -> None:
    before: datetime = now()
    mark_answer(make_attempt(taught, make_person(), answered()), "q-ke", 1, "", trainer.id)
    assert db.session.scalars(select(AnswerMark.marked_at)).one() >= before
