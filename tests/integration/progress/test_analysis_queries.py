"""What the database says about the questions of a course, and where people stop."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import Actor, Role
from app.extensions import db
from app.people.actions import merge_people
from app.people.erasure import erase_person
from app.progress.analysis_queries import get_analysis, list_versions
from app.progress.course_use import CourseUse, ItemUse, count_people, count_people_by_item
from app.progress.item_analysis import Statistics
from app.progress.marking import mark_answer
from app.progress.models import HintUse
from app.shared.clock import now
from tests.courses.folders import COURSE
from tests.factories import make_completion, make_person, make_staff
from tests.integration.authoring.attempts import (
    CHOICE,
    FREE,
    HEAD,
    TYPED,
    Given,
    Taught,
    make_attempt,
    make_visit,
    teach,
)

RIGHT = "Không ai cả"
WRONG = "Công an"


@pytest.fixture
def taught(app: Flask, tmp_path: Path) -> Taught:
    return teach(tmp_path)


def given(taught: Taught, choice: str, typed: str, free: bool = False) -> Given:
    found: dict[str, tuple[list[str], float]] = {
        "q-chon": ([taught.key_of(choice)], float(choice == RIGHT)),
        "q-go": ([typed], float(typed == "113")),
    }
    return {**found, "q-ke": (["Chuyện của tôi."], 0.0)} if free else found


def question(taught: Taught, key: str) -> Statistics:
    return get_analysis(taught.version.course_id).question(key)


def test_a_course_that_nobody_took_has_no_figures(taught: Taught) -> None:
    analysis = get_analysis(taught.version.course_id)
    assert analysis.attempts == 0
    assert analysis.question("q-chon") == Statistics()
    assert count_people(taught.version) == CourseUse(0, 0)


def test_figures_of_a_few_attempts_are_those_worked_out_by_hand(taught: Taught) -> None:
    for choice, typed in ((RIGHT, "113"), (RIGHT, "114"), (WRONG, "115"), (RIGHT, "113")):
        make_attempt(taught, make_person(), given(taught, choice, typed))
    make_attempt(taught, make_person(), given(taught, WRONG, "114"), finished=False)
    choice_question, typed_question = question(taught, "q-chon"), question(taught, "q-go")
    assert (choice_question.drawn, choice_question.answered, choice_question.first_attempts) == (4, 4, 4)
    assert (choice_question.facility, typed_question.facility) == (0.75, 0.5)
    assert choice_question.chosen == {taught.key_of(RIGHT): 3, taught.key_of(WRONG): 1}
    assert choice_question.median_seconds == 10
    assert typed_question.wrong.counts == []
    assert typed_question.wrong.others == 2


def test_discrimination_leaves_the_question_itself_out(taught: Taught) -> None:
    drawn = ("q-chon", "q-go")
    for choice, typed in ((RIGHT, "1"), (WRONG, "113")):
        for _ in range(6):
            make_attempt(taught, make_person(), given(taught, choice, typed), drawn=drawn)
    assert question(taught, "q-chon").discrimination == pytest.approx(-1)


def test_the_first_finished_attempt_of_a_person_counts_whichever_record_made_it(taught: Taught) -> None:
    person, guest = make_person(), make_person(is_registered=False)
    hour = timedelta(hours=1)
    make_attempt(taught, person, given(taught, RIGHT, "113"), at=now() - hour)
    make_attempt(taught, guest, given(taught, WRONG, "114"), at=now() - 3 * hour)
    assert question(taught, "q-chon").facility == 0.5
    merge_people(keep_id=person.id, other_id=guest.id, actor=Actor())
    merged = question(taught, "q-chon")
    assert (merged.facility, merged.first_attempts, merged.answered) == (0, 1, 2)


def test_a_question_left_out_earned_nothing(taught: Taught) -> None:
    make_attempt(taught, make_person(), {"q-go": (["113"], 1.0)})
    left_out = question(taught, "q-chon")
    assert (left_out.drawn, left_out.answered, left_out.facility) == (1, 0, 0)


def test_a_free_answer_counts_once_it_is_marked_and_is_never_listed(taught: Taught) -> None:
    attempt_id = make_attempt(taught, make_person(), given(taught, RIGHT, "113", free=True))
    assert question(taught, "q-ke").facility is None
    mark_answer(attempt_id, "q-ke", 1, "", make_staff(Role.TRAINER, None).id)
    marked = question(taught, "q-ke")
    assert (marked.facility, marked.answered, marked.wrong.others, marked.chosen) == (0.5, 1, 0, {})


def test_words_typed_by_three_people_are_shown(taught: Taught) -> None:
    for words in ("Một Một Bốn", "một một bốn", "một một bốn", "gọi con trai Nguyễn Văn A"):
        make_attempt(taught, make_person(), given(taught, RIGHT, words))
    wrong = question(taught, "q-go").wrong
    assert (wrong.counts, wrong.others) == ([(("một một bốn",), 3)], 1)


def test_the_right_answer_after_a_hint_that_costs_is_not_among_the_wrong_ones(app: Flask, tmp_path: Path) -> None:
    hinted = TYPED.replace("key: q-go", "key: q-go; hint-cost: 50%") + "\n> Gợi ý: ba chữ số.\n"
    taught = teach(tmp_path, HEAD + hinted)
    attempt_id = make_attempt(taught, make_person(), {"q-go": (["113"], 0.5)}, drawn=["q-go"])
    assert question(taught, "q-go").wrong.others == 1
    db.session.add(HintUse(attempt_id=attempt_id, question_key="q-go", opened_at=now()))
    db.session.flush()
    assert question(taught, "q-go").wrong.others == 0


def test_erased_answers_are_in_no_count_of_options(taught: Taught) -> None:
    person = make_person()
    make_attempt(taught, person, given(taught, RIGHT, "113"))
    erase_person(person.id, Actor())
    erased = question(taught, "q-chon")
    assert (erased.chosen, erased.answered, erased.facility) == ({}, 0, 1)


def test_a_question_keeps_its_history_over_versions_and_items(app: Flask, tmp_path: Path) -> None:
    before = teach(tmp_path, HEAD + CHOICE + TYPED)
    make_attempt(before, make_person(), given(before, RIGHT, "113"), drawn=("q-chon", "q-go"))
    moved_head = HEAD.replace("key: kiem-tra", "key: kiem-tra-moi")
    after = teach(tmp_path, moved_head + CHOICE + FREE)
    make_attempt(after, make_person(), {"q-chon": ([after.key_of(WRONG)], 0.0)}, drawn=("q-chon", "q-ke"))
    analysis = get_analysis(after.version.course_id)
    facilities: Mapping[int, float | None] = {n: s.facility for n, s in analysis.by_version("q-chon").items()}
    assert facilities == {2: 0, 1: 1}
    assert analysis.question("q-chon").facility == 0.5
    assert [line.number for line in list_versions(after.version.course_id)] == [2, 1]


def test_people_are_counted_once_at_each_item_guests_and_registered_alike(taught: Taught) -> None:
    registered, guest, other_record = make_person(), make_person(is_registered=False), make_person(is_registered=False)
    for person in (registered, guest, other_record):
        make_visit(taught, person)
    merge_people(keep_id=registered.id, other_id=other_record.id, actor=Actor())
    make_attempt(taught, registered, given(taught, WRONG, "1"), passed=False)
    make_attempt(taught, registered, given(taught, RIGHT, "113"), passed=True)
    make_attempt(taught, guest, given(taught, WRONG, "1"), passed=False)
    make_attempt(taught, make_person(), {}, finished=False)
    make_completion(registered, taught.version.course_id, None, now())
    db.session.commit()
    assert count_people_by_item(taught.version) == {"bai-mot": ItemUse(2), "kiem-tra": ItemUse(2, 1, half_way=1)}
    assert count_people(taught.version) == CourseUse(began=2, completed=1)


def test_people_of_an_earlier_edition_are_not_counted(app: Flask, tmp_path: Path) -> None:
    before = teach(tmp_path)
    make_visit(before, make_person())
    after = teach(tmp_path, course=COURSE + "edition: 2\n")
    assert count_people_by_item(after.version) == {}
    assert count_people(after.version).began == 0
