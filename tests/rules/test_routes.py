"""Laws of routes: declared, kebab-case, and writing where they say so."""

import re

import pytest
from flask import Flask

from app.content.compile.item import RESERVED_SLUGS
from app.shared.endpoints import UndeclaredEndpoint, refuse_undeclared_endpoints
from app.shared.transaction import CommitOnRead, commits, refuse_committing_reads
from tests.rules.endpoints import list_endpoints

pytestmark = pytest.mark.sqlite_only
PLAIN_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
WRITES_NO_ROW = {
    "authoring.convert": "turns a text into Markdown for the page that asks",
    "authoring.go_on_trying": "trying a quiz leaves no trace",
    "authoring.preview": "shows what is being written",
    "authoring.preview_of_question": "shows a question that is being written",
    "display.change": "sets the display cookie only",
    "learning.check_practice": "practice leaves no trace",
    "learning.show_acts": "shows what a code stands for",
}


def test_app_refuses_to_start_with_an_undeclared_endpoint(app: Flask) -> None:
    app.view_functions["display.change"] = lambda: ""
    with pytest.raises(UndeclaredEndpoint, match=r"display\.change"):
        refuse_undeclared_endpoints(app)


def test_app_refuses_to_start_with_a_read_that_commits(app: Flask) -> None:
    app.view_functions["assets.send"] = commits(lambda: "")
    with pytest.raises(CommitOnRead, match=r"assets\.send"):
        refuse_committing_reads(app)


def test_every_endpoint_declares_who_may_use_it(app: Flask) -> None:
    assert [endpoint.rule.rule for endpoint in list_endpoints(app) if endpoint.access == "undeclared"] == []


def test_every_path_is_in_kebab_case(app: Flask) -> None:
    parts = {part for endpoint in list_endpoints(app) for part in endpoint.rule.rule.split("/")}
    odd = {part for part in parts if part and "<" not in part and not PLAIN_PART.fullmatch(part)}
    assert odd == set()


def test_no_path_ends_with_a_slash_but_the_first(app: Flask) -> None:
    assert [e.rule.rule for e in list_endpoints(app) if e.rule.rule.endswith("/") and e.rule.rule != "/"] == []


def test_reading_and_writing_are_two_functions(app: Flask) -> None:
    assert [e.rule.rule for e in list_endpoints(app) if {"GET", "POST"} <= (e.rule.methods or set())] == []


def test_every_writing_view_says_that_it_commits(app: Flask) -> None:
    silent = {e.rule.endpoint for e in list_endpoints(app) if e.method != "GET" and not e.commits}
    assert silent == set(WRITES_NO_ROW)


def test_no_item_of_a_course_can_hide_behind_a_page_of_its_own(app: Flask) -> None:
    below = {endpoint.rule.rule.removeprefix("/courses/<slug>/") for endpoint in list_endpoints(app)}
    assert {word for word in below if PLAIN_PART.fullmatch(word)} == RESERVED_SLUGS
