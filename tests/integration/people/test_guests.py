"""Guests and their learning codes in the database."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import WayIn
from app.extensions import db
from app.people import guests, learning_codes
from app.people.models import LearningCode, Person, SignInSession
from app.shared import clock
from app.shared.errors import NotFound


def digits_of(person_id: object) -> str:
    return guests.show_learning_code(person_id).replace(" ", "")  # type: ignore[arg-type]


def test_the_code_of_a_guest_can_be_shown_again_and_opens_that_guest(app: Flask) -> None:
    guest, other = guests.create_guest(), guests.create_guest()
    assert guests.show_learning_code(guest) == guests.show_learning_code(guest)
    assert guests.code_belongs(guest, digits_of(guest))
    assert not guests.code_belongs(other, digits_of(guest))


def test_the_code_itself_is_not_stored(app: Flask) -> None:
    guest = guests.create_guest()
    row = db.session.get_one(LearningCode, guest)
    assert digits_of(guest) not in (row.code_hmac, str(row.generation))


def test_a_code_that_somebody_has_already_is_not_given_twice(app: Flask) -> None:
    guest = guests.create_guest()
    taken = learning_codes._stored(learning_codes.derive_code(guest, 1))
    other = db.session.get_one(LearningCode, guests.create_guest())
    other.code_hmac = taken
    db.session.delete(db.session.get_one(LearningCode, guest))
    db.session.flush()
    first = learning_codes._try_to_issue(guest, 1)
    learning_codes.issue_code(guest)
    assert not first
    assert db.session.get_one(LearningCode, guest).generation == 0


def test_a_code_dies_after_24_idle_months_and_lives_on_with_use(app: Flask) -> None:
    guest = guests.create_guest()
    code = digits_of(guest)
    almost = clock.now() + timedelta(days=729)
    with clock.frozen(almost):
        assert learning_codes.find_guest_of(code) == guest
        learning_codes.note_use(code)
    with clock.frozen(almost + timedelta(days=729)):
        assert learning_codes.find_guest_of(code) == guest
    with clock.frozen(almost + timedelta(days=731)):
        assert learning_codes.find_guest_of(code) is None


def test_the_code_of_a_merged_guest_opens_the_guest_it_was_merged_into(app: Flask) -> None:
    kept, merged = guests.create_guest(), guests.create_guest()
    db.session.get_one(Person, merged).canonical_id = kept
    db.session.flush()
    assert learning_codes.find_guest_of(digits_of(merged)) == kept


def test_the_code_dies_when_its_guest_registers(app: Flask) -> None:
    guest = guests.create_guest()
    code = digits_of(guest)
    db.session.get_one(Person, guest).is_registered = True
    db.session.flush()
    assert learning_codes.find_guest_of(code) is None
    learning_codes.kill_codes_of(guest)
    with pytest.raises(NotFound):
        guests.show_learning_code(guest)


def test_the_first_post_of_a_stranger_makes_a_guest_with_one_session(app: Flask) -> None:
    with app.test_request_context("/", method="POST", headers={"Sec-Fetch-Site": "same-origin"}):
        actor = guests.ensure_guest()
        again = guests.ensure_guest()
        sessions = db.session.scalars(select(SignInSession)).all()
    assert again == actor
    assert actor.way_in == WayIn.GUEST
    assert [row.person_id for row in sessions] == [actor.person_id]


def test_the_qr_leads_to_the_code_page_with_the_digits_in_the_fragment(app: Flask) -> None:
    kept = guests.code_to_keep(guests.create_guest())
    assert kept.link == f"http://127.0.0.1:8000/code#{kept.digits.replace(' ', '')}"
    assert kept.qr_svg.startswith("<svg viewBox=")
    assert "style" not in kept.qr_svg
