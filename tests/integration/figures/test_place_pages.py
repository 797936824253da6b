"""The place page: exact for officers of the place only, the rest for everybody; ended codes lead on."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.access.actor import Role, WayIn
from app.extensions import db
from app.operations.jobs_cli import run_round
from app.people.sessions import load_actor
from app.places.actions import add_hamlet
from app.shared import clock
from tests.factories import (
    make_completion,
    make_course,
    make_grant,
    make_member,
    make_person,
    make_staff,
    make_team,
    place_id_of,
    sign_in,
)
from tests.page_client import PageClient

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
IN_MONTH = datetime(2026, 11, 18, 3, tzinfo=UTC)
MONTH_BEFORE = datetime(2026, 10, 18, 3, tzinfo=UTC)
BIM_SON, THIEU_QUANG, THANH_HOA, LAM_DONG = "14812", "15796", "38", "68"
EXACT = "người ở phường Bỉm Sơn học xong ít nhất một khóa"
Devices = Callable[[], PageClient]


@pytest.fixture(autouse=True)
def _today() -> object:
    with clock.frozen(NOW):
        yield


@pytest.fixture(autouse=True)
def learned(app: Flask) -> None:
    """3 residents, a guest and a member in Bỉm Sơn this month, one of them twice; one resident the month before."""
    scams = make_course("tranh-lua-dao", title="Tránh lừa đảo")
    payments = make_course("quet-ma-qr", title="Quét mã QR")
    team = make_course("viec-cua-to", title="Việc của tổ", audience="team")
    people = [make_person() for _ in range(3)]
    for person in people:
        make_completion(person, scams, BIM_SON, IN_MONTH)
    make_completion(people[0], payments, BIM_SON, IN_MONTH, mode="assisted")
    make_completion(make_person(is_registered=False), scams, BIM_SON, IN_MONTH, kind="guest")
    make_completion(people[0], team, BIM_SON, IN_MONTH, kind="member")
    make_completion(make_person(), scams, BIM_SON, MONTH_BEFORE)
    make_completion(make_person(is_registered=False), scams, None, IN_MONTH, kind="guest")
    db.session.commit()


def as_staff(device: PageClient, role: Role, place_code: str | None) -> PageClient:
    sign_in(device, make_staff(role, place_code), WayIn.STAFF)
    return device


@pytest.mark.parametrize(
    ("role", "grant"),
    [(Role.OFFICER, BIM_SON), (Role.OFFICER, THANH_HOA), (Role.OPERATOR, None)],
    ids=["its officer", "the officer of its province", "an operator"],
)
def test_officers_of_the_place_see_exact_and_live_figures(client: PageClient, role: Role, grant: str | None) -> None:
    page = as_staff(client, role, grant).get(f"/places/{BIM_SON}").text
    assert f"Từ 15/11 đến nay, 3 {EXACT}" in page
    assert_row(page, "Tránh lừa đảo", "4", "1")
    assert_row(page, "Người dân đã đăng ký", "3", "4")
    assert_row(page, "Người học bằng mã, chưa đăng ký", "1", "1")
    assert_row(page, "Thành viên tổ công nghệ số", "1", "1")
    assert '<p class="figure">4</p><p class="figure-words">người từ đầu năm 2026</p>' in page


@pytest.mark.parametrize(
    ("role", "grant"),
    [(Role.OFFICER, THIEU_QUANG), (Role.OFFICER, LAM_DONG), (Role.TRAINER, None)],
    ids=["officer of another commune", "officer of another province", "trainer"],
)
@pytest.mark.parametrize("code", [BIM_SON, THANH_HOA])
def test_staff_of_other_places_see_no_exact_figure(
    client: PageClient, role: Role, grant: str | None, code: str
) -> None:
    page = as_staff(client, role, grant).get(f"/places/{code}").text
    assert "học xong ít nhất một khóa" not in page
    assert "Chưa có số liệu." in page


def test_a_commune_officer_does_not_see_the_province_exactly(client: PageClient) -> None:
    page = as_staff(client, Role.OFFICER, BIM_SON).get(f"/places/{THANH_HOA}").text
    assert "học xong ít nhất một khóa" not in page


def test_members_and_strangers_see_no_exact_figure(client: PageClient, new_client: Devices) -> None:
    member, leader = make_person(), make_person()
    team = make_team(BIM_SON)
    make_member(team, member)
    make_member(team, leader, is_leader=True)
    sign_in(client, member, WayIn.PIN)
    leading = new_client()
    sign_in(leading, leader, WayIn.PIN)
    for device in (client, leading, new_client()):
        assert "học xong ít nhất một khóa" not in device.get(f"/places/{BIM_SON}").text


def test_an_officer_who_came_in_with_a_pin_sees_no_exact_figure(client: PageClient) -> None:
    sign_in(client, make_staff(Role.OFFICER, BIM_SON), WayIn.PIN)
    assert "học xong ít nhất một khóa" not in client.get(f"/places/{BIM_SON}").text


def test_exact_pages_are_stored_nowhere(client: PageClient) -> None:
    answer = as_staff(client, Role.OFFICER, BIM_SON).get(f"/places/{BIM_SON}")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_closed_period_is_compared_with_the_one_before(client: PageClient) -> None:
    page = as_staff(client, Role.OFFICER, BIM_SON).get(f"/places/{BIM_SON}?kind=admin_month&on=2026-11-01").text
    assert f"Từ 15/10 đến 14/11, 1 {EXACT}" in page
    assert_row(page, "Tránh lừa đảo", "1", "+1")


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("kind=month&on=2026-10-31", 1),
        ("kind=admin_quarter", 4),
        ("kind=quarter", 4),
        ("kind=year", 4),
        ("kind=admin_year&basis=then", 4),
        ("kind=nonsense&on=2026-99-99&basis=no&sort=-no", 3),
        ("on=0001-01-01", 3),
    ],
)
def test_every_kind_of_period_counts_each_person_once(client: PageClient, query: str, people: int) -> None:
    assert f"{people} {EXACT}" in as_staff(client, Role.OFFICER, BIM_SON).get(f"/places/{BIM_SON}?{query}").text


def test_hamlets_are_counted_and_the_unknown_stands_apart(app: Flask, client: PageClient) -> None:
    course = make_course("them-mot-khoa")
    device = as_staff(client, Role.OFFICER, BIM_SON)
    with app.test_request_context(headers=device.cookie_header()) as context:
        actor = load_actor(context.request)
    hamlet = add_hamlet(commune_id=place_id_of(BIM_SON), type="khu phố", name="3", actor=actor)
    add_hamlet(commune_id=place_id_of(BIM_SON), type="khu phố", name="10", actor=actor)
    for _ in range(2):
        make_completion(make_person(), course, BIM_SON, IN_MONTH, hamlet_id=hamlet)
    page = device.get(f"/places/{BIM_SON}").text
    assert_row(page, "Khu phố 3", "2", "2")
    assert_row(page, "Khu phố 10", "0", "0")
    assert_row(page, "Chưa rõ", "4", "6")


def test_the_province_compares_its_communes_in_the_chosen_order(client: PageClient) -> None:
    device = as_staff(client, Role.OFFICER, THANH_HOA)
    by_people = device.get(f"/places/{THANH_HOA}?sort=-people").text
    by_name = device.get(f"/places/{THANH_HOA}").text
    assert "3 người ở tỉnh Thanh Hóa học xong ít nhất một khóa" in by_people
    assert by_people.index(">Phường Bỉm Sơn<") < by_people.index(">Phường Đào Duy Từ<")
    assert 'aria-sort="descending"' in by_people
    assert by_name.index(">Phường Bỉm Sơn<") < by_name.index(">Xã Thiệu Quang<")
    assert_row(by_people, "Phường Bỉm Sơn", "3", "4", "1", "1")
    assert_row(by_people, "Xã Thiệu Quang", "0", "0", "0", "0")


def test_those_without_a_commune_stand_apart_on_the_province_page(client: PageClient) -> None:
    page = as_staff(client, Role.OFFICER, THANH_HOA).get(f"/places/{THANH_HOA}").text
    assert "1 người học bằng mã, 0 người đã đăng ký, 1 lượt hoàn thành" in page


def test_figures_lead_an_officer_to_their_place(client: PageClient) -> None:
    answer = as_staff(client, Role.OFFICER, BIM_SON).get("/figures")
    assert answer.headers["Location"] == f"/places/{BIM_SON}"


def test_figures_let_an_officer_of_two_places_choose(client: PageClient) -> None:
    officer = make_staff(Role.OFFICER, BIM_SON)
    make_grant(officer, Role.OFFICER, THIEU_QUANG)
    sign_in(client, officer, WayIn.STAFF)
    page = client.get("/figures").text
    assert f"/places/{BIM_SON}" in page
    assert f"/places/{THIEU_QUANG}" in page


def test_figures_ask_strangers_to_sign_in(client: PageClient) -> None:
    assert client.get("/figures").status_code == 401


def test_a_place_says_what_became_it_and_by_which_law(client: PageClient) -> None:
    page = client.get(f"/places/{BIM_SON}").text
    assert "Phường Lam Sơn, Thị xã Bỉm Sơn, Thanh Hóa" in page
    assert "1686/NQ-UBTVQH15" in page
    assert f'href="/?xa={BIM_SON}"' in page


def test_an_ended_code_leads_to_its_successor(client: PageClient) -> None:
    answer = client.get("/places/14815")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/places/{BIM_SON}")


def test_the_code_of_a_split_commune_leads_to_a_choice(client: PageClient) -> None:
    page = client.get("/places/00019").text
    assert "đã sắp xếp lại" in page


@pytest.mark.parametrize("code", ["99999", "abc", "1481२", "x" * 500])
def test_an_unknown_code_is_not_found(client: PageClient, code: str) -> None:
    assert client.get(f"/places/{code}").status_code == 404


def test_the_public_page_of_the_closed_month_stays_public_while_an_officer_works(new_client: Devices) -> None:
    run_round()
    officer, stranger = as_staff(new_client(), Role.OFFICER, BIM_SON), new_client()
    officer.get(f"/places/{BIM_SON}")
    answer = stranger.get(f"/places/{BIM_SON}")
    assert "dưới 5" in answer.text
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert stranger.get(f"/places/{BIM_SON}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def assert_row(page: str, label: str, *figures: str) -> None:
    """A line of a table with this label holds these figures."""
    lines = [line for line in page.splitlines() if f">{label}<" in line and "<td" in line]
    expected = "".join(f'<td class="right">{figure}</td>' for figure in figures)
    assert any(expected in line for line in lines), (label, lines)
