"""Every answer carries the security headers, whatever kind of answer it is."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.ui.assets import assets
from app.ui.headers import CONTENT_SECURITY_POLICY
from tests.page_client import PageClient
from tests.page_rules import faults_in_headers

pytestmark = pytest.mark.sqlite_only
PARTS_OF_THE_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
)


def test_policy_allows_nothing_unsafe_and_no_other_host() -> None:
    sources = {word for part in CONTENT_SECURITY_POLICY.split("; ") for word in part.split()[1:]}
    assert sources == {"'none'", "'self'", "'script'", "service-worker"}
    assert all(part in CONTENT_SECURITY_POLICY for part in PARTS_OF_THE_POLICY)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/no-such-page", 404),
        ("GET", "/api/v1/no-such-thing", 404),
        ("DELETE", "/display", 405),
        ("POST", "/display", 303),
        ("HEAD", "/healthz", 200),
        ("OPTIONS", "/healthz", 200),
        ("GET", "/favicon.svg", 200),
        ("GET", "/static/learner-000000000000.css", 404),
    ],
)
def test_every_kind_of_answer_has_the_headers(client: PageClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert faults_in_headers(answer.headers, status) == []


def test_bundles_have_the_headers_and_may_be_kept_for_ever(client: PageClient) -> None:
    for asset in assets().values():
        answer = client.get(f"/static/{asset.name}")
        assert faults_in_headers(answer.headers, answer.status_code) == []
        assert "immutable" in answer.headers["Cache-Control"]


def test_fault_of_ours_is_a_page_with_the_headers_and_without_details(
    app: Flask, new_client: Callable[[], PageClient]
) -> None:
    def fail() -> str:
        raise ZeroDivisionError("a detail that nobody should read")

    app.view_functions["assets.send_favicon"] = fail
    answer = new_client().get("/favicon.svg")
    assert answer.status_code == 500
    assert "a detail" not in answer.text


def test_too_large_a_body_is_refused_with_the_headers(client: PageClient) -> None:
    answer = client.post("/display", data={"size": "1" * 600_000})
    assert answer.status_code == 413
    assert faults_in_headers(answer.headers, 413) == []


def test_stored_page_of_a_stranger_depends_on_url_and_display_cookie_only(client: PageClient) -> None:
    answer = client.get("/privacy")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" in answer.headers["Vary"]
    assert client.get("/privacy", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
