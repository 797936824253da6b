"""Staff: links that work once, password and second factor, recovery codes, and the commands that print links."""

import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people import one_time
from app.people.cli import people
from app.people.grants import revoke_grant
from app.people.models import Person, RecoveryCode, RoleGrant, StaffAccount, Throttle
from app.shared import clock
from tests.factories import make_staff
from tests.integration.people.ways_in import (
    PASSWORD,
    make_officer,
    make_phone_person,
    open_sessions,
    sign_in,
    sign_in_staff,
    text_key_on,
    token_of,
    totp,
)
from tests.page_client import PageClient

NEW_PASSWORD = "sáng nay chợ Bỉm đông vui"


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    db.session.commit()
    result = app.test_cli_runner().invoke(people, list(words))
    return result.exit_code, result.stdout.strip(), result.stderr


def first_operator_path(app: Flask) -> str:
    status, link, _ = run(app, "first-operator")
    assert status == 0
    return "/welcome/" + token_of(link)


def set_up(client: PageClient, path: str, **changes: str) -> TestResponse:
    """Fill in the page behind a link as its reader would."""
    secret = text_key_on(client.get(path).text)
    data = {
        "name": "Lê Thị Lan",
        "sign_in_name": "lan.bimson",
        "password": PASSWORD,
        "password_again": PASSWORD,
        "totp": totp(secret),
    }
    return client.post(path, data={**data, **changes})


def staff_path(person: Person, purpose: str = one_time.FIRST_STAFF) -> str:
    link = one_time.make_link(purpose=purpose, person_id=person.id, actor=None)
    db.session.commit()
    return "/welcome/" + token_of(link)


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li>([A-Z2-9 ]{12})</li>", page)


def test_the_first_operator_sets_name_password_and_second_factor(app: Flask, client: PageClient) -> None:
    done = set_up(client, first_operator_path(app))
    assert done.status_code == 200
    assert done.headers["Cache-Control"] == "private, no-store"
    assert len(codes_on(done.text)) == 10
    grant = db.session.scalars(select(RoleGrant)).one()
    assert (grant.role, grant.place_id) == (Role.OPERATOR, None)
    assert open_sessions() == [(grant.person_id, WayIn.STAFF)]
    assert client.get("/staff/roles").status_code == 200


def test_no_link_for_a_first_operator_once_there_is_one(app: Flask, client: PageClient) -> None:
    path = first_operator_path(app)
    set_up(client, path)
    status, link, reason = run(app, "first-operator")
    assert (status, link) == (1, "")
    assert "already" in reason
    assert client.get(path).status_code == 404


def test_a_new_link_ends_the_one_before(app: Flask, client: PageClient) -> None:
    old, new = first_operator_path(app), first_operator_path(app)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_a_link_opens_nothing_once_the_role_is_taken_back(app: Flask, client: PageClient) -> None:
    person = make_staff(Role.TRAINER, None)
    path = staff_path(person)
    revoke_grant(grant=db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).one(), actor=None)
    db.session.commit()
    assert set_up(client, path).status_code == 404
    assert open_sessions() == []


def test_a_link_dies_after_a_day_and_works_once(app: Flask, new_client: Callable[[], PageClient]) -> None:
    path = staff_path(make_staff(Role.TRAINER, None))
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert new_client().get(path).status_code == 404
    assert set_up(new_client(), path).status_code == 200
    assert new_client().get(path).status_code == 404


