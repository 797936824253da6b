"""Who may use which route: the whole table stands in `route_access.txt` and is reviewed like code.

After a change: `REWRITE=1 .venv/bin/python -m pytest tests/rules/test_route_access.py`, then read the difference.
A = the view runs (and may still say that an object is not this person's), S = sign in first, F = forbidden.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.people.sessions import load_actor
from tests.page_client import PageClient
from tests.rules.endpoints import Endpoint, list_endpoints
from tests.rules.roles import ROLES, open_device

TABLE = Path(__file__).parent / "route_access.txt"
STATUS = {"S": 401, "F": 403}
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def actors(app: Flask, new_client: Callable[[], PageClient]) -> dict[str, Actor]:
    return {role: actor_of(app, open_device(role, new_client)) for role in ROLES}


def actor_of(app: Flask, device: PageClient) -> Actor:
    with app.app_context(), app.test_request_context("/", headers=device.cookie_header()) as context:
        return load_actor(context.request)


def outcome(endpoint: Endpoint, actor: Actor) -> str:
    if endpoint.access.startswith("public: ") or allows(actor, Permission(endpoint.access)):
        return "A"
    return "F" if actor.is_registered else "S"


def line_of(endpoint: Endpoint, actors: dict[str, Actor]) -> str:
    outcomes = " ".join(outcome(endpoint, actors[role]) for role in ROLES)
    return f"{outcomes}  {endpoint.method:<6} {endpoint.rule.rule:<48} {endpoint.access}"


def test_table_of_routes_and_roles_is_the_reviewed_one(app: Flask, actors: dict[str, Actor]) -> None:
    heading = [
        "# " + " ".join(ROLES),
        "# See test_route_access.py for the letters and for how to rewrite this file.",
        "",
    ]
    lines = heading + [line_of(endpoint, actors) for endpoint in list_endpoints(app)]
    if os.environ.get("REWRITE"):
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8").splitlines() == lines


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_each_role_as_the_table_says(
    app: Flask, new_client: Callable[[], PageClient], role: str
) -> None:
    device = open_device(role, new_client)
    actor = actor_of(app, device)
    wrong = []
    for endpoint in list_endpoints(app):
        if endpoint.rule.endpoint in ENDS_THE_SESSION:
            continue
        status = device.open(endpoint.path_of_nothing, method=endpoint.method).status_code
        expected = STATUS.get(outcome(endpoint, actor))
        if (status != expected) if expected else (status in STATUS.values()):
            wrong.append(
                f"{endpoint.method} {endpoint.path_of_nothing} → {status}, the table says {expected or 'allowed'}"
            )
    assert not wrong


ENDS_THE_SESSION = frozenset({"people.sign_out"})
"""Signing out would turn every later request of that device into a stranger's."""
