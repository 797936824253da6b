"""Requests that no page of ours sends: to another host, from another origin, through a proxy, with unreadable text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, request

from app import create_app
from tests.databases import SQLITE, Databases, make_settings
from tests.page_client import PageClient

OWN = "https://hoc.example.vn"
WRITE = "/display"


@pytest.fixture
def make_site(databases: Databases, tmp_path: Path) -> Callable[..., Flask]:
    """Make the app with other settings."""

    def make(**overrides: object) -> Flask:
        return create_app(make_settings(databases.empty(SQLITE), tmp_path, **overrides))

    return make


def status_of_post(app: Flask, **headers: str) -> int:
    return app.test_client().post(WRITE, base_url=OWN, data={"size": "100"}, headers=headers).status_code


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "http://hoc.example.vn", f"{OWN}.evil.vn"])
def test_foreign_and_broken_origins_are_refused(make_site: Callable[..., Flask], origin: str) -> None:
    assert status_of_post(make_site(public_url=OWN), Origin=origin) == 403


@pytest.mark.parametrize("public_url", [OWN, f"{OWN}:443", "https://HOC.example.vn/"])
def test_own_origin_is_heard(make_site: Callable[..., Flask], public_url: str) -> None:
    assert status_of_post(make_site(public_url=public_url), Origin=OWN) == 303


@pytest.mark.parametrize("host", ["evil.vn", "hoc.example.vn:8000", "hoc.example.vn.evil.vn", "[", "x" * 5000])
def test_only_the_public_host_is_answered(make_site: Callable[..., Flask], host: str) -> None:
    client = make_site(public_url=OWN).test_client()
    answer = client.get("//courses/a", headers={"Host": host})
    assert answer.status_code == 400
    assert OWN in answer.text
    assert client.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_a_broken_host_is_no_fault_of_ours(make_site: Callable[..., Flask]) -> None:
    client = make_site().test_client()
    for path in ("/", "/me", "/no-such-page", "/api/v1/courses"):
        assert client.get(path, headers={"Host": "x" * 5000}).status_code == 400


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.5")])
def test_only_trusted_proxies_say_who_asks(make_site: Callable[..., Flask], proxies: int, address: str) -> None:
    app = make_site(trusted_proxies=proxies)
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.5, 198.51.100.7"})
    assert seen == [address]


@pytest.mark.parametrize("path", ["/courses/%00", "/places/%00", "/courses?q=%00", "/no%00where", "/?%00=1"])
def test_a_nul_byte_in_an_address_is_refused(client: PageClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("data", [{"size": "\0"}, {"\0": "1"}, {"next": "/\0"}])
def test_a_nul_byte_in_a_form_is_refused(client: PageClient, data: dict[str, str]) -> None:
    assert client.post(WRITE, data=data).status_code == 400