@pytest.mark.sqlite_only
def test_no_cache_keeps_the_page_with_the_secret(app: Flask, client: PageClient) -> None:
    assert client.get(first_operator_path(app)).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"password": "ngắn quá", "password_again": "ngắn quá"}, "ít nhất 12 ký tự"),
        ({"password": "x7" * 65, "password_again": "x7" * 65}, "dài nhất 128"),
        ({"password": "Matkhau@2026!!", "password_again": "Matkhau@2026!!"}, "nhiều người dùng"),
        ({"password": "toi la le thi lan", "password_again": "toi la le thi lan"}, "chứa tên của mình"),
        ({"password_again": NEW_PASSWORD}, "chưa giống nhau"),
        ({"sign_in_name": "Lan Bỉm Sơn"}, "Tên đăng nhập có 3 đến 40 ký tự"),
        ({"totp": "000000"}, "Mã 6 số chưa đúng"),
    ],
)
@pytest.mark.sqlite_only
def test_what_is_wrong_is_said_and_the_link_stays_good(
    app: Flask, client: PageClient, changes: dict[str, str], shown: str
) -> None:
    path = first_operator_path(app)
    answer = set_up(client, path, **changes)
    assert answer.status_code == 422
    assert shown in answer.text
    assert set_up(client, path).status_code == 200


@pytest.mark.sqlite_only
def test_a_sign_in_name_is_taken_once(app: Flask, client: PageClient) -> None:
    make_officer()
    answer = set_up(client, staff_path(make_staff(Role.TRAINER, None)))
    assert answer.status_code == 422
    assert "đã có người dùng" in answer.text


def test_name_password_and_second_factor_let_in(app: Flask, client: PageClient) -> None:
    lan = make_officer()
    assert sign_in_staff(client).status_code == 303
    assert open_sessions() == [(lan.id, WayIn.STAFF)]


def test_six_digits_work_once(app: Flask, new_client: Callable[[], PageClient]) -> None:
    make_officer()
    with clock.frozen(clock.now()):
        code = totp()
        assert sign_in_staff(new_client(), second=code).status_code == 303
        assert sign_in_staff(new_client(), second=code).status_code == 422
    with clock.frozen(clock.now() + timedelta(seconds=60)):
        assert sign_in_staff(new_client()).status_code == 303


@pytest.mark.parametrize("wrong", ["name", "password", "second"])
def test_one_wrong_part_is_refused_without_saying_which(app: Flask, client: PageClient, wrong: str) -> None:
    make_officer()
    answer = sign_in_staff(client, **{wrong: "khong.dung.khong.dung"})
    assert answer.status_code == 422
    assert "Tên đăng nhập, mật khẩu hoặc mã 6 số chưa đúng" in answer.text
    assert [row.failures for row in db.session.scalars(select(Throttle))] == [1]


@pytest.mark.sqlite_only
def test_a_password_is_compared_exactly(app: Flask, client: PageClient) -> None:
    """Another Unicode form, a space more, another case: all wrong."""
    make_officer()
    for near in (unicodedata.normalize("NFD", PASSWORD), PASSWORD + " ", PASSWORD.upper()):
        assert sign_in_staff(client, password=near).status_code == 422


def test_a_recovery_code_works_once_instead_of_the_six_digits(app: Flask, new_client: Callable[[], PageClient]) -> None:
    codes = codes_on(set_up(new_client(), first_operator_path(app)).text)
    assert sign_in_staff(new_client(), second=codes[3].lower()).status_code == 303
    assert sign_in_staff(new_client(), second=codes[3]).status_code == 422
    assert not set(codes) & set(db.session.scalars(select(RecoveryCode.code_hash)))


