"""openapi.json says what there is: its paths are the routes, its schemas fit real answers."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from app.api.openapi import DESCRIPTION
from app.api.schemas import SCHEMAS
from app.extensions import db
from app.operations.jobs_cli import run_round
from app.shared import clock
from tests.factories import make_completion, make_course, make_person
from tests.integration.api.json_schema import faults
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
ANSWERS = [
    ("/courses", 200),
    ("/courses?limit=1", 200),
    ("/courses?limit=x", 400),
    ("/courses/mot", 200),
    ("/courses/cua-to", 200),
    ("/courses/khong-co", 404),
    ("/places", 200),
    ("/places?q=lam son bim son", 200),
    ("/places/38", 200),
    ("/places/14812", 200),
    ("/places/00019", 410),
    ("/places/14812/figures", 200),
    ("/places/38/figures", 200),
    ("/places/38/figures?month=2026-09", 200),
    ("/places/38/figures?month=thang-9", 400),
    ("/places/00019/figures", 410),
]


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    routes = {re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule.removeprefix("/api/v1")) for rule in rules}
    assert routes == set(DESCRIPTION["paths"])
    for rule in rules:
        assert {method.lower() for method in rule.methods or ()} - {"head", "options"} == {"get"}


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_answers_fit_their_description(app: Flask, client: PageClient, path: str, status: int) -> None:
    _fill()
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.text
    described = _description_of(app, path)["responses"][str(status)]["content"]
    assert answer.mimetype in described
    assert list(faults(answer.json, described[answer.mimetype]["schema"], SCHEMAS)) == []


def test_every_reference_leads_somewhere() -> None:
    references = set(re.findall(r"#/components/schemas/(\w+)", repr(DESCRIPTION)))
    assert references == set(SCHEMAS)


def test_the_description_is_served_with_the_address_of_this_server(client: PageClient) -> None:
    description = client.get("/api/v1/openapi.json").json
    assert description["openapi"] == "3.1.0"
    assert description["servers"] == [{"url": "http://127.0.0.1:8000/api/v1"}]


def _fill() -> None:
    """Two courses, and a published month with a hidden cell."""
    in_month = datetime(2026, 10, 20, 3, tzinfo=UTC)
    course = make_course("mot")
    make_course("cua-to", audience="team")
    for _ in range(3):
        make_completion(make_person(), course, "14812", in_month)
    db.session.commit()
    with clock.frozen(datetime(2026, 11, 16, tzinfo=UTC)):
        run_round()


def _description_of(app: Flask, path: str) -> dict[str, Any]:
    with app.test_request_context(f"/api/v1{path}") as context:
        rule = str(context.request.url_rule)
    found: dict[str, Any] = DESCRIPTION["paths"][re.sub(r"<([^>]+)>", r"{\1}", rule.removeprefix("/api/v1"))]["get"]
    return found
