"""`flask demo load`: fills a new place with people who do not exist, so that every page has something to show."""

from datetime import timedelta
from random import Random

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.devtools.demo_names import full_name
from app.devtools.demo_people import Courses, Crowd, list_courses
from app.devtools.demo_places import PLANS, set_up_communes
from app.devtools.demo_roles import (
    GUEST,
    LEADER,
    MEMBER,
    RESIDENT,
    as_member,
    demo_id,
    demo_is_loaded,
    list_sign_ins,
    make_learners_with_roles,
    make_staff,
)
from app.extensions import db
from app.people.models import Person
from app.people.teams import NewMember
from app.places.queries import get_valid_place
from app.shared import log
from app.shared.clock import frozen, now
from app.shared.errors import NotFound
from app.shared.ids import new_id

SEED = 20260701
"""The same crowd at each first load, so that pictures and stories of it stay true."""
MONTHS_OLD = timedelta(days=190)
demo = AppGroup("demo", help="Demonstration data, for trying and showing the product.")


@demo.command("load")
@click.option("--people", type=click.IntRange(0), default=200, show_default=True, help="How many learners.")
@click.option("--yes", is_flag=True, help="Load even where there are people already.")
def load(people: int, yes: bool) -> None:
    """Load communes, teams, one person for each role, and learners with half a year of learning; say how to come in.

    Loaded already: adds nobody, and says how to come in. Refuses a database with other people, unless --yes.
    """
    if not demo_is_loaded():
        if not yes and db.session.scalar(select(Person.id).limit(1)) is not None:
            raise click.ClickException("There are people in this database. Demonstration data among them: --yes")
        _load(people)
    for sign_in in list_sign_ins():
        click.echo(f"  {sign_in.title:32} {sign_in.name:18} {sign_in.how}")
    db.session.commit()
    click.echo("Links work once, for 24 hours. Nobody of these people exists.")


def _load(people: int) -> None:
    try:
        get_valid_place(PLANS[0].code)
    except NotFound as error:
        raise click.ClickException("There are no places yet: flask places load") from error
    courses = list_courses()
    if not courses.for_residents or not courses.for_members:
        raise click.ClickException("There are no courses to learn yet: flask courses publish --shipped")
    crowd = _set_up(courses)
    with click.progressbar(range(people), label="Loading learners") as numbers:
        for _ in numbers:
            crowd.add_learner()
    log.record("load_demo", object_kind="demo", object_id=people)
    click.echo(f"Loaded {people} learners with {crowd.completions} completions")


def _set_up(courses: Courses) -> Crowd:
    """Communes, teams and roles, as if they had been there for half a year, and what those people learned."""
    chance = Random(SEED)  # noqa: S311 -- a crowd, not a secret
    others = [NewMember(new_id(), full_name(chance), phone=None, birth_year=None) for _ in PLANS[1:]]
    with frozen(now() - MONTHS_OLD):
        operator = make_staff()
        communes = set_up_communes([as_member(LEADER), *others], operator)
        make_learners_with_roles(communes[0], operator)
    crowd = Crowd(communes, courses, operator, chance)
    for key, versions in (
        (LEADER.key, courses.for_members),
        (MEMBER.key, courses.for_members),
        (RESIDENT.key, courses.for_residents),
        (GUEST, courses.for_residents),
    ):
        crowd.learn(demo_id(key), communes[0], versions, now() - timedelta(days=chance.randint(2, 40)))
    return crowd
