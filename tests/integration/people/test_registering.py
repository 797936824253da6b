"""Registering keeps what a guest did and claims nothing that is somebody else's; the first PIN needs its code."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people import handlers, one_time
from app.people.actions import set_residence
from app.people.consent import LEARNING_RECORD, PURPOSES
from app.people.grants import grant_role
from app.people.models import Consent, LearningCode, Person, PinCredential, Throttle
from app.people.new_pins import PinOwner, PinTaken, claim_pin, hash_new_pin
from app.people.queries import current_residence
from app.shared import clock
from tests.factories import make_person, place_id_of
from tests.integration.people.ways_in import (
    OTHER_PIN,
    PHONE,
    PIN,
    WRONG,
    make_first_code,
    make_guest_on,
    make_phone_person,
    open_sessions,
    sign_in,
)
from tests.page_client import PageClient

FORM = {"name": "Nguyễn Thị Hoa", "phone": "0912 345 678", "pin": PIN, "pin_again": PIN, "consent": "y"}


def register(client: PageClient, **changes: str) -> TestResponse:
    return client.post("/register", data={**FORM, **changes})


def people_on(phone: str = PHONE) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.phone == phone).order_by(Person.id)))


def test_the_guest_becomes_the_registered_person(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    guest_id = make_guest_on(client)
    monkeypatch.setattr(handlers, "_offered", handlers.Handlers(on_registration=[seen.append]))
    assert register(client, birth_year="1957").status_code == 303
    person = db.session.get_one(Person, guest_id, populate_existing=True)
    assert (person.name, person.phone, person.birth_year) == ("Nguyễn Thị Hoa", PHONE, 1957)
    assert person.is_registered
    assert seen == [guest_id]
    assert open_sessions() == [(guest_id, WayIn.PIN)]
    assert db.session.get(LearningCode, guest_id) is None


def test_the_commune_that_the_guest_said_stays_and_is_not_asked_again(app: Flask, client: PageClient) -> None:
    guest_id = make_guest_on(client)
    set_residence(person_id=guest_id, commune_id=place_id_of("14812"))
    assert register(client, next="/courses").location == "/courses"
    home = current_residence(guest_id)
    assert home is not None
    assert home.commune_id == place_id_of("14812")


def test_who_has_not_said_the_commune_is_asked_after_registering(app: Flask, client: PageClient) -> None:
    assert register(client).location == "/me/commune?next=%2Fme"
    assert client.get("/me/commune").status_code == 200


def test_consent_is_kept_with_the_version_of_its_text(app: Flask, client: PageClient) -> None:
    register(client)
    consent = db.session.scalars(select(Consent)).one()
    assert (consent.purpose, consent.text_version) == (LEARNING_RECORD, PURPOSES[LEARNING_RECORD].text_version)
    assert consent.person_id == people_on()[0].id


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"consent": ""}, "đánh dấu vào ô này"),
        ({"name": " "}, "Ghi họ và tên giúp"),
        ({"pin_again": OTHER_PIN}, "chưa giống nhau"),
        ({"pin": "123456", "pin_again": "123456"}, "nhiều người dùng"),
        ({"pin": "210457", "pin_again": "210457"}, "giống ngày sinh"),
        ({"pin": "234567", "pin_again": "234567", "phone": "0382345679"}, "nhiều người dùng"),
        ({"pin": "912345", "pin_again": "912345"}, "nằm trong số điện thoại"),
        ({"phone": "0212 345 678"}, "Số di động có 10 số"),
    ],
)
@pytest.mark.sqlite_only
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    app: Flask, client: PageClient, changes: dict[str, str], shown: str
) -> None:
    answer = register(client, **changes)
    assert answer.status_code == 422
    assert shown in answer.text
    assert PIN not in answer.text
    assert "Nguyễn Thị Hoa" in answer.text or "name" in changes
    assert db.session.scalars(select(Person)).all() == []


@pytest.mark.sqlite_only
def test_the_box_for_consent_is_never_ticked_beforehand(app: Flask, client: PageClient) -> None:
    assert " checked" not in client.get("/register").text


def test_a_known_or_imported_phone_cannot_be_claimed(app: Flask, client: PageClient) -> None:
    """Neither somebody with a PIN nor somebody entered by others without one is touched by a registration."""
    hoa = make_phone_person()
    imported = make_person(name="Trần Văn Tú", phone=PHONE)
    answer = register(client, name="Kẻ gian", pin=OTHER_PIN, pin_again=OTHER_PIN)
    assert answer.status_code == 303
    newcomer = next(person for person in people_on() if person.id not in {hoa.id, imported.id})
    assert newcomer.canonical_id == newcomer.id
    assert [person_id for person_id, _ in open_sessions()] == [newcomer.id]
    assert db.session.get(PinCredential, imported.id) is None
    page = client.get("/me").text
    assert "Hoa" not in page
    assert "Tú" not in page


def test_the_imported_persons_own_name_and_phone_claim_nothing_either(app: Flask, client: PageClient) -> None:
    imported = make_person(name="Nguyễn Thị Hoa", phone=PHONE)
    register(client)
    assert imported.id not in [person_id for person_id, _ in open_sessions()]
    assert len(people_on()) == 2


def test_a_pin_that_another_on_the_phone_has_is_refused_without_a_name(app: Flask, client: PageClient) -> None:
    make_phone_person("Trần Văn Tú")
    answer = register(client)
    assert answer.status_code == 422
    assert "đã đặt mã PIN này" in answer.text
    assert "Tú" not in answer.text
    assert "Tôi đã đăng ký rồi, đăng nhập" in answer.text
    assert open_sessions() == []


def test_asking_whether_a_pin_is_taken_is_slowed_down_like_guessing_it(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    make_phone_person("Trần Văn Tú")
    for number in range(5):
        assert register(new_client(), name=f"Kẻ gian {number}", pin=f"90517{number}", pin_again=f"90517{number}")
    refused = register(new_client(), name="Kẻ gian")
    assert refused.status_code == 429
    assert sign_in(new_client(), WRONG).status_code == 429


@pytest.mark.sqlite_only
def test_registering_counts_the_same_for_a_number_that_nobody_has(app: Flask, client: PageClient) -> None:
    register(client, phone="0987 654 321")
    assert [row.failures for row in db.session.scalars(select(Throttle))] == [1]


def test_registering_twice_with_the_same_name_number_and_pin_is_signing_in(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    first, second = new_client(), new_client()
    register(first)
    assert register(second, name="nguyen thi hoa").status_code == 303
    hoa = people_on()
    assert len(hoa) == 1
    assert [person_id for person_id, _ in open_sessions()] == [hoa[0].id] * 2


def test_a_pin_set_by_another_since_it_was_looked_at_is_taken(app: Flask, client: PageClient) -> None:
    """As after a double tap: both have asked before either has written."""
    owner = PinOwner(None, PHONE, None)
    pin_hash, other_hash = hash_new_pin(PIN, owner), hash_new_pin(OTHER_PIN, owner)
    register(client)
    with pytest.raises(PinTaken) as taken:
        claim_pin(pin_hash, owner)
    assert taken.value.holder_id == people_on()[0].id
    claim_pin(pin_hash, PinOwner(people_on()[0].id, PHONE, None))
    claim_pin(other_hash, owner)


def test_without_a_phone_number_the_next_step_is_a_card(app: Flask, client: PageClient) -> None:
    answer = register(client, phone="")
    assert answer.location == "/me/card?next=/me"
    assert "Bác chưa ghi số điện thoại" in client.get(answer.location).text
    assert client.post("/me/card").status_code == 200


@pytest.mark.sqlite_only
def test_who_is_registered_already_is_sent_on(app: Flask, client: PageClient) -> None:
    register(client)
    assert client.get("/register").status_code == 303
    assert register(client, name="Người khác").status_code == 409


def set_first_pin(client: PageClient, code: str, pin: str = PIN, **more: str) -> TestResponse:
    data = {"code": code, "pin": pin, "pin_again": pin, "consent": "y", **more}
    return client.post("/first-pin", data=data)


def test_the_one_time_code_sets_the_first_pin_and_lets_in(app: Flask, new_client: Callable[[], PageClient]) -> None:
    tu = make_person(name="Trần Văn Tú", phone=PHONE)
    code = make_first_code(tu)
    assert sign_in(new_client()).status_code == 422
    assert set_first_pin(new_client(), code.lower()).status_code == 303
    assert sign_in(new_client()).status_code == 303
    assert [person_id for person_id, _ in open_sessions()] == [tu.id] * 2
    assert db.session.scalars(select(Consent.person_id)).one() == tu.id


def test_a_one_time_code_works_once_and_a_newer_one_ends_it(app: Flask, new_client: Callable[[], PageClient]) -> None:
    tu = make_person(name="Trần Văn Tú", phone=PHONE)
    old, new = make_first_code(tu), make_first_code(tu)
    assert set_first_pin(new_client(), old).status_code == 422
    assert set_first_pin(new_client(), new).status_code == 303
    assert set_first_pin(new_client(), new, OTHER_PIN).status_code == 422


def test_a_forgotten_pin_is_replaced_and_every_session_ends(app: Flask, new_client: Callable[[], PageClient]) -> None:
    hoa = make_phone_person()
    inside = new_client()
    sign_in(inside)
    for _ in range(5):
        sign_in(inside, WRONG)
    assert set_first_pin(new_client(), make_first_code(hoa), OTHER_PIN).status_code == 303
    assert inside.get("/me/sessions").status_code == 401
    assert sign_in(inside, PIN).status_code == 422
    assert sign_in(inside, OTHER_PIN).status_code == 303


@pytest.mark.sqlite_only
def test_a_refused_pin_leaves_the_one_time_code_good(app: Flask, client: PageClient) -> None:
    make_phone_person()
    code = make_first_code(make_person(name="Trần Văn Tú", phone=PHONE))
    assert set_first_pin(client, code, "123456").status_code == 422
    assert set_first_pin(client, code, PIN).status_code == 422
    assert set_first_pin(client, code, OTHER_PIN).status_code == 303


@pytest.mark.sqlite_only
def test_a_one_time_code_lives_for_thirty_days(app: Flask, client: PageClient) -> None:
    code = make_first_code(make_person(phone=PHONE))
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert set_first_pin(client, code).status_code == 422


@pytest.mark.sqlite_only
def test_who_holds_a_staff_role_gets_no_one_time_code(app: Flask) -> None:
    hoa = make_phone_person()
    grant_role(person_id=hoa.id, role=Role.OPERATOR, place_id=None, actor=None)
    with pytest.raises(one_time.StaffHaveNoFirstPin):
        make_first_code(hoa)


@pytest.mark.sqlite_only
def test_a_code_from_before_the_promotion_sets_no_pin(app: Flask, client: PageClient) -> None:
    hoa = make_phone_person()
    code = make_first_code(hoa)
    grant_role(person_id=hoa.id, role=Role.OPERATOR, place_id=None, actor=None)
    assert set_first_pin(client, code, OTHER_PIN).status_code == 422
