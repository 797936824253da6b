"""`flask people grant`, `revoke`, `join-team`, `merge`, `unmerge`."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app.access.actor import Role
from app.extensions import db
from app.people.grants import grants_snapshot
from app.people.models import Person, StaffAccount, TeamMembership
from app.shared.clock import now
from app.shared.ids import new_id
from tests.factories import make_person, make_staff, make_team, place_id_of

BIM_SON = "14812"


@pytest.fixture
def run(app: Flask):  # type: ignore[no-untyped-def]
    def run(*arguments: object) -> Result:
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["people", *map(str, arguments)])
        db.session.expire_all()
        return result

    return run


def test_a_first_role_prints_a_link_and_a_second_role_none(run) -> None:  # type: ignore[no-untyped-def]
    person = make_person()
    granted = run("grant", "officer", person.id, "--place", BIM_SON)
    assert granted.exit_code == 0
    assert "officer in Phường Bỉm Sơn, Thanh Hóa" in granted.stdout
    assert "/welcome/" in granted.stdout
    row = {"password_hash": "-", "totp_secret": "-", "set_up_at": now()}
    db.session.add(StaffAccount(person_id=person.id, sign_in_name="hoa", **row))
    again = run("grant", "trainer", "hoa")
    assert "/welcome/" not in again.stdout
    assert grants_snapshot(person.id) == [
        ["officer", str(place_id_of(BIM_SON)), None],
        ["trainer", None, None],
    ]


def test_a_role_is_taken_back_where_it_was_given(run) -> None:  # type: ignore[no-untyped-def]
    officer = make_staff(Role.OFFICER, BIM_SON)
    assert run("revoke", "officer", officer.id).exit_code == 1
    assert run("revoke", "officer", officer.id, "--place", BIM_SON).exit_code == 0
    assert grants_snapshot(officer.id) == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["grant", "officer", "nobody", "--place", BIM_SON], "There is no person"),
        (["grant", "officer", "{person}"], "Cán bộ cần có nơi phụ trách"),
        (["grant", "officer", "{person}", "--place", "99999"], "No commune or province has the code 99999"),
        (["grant", "leader", "{person}"], "is not one of"),
        (["grant", "trainer", "{guest}"], "chưa có tên"),
        (["join-team", "x", "{person}"], "There is no team"),
        (["merge", "{guest}", "{person}", "--apply"], "Không gộp được"),
        (["unmerge", "{person}"], "chưa gộp vào hồ sơ nào"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_and_changes_nothing(run, arguments: list[str], reason: str) -> None:  # type: ignore[no-untyped-def]
    person, guest = make_person(), make_person(is_registered=False)
    result = run(*(argument.format(person=person.id, guest=guest.id) for argument in arguments))
    assert result.exit_code != 0
    assert reason in result.stderr
    assert grants_snapshot(person.id) == []
    assert person.canonical_id == person.id


def test_the_last_operator_stays(run) -> None:  # type: ignore[no-untyped-def]
    operator = make_staff(Role.OPERATOR, None)
    result = run("revoke", "operator", operator.id)
    assert result.exit_code == 1
    assert "người vận hành cuối cùng" in result.stderr


def test_a_person_joins_a_team_as_leader(run) -> None:  # type: ignore[no-untyped-def]
    team, person = make_team(BIM_SON), make_person()
    assert run("join-team", team.id, person.id, "--leader").exit_code == 0
    assert db.session.scalars(select(TeamMembership.is_leader)).all() == [True]


def test_a_closed_team_cannot_be_joined(run) -> None:  # type: ignore[no-untyped-def]
    team, person = make_team(BIM_SON), make_person()
    team.closed_at = now()
    assert run("join-team", team.id, person.id).exit_code == 1
    assert run("join-team", new_id(), person.id).exit_code == 1


def test_a_merge_is_shown_first_then_done_then_undone(run) -> None:  # type: ignore[no-untyped-def]
    keep, other = make_person(), make_person()
    ids = keep.id, other.id
    shown = run("merge", *ids)
    assert "repeat with --apply" in shown.stdout
    assert db.session.get_one(Person, ids[1]).canonical_id == ids[1]
    assert run("merge", *ids, "--apply").exit_code == 0
    assert db.session.get_one(Person, ids[1]).canonical_id == ids[0]
    assert "already" in run("merge", *ids).stdout
    assert run("unmerge", ids[1]).exit_code == 0
    assert db.session.get_one(Person, ids[1]).canonical_id == ids[1]
