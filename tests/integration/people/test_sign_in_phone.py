"""Coming in with phone number and PIN, over HTTP."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import WayIn
from app.extensions import db
from app.people import pins
from app.people.models import SignInSession, Throttle
from app.shared import clock
from tests.factories import make_person
from tests.integration.people.ways_in import OTHER_PIN, PHONE, PIN, WRONG, make_phone_person, open_sessions, sign_in
from tests.page_client import PageClient


def test_the_right_pin_opens_a_session_of_that_person(app: Flask, client: PageClient) -> None:
    hoa = make_phone_person()
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/me")
    assert [person_id for person_id, _ in open_sessions()] == [hoa.id]
    assert db.session.scalars(select(SignInSession.way_in)).one() == WayIn.PIN


@pytest.mark.parametrize("pin", ["48 29 15", "482915 ", "4-8-2-9-1-5"])
@pytest.mark.sqlite_only
def test_a_pin_is_read_in_any_spacing(app: Flask, client: PageClient, pin: str) -> None:
    make_phone_person()
    assert sign_in(client, pin).status_code == 303


def test_two_people_on_one_phone_come_in_as_themselves(app: Flask, new_client: Callable[[], PageClient]) -> None:
    hoa, tu = make_phone_person(), make_phone_person("Trần Văn Tú", OTHER_PIN)
    sign_in(new_client())
    sign_in(new_client(), OTHER_PIN)
    assert [person_id for person_id, _ in open_sessions()] == [hoa.id, tu.id]


def test_wrong_pin_and_unknown_phone_get_the_same_answer_without_a_name(app: Flask, client: PageClient) -> None:
    make_phone_person()
    wrong = sign_in(client, WRONG)
    unknown = sign_in(client, WRONG, phone="0987 654 321")
    assert wrong.status_code == unknown.status_code == 422
    assert "Hoa" not in wrong.text
    assert wrong.text.replace("0912 345 678", "…") == unknown.text.replace("0987 654 321", "…").replace(
        "0912 345 678", "…"
    )


def test_unknown_phone_costs_one_hash_like_a_family_of_three(
    app: Flask, monkeypatch: pytest.MonkeyPatch, new_client: Callable[[], PageClient]
) -> None:
    for name, pin in (("Hoa", PIN), ("Tú", OTHER_PIN), ("Mai", "264813")):
        make_phone_person(name, pin)
    hashed = []
    slow_hash = pins.slow_hash
    monkeypatch.setattr(pins, "slow_hash", lambda *args: hashed.append(args) or slow_hash(*args))
    sign_in(new_client(), WRONG)
    sign_in(new_client(), WRONG, phone="0987 654 321")
    assert len(hashed) == 2


def test_a_wrong_pin_counts_once_against_the_number_whoever_is_on_it(app: Flask, client: PageClient) -> None:
    make_phone_person()
    make_phone_person("Trần Văn Tú", OTHER_PIN)
    sign_in(client, WRONG)
    row = db.session.scalars(select(Throttle)).one()
    assert (row.subject.split(":")[0], row.failures) == ("phone", 1)
    assert "912345678" not in row.subject


def test_a_right_pin_leaves_no_failure_behind(app: Flask, client: PageClient) -> None:
    make_phone_person()
    sign_in(client)
    assert db.session.scalars(select(Throttle)).all() == []


def test_after_five_wrong_pins_one_waits_and_is_told_until_when(app: Flask, client: PageClient) -> None:
    make_phone_person()
    start = clock.now().replace(hour=3, minute=0, second=10)
    with clock.frozen(start):
        for _ in range(5):
            assert sign_in(client, WRONG).status_code == 422
        refused = sign_in(client)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "61"
    assert "lúc 10:02" in refused.text
    with clock.frozen(start + timedelta(seconds=61)):
        assert sign_in(client).status_code == 303


def test_a_lock_out_of_strangers_lets_known_devices_and_other_phones_in(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    make_phone_person()
    make_phone_person("Lê Văn Ba", phone="+84987654321")
    own, thief = new_client(), new_client()
    sign_in(own)
    for _ in range(6):
        sign_in(thief, WRONG)
    assert sign_in(thief).status_code == 429
    assert sign_in(own).status_code == 303
    assert sign_in(thief, phone="0987 654 321").status_code == 303


def test_a_known_device_climbs_the_ladder_by_itself_and_locks_nobody_out(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    make_phone_person()
    known, other = new_client(), new_client()
    sign_in(known)
    for _ in range(5):
        assert sign_in(known, WRONG).status_code == 422
    assert sign_in(known).status_code == 429
    assert sign_in(other).status_code == 303


def test_a_device_known_to_one_person_is_a_stranger_to_the_other_on_the_phone(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    make_phone_person()
    make_phone_person("Trần Văn Tú", OTHER_PIN)
    device, thief = new_client(), new_client()
    sign_in(device)
    for _ in range(5):
        sign_in(thief, WRONG)
    assert sign_in(device, OTHER_PIN).status_code == 422
    assert sign_in(device, PIN).status_code == 303


def test_a_right_pin_of_ones_own_buys_no_guesses_at_the_others_on_the_phone(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    make_phone_person()
    make_phone_person("Kẻ gian", OTHER_PIN)
    for _ in range(5):
        assert sign_in(new_client(), WRONG).status_code == 422
        assert sign_in(new_client(), OTHER_PIN).status_code in {303, 429}
    assert sign_in(new_client(), OTHER_PIN).status_code == 429


def test_a_shared_device_is_not_remembered_and_ends_after_ten_idle_minutes(app: Flask, client: PageClient) -> None:
    make_phone_person()
    start = clock.now()
    with clock.frozen(start):
        answer = sign_in(client, is_shared_device="y")
        cookies = answer.headers.getlist("Set-Cookie")
        assert ["device" in cookie.split("=")[0] for cookie in cookies] == [False]
    with clock.frozen(start + timedelta(minutes=9)):
        assert client.get("/me/sessions").status_code == 200
    with clock.frozen(start + timedelta(minutes=18)):
        assert client.get("/me/sessions").status_code == 200
    with clock.frozen(start + timedelta(minutes=28, seconds=1)):
        assert client.get("/me/sessions").status_code == 401


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"phone": "123", "pin": PIN}, "Số di động có 10 số"),
        ({"phone": "", "pin": PIN}, "Số di động có 10 số"),
        ({"phone": "0912345678", "pin": "12345"}, "Mã PIN có đúng 6 số"),
    ],
)
@pytest.mark.sqlite_only
def test_what_cannot_be_a_phone_or_pin_is_not_counted(
    app: Flask, client: PageClient, sent: dict[str, str], shown: str
) -> None:
    answer = client.post("/sign-in", data=sent)
    assert answer.status_code == 422
    assert shown in answer.text
    assert db.session.scalars(select(Throttle)).all() == []


@pytest.mark.parametrize(
    ("next_page", "location"),
    [("/courses/otp", "/courses/otp"), ("https://evil.example", "/"), ("//evil.example", "/"), ("", "/me")],
)
@pytest.mark.sqlite_only
def test_signing_in_goes_on_only_to_pages_of_ours(
    app: Flask, client: PageClient, next_page: str, location: str
) -> None:
    make_phone_person()
    assert sign_in(client, next=next_page).location == location


def test_two_people_with_the_same_pin_on_one_number_see_nothing_of_each_other(app: Flask, client: PageClient) -> None:
    """A number that was changed later may bring equal PINs together."""
    make_phone_person()
    ba = make_person(name="Lê Văn Ba", phone=PHONE)
    pins.store_pin_hash(ba.id, pins.hash_pin(PIN, "+84987654321"))
    answer = sign_in(client)
    assert answer.status_code == 409
    assert "Ba" not in answer.text
    assert "Hoa" not in answer.text


@pytest.mark.parametrize("state", ["disabled_at", "erased_at"])
@pytest.mark.sqlite_only
def test_who_was_disabled_or_erased_does_not_come_in(app: Flask, client: PageClient, state: str) -> None:
    setattr(make_phone_person(), state, clock.now())
    assert sign_in(client).status_code == 422
