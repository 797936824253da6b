"""`flask people grant`, `revoke`, `join-team`, `merge`, `unmerge`: roles and records from the command line.

PERSON is a person's id, as their own account page shows it, or a staff sign-in name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.access.actor import STAFF_ROLES, Role
from app.extensions import db
from app.people.actions import MergeEffect, merge_people, unmerge_person
from app.people.grants import find_grant, find_person_id, grant_role, has_staff_account, revoke_grant
from app.people.models import Team
from app.people.one_time import FIRST_STAFF, make_link
from app.people.teams import join_team
from app.places.errors import PlaceEnded
from app.places.memory import PrintedPlace
from app.places.queries import get_valid_place, printed_place
from app.shared.errors import NotFound, Refusal
from app.shared.ids import parse_id

STAFF_ROLE = click.Choice(sorted(role.value for role in STAFF_ROLES))
PLACE_HELP = "Code of the commune or province, as valid today. Needed for officers; others without it: everywhere."


@click.command("grant")
@click.argument("role", type=STAFF_ROLE)
@click.argument("person")
@click.option("--place", "code", metavar="CODE", help=PLACE_HELP)
@with_appcontext
def grant(role: str, person: str, code: str | None) -> None:
    """Give PERSON the staff ROLE in a place and below it. Their sessions and cards end.

    Who cannot sign in as staff yet gets a link, good once and for 24 hours, that sets up name, password and second
    factor; granted again, a new link is printed and the one before is dead.
    """
    person_id, place = _person(person), _place(code)
    with _refusals_as_errors():
        grant_role(person_id=person_id, role=Role(role), place_id=place.id if place else None, actor=None)
        link = None if has_staff_account(person_id) else make_link(purpose=FIRST_STAFF, person_id=person_id, actor=None)
    db.session.commit()
    click.echo(f"{role} in {_words(place)}: {person_id}")
    if link:
        click.echo(link)


@click.command("revoke")
@click.argument("role", type=STAFF_ROLE)
@click.argument("person")
@click.option("--place", "code", metavar="CODE", help="The place of the grant; without it the grant for everywhere.")
@with_appcontext
def revoke(role: str, person: str, code: str | None) -> None:
    """Take the staff ROLE in that place back from PERSON at once."""
    person_id, place = _person(person), _place(code)
    found = find_grant(person_id=person_id, role=Role(role), place_id=place.id if place else None)
    if found is None:
        raise click.ClickException(f"{person} is not {role} in {_words(place)}.")
    with _refusals_as_errors():
        revoke_grant(grant=found, actor=None)
    db.session.commit()
    click.echo(f"no longer {role} in {_words(place)}: {person_id}")


@click.command("join-team")
@click.argument("team")
@click.argument("person")
@click.option("--leader", is_flag=True, help="As the team's leader. Without it, as a member, also who led before.")
@with_appcontext
def join(team: str, person: str, leader: bool) -> None:
    """Take PERSON into TEAM, an id as it stands in the address of the team's page. Their sessions end."""
    team_id = parse_id(team)
    found = db.session.scalar(select(Team).where(Team.id == team_id, Team.closed_at.is_(None))) if team_id else None
    if found is None:
        raise click.ClickException(f"There is no team {team}.")
    person_id = _person(person)
    with _refusals_as_errors():
        join_team(team=found, person_id=person_id, is_leader=leader, actor=None)
    db.session.commit()
    click.echo(
        f"{'leader' if leader else 'member'} of {found.name}, {printed_place(found.commune_id).label}: {person_id}"
    )


@click.command("merge")
@click.argument("keep")
@click.argument("other")
@click.option("--apply", "is_applied", is_flag=True, help="Do it. Without this only say what would change.")
@with_appcontext
def merge(keep: str, other: str, is_applied: bool) -> None:
    """Declare that the records KEEP and OTHER are one person, who is KEEP from then on. Can be undone by unmerge."""
    keep_id, other_id = _person(keep), _person(other)
    with _refusals_as_errors():
        effect = merge_people(keep_id, other_id, None, dry_run=not is_applied)
    db.session.commit()
    _print_effect(effect)
    if not is_applied and effect.record_count:
        click.echo("Nothing is changed yet: repeat with --apply.")


def _print_effect(effect: MergeEffect) -> None:
    if not effect.record_count:
        click.echo(f"{effect.other_id} is {effect.keep_id} already")
        return
    click.echo(f"{effect.record_count} record(s) of {effect.other_id} become {effect.keep_id}")
    for line in effect.lines:
        click.echo(f"  {line}")


@click.command("unmerge")
@click.argument("person")
@with_appcontext
def unmerge(person: str) -> None:
    """Undo a merge: PERSON, with the records that had joined it before, stands for itself again."""
    person_id = _person(person)
    with _refusals_as_errors():
        unmerge_person(person_id, None)
    db.session.commit()
    click.echo(f"{person_id} stands for itself again")


def _person(reference: str) -> UUID:
    person_id = find_person_id(reference)
    if person_id is None:
        raise click.ClickException(f"There is no person {reference!r}: give an id or a staff sign-in name.")
    return person_id


def _place(code: str | None) -> PrintedPlace | None:
    if code is None:
        return None
    try:
        return printed_place(get_valid_place(code).id)
    except PlaceEnded as ended:
        codes = ", ".join(f"{successor.place.code} {successor.place.label}" for successor in ended.ended.successors)
        raise click.ClickException(f"{code} was {ended.ended.label}; today: {codes}.") from None
    except NotFound:
        raise click.ClickException(f"No commune or province has the code {code}.") from None


def _words(place: PrintedPlace | None) -> str:
    return place.label if place else "the whole system"


@contextmanager
def _refusals_as_errors() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(refusal.message) from None