def test_strangers_climb_the_ladder_while_a_known_device_goes_on(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    make_officer()
    own, thief = new_client(), new_client()
    start = clock.now()
    with clock.frozen(start):
        sign_in_staff(own)
        for _ in range(5):
            assert sign_in_staff(thief, password="đoán mò đoán mò").status_code == 422
        assert sign_in_staff(thief).status_code == 429
    with clock.frozen(start + timedelta(seconds=40)):
        assert sign_in_staff(own).status_code == 303


def test_changing_the_password_ends_every_other_session(app: Flask, new_client: Callable[[], PageClient]) -> None:
    make_officer()
    own, other = new_client(), new_client()
    start = clock.now()
    with clock.frozen(start):
        sign_in_staff(other)
    with clock.frozen(start + timedelta(seconds=60)):
        sign_in_staff(own)
        data = {"old_password": PASSWORD, "password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
        assert own.post("/me/password", data={**data, "old_password": "sai"}).status_code == 422
        assert own.post("/me/password", data=data).status_code == 303
        assert other.get("/me/sessions").status_code == 401
        assert own.get("/me/sessions").status_code == 200
    with clock.frozen(start + timedelta(seconds=120)):
        assert sign_in_staff(other).status_code == 422
        assert sign_in_staff(other, password=NEW_PASSWORD).status_code == 303


def test_a_lost_second_factor_is_set_anew_with_the_password(app: Flask, new_client: Callable[[], PageClient]) -> None:
    lan, inside = make_officer(), new_client()
    sign_in_staff(inside)
    status, link, _ = run(app, "reset-second-factor", "lan.bimson")
    path = "/welcome/" + token_of(link)
    assert status == 0
    assert set_up(new_client(), path, password="không phải nó đâu").status_code == 422
    assert set_up(new_client(), path).status_code == 200
    assert inside.get("/me/sessions").status_code == 401
    assert [person_id for person_id, _ in open_sessions()] == [lan.id]
    with clock.frozen(clock.now() + timedelta(seconds=90)):
        assert sign_in_staff(new_client()).status_code == 422


def test_a_forgotten_password_is_set_anew_together_with_the_second_factor(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    lan = make_officer()
    _, link, _ = run(app, "reset-second-factor", "lan.bimson", "--password")
    done = set_up(new_client(), "/welcome/" + token_of(link), password=NEW_PASSWORD, password_again=NEW_PASSWORD)
    assert done.status_code == 200
    account = db.session.get_one(StaffAccount, lan.id)
    db.session.refresh(account)
    assert account.sign_in_name == "lan.bimson"


@pytest.mark.sqlite_only
def test_resetting_for_nobody_says_so(app: Flask) -> None:
    status, out, reason = run(app, "reset-second-factor", "khong.co.ai")
    assert (status, out) == (1, "")
    assert "khong.co.ai" in reason


def test_new_recovery_codes_need_the_password_and_end_the_old_ones(app: Flask, client: PageClient) -> None:
    make_officer()
    sign_in_staff(client)
    assert "Còn 0 mã" in client.get("/me/recovery-codes").text
    assert client.post("/me/recovery-codes", data={"password": "sai"}).status_code == 422
    first = codes_on(client.post("/me/recovery-codes", data={"password": PASSWORD}).text)
    second = codes_on(client.post("/me/recovery-codes", data={"password": PASSWORD}).text)
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)


@pytest.mark.parametrize("path", ["/me/password", "/me/recovery-codes"])
@pytest.mark.sqlite_only
def test_pages_of_the_password_are_not_there_for_learners(app: Flask, client: PageClient, path: str) -> None:
    make_phone_person()
    sign_in(client)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.sqlite_only
def test_staff_set_a_first_pin_without_an_old_one(app: Flask, client: PageClient) -> None:
    make_officer()
    sign_in_staff(client)
    assert client.post("/me/pin", data={"pin": "482915", "pin_again": "482915"}).status_code == 303
    assert client.get("/me/sessions").status_code == 200


@pytest.mark.sqlite_only
def test_an_account_without_a_role_opens_no_staff_page(app: Flask, client: PageClient) -> None:
    lan = make_officer()
    db.session.query(RoleGrant).filter_by(person_id=lan.id).update({"to_at": clock.now()})
    sign_in_staff(client)
    assert client.get("/staff/roles").status_code == 403


@pytest.mark.sqlite_only
def test_a_person_who_was_erased_has_no_way_in(app: Flask, client: PageClient) -> None:
    make_officer().erased_at = clock.now()
    assert sign_in_staff(client).status_code == 422
