"""Leaving a device, ending sessions on others, changing the PIN: ended is ended on the server."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import WayIn
from app.extensions import db
from app.people.models import SignInSession
from app.people.sessions import cookie_name
from app.shared import clock
from tests.factories import make_person
from tests.factories import sign_in as give_session
from tests.integration.people.ways_in import (
    OTHER_PIN,
    PIN,
    WRONG,
    digits_of,
    enter_code,
    make_guest_on,
    make_phone_person,
    open_sessions,
    sign_in,
)
from tests.page_client import PageClient


def cookie_of(client: PageClient) -> str:
    cookie = client.get_cookie(cookie_name())
    assert cookie
    return cookie.value


def test_a_session_cookie_kept_by_a_thief_is_worth_nothing_after_signing_out(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    make_phone_person()
    own, thief = new_client(), new_client()
    sign_in(own)
    thief.set_cookie(cookie_name(), cookie_of(own))
    assert thief.get("/me/sessions").status_code == 200
    answer = own.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/signed-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert own.get_cookie(cookie_name()) is None
    assert thief.get("/me/sessions").status_code == 401
    assert open_sessions() == []


def test_signing_in_again_ends_the_session_that_the_device_had(app: Flask, client: PageClient) -> None:
    make_phone_person()
    make_phone_person("Trần Văn Tú", OTHER_PIN)
    sign_in(client)
    sign_in(client, OTHER_PIN)
    assert len(open_sessions()) == 1


@pytest.mark.sqlite_only
def test_a_guest_who_leaves_is_first_shown_the_code(app: Flask, new_client: Callable[[], PageClient]) -> None:
    device = new_client()
    guest_id = make_guest_on(device)
    assert device.post("/sign-out").location == "/sign-out"
    assert digits_of(guest_id) in device.get("/sign-out").text
    assert device.post("/sign-out", data={"sure": "yes"}).location == "/signed-out"
    assert device.get("/me").status_code == 401
    assert enter_code(new_client(), digits_of(guest_id)).status_code == 303


@pytest.mark.sqlite_only
def test_leaving_when_nobody_is_in_is_no_fault(app: Flask, client: PageClient) -> None:
    assert client.get("/sign-out").location == "/signed-out"
    assert client.post("/sign-out").status_code == 303
    assert client.get("/signed-out").status_code == 200


@pytest.mark.sqlite_only
def test_a_form_of_another_session_signs_nobody_out(app: Flask, client: PageClient) -> None:
    make_phone_person()
    sign_in(client)
    assert client.post("/sign-out", with_token=False).status_code == 409
    assert client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert len(open_sessions()) == 1


def test_one_of_the_own_sessions_is_ended_from_another_device(app: Flask, new_client: Callable[[], PageClient]) -> None:
    make_phone_person()
    phone, tablet = new_client(), new_client()
    sign_in(phone)
    sign_in(tablet)
    first = db.session.scalars(select(SignInSession.id).order_by(SignInSession.created_at)).first()
    assert tablet.get("/me/sessions").text.count(">Thoát máy đó<") == 1
    assert tablet.post("/me/sessions/end", data={"session": first or ""}).status_code == 303
    assert phone.get("/me/sessions").status_code == 401
    assert tablet.get("/me/sessions").status_code == 200


@pytest.mark.sqlite_only
def test_sessions_of_others_do_not_exist(app: Flask, new_client: Callable[[], PageClient]) -> None:
    make_phone_person()
    make_phone_person("Trần Văn Tú", OTHER_PIN)
    hoa, tu = new_client(), new_client()
    sign_in(hoa)
    sign_in(tu, OTHER_PIN)
    first = db.session.scalars(select(SignInSession.id).order_by(SignInSession.created_at)).first()
    assert tu.post("/me/sessions/end", data={"session": first or ""}).status_code == 404
    assert hoa.get("/me/sessions").status_code == 200


def test_a_new_pin_needs_the_old_one_and_ends_every_other_session(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    hoa = make_phone_person()
    phone, tablet = new_client(), new_client()
    sign_in(phone)
    sign_in(tablet)
    data = {"old_pin": WRONG, "pin": OTHER_PIN, "pin_again": OTHER_PIN}
    assert "Mã PIN chưa đúng" in phone.post("/me/pin", data=data).text
    assert phone.post("/me/pin", data={**data, "old_pin": PIN}).status_code == 303
    assert tablet.get("/me/sessions").status_code == 401
    assert open_sessions() == [(hoa.id, WayIn.PIN)]
    assert sign_in(tablet, PIN).status_code == 422
    assert sign_in(tablet, OTHER_PIN).status_code == 303


def test_guessing_the_old_pin_in_an_open_session_climbs_the_ladder(app: Flask, client: PageClient) -> None:
    make_phone_person()
    sign_in(client)
    data = {"old_pin": WRONG, "pin": OTHER_PIN, "pin_again": OTHER_PIN}
    for _ in range(5):
        assert client.post("/me/pin", data=data).status_code == 422
    assert client.post("/me/pin", data={**data, "old_pin": PIN}).status_code == 429


@pytest.mark.sqlite_only
def test_asking_for_a_neighbours_pin_by_changing_ones_own_is_counted(app: Flask, client: PageClient) -> None:
    make_phone_person("Trần Văn Tú", OTHER_PIN)
    make_phone_person()
    sign_in(client)
    answer = client.post("/me/pin", data={"old_pin": PIN, "pin": OTHER_PIN, "pin_again": OTHER_PIN})
    assert answer.status_code == 422
    old_pin = PIN
    for new_pin in ("905171", "905172", "905173", "905174"):
        changed = client.post("/me/pin", data={"old_pin": old_pin, "pin": new_pin, "pin_again": new_pin})
        assert changed.status_code == 303
        old_pin = new_pin
    assert client.post("/me/pin", data={"old_pin": old_pin, "pin": PIN, "pin_again": PIN}).status_code == 429


@pytest.mark.parametrize(("way_in", "status"), [(WayIn.GUEST, 404), (WayIn.CODE, 401)])
@pytest.mark.sqlite_only
def test_a_guest_has_no_pin_to_change(app: Flask, client: PageClient, way_in: WayIn, status: int) -> None:
    make_guest_on(client)
    db.session.query(SignInSession).update({"way_in": way_in})
    assert client.get("/me/pin").status_code == status


@pytest.mark.sqlite_only
def test_sessions_end_after_their_time(app: Flask, client: PageClient) -> None:
    make_phone_person()
    start = clock.now()
    with clock.frozen(start):
        sign_in(client)
    with clock.frozen(start + timedelta(days=13)):
        assert client.get("/me/sessions").status_code == 200
    with clock.frozen(start + timedelta(days=26)):
        assert client.get("/me/sessions").status_code == 200
    with clock.frozen(start + timedelta(days=30, minutes=1)):
        assert client.get("/me/sessions").status_code == 401


@pytest.mark.sqlite_only
def test_somebody_disabled_is_out_at_once(app: Flask, client: PageClient) -> None:
    hoa = make_phone_person()
    sign_in(client)
    hoa.disabled_at = clock.now()
    assert client.get("/me/sessions").status_code == 401


@pytest.mark.sqlite_only
def test_who_has_neither_phone_nor_card_is_told_before_leaving(app: Flask, client: PageClient) -> None:
    give_session(client, make_person(phone=None), WayIn.PIN)
    assert client.post("/sign-out").location == "/sign-out"
    assert "không vào lại được" in client.get("/sign-out").text
    client.post("/me/card")
    assert "Lần sau bác đăng nhập lại là có" in client.get("/sign-out").text
    assert client.post("/sign-out").location == "/signed-out"
