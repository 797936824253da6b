"""The demonstration: full of learning, true to its own counting, and never among real people by accident."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.access.actor import Role
from app.config import Settings
from app.devtools.demo_places import PLANS
from app.devtools.demo_roles import RESIDENT, demo_id, demo_pin
from app.extensions import db
from app.people.guests import code_belongs
from app.people.models import Person, RoleGrant
from app.places.models import UNKNOWN_PLACE_ID
from app.progress.counting import recount_people
from app.progress.models import Completion, CountedCompletion, Counter
from app.shared.clock import now
from tests.factories import make_person, place_id_of
from tests.page_client import PageClient

pytestmark = pytest.mark.shipped_courses
LEARNERS = 25


def load(app: Flask, *options: str) -> str:
    """What the command said; it succeeded."""
    result = app.test_cli_runner().invoke(args=["demo", "load", "--people", str(LEARNERS), *options])
    assert result.exit_code == 0, result.output
    return result.output


def count_people() -> int:
    return db.session.scalar(select(func.count(Person.id))) or 0


def test_demonstration_fills_half_a_year_in_the_communes_of_the_stories(app: Flask) -> None:
    load(app)
    firsts = db.session.scalars(select(Completion.happened_at).order_by(Completion.happened_at)).all()
    assert len(firsts) > LEARNERS / 2
    assert now() - timedelta(days=190) < firsts[0] < firsts[-1] <= now()
    communes = set(db.session.scalars(select(CountedCompletion.commune_today_id)))
    assert communes <= {place_id_of(plan.code) for plan in PLANS} | {UNKNOWN_PLACE_ID}
    assert {kind for (kind,) in db.session.execute(select(CountedCompletion.learner_kind))} >= {"resident", "member"}


def test_its_counters_equal_a_recount(app: Flask) -> None:
    load(app)
    query = select(*(column for column in Counter.__table__.columns)).order_by(*Counter.__table__.primary_key)
    before = db.session.execute(query).all()
    recount_people(db.session.scalars(select(Person.id)))
    assert db.session.execute(query).all() == before != []


@pytest.mark.sqlite_only
class TestOnce:
    def test_loading_twice_adds_nobody_and_says_again_how_to_come_in(self, app: Flask) -> None:
        first = load(app)
        before = count_people()
        second = load(app)
        assert count_people() == before
        assert re.findall(r"PIN \d{6}", first) == re.findall(r"PIN \d{6}", second) != []

    def test_it_refuses_a_place_with_people(self, app: Flask) -> None:
        make_person()
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["demo", "load"])
        assert result.exit_code == 1
        assert "There are people in this database" in result.output
        assert count_people() == 1

    def test_it_joins_real_people_only_when_told_to(self, app: Flask) -> None:
        make_person()
        db.session.commit()
        load(app, "--yes")
        assert count_people() > LEARNERS


@pytest.mark.sqlite_only
def test_one_person_for_each_role_can_come_in(app: Flask, client: PageClient) -> None:
    said = load(app)
    assert set(db.session.scalars(select(RoleGrant.role))) == {Role.OPERATOR, Role.OFFICER, Role.TRAINER}
    for link in re.findall(r"/welcome/\S+", said):
        assert client.get(link).status_code == 200
    code = re.search(r"learning code (.*)", said)
    assert code is not None
    assert code_belongs(demo_id("guest"), code[1].replace(" ", ""))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", ["Team leader", "Team member", "Resident"])
def test_learners_with_a_phone_sign_in_with_what_is_printed(app: Flask, client: PageClient, role: str) -> None:
    line = next(line for line in load(app).splitlines() if line.strip().startswith(role))
    found = re.search(r"phone ([\d ]+)  PIN (\d{6})", line)
    assert found is not None
    response = client.post("/sign-in", data={"phone": found[1], "pin": found[2]})
    assert response.status_code == 303
    assert client.get("/me").status_code == 200


@pytest.mark.sqlite_only
def test_a_pin_opens_nothing_in_another_place(app: Flask, settings: Settings) -> None:
    here = demo_pin(RESIDENT)
    with create_app(replace(settings, pin_pepper="another pepper, which is long enough")).app_context():
        assert demo_pin(RESIDENT) != here
