"""Where staff begin, and the pages on which operators give and take back roles."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people.models import OneTimeSecret, Person, RoleGrant, SignInSession, StaffAccount
from app.shared.clock import now
from app.shared.ids import new_id
from app.shared.log import LogEntry
from tests.factories import make_grant, make_person, make_staff, place_id_of, sign_in
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
BIM_SON, XUAN_TRUONG, THANH_HOA, LAM_DONG = "14812", "24805", "38", "68"


@pytest.fixture
def operator(client: PageClient) -> Person:
    """The operator of everything, signed in on `client`."""
    person = make_staff(Role.OPERATOR, None, name="Vũ Vận Hành")
    sign_in(client, person, WayIn.STAFF)
    return person


def role_form(role: Role, **changes: str) -> dict[str, str]:
    return {"person_id": str(new_id()), "role": role.value, "known": "", "name": "Lê Thị Mai", **changes}


def set_up_account(person: Person, sign_in_name: str) -> None:
    row = {"password_hash": "-", "totp_secret": "-", "set_up_at": now()}
    db.session.add(StaffAccount(person_id=person.id, sign_in_name=sign_in_name, **row))
    db.session.flush()


def test_a_new_officer_gets_a_one_time_link_that_is_shown_once(client: PageClient, operator: Person) -> None:
    data = role_form(Role.OFFICER)
    response = client.post(f"/staff/roles/new?place={BIM_SON}", data=data)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.role == "officer")).one()
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert re.search(r'value="http://127\.0\.0\.1:8000/welcome/[^"]+"', response.text)
    assert (grant.person_id, grant.place_id) == (UUID(data["person_id"]), place_id_of(BIM_SON))
    page = client.get("/staff/roles").text
    assert "/welcome/" not in page
    assert "Chưa đặt mật khẩu" in page


def test_the_role_form_sent_twice_makes_one_person_and_one_living_link(client: PageClient, operator: Person) -> None:
    data = role_form(Role.TRAINER)
    for _ in range(2):
        assert client.post("/staff/roles/new", data=data).status_code == 200
    assert len(db.session.scalars(select(Person.id).where(Person.name == "Lê Thị Mai")).all()) == 1
    assert len(db.session.scalars(select(OneTimeSecret.id).where(OneTimeSecret.used_at.is_(None))).all()) == 1


def test_who_has_a_sign_in_gets_the_role_without_a_link(client: PageClient, operator: Person) -> None:
    officer = make_staff(Role.OFFICER, BIM_SON, name="Phạm Văn Cán")
    set_up_account(officer, "can.pham")
    data = role_form(Role.OFFICER, known="can.pham", name="")
    response = client.post(f"/staff/roles/new?place={XUAN_TRUONG}", data=data)
    assert "Đã giao quyền cho Phạm Văn Cán" in response.text
    assert "/welcome/" not in response.text


def test_a_link_that_was_lost_is_made_anew(client: PageClient, operator: Person) -> None:
    officer = make_staff(Role.OFFICER, BIM_SON)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == officer.id)).one()
    assert "/welcome/" in client.post(f"/staff/roles/{grant.id}/new-link").text
    set_up_account(officer, "can.pham")
    assert client.post(f"/staff/roles/{grant.id}/new-link").status_code == 404


def test_a_role_taken_back_ends_the_sessions_at_once(client: PageClient, operator: Person, new_client) -> None:  # type: ignore[no-untyped-def]
    officer, device = make_staff(Role.OFFICER, BIM_SON), new_client()
    opened = sign_in(device, officer, WayIn.STAFF)
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == officer.id)).one()
    assert client.post(f"/staff/roles/{grant.id}/revoke").status_code == 303
    assert db.session.scalar(select(SignInSession.ended_at).where(SignInSession.id == opened.id)) is not None
    assert device.get("/staff").status_code == 401


def test_the_last_operator_cannot_take_back_the_own_role(client: PageClient, operator: Person) -> None:
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == operator.id)).one()
    response = client.post(f"/staff/roles/{grant.id}/revoke")
    assert response.status_code == 409
    assert "người vận hành cuối cùng" in response.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Ghi một trong hai"),
        ({"known": "can.pham"}, "Ghi một trong hai"),
        ({"known": "nobody", "name": ""}, "Không có người này"),
        ({"role": "leader"}, "Chọn một mục trong danh sách"),
        ({"role": ""}, "Chọn một mục trong danh sách"),
    ],
)
def test_a_role_form_with_a_fault_says_what_to_do(
    client: PageClient, operator: Person, changes: dict[str, str], sentence: str
) -> None:
    response = client.post(f"/staff/roles/new?place={BIM_SON}", data={**role_form(Role.OFFICER), **changes})
    assert response.status_code == 422
    assert sentence in response.text
    assert len(db.session.scalars(select(RoleGrant.id)).all()) == 1


def test_an_officer_cannot_be_made_for_everywhere(client: PageClient, operator: Person) -> None:
    assert client.post("/staff/roles/new", data=role_form(Role.OFFICER)).status_code == 422


def test_places_are_found_by_any_name(client: PageClient, operator: Person) -> None:
    page = client.get("/staff/roles?q=thanh+hoa").text
    assert f"place={THANH_HOA}" in page
    assert f"place={BIM_SON}" in client.get("/staff/roles?q=bim+son").text


def test_reading_the_list_of_staff_is_logged(client: PageClient, operator: Person) -> None:
    client.get("/staff/roles")
    entry = db.session.scalars(select(LogEntry).where(LogEntry.act == "read_staff")).one()
    assert (entry.actor_id, entry.actor_role) == (operator.id, "operator")


def test_an_operator_of_a_province_cannot_give_roles_elsewhere(client: PageClient) -> None:
    sign_in(client, make_staff(Role.OPERATOR, THANH_HOA), WayIn.STAFF)
    foreign = make_grant(make_person(), Role.OFFICER, XUAN_TRUONG)
    assert client.post(f"/staff/roles/new?place={BIM_SON}", data=role_form(Role.OFFICER)).status_code == 200
    assert client.post(f"/staff/roles/new?place={XUAN_TRUONG}", data=role_form(Role.OFFICER)).status_code == 404
    assert client.post("/staff/roles/new", data=role_form(Role.TRAINER)).status_code == 404
    assert client.get(f"/staff/roles/new?place={LAM_DONG}").status_code == 404
    assert client.post(f"/staff/roles/{foreign.id}/revoke").status_code == 404
    assert client.post(f"/staff/roles/{foreign.id}/new-link").status_code == 404
    assert "Cho cả hệ thống" not in client.get("/staff/roles").text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TRAINER])
def test_other_staff_cannot_give_roles(client: PageClient, role: Role) -> None:
    sign_in(client, make_staff(role, BIM_SON), WayIn.STAFF)
    grant = db.session.scalars(select(RoleGrant)).one()
    for method, path in (
        ("GET", "/staff/roles"),
        ("GET", "/staff/roles/new"),
        ("POST", "/staff/roles/new"),
        ("POST", f"/staff/roles/{grant.id}/revoke"),
        ("POST", f"/staff/roles/{grant.id}/new-link"),
    ):
        assert client.open(path, method=method, data=role_form(Role.TRAINER)).status_code == 403


def test_an_operator_who_came_in_by_pin_cannot_give_roles(client: PageClient) -> None:
    sign_in(client, make_staff(Role.OPERATOR, None), WayIn.PIN)
    assert client.post("/staff/roles/new", data=role_form(Role.TRAINER)).status_code == 403


@pytest.mark.parametrize(
    ("role", "place", "shown", "hidden"),
    [
        (Role.OFFICER, BIM_SON, [f"/staff/communes/{BIM_SON}/teams", f"/places/{BIM_SON}"], ["/staff/roles"]),
        (Role.OFFICER, THANH_HOA, ["/staff/communes", f"/places/{THANH_HOA}"], ["/staff/roles"]),
        (Role.OPERATOR, None, ["/staff/communes", "/staff/roles"], []),
        (Role.TRAINER, None, ["/courses"], ["/staff/communes", "/staff/roles"]),
    ],
    ids=["officer of a commune", "officer of a province", "operator", "trainer"],
)
def test_each_member_of_staff_begins_with_their_own_work(
    client: PageClient, role: Role, place: str | None, shown: list[str], hidden: list[str]
) -> None:
    sign_in(client, make_staff(role, place), WayIn.STAFF)
    page = client.get("/staff").text
    assert all(f'href="{target}"' in page for target in shown)
    assert not any(f'href="{target}"' in page for target in hidden)


def test_learners_cannot_open_the_start_page_of_staff(client: PageClient) -> None:
    assert client.get("/staff").status_code == 401
    sign_in(client, make_person(), WayIn.PIN)
    assert client.get("/staff").status_code == 403


def test_a_province_officer_finds_the_communes_of_the_province_only(client: PageClient) -> None:
    sign_in(client, make_staff(Role.OFFICER, THANH_HOA), WayIn.STAFF)
    everything, found = client.get("/staff/communes").text, client.get("/staff/communes?q=bim+son").text
    foreign = client.get("/staff/communes?q=xuan+truong+da+lat").text
    assert everything.count('class="card"') == 166
    assert f"/staff/communes/{BIM_SON}/teams" in found
    assert f"/staff/communes/{XUAN_TRUONG}/teams" not in foreign
    assert "Không thấy xã nào" in foreign
