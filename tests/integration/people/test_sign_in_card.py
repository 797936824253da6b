"""Cards: the QR's token or the typed code, always with the PIN; for learners only."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people import cards
from app.people.cards import StaffHaveNoCard
from app.people.grants import grant_role
from app.people.models import Card
from app.shared import clock
from tests.factories import make_person
from tests.integration.people.ways_in import (
    PIN,
    WRONG,
    make_card,
    make_officer,
    make_phone_person,
    open_sessions,
    sign_in,
)
from tests.page_client import PageClient


def sign_in_card(client: PageClient, code: str, pin: str = PIN) -> TestResponse:
    return client.post("/card", data={"code": code, "pin": pin})


@pytest.fixture
def qr_texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was put into each QR."""
    texts: list[str] = []
    draw = cards.qr_svg
    monkeypatch.setattr(cards, "qr_svg", lambda text: texts.append(text) or draw(text))
    return texts


def test_typed_code_or_qr_with_the_pin_opens_a_session(
    app: Flask, new_client: Callable[[], PageClient], qr_texts: list[str]
) -> None:
    hoa = make_phone_person()
    card = make_card(hoa)
    address, token = qr_texts[0].split("#")
    assert address == "http://127.0.0.1:8000/card"
    assert sign_in_card(new_client(), card.typed_code.lower()).status_code == 303
    assert sign_in_card(new_client(), token).status_code == 303
    assert open_sessions() == [(hoa.id, WayIn.CARD)] * 2


def test_neither_token_nor_code_is_stored(app: Flask, qr_texts: list[str]) -> None:
    card = make_card(make_phone_person())
    row = db.session.query(Card).one()
    stored = {row.token_hash, row.typed_code_hash}
    assert not stored & {card.typed_code.replace(" ", ""), qr_texts[0].split("#")[1]}


def test_a_wrong_pin_counts_against_the_card_and_not_against_the_phone(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    card = make_card(make_phone_person())
    for _ in range(5):
        assert sign_in_card(new_client(), card.typed_code, WRONG).status_code == 422
    assert sign_in_card(new_client(), card.typed_code).status_code == 429
    assert sign_in(new_client()).status_code == 303


def test_a_card_goes_on_working_while_the_phone_number_is_locked(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    card = make_card(make_phone_person())
    for _ in range(5):
        sign_in(new_client(), WRONG)
    assert sign_in(new_client()).status_code == 429
    assert sign_in_card(new_client(), card.typed_code).status_code == 303


def test_the_old_card_is_dead_as_soon_as_a_new_one_is_made(app: Flask, client: PageClient) -> None:
    hoa = make_phone_person()
    old, new = make_card(hoa), make_card(hoa)
    assert sign_in_card(client, old.typed_code).status_code == 422
    assert sign_in_card(client, new.typed_code).status_code == 303


@pytest.mark.sqlite_only
def test_a_card_lives_for_twelve_months(app: Flask, client: PageClient) -> None:
    card = make_card(make_phone_person())
    with clock.frozen(clock.now() + timedelta(days=366)):
        assert sign_in_card(client, card.typed_code).status_code == 422


def test_gaining_a_staff_role_ends_card_and_sessions_at_once(app: Flask, new_client: Callable[[], PageClient]) -> None:
    hoa = make_phone_person()
    card = make_card(hoa)
    inside = new_client()
    sign_in_card(inside, card.typed_code)
    grant_role(person_id=hoa.id, role=Role.OPERATOR, place_id=None, actor=None)
    assert inside.get("/me/sessions").status_code == 401
    assert sign_in_card(new_client(), card.typed_code).status_code == 422


@pytest.mark.sqlite_only
def test_a_card_that_was_missed_still_opens_nothing_for_staff(app: Flask, client: PageClient) -> None:
    """Even if the row had survived the promotion: the role itself bars the card."""
    hoa = make_phone_person()
    card = make_card(hoa)
    grant_role(person_id=hoa.id, role=Role.OPERATOR, place_id=None, actor=None)
    db.session.query(Card).one().revoked_at = None
    assert sign_in_card(client, card.typed_code).status_code == 422


@pytest.mark.sqlite_only
def test_staff_get_no_card(app: Flask) -> None:
    with pytest.raises(StaffHaveNoCard):
        make_card(make_officer())


@pytest.mark.sqlite_only
def test_staff_who_come_in_by_phone_and_pin_have_no_staff_permission(app: Flask, client: PageClient) -> None:
    hoa = make_phone_person()
    grant_role(person_id=hoa.id, role=Role.OPERATOR, place_id=None, actor=None)
    sign_in(client)
    assert client.get("/staff/roles").status_code == 403


@pytest.mark.sqlite_only
def test_a_card_without_pin_says_how_to_set_one(app: Flask, client: PageClient) -> None:
    card = make_card(make_person(phone=None))
    answer = sign_in_card(client, card.typed_code)
    assert answer.status_code == 422
    assert "Thẻ này chưa có mã PIN" in answer.text


@pytest.mark.parametrize("typed", ["BCFG HJKM NPQ2", "x" * 32, "ô" * 12, "'; --"])
@pytest.mark.sqlite_only
def test_what_is_no_card_is_refused(app: Flask, client: PageClient, typed: str) -> None:
    assert sign_in_card(client, typed).status_code == 422


@pytest.mark.sqlite_only
def test_a_learner_makes_an_own_card_that_is_shown_once(app: Flask, new_client: Callable[[], PageClient]) -> None:
    make_phone_person()
    device = new_client()
    sign_in(device)
    assert "Làm thẻ học của tôi" in device.get("/me/card").text
    made = device.post("/me/card")
    assert made.headers["Cache-Control"] == "private, no-store"
    typed = re.search(r'translate="no">([A-Z2-9 ]{14})<', made.text)
    assert typed
    assert typed[1] not in device.get("/me/card").text
    assert sign_in_card(new_client(), typed[1]).status_code == 303
