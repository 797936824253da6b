"""The learning code on another device, what such a session may not do, and whose learning a device holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import WayIn
from app.extensions import db
from app.people import guests, learning_codes
from app.people.actions import merge_people
from app.people.learning_codes import check_digits
from app.people.models import LearningCode, Person, Throttle
from app.shared import clock
from tests.factories import make_person
from tests.integration.people.ways_in import (
    digits_of,
    enter_code,
    make_guest_on,
    make_phone_person,
    open_sessions,
    sign_in,
)
from tests.page_client import PageClient


def some_wrong_code(number: int) -> str:
    """A code that is well formed and nobody's."""
    payload = f"{number:010}"
    return payload + check_digits(payload)


def test_the_code_opens_the_same_guest_on_another_device(app: Flask, client: PageClient) -> None:
    guest_id = guests.create_guest()
    answer = enter_code(client, digits_of(guest_id))
    assert (answer.status_code, answer.location) == (303, "/me")
    assert open_sessions() == [(guest_id, WayIn.CODE)]


def test_the_code_of_this_device_itself_changes_nothing(app: Flask, client: PageClient) -> None:
    guest_id = make_guest_on(client)
    assert enter_code(client, digits_of(guest_id)).status_code == 303
    assert open_sessions() == [(guest_id, WayIn.GUEST)]


@pytest.mark.sqlite_only
def test_a_missing_digit_is_told_and_counts_nothing(app: Flask, client: PageClient) -> None:
    answer = enter_code(client, "4821 7390 615")
    assert answer.status_code == 422
    assert "còn thiếu 1 số" in answer.text
    assert "4821 7390 615" in answer.text
    assert db.session.scalars(select(Throttle)).all() == []


@pytest.mark.parametrize("path", ["/me/sessions", "/me/pin", "/me/card", "/me/export.json", "/me/erase", "/me/account"])
@pytest.mark.sqlite_only
def test_a_session_by_code_cannot_export_erase_or_manage(app: Flask, client: PageClient, path: str) -> None:
    enter_code(client, digits_of(guests.create_guest()))
    assert client.get(path).status_code == 401


