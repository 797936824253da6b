"""`flask people …`: what operators do about people from the command line."""

from flask.cli import AppGroup

from app.people.role_cli import grant, join, merge, revoke, unmerge
from app.people.sign_in_cli import first_operator, reset_second_factor

people = AppGroup("people", help="Roles, teams and records of people.")
for command in (first_operator, reset_second_factor, grant, revoke, join, merge, unmerge):
    people.add_command(command)
