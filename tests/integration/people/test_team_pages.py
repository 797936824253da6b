"""Staff pages about teams: what officers of a commune can do there, and nowhere else."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import Role, WayIn
from app.extensions import db
from app.people.actions import set_residence
from app.people.models import Card, OneTimeSecret, Person, Team, TeamMembership
from app.places.models import Place
from app.shared.ids import new_id
from app.shared.log import LogEntry
from tests.factories import make_member, make_person, make_staff, make_team, place_id_of, sign_in
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
BIM_SON, XUAN_TRUONG, THANH_HOA = "14812", "24805", "38"
TEAMS = f"/staff/communes/{BIM_SON}/teams"


@pytest.fixture
def officer(client: PageClient) -> Person:
    """The officer of Bỉm Sơn, signed in on `client` with password and second factor."""
    person = make_staff(Role.OFFICER, BIM_SON)
    sign_in(client, person, WayIn.STAFF)
    return person


def acts_on(object_id: UUID) -> list[str]:
    return list(db.session.scalars(select(LogEntry.act).where(LogEntry.object_id == str(object_id))))


def test_an_officer_founds_a_team_of_the_commune(client: PageClient, officer: Person) -> None:
    response = client.post(TEAMS, data={"name": "Tổ 1", "hamlet": ""})
    team = db.session.scalars(select(Team)).one()
    assert response.location == f"/staff/teams/{team.id}"
    assert (team.commune_id, team.hamlet_id) == (place_id_of(BIM_SON), None)
    assert "Tổ 1" in client.get(TEAMS).text


def test_an_officer_adds_a_hamlet_and_founds_a_team_there(client: PageClient, officer: Person) -> None:
    assert (
        client.post(f"/staff/communes/{BIM_SON}/hamlets", data={"type": "khu phố", "hamlet_name": "3"}).status_code
        == 303
    )
    hamlet = db.session.scalars(select(Place).where(Place.kind == "hamlet")).one()
    assert client.post(TEAMS, data={"name": "Tổ khu phố 3", "hamlet": str(hamlet.id)}).status_code == 303
    assert "Khu phố 3" in client.get(TEAMS).text


def test_a_hamlet_added_twice_is_shown_again_with_a_sentence(client: PageClient, officer: Person) -> None:
    hamlet = {"type": "thôn", "hamlet_name": "Đông Sơn"}
    client.post(f"/staff/communes/{BIM_SON}/hamlets", data=hamlet)
    again = client.post(f"/staff/communes/{BIM_SON}/hamlets", data=hamlet)
    assert again.status_code == 422
    assert "đã có thôn, khu phố tên đó" in again.text
    assert 'value="Đông Sơn"' in again.text


@pytest.mark.parametrize("data", [{"name": " ", "hamlet": ""}, {"name": "Tổ", "hamlet": str(new_id())}])
def test_a_team_form_with_faults_is_shown_again(client: PageClient, officer: Person, data: dict[str, str]) -> None:
    response = client.post(TEAMS, data=data)
    assert response.status_code == 422
    assert db.session.scalars(select(Team)).all() == []


def test_adding_a_member_gives_a_card_to_print_once(client: PageClient, officer: Person) -> None:
    team = make_team(BIM_SON)
    form = client.get(f"/staff/teams/{team.id}/add-member").text
    person_id = re.findall(r'name="person_id"[^>]*value="([^"]+)"', form)[0]
    data = {"person_id": person_id, "name": " Lê  Thị Mai ", "phone": "0912 345 678", "birth_year": "1960"}
    response = client.post(f"/staff/teams/{team.id}/add-member", data=data)
    person = db.session.get_one(Person, UUID(person_id))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "Thẻ học của Lê Thị Mai" in response.text
    assert "345 678" not in response.text
    assert (person.name, person.phone, person.birth_year) == ("Lê Thị Mai", "+84912345678", 1960)
    codes = re.findall(r'printed-code" translate="no">([^<]+)<', response.text)
    assert len(codes) == 2
    assert codes[0] not in client.get(f"/staff/teams/{team.id}").text
    assert {"create_person", "issue_card", "make_first_pin", "join_team"} <= set(acts_on(person.id))


def test_the_member_form_sent_twice_makes_one_person_and_only_the_last_card_works(
    client: PageClient, officer: Person
) -> None:
    team, data = make_team(BIM_SON), {"person_id": str(new_id()), "name": "Lê Thị Mai"}
    for _ in range(2):
        assert client.post(f"/staff/teams/{team.id}/add-member", data=data).status_code == 200
    assert len(db.session.scalars(select(TeamMembership.id)).all()) == 1
    assert len(db.session.scalars(select(Card.id).where(Card.revoked_at.is_(None))).all()) == 1
    assert len(db.session.scalars(select(OneTimeSecret.id).where(OneTimeSecret.used_at.is_(None))).all()) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Ghi họ và tên giúp"),
        ("name", "0912", "Ghi họ và tên giúp"),
        ("name", "a" * 121, "Tên dài quá 120 chữ"),
        ("phone", "0212345678", "Số di động có 10 số"),
        ("birth_year", "57", "Năm sinh có 4 số"),
        ("birth_year", "2999", "Năm sinh có 4 số"),
        ("person_id", "x", "Trang này mở đã lâu"),
    ],
)
def test_a_member_form_with_a_fault_says_what_to_do(
    client: PageClient, officer: Person, field: str, value: str, sentence: str
) -> None:
    team, data = make_team(BIM_SON), {"person_id": str(new_id()), "name": "Lê Thị Mai"}
    response = client.post(f"/staff/teams/{team.id}/add-member", data={**data, field: value})
    assert response.status_code == 422
    assert sentence in response.text
    assert db.session.scalars(select(TeamMembership.id)).all() == []


def test_an_officer_cannot_make_a_card_for_somebody_by_sending_their_id(client: PageClient, officer: Person) -> None:
    team, somebody = make_team(BIM_SON), make_person()
    data = {"person_id": str(somebody.id), "name": "Lê Thị Mai"}
    assert client.post(f"/staff/teams/{team.id}/add-member", data=data).status_code == 404
    assert db.session.scalars(select(Card.id)).all() == []


def resident(name: str, commune: str = BIM_SON, **details: str) -> Person:
    person = make_person(name=name, **details)
    set_residence(person_id=person.id, commune_id=place_id_of(commune))
    return person


@pytest.mark.parametrize("typed", ["le thi mai", "Mai", "MAI lê", "0912.345.678", "+84 912 345 678"])
def test_a_resident_who_registered_is_found_and_taken_into_the_team(
    client: PageClient, officer: Person, typed: str
) -> None:
    team, mai = make_team(BIM_SON), resident("Lê Thị Mai", phone="+84912345678")
    resident("Lê Thị Mài Nhung")
    page = client.get(f"/staff/teams/{team.id}/find-member", query_string={"q": typed}).text
    assert f'value="{mai.id}"' in page
    assert "09•• ••• 678" in page
    assert "345 678" not in page.replace(f'value="{typed}"', "")
    taken = client.post(f"/staff/teams/{team.id}/take-resident", data={"person_id": str(mai.id)})
    assert taken.location == f"/staff/teams/{team.id}"
    assert db.session.scalars(select(TeamMembership.person_id)).all() == [mai.id]
    assert "đã trong tổ" in client.get(f"/staff/teams/{team.id}/find-member?q=mai").text
    assert "find_resident" in acts_on(team.id)


def test_a_resident_taken_twice_is_a_member_once(client: PageClient, officer: Person) -> None:
    team, mai = make_team(BIM_SON), resident("Lê Thị Mai")
    for _ in range(2):
        client.post(f"/staff/teams/{team.id}/take-resident", data={"person_id": str(mai.id)})
    assert len(db.session.scalars(select(TeamMembership.id)).all()) == 1


def test_nobody_from_elsewhere_is_found_or_taken(client: PageClient, officer: Person) -> None:
    team = make_team(BIM_SON)
    guest = make_person(is_registered=False)
    set_residence(person_id=guest.id, commune_id=place_id_of(BIM_SON))
    for stranger in (resident("Lê Thị Mai", XUAN_TRUONG), make_person(name="Lê Thị Mai"), guest):
        page = client.get(f"/staff/teams/{team.id}/find-member?q=mai")
        assert str(stranger.id) not in page.text
        taken = client.post(f"/staff/teams/{team.id}/take-resident", data={"person_id": str(stranger.id)})
        assert taken.status_code == 404
    assert db.session.scalars(select(TeamMembership.id)).all() == []


def test_part_of_a_phone_number_finds_nobody(client: PageClient, officer: Person) -> None:
    team, mai = make_team(BIM_SON), resident("Lê Thị Mai", phone="+84912345678")
    page = client.get(f"/staff/teams/{team.id}/find-member?q=0912").text
    assert str(mai.id) not in page
    assert "Không thấy ai" in page


def test_the_page_of_a_team_shows_members_with_masked_phones_and_the_reading_is_logged(
    client: PageClient, officer: Person
) -> None:
    team = make_team(BIM_SON)
    make_member(team, make_person(name="Lê Thị Mai", phone="+84912345678"), is_leader=True)
    page = client.get(f"/staff/teams/{team.id}").text
    assert "Lê Thị Mai" in page
    assert "tổ trưởng" in page
    assert "09•• ••• 678" in page
    entry = db.session.scalars(select(LogEntry).where(LogEntry.act == "read_team_members")).one()
    assert (entry.actor_id, entry.actor_role, entry.place_id) == (officer.id, "officer", team.commune_id)


def test_a_member_becomes_leader_and_leaves(client: PageClient, officer: Person) -> None:
    membership = make_member(make_team(BIM_SON), make_person())
    client.post(f"/staff/memberships/{membership.id}/leader", data={"lead": "yes"})
    db.session.refresh(membership)
    assert membership.is_leader
    client.post(f"/staff/memberships/{membership.id}/end")
    db.session.refresh(membership)
    assert membership.to_at is not None
    assert client.post(f"/staff/memberships/{membership.id}/end").status_code == 404


def test_a_new_card_ends_the_one_before(client: PageClient, officer: Person) -> None:
    membership = make_member(make_team(BIM_SON), make_person())
    for _ in range(2):
        assert client.post(f"/staff/memberships/{membership.id}/new-card").status_code == 200
    assert len(db.session.scalars(select(Card.id).where(Card.revoked_at.is_(None))).all()) == 1


def test_staff_who_are_members_get_no_card(client: PageClient, officer: Person) -> None:
    membership = make_member(make_team(BIM_SON), make_staff(Role.TRAINER, None))
    assert client.post(f"/staff/memberships/{membership.id}/new-card").status_code == 409


def team_requests(team_id: object, membership_id: object, code: str) -> list[tuple[str, str]]:
    return [
        ("GET", f"/staff/communes/{code}/teams"),
        ("POST", f"/staff/communes/{code}/teams"),
        ("POST", f"/staff/communes/{code}/hamlets"),
        ("GET", f"/staff/teams/{team_id}"),
        ("GET", f"/staff/teams/{team_id}/add-member"),
        ("POST", f"/staff/teams/{team_id}/add-member"),
        ("POST", f"/staff/memberships/{membership_id}/leader"),
        ("POST", f"/staff/memberships/{membership_id}/end"),
        ("POST", f"/staff/memberships/{membership_id}/new-card"),
    ]


@pytest.mark.parametrize(
    ("role", "place", "way_in", "status"),
    [
        (Role.OFFICER, BIM_SON, WayIn.STAFF, 404),
        (Role.OPERATOR, THANH_HOA, WayIn.STAFF, 404),
        (Role.TRAINER, None, WayIn.STAFF, 403),
        (Role.OFFICER, XUAN_TRUONG, WayIn.PIN, 403),
    ],
    ids=["officer elsewhere", "operator elsewhere", "trainer", "officer of the place who came in by PIN"],
)
def test_a_foreign_commune_does_not_exist_for_staff(
    client: PageClient, role: Role, place: str | None, way_in: WayIn, status: int
) -> None:
    foreign = make_team(XUAN_TRUONG)
    membership = make_member(foreign, make_person())
    sign_in(client, make_staff(role, place), way_in)
    for method, path in team_requests(foreign.id, membership.id, XUAN_TRUONG):
        response = client.open(path, method=method, data={"name": "Tổ", "person_id": str(new_id()), "hamlet": ""})
        assert (path, response.status_code) == (path, status)
    db.session.refresh(membership)
    assert membership.to_at is None


@pytest.mark.parametrize("way_in", [None, WayIn.GUEST, WayIn.CODE, WayIn.PIN, WayIn.CARD])
def test_learners_cannot_open_staff_pages(client: PageClient, way_in: WayIn | None) -> None:
    team = make_team(BIM_SON)
    leader = make_person()
    membership = make_member(team, leader, is_leader=True)
    if way_in in {WayIn.GUEST, WayIn.CODE}:
        sign_in(client, make_person(is_registered=False), way_in)
    elif way_in:
        sign_in(client, leader, way_in)
    expected = 403 if way_in in {WayIn.PIN, WayIn.CARD} else 401
    for method, path in team_requests(team.id, membership.id, BIM_SON):
        assert client.open(path, method=method, data={}).status_code == expected


@pytest.mark.parametrize("code", ["99999", "xyz", "38", "00000"])
def test_a_place_that_is_no_commune_has_no_teams(client: PageClient, officer: Person, code: str) -> None:
    assert client.get(f"/staff/communes/{code}/teams").status_code == 404


def test_ids_that_exist_nowhere_are_not_found(client: PageClient, officer: Person) -> None:
    for method, path in team_requests(new_id(), new_id(), BIM_SON)[3:]:
        assert client.open(path, method=method, data={}).status_code == 404


def test_a_form_without_its_token_changes_nothing(client: PageClient, officer: Person) -> None:
    team = make_team(BIM_SON)
    data = {"person_id": str(new_id()), "name": "Lê Thị Mai"}
    response = client.post(f"/staff/teams/{team.id}/add-member", data=data, with_token=False)
    assert response.status_code == 422
    assert 'value="Lê Thị Mai"' in response.text
    assert db.session.scalars(select(TeamMembership.id)).all() == []


def test_two_officers_work_in_their_own_communes(app: Flask, new_client: Callable[[], PageClient]) -> None:
    for code in (BIM_SON, XUAN_TRUONG):
        device = new_client()
        sign_in(device, make_staff(Role.OFFICER, code), WayIn.STAFF)
        other = XUAN_TRUONG if code == BIM_SON else BIM_SON
        assert device.get(f"/staff/communes/{code}/teams").status_code == 200
        assert device.get(f"/staff/communes/{other}/teams").status_code == 404