@pytest.mark.sqlite_only
def test_a_code_session_ends_when_its_guest_registers_and_shows_no_name(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    own, by_code = new_client(), new_client()
    guest_id = make_guest_on(own)
    code = digits_of(guest_id)
    enter_code(by_code, code)
    data = {"name": "Lê Thị Sen", "phone": "", "pin": "482915", "pin_again": "482915", "consent": "y"}
    assert own.post("/register", data=data).status_code == 303
    assert "Sen" not in by_code.get("/").text
    assert by_code.get("/me").status_code == 401
    assert enter_code(new_client(), code).status_code == 422


def test_wrong_codes_are_counted_for_the_address_and_for_all(app: Flask, client: PageClient) -> None:
    assert enter_code(client, some_wrong_code(1)).status_code == 422
    kinds = [subject.split(":")[0] for subject in db.session.scalars(select(Throttle.subject))]
    assert sorted(kinds) == ["code-address", "code-all"]


def test_one_address_waits_after_ten_wrong_codes_and_others_go_on(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    code = digits_of(guests.create_guest())
    start = clock.now()
    with clock.frozen(start):
        for number in range(10):
            assert enter_code(new_client(), some_wrong_code(number)).status_code == 422
        assert enter_code(new_client(), code).status_code == 429
        elsewhere = new_client()
        elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        assert enter_code(elsewhere, code).status_code == 303
    with clock.frozen(start + timedelta(seconds=61)):
        assert enter_code(new_client(), code).status_code == 303


@pytest.mark.sqlite_only
def test_one_subscriber_of_ipv6_is_one_address(app: Flask, new_client: Callable[[], PageClient]) -> None:
    for number in range(3):
        device = new_client()
        device.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{number + 1}"
        enter_code(device, some_wrong_code(number))
    failures = {row.subject.split(":")[0]: row.failures for row in db.session.scalars(select(Throttle))}
    assert failures == {"code-address": 3, "code-all": 3}


@pytest.mark.sqlite_only
def test_all_addresses_together_wait_when_too_many_codes_were_wrong(app: Flask, client: PageClient) -> None:
    code = digits_of(guests.create_guest())
    enter_code(client, some_wrong_code(1))
    total = db.session.scalars(select(Throttle).where(Throttle.subject.startswith("code-all"))).one()
    total.failures = 199
    client.environ_base["REMOTE_ADDR"] = "203.0.113.10"
    enter_code(client, some_wrong_code(2))
    client.environ_base["REMOTE_ADDR"] = "203.0.113.11"
    assert enter_code(client, code).status_code == 429


def test_signing_in_on_a_guests_device_asks_whose_the_learning_is(app: Flask, client: PageClient) -> None:
    hoa, guest_id = make_phone_person(), make_guest_on(client)
    answer = sign_in(client, next="/courses")
    assert answer.location == "/sign-in/whose?next=/courses"
    page = client.get(answer.location).text
    assert "Nguyễn Thị Hoa" in page
    assert digits_of(guest_id) in page
    assert db.session.get_one(Person, guest_id).canonical_id == guest_id
    assert client.get("/sign-in/whose").status_code == 200
    assert hoa.canonical_id == hoa.id


def test_yes_makes_the_guest_one_person_with_who_signed_in(app: Flask, client: PageClient) -> None:
    hoa, guest_id = make_phone_person(), make_guest_on(client)
    sign_in(client)
    answer = client.post("/sign-in/whose", data={"answer": "mine", "next": "/courses"})
    assert (answer.status_code, answer.location) == (303, "/courses")
    assert db.session.get_one(Person, guest_id, populate_existing=True).canonical_id == hoa.id
    assert db.session.get(LearningCode, guest_id) is None
    assert [person_id for person_id, _ in open_sessions()] == [hoa.id]
    assert client.get("/sign-in/whose").status_code == 303


def test_no_leaves_the_guest_with_its_code(app: Flask, new_client: Callable[[], PageClient]) -> None:
    client = new_client()
    make_phone_person()
    guest_id = make_guest_on(client)
    sign_in(client)
    client.post("/sign-in/whose", data={"answer": "others"})
    assert db.session.get_one(Person, guest_id, populate_existing=True).canonical_id == guest_id
    assert enter_code(new_client(), digits_of(guest_id)).status_code == 303
    assert client.post("/sign-in/whose", data={"answer": "mine"}).status_code == 404


def test_a_guest_who_has_become_somebody_elses_record_is_not_taken_over(app: Flask, client: PageClient) -> None:
    hoa, guest_id = make_phone_person(), make_guest_on(client)
    sign_in(client)
    owner = make_person(name="Trần Văn Chủ")
    merge_people(owner.id, guest_id, None)
    db.session.commit()
    assert client.get("/sign-in/whose").status_code == 303
    assert client.post("/sign-in/whose", data={"answer": "mine"}).status_code == 404
    assert db.session.get_one(Person, owner.id, populate_existing=True).canonical_id == owner.id
    assert hoa.canonical_id == hoa.id


@pytest.mark.sqlite_only
def test_two_guests_of_one_person_become_one_and_both_codes_go_on(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    device = new_client()
    second = make_guest_on(device)
    first = guests.create_guest()
    assert enter_code(device, digits_of(first)).location == "/sign-in/whose?next=/me"
    device.post("/sign-in/whose", data={"answer": "mine"})
    assert db.session.get_one(Person, second, populate_existing=True).canonical_id == first
    assert learning_codes.find_guest_of(digits_of(second).replace(" ", "")) == first


@pytest.mark.sqlite_only
def test_a_registered_person_may_bring_in_what_they_learned_with_a_code(app: Flask, client: PageClient) -> None:
    hoa = make_phone_person()
    sign_in(client)
    guest_id = guests.create_guest()
    assert enter_code(client, digits_of(guest_id)).location == "/sign-in/whose?next=/me"
    client.post("/sign-in/whose", data={"answer": "mine"})
    assert db.session.get_one(Person, guest_id, populate_existing=True).canonical_id == hoa.id
    assert [person_id for person_id, _ in open_sessions()] == [hoa.id]
