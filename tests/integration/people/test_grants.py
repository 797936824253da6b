"""Staff roles in the database."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Actor, Grant, Role, WayIn
from app.extensions import db
from app.people.grants import (
    GuestCannotHoldRole,
    LastOperator,
    PlaceNeeded,
    create_staff_person,
    find_person_id,
    get_grant,
    grant_role,
    grants_snapshot,
    list_grants,
    revoke_grant,
)
from app.people.models import Card, RoleGrant, SignInSession, StaffAccount
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.ids import new_id
from tests.factories import make_grant, make_person, make_staff, place_id_of, sign_in

BIM_SON, THANH_HOA, LAM_DONG = "14812", "38", "68"


def make_account(person_id: UUID, sign_in_name: str) -> None:
    row = {"password_hash": "-", "totp_secret": "-", "set_up_at": now()}
    db.session.add(StaffAccount(person_id=person_id, sign_in_name=sign_in_name, **row))
    db.session.flush()


def make_card(person_id: UUID) -> Card:
    row = {"token_hash": "t", "typed_code_hash": "c", "issued_at": now(), "expires_at": now() + timedelta(days=365)}
    card = Card(id=new_id(), person_id=person_id, **row)
    db.session.add(card)
    db.session.flush()
    return card


def operator_in(place_code: str | None) -> Actor:
    person = make_staff(Role.OPERATOR, place_code)
    grants = (Grant(Role.OPERATOR, place_id_of(place_code) if place_code else None),)
    return Actor(way_in=WayIn.STAFF, person_id=person.id, session_id="x", is_registered=True, grants=grants)


def test_a_role_ends_sessions_and_cards_and_stands_in_the_next_session(app: Flask, client) -> None:  # type: ignore[no-untyped-def]
    person = make_person()
    card, opened = make_card(person.id), sign_in(client, person, WayIn.PIN)
    grant_role(person_id=person.id, role=Role.OFFICER, place_id=place_id_of(BIM_SON), actor=None)
    db.session.commit()
    assert db.session.scalar(select(SignInSession.ended_at).where(SignInSession.id == opened.id)) is not None
    assert db.session.scalar(select(Card.revoked_at).where(Card.id == card.id)) is not None
    assert grants_snapshot(person.id) == [["officer", str(place_id_of(BIM_SON)), None]]


def test_a_role_given_twice_stands_once(app: Flask) -> None:
    person = make_person()
    for _ in range(2):
        grant_role(person_id=person.id, role=Role.TRAINER, place_id=None, actor=None)
    assert len(db.session.scalars(select(RoleGrant.id)).all()) == 1


def test_an_officer_needs_a_place(app: Flask) -> None:
    with pytest.raises(PlaceNeeded):
        grant_role(person_id=make_person().id, role=Role.OFFICER, place_id=None, actor=None)


def test_a_guest_cannot_hold_a_role(app: Flask) -> None:
    guest = make_person(is_registered=False)
    with pytest.raises(GuestCannotHoldRole):
        grant_role(person_id=guest.id, role=Role.TRAINER, place_id=None, actor=None)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LEADER])
def test_membership_cannot_be_granted_as_a_role(app: Flask, role: Role) -> None:
    with pytest.raises(ValueError, match="team"):
        grant_role(person_id=make_person().id, role=role, place_id=None, actor=None)


def test_the_last_operator_cannot_be_revoked(app: Flask) -> None:
    last = make_staff(Role.OPERATOR, None)
    grant = db.session.scalars(select(RoleGrant)).one()
    other = make_staff(Role.OPERATOR, None)
    with pytest.raises(LastOperator):
        revoke_grant(grant=grant, actor=None)
    make_account(other.id, "other")
    revoke_grant(grant=grant, actor=None)
    db.session.commit()
    assert grants_snapshot(last.id) == []


def test_a_person_is_found_by_id_and_by_sign_in_name(app: Flask) -> None:
    person = make_person()
    make_account(person.id, "mai.le")
    assert find_person_id(str(person.id)) == find_person_id(" Mai.Le ") == person.id
    assert find_person_id("nobody") is None
    assert find_person_id(str(new_id())) is None


def test_an_operator_of_a_province_sees_the_roles_of_that_province_only(app: Flask) -> None:
    operator = operator_in(THANH_HOA)
    inside = make_grant(make_person(), Role.OFFICER, BIM_SON)
    outside = make_grant(make_person(), Role.OFFICER, LAM_DONG)
    everywhere = make_grant(make_person(), Role.TRAINER, None)
    seen = {line.grant_id for line in list_grants(visible_to=operator)}
    assert inside.id in seen
    assert not {outside.id, everywhere.id} & seen
    with pytest.raises(NotFound):
        get_grant(outside.id, visible_to=operator)
    assert len(list_grants(visible_to=operator_in(None))) == 5


def test_an_operator_cannot_take_over_a_person_by_sending_their_id(app: Flask) -> None:
    operator, somebody = operator_in(None), make_person()
    with pytest.raises(NotFound):
        create_staff_person(person_id=somebody.id, name="Tên khác", actor=operator)
    made = create_staff_person(person_id=new_id(), name="Lê Thị Mai", actor=operator)
    assert create_staff_person(person_id=made, name="Lê Thị Mai", actor=operator) == made
