"""People who can come in, and the acts of coming in, for the tests of the ways in."""

import re
from uuid import UUID

import pyotp
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.access.actor import Actor, Role, WayIn
from app.extensions import db
from app.people import guests, one_time, pins
from app.people.cards import PrintableCard, issue_card
from app.people.models import Person, RoleGrant, SignInSession, StaffAccount
from app.people.passwords import hash_password
from app.people.second_factor import seal_secret
from app.shared import clock
from app.shared.ids import new_id
from tests.factories import make_person
from tests.page_client import PageClient

PHONE = "+84912345678"
TYPED_PHONE = "0912 345 678"
PIN = "482915"
OTHER_PIN = "739164"
WRONG = "905173"
PASSWORD = "con trâu đi trước cái cày"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_phone_person(name: str = "Nguyễn Thị Hoa", pin: str = PIN, phone: str = PHONE) -> Person:
    """Somebody registered who comes in with this number and PIN."""
    person = make_person(name=name, phone=phone)
    pins.store_pin_hash(person.id, pins.hash_pin(pin, phone))
    return person


def make_card(person: Person) -> PrintableCard:
    return issue_card(person_id=person.id, actor=Actor(WayIn.STAFF, person.id))


def make_first_code(person: Person) -> str:
    return one_time.make_first_pin_code(person_id=person.id, actor=None)


def make_officer(sign_in_name: str = "lan.bimson", role: Role = Role.OPERATOR) -> Person:
    """Staff who have set up password and second factor."""
    person = make_person(name="Lê Thị Lan")
    db.session.add(RoleGrant(id=new_id(), person_id=person.id, role=role.value, from_at=clock.now()))
    db.session.add(
        StaffAccount(
            person_id=person.id,
            sign_in_name=sign_in_name,
            password_hash=hash_password(PASSWORD),
            totp_secret=seal_secret(TOTP_SECRET),
            set_up_at=clock.now(),
        )
    )
    db.session.flush()
    return person


def totp(secret: str = TOTP_SECRET) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def sign_in(client: PageClient, pin: str = PIN, phone: str = TYPED_PHONE, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"phone": phone, "pin": pin, **more})


def sign_in_staff(
    client: PageClient, *, name: str = "lan.bimson", password: str = PASSWORD, second: str = ""
) -> TestResponse:
    data = {"sign_in_name": name, "password": password, "totp": second or totp()}
    return client.post("/sign-in/staff", data=data)


def enter_code(client: PageClient, code: str) -> TestResponse:
    return client.post("/code", data={"code": code})


def make_guest_on(client: PageClient) -> UUID:
    """Let a device be a guest's, as after a first finished item; the guest's id."""
    guest_id = guests.create_guest()
    enter_code(client, guests.show_learning_code(guest_id))
    row = db.session.scalars(select(SignInSession).where(SignInSession.person_id == guest_id)).one()
    row.way_in = WayIn.GUEST
    db.session.commit()
    return guest_id


def digits_of(guest_id: UUID) -> str:
    return guests.show_learning_code(guest_id)


def open_sessions() -> list[tuple[UUID, str]]:
    """Person and way in of every session that has not ended, oldest first."""
    query = select(SignInSession.person_id, SignInSession.way_in).where(SignInSession.ended_at.is_(None))
    return [(person_id, way_in) for person_id, way_in in db.session.execute(query.order_by(SignInSession.created_at))]


def token_of(link: str) -> str:
    return link.rsplit("/", 1)[1]


def text_key_on(page: str) -> str:
    """The TOTP secret as the page shows it for typing."""
    found = re.search(r'class="code-digits" translate="no">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")
