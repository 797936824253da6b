"""Everything between installing and serving: secrets, tables, places, courses, the first operator.

Each step may be repeated and may be killed at any moment: the next start goes on from there.
"""

import argparse
import os
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import FlaskGroup
from sqlalchemy import select

from app import create_app
from app.access.actor import Role
from app.config import ROOT, ConfigurationError, write_missing_secrets
from app.extensions import db
from app.people.models import RoleGrant

STEPS = (
    ["db", "upgrade"],
    ["places", "load"],
    ["courses", "publish", "--shipped"],
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=int, metavar="N", help="also load the demonstration with N learners")
    parser.add_argument("--restore", metavar="FILE", help="only make the tables and bring this backup back")
    arguments = parser.parse_args()
    write_missing_secrets(Path(os.environ.get("INSTANCE_DIR") or ROOT / "instance").resolve())
    try:
        app = create_app()
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments.restore:
        return run(app, ["db", "upgrade"]) or run(app, ["restore", arguments.restore])
    steps = [*STEPS, *([] if arguments.demo is None else [["demo", "load", "--people", str(arguments.demo)]])]
    return next((status for step in steps if (status := run(app, step))), 0) or offer_first_operator(app)


def run(app: Flask, words: list[str]) -> int:
    """Run one `flask` command in this process; return its exit status and say which one failed."""
    commands = FlaskGroup(create_app=lambda: app, load_dotenv=False, set_debug_flag=False)
    try:
        status = commands.main(words, prog_name="flask", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (SystemExit, click.exceptions.Exit) as end:
        status = end.code if isinstance(end, SystemExit) else end.exit_code
    if status:
        print(f"'flask {' '.join(words)}' did not succeed; nothing is served", file=sys.stderr)
    return int(status or 0)


def offer_first_operator(app: Flask) -> int:
    """Until there is an operator, print a fresh one-time link at each start."""
    with app.app_context():
        operator = select(RoleGrant.id).where(RoleGrant.role == Role.OPERATOR, RoleGrant.to_at.is_(None))
        exists = db.session.execute(operator.limit(1)).first() is not None
    if exists:
        return 0
    print("There is no operator yet. This link makes the first one; it works once, for 24 hours:")
    return run(app, ["people", "first-operator"])


if __name__ == "__main__":
    sys.exit(main())
