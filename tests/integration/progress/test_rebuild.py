"""Rebuilding: every difference is named, a repair makes the caches right, and completions may come in meanwhile."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.content.models import Course
from app.extensions import db
from app.people.actions import set_residence
from app.people.models import Person
from app.places.models import Place
from app.progress.models import CountedCompletion, Counter, PeopleCounter
from app.progress.rebuild import Difference, rebuild
from tests.factories import make_person
from tests.integration.progress.makers import at, communes_of, complete, end_commune, make_course
from tests.integration.progress.plain_count import expected_figures, stored_figures


@pytest.fixture
def course(app: Flask) -> Course:
    return make_course("lua-dao")


@pytest.fixture
def commune(app: Flask) -> Place:
    return communes_of("38", 1)[0]


@pytest.fixture
def people(course: Course, commune: Place) -> Iterator[list[Person]]:
    """Three residents and a guest who have completed the course, and another one before; committed."""
    earlier = make_course("ma-qr")
    found = [make_person(), make_person(), make_person(), make_person(is_registered=False)]
    for person in found:
        if person.is_registered:
            set_residence(person_id=person.id, commune_id=commune.id)
        complete(person.id, earlier, at("2026-09-20"))
        complete(person.id, course, at("2026-11-20"))
    db.session.commit()
    return found


def assert_right() -> None:
    assert rebuild(apply=False) == []
    db.session.rollback()
    assert stored_figures() == expected_figures()


def test_right_caches_have_no_difference(people: list[Person]) -> None:
    assert rebuild(apply=True) == []
    assert_right()


def test_a_wrong_counter_is_named_with_commune_course_and_half(people: list[Person], commune: Place) -> None:
    wrong = (Counter.place_id == commune.id, Counter.half_start == date(2026, 11, 15), Counter.basis == "then")
    db.session.execute(update(Counter).where(*wrong).values(completions=7))
    db.session.commit()
    place = f"{commune.full_name}, Thanh Hóa"
    expected = Difference("counter", "then", place, "lua-dao", date(2026, 11, 15), "self resident", 3, 7)
    assert rebuild(apply=False) == [expected]
    assert str(expected).endswith(f"{place} · lua-dao · 15/11/2026 · self resident: phải là 3, đang là 7")
    assert rebuild(apply=True) == [expected]
    assert_right()


def test_a_missing_counter_and_a_surplus_one_are_named(people: list[Person], course: Course, commune: Place) -> None:
    db.session.execute(delete(Counter).where(Counter.basis == "today"))
    values = {"half_start": date(2027, 1, 1), "mode": "class", "learner_kind": "member", "completions": 2}
    db.session.add(Counter(basis="then", place_id=commune.id, course_id=course.id, **values))
    db.session.commit()
    named = {(d.basis, d.half_start, d.detail, d.expected, d.found) for d in rebuild(apply=True)}
    assert ("then", date(2027, 1, 1), "class member", 0, 2) in named
    assert ("today", date(2026, 11, 15), "self guest", 1, 0) in named
    assert_right()


def test_a_wrong_number_of_people_is_named(people: list[Person], commune: Place) -> None:
    wrong = (PeopleCounter.place_id == commune.id, PeopleCounter.half_start == date(2026, 9, 15))
    db.session.execute(update(PeopleCounter).where(*wrong, PeopleCounter.group == "registered").values(year=1))
    db.session.commit()
    named = [(d.table, d.basis, d.detail, d.expected, d.found) for d in rebuild(apply=True)]
    assert named == [("people_counter", basis, "registered year", 3, 1) for basis in ("then", "today")]
    assert_right()


@pytest.mark.parametrize(
    "column",
    [
        {"mode": "class"},
        {"learner_kind": "member"},
        {"counted_on": date(2026, 11, 21)},
        {"half_start": date(2026, 11, 1)},
        {"term": 4},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_wrong_row_is_named_and_repaired(people: list[Person], column: dict[str, object], course: Course) -> None:
    who = (CountedCompletion.canonical_id == people[0].id, CountedCompletion.course_id == course.id)
    db.session.execute(update(CountedCompletion).where(*who).values(**column))
    db.session.commit()
    named = {(d.table, d.course, d.half_start, d.expected, d.found) for d in rebuild(apply=True)}
    assert ("counted_completion", "lua-dao", date(2026, 11, 15), 1, 0) in named
    assert_right()


def test_a_row_on_a_wrong_map_is_repaired(people: list[Person]) -> None:
    elsewhere = communes_of("86", 1)[0]
    who = CountedCompletion.canonical_id == people[0].id
    db.session.execute(update(CountedCompletion).where(who).values(commune_today_id=elsewhere.id))
    db.session.commit()
    assert rebuild(apply=True) != []
    assert_right()


def test_rows_of_another_person_are_given_back(people: list[Person]) -> None:
    one, other = people[0].id, people[1].id
    db.session.execute(delete(CountedCompletion).where(CountedCompletion.canonical_id == other))
    rows = update(CountedCompletion).where(CountedCompletion.canonical_id == one)
    db.session.execute(rows.values(canonical_id=other))
    db.session.commit()
    assert rebuild(apply=True) != []
    assert_right()


def test_everything_is_counted_from_nothing(people: list[Person]) -> None:
    for model in (CountedCompletion, Counter, PeopleCounter):
        db.session.execute(delete(model))
    db.session.commit()
    named = rebuild(apply=True)
    assert {d.table for d in named} == {"counted_completion", "counter", "people_counter"}
    assert sum(d.expected for d in named if d.table == "counted_completion") == 8
    assert_right()


def test_a_commune_that_ended_unnoticed_moves_to_its_successor(people: list[Person], commune: Place) -> None:
    successor = communes_of("86", 1)[0]
    end_commune(commune.id, {successor.id: True})
    db.session.commit()
    named = rebuild(apply=True)
    assert {d.basis for d in named if d.table == "counter"} == {"today"}
    assert_right()
