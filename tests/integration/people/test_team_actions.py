"""Teams and their members in the database."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import ANONYMOUS, Actor, Grant, Role, WayIn
from app.extensions import db
from app.people.grants import grants_snapshot
from app.people.models import Person, SignInSession, Team, TeamMembership
from app.people.queries import current_residence, get_person
from app.people.teams import (
    GuestCannotJoinTeam,
    HamletElsewhere,
    NewMember,
    add_new_member,
    create_team,
    end_membership,
    get_membership,
    get_team,
    join_team,
    list_members,
    list_teams,
)
from app.places.actions import add_hamlet
from app.shared.errors import NotFound
from app.shared.ids import new_id
from app.shared.log import LogEntry
from tests.factories import make_member, make_person, make_team, place_id_of, sign_in

BIM_SON, XUAN_TRUONG, THANH_HOA = "14812", "24805", "38"


def officer_of(code: str | None, role: Role = Role.OFFICER, way_in: WayIn = WayIn.STAFF) -> Actor:
    person = make_person(name="Phạm Văn Cán")
    grant = Grant(role, place_id_of(code) if code else None)
    return Actor(way_in=way_in, person_id=person.id, is_registered=True, session_id="x", grants=(grant,))


def new_member(name: str = "Lê Thị Mai") -> NewMember:
    return NewMember(new_id(), name, "+84912345678", 1960)


def test_a_new_member_is_a_person_who_lives_where_the_team_is(app: Flask) -> None:
    officer, team = officer_of(BIM_SON), make_team(BIM_SON)
    membership = add_new_member(team=team, member=new_member(), is_leader=False, actor=officer)
    person = db.session.get_one(Person, membership.person_id)
    home = current_residence(person.id)
    assert (person.is_registered, person.created_by, person.name) == (True, officer.person_id, "Lê Thị Mai")
    assert home is not None
    assert home.commune_id == team.commune_id


def test_the_same_form_sent_twice_makes_one_member(app: Flask) -> None:
    officer, team, member = officer_of(BIM_SON), make_team(BIM_SON), new_member()
    first = add_new_member(team=team, member=member, is_leader=False, actor=officer)
    second = add_new_member(team=team, member=member, is_leader=False, actor=officer)
    assert first.id == second.id
    assert len(list_members(team.id, visible_to=officer)) == 1


def test_an_officer_cannot_take_over_a_person_by_sending_their_id(app: Flask) -> None:
    officer, team, somebody = officer_of(BIM_SON), make_team(BIM_SON), make_person()
    member = NewMember(somebody.id, "Tên khác", None, None)
    with pytest.raises(NotFound):
        add_new_member(team=team, member=member, is_leader=True, actor=officer)
    assert db.session.get_one(Person, somebody.id).name == "Nguyễn Thị Hoa"


def test_joining_and_leaving_end_the_sessions_of_the_person(app: Flask, client) -> None:  # type: ignore[no-untyped-def]
    officer, team, person = officer_of(BIM_SON), make_team(BIM_SON), make_person()
    opened = sign_in(client, person, WayIn.PIN)
    membership = join_team(team=team, person_id=person.id, is_leader=True, actor=officer)
    assert db.session.scalar(select(SignInSession.ended_at).where(SignInSession.id == opened.id)) is not None
    again = sign_in(client, person, WayIn.PIN)
    end_membership(membership=membership, actor=officer)
    assert db.session.scalar(select(SignInSession.ended_at).where(SignInSession.id == again.id)) is not None


def test_the_snapshot_names_the_commune_of_the_team_and_nothing_after_leaving(app: Flask) -> None:
    officer, team, person = officer_of(BIM_SON), make_team(BIM_SON), make_person()
    membership = join_team(team=team, person_id=person.id, is_leader=True, actor=officer)
    db.session.commit()
    assert grants_snapshot(person.id) == [["leader", str(team.commune_id), None]]
    end_membership(membership=membership, actor=officer)
    db.session.commit()
    assert grants_snapshot(person.id) == []


def test_joining_twice_is_one_membership_and_leading_is_logged(app: Flask) -> None:
    officer, team, person = officer_of(BIM_SON), make_team(BIM_SON), make_person()
    for is_leader in (False, False, True):
        join_team(team=team, person_id=person.id, is_leader=is_leader, actor=officer)
    acts = db.session.scalars(select(LogEntry.act).where(LogEntry.act.like("join%")).order_by(LogEntry.at)).all()
    assert acts == ["join_team", "join_team_as_leader"]
    assert db.session.scalars(select(TeamMembership.is_leader)).all() == [True]


def test_a_guest_cannot_join_a_team(app: Flask) -> None:
    with pytest.raises(GuestCannotJoinTeam):
        join_team(team=make_team(BIM_SON), person_id=make_person(is_registered=False).id, is_leader=False, actor=None)


def test_a_team_cannot_stand_in_a_hamlet_of_another_commune(app: Flask) -> None:
    officer = officer_of(BIM_SON)
    hamlet_id = add_hamlet(commune_id=place_id_of(XUAN_TRUONG), type="thôn", name="1", actor=officer)
    with pytest.raises(HamletElsewhere):
        create_team(commune_id=place_id_of(BIM_SON), hamlet_id=hamlet_id, name="Tổ 1", actor=officer)


@pytest.mark.parametrize(
    ("code", "role", "way_in", "sees"),
    [
        (BIM_SON, Role.OFFICER, WayIn.STAFF, True),
        (THANH_HOA, Role.OFFICER, WayIn.STAFF, True),
        (None, Role.OPERATOR, WayIn.STAFF, True),
        (XUAN_TRUONG, Role.OFFICER, WayIn.STAFF, False),
        (BIM_SON, Role.OFFICER, WayIn.PIN, False),
        (BIM_SON, Role.LEADER, WayIn.STAFF, False),
        (None, Role.TRAINER, WayIn.STAFF, False),
    ],
    ids=[
        "officer of the commune",
        "officer of the province",
        "operator of everything",
        "officer of another commune",
        "officer who came in by PIN",
        "leader",
        "trainer",
    ],
)
def test_who_sees_a_team_and_its_people(app: Flask, code: str, role: Role, way_in: WayIn, sees: bool) -> None:
    team, person = make_team(BIM_SON), make_person()
    membership = make_member(team, person)
    actor = officer_of(code, role, way_in)
    assert bool(list_teams(team.commune_id, visible_to=actor)) == sees
    for look in (
        lambda: get_team(team.id, visible_to=actor),
        lambda: list_members(team.id, visible_to=actor),
        lambda: get_membership(membership.id, visible_to=actor),
        lambda: get_person(person.id, visible_to=actor),
    ):
        if sees:
            assert look()
        else:
            with pytest.raises(NotFound):
                look()


def test_everybody_sees_themselves_and_strangers_see_nobody(app: Flask) -> None:
    person = make_person()
    assert get_person(person.id, visible_to=Actor(way_in=WayIn.PIN, person_id=person.id)).id == person.id
    with pytest.raises(NotFound):
        get_person(person.id, visible_to=ANONYMOUS)


def test_phone_numbers_of_members_are_masked(app: Flask) -> None:
    officer, team = officer_of(BIM_SON), make_team(BIM_SON)
    add_new_member(team=team, member=new_member(), is_leader=False, actor=officer)
    assert [line.masked_phone for line in list_members(team.id, visible_to=officer)] == ["09•• ••• 678"]


def test_a_closed_team_is_gone(app: Flask) -> None:
    officer, team = officer_of(BIM_SON), make_team(BIM_SON)
    db.session.get_one(Team, team.id).closed_at = team.created_at
    db.session.flush()
    with pytest.raises(NotFound):
        get_team(team.id, visible_to=officer)
    assert list_teams(team.commune_id, visible_to=officer) == []
