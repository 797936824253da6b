"""`flask people first-operator` and `reset-second-factor`: links that let staff set up how they sign in."""

import click
from flask.cli import with_appcontext

from app.extensions import db
from app.people.one_time import FIRST_OPERATOR, RESET_ALL, RESET_SECOND_FACTOR, make_link
from app.people.staff_accounts import find_account
from app.people.staff_set_up import operator_exists


@click.command("first-operator")
@with_appcontext
def first_operator() -> None:
    """Print a link, good once and for 24 hours, that makes the first operator. Called again, it prints a new one."""
    if operator_exists():
        raise click.ClickException("There is an operator already. Operators give roles on the page /staff/roles.")
    link = make_link(purpose=FIRST_OPERATOR, person_id=None, actor=None)
    db.session.commit()
    click.echo(link)


@click.command("reset-second-factor")
@click.argument("sign_in_name")
@click.option("--password", "with_password", is_flag=True, help="The link also sets a new password.")
@with_appcontext
def reset_second_factor(sign_in_name: str, with_password: bool) -> None:
    """Print a link, good once and for 24 hours, with which SIGN_IN_NAME sets up a new second factor.

    The old one works until the link is used. Without --password the link asks for the password in use.
    """
    account = find_account(sign_in_name)
    if account is None:
        raise click.ClickException(f"Nobody signs in as {sign_in_name!r}.")
    purpose = RESET_ALL if with_password else RESET_SECOND_FACTOR
    link = make_link(purpose=purpose, person_id=account.person_id, actor=None)
    db.session.commit()
    click.echo(link)
