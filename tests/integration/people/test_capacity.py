"""In which capacity, and where, a person counts (design §4.6)."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import Role
from app.extensions import db
from app.people.actions import merge_people, set_residence
from app.people.models import Person
from app.people.queries import Capacity, learner_kind_and_place
from app.shared.clock import now
from tests.factories import make_member, make_person, make_staff, make_team, place_id_of

BIM_SON, XUAN_TRUONG = "14812", "24805"


@pytest.mark.parametrize("audience", ["resident", "both"])
def test_a_guest_counts_as_guest_where_they_live(app: Flask, audience: str) -> None:
    guest = make_person(is_registered=False)
    assert learner_kind_and_place(guest.id, audience, now()) == Capacity("guest", None, None, None)
    set_residence(person_id=guest.id, commune_id=place_id_of(BIM_SON))
    assert learner_kind_and_place(guest.id, audience, now()) == Capacity("guest", place_id_of(BIM_SON), None, None)


def test_a_resident_counts_where_they_lived_that_day(app: Flask) -> None:
    person, moved_at = make_person(), now()
    set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON), at=moved_at - timedelta(days=90))
    set_residence(person_id=person.id, commune_id=place_id_of(XUAN_TRUONG), at=moved_at)
    before = learner_kind_and_place(person.id, "resident", moved_at - timedelta(seconds=1))
    after = learner_kind_and_place(person.id, "resident", moved_at)
    assert before == Capacity("resident", place_id_of(BIM_SON), None, None)
    assert after == Capacity("resident", place_id_of(XUAN_TRUONG), None, None)


def test_what_was_said_first_holds_for_the_days_before(app: Flask) -> None:
    person = make_person()
    set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON))
    capacity = learner_kind_and_place(person.id, "resident", now() - timedelta(days=20))
    assert capacity == Capacity("resident", place_id_of(BIM_SON), None, None)


def test_a_member_counts_in_the_commune_of_the_longest_standing_team(app: Flask) -> None:
    person = make_person()
    set_residence(person_id=person.id, commune_id=place_id_of(XUAN_TRUONG))
    newer, older = make_team(XUAN_TRUONG), make_team(BIM_SON)
    make_member(newer, person).from_at = now() - timedelta(days=10)
    make_member(older, person).from_at = now() - timedelta(days=99)
    db.session.flush()
    assert learner_kind_and_place(person.id, "team", now()) == Capacity("member", older.commune_id, None, older.id)


def test_a_member_on_a_course_for_residents_counts_as_resident(app: Flask) -> None:
    person = make_person()
    make_member(make_team(BIM_SON), person)
    assert learner_kind_and_place(person.id, "resident", now()) == Capacity("resident", None, None, None)


def test_who_left_the_team_is_not_counted_on_a_team_course_any_more(app: Flask) -> None:
    person, left_at = make_person(), now()
    membership = make_member(make_team(BIM_SON), person)
    membership.from_at, membership.to_at = left_at - timedelta(days=9), left_at
    db.session.flush()
    assert learner_kind_and_place(person.id, "team", left_at - timedelta(seconds=1)) is not None
    assert learner_kind_and_place(person.id, "team", left_at) is None


def test_a_closed_team_does_not_count(app: Flask) -> None:
    person, team = make_person(), make_team(BIM_SON)
    make_member(team, person)
    team.closed_at = now()
    db.session.flush()
    assert learner_kind_and_place(person.id, "team", now()) is None


def test_staff_in_no_team_count_nowhere_on_a_team_course(app: Flask) -> None:
    officer = make_staff(Role.OFFICER, BIM_SON)
    assert learner_kind_and_place(officer.id, "team", now()) is None


def test_a_guest_record_that_joined_a_resident_counts_as_that_resident(app: Flask) -> None:
    guest, person = make_person(is_registered=False), make_person()
    set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON))
    team = make_team(BIM_SON)
    make_member(team, person)
    merge_people(person.id, guest.id, None)
    assert learner_kind_and_place(guest.id, "both", now()) == Capacity("resident", place_id_of(BIM_SON), None, None)
    assert learner_kind_and_place(guest.id, "team", now()) == Capacity("member", team.commune_id, None, team.id)


def test_the_own_word_of_a_record_comes_before_that_of_another(app: Flask) -> None:
    guest, person = make_person(is_registered=False), make_person()
    set_residence(person_id=person.id, commune_id=place_id_of(BIM_SON))
    set_residence(person_id=guest.id, commune_id=place_id_of(XUAN_TRUONG))
    merge_people(person.id, guest.id, None)
    capacity = learner_kind_and_place(guest.id, "resident", now())
    assert capacity == Capacity("resident", place_id_of(XUAN_TRUONG), None, None)
    assert db.session.get_one(Person, guest.id).is_registered is False
