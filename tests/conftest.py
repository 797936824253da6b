"""Fixtures for every test: an app on a fresh database (SQLite and PostgreSQL), and devices that use it.

A test that asks for `app`, `client` or `new_client` runs on both databases; `@pytest.mark.sqlite_only` (on a test or
as a module's `pytestmark`) leaves PostgreSQL out where the database makes no difference, as for most pages.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.extensions import db
from tests.databases import POSTGRESQL, SQLITE, Databases, make_settings, why_no_postgresql
from tests.page_client import PageClient

skipped_for_want_of_postgresql: list[str] = []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        on_both = [SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgres)]
        is_sqlite_only = metafunc.definition.get_closest_marker("sqlite_only")
        metafunc.parametrize("backend", [SQLITE] if is_sqlite_only else on_both)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if not item.get_closest_marker("postgres"):
        return
    if reason := why_no_postgresql():
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            pytest.fail(f"PostgreSQL is required here and does not answer: {reason}")
        pytest.skip(f"NO POSTGRESQL: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "NO POSTGRESQL" in str(r.longrepr)]
    if skipped:
        terminalreporter.section("POSTGRESQL WAS NOT TESTED", sep="!", red=True)
        terminalreporter.write_line(f"{len(skipped)} tests were skipped: no server answers. Install postgresql.")


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes fresh databases; drops what is left at the end."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.drop_all()


@pytest.fixture
def database_url(backend: str, databases: Databases, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database, migrated, with all places; with the shipped courses for `@pytest.mark.shipped_courses`."""
    with_courses = request.node.get_closest_marker("shipped_courses") is not None
    url = databases.fresh(backend, with_courses=with_courses)
    yield url
    databases.drop(url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return make_settings(database_url, tmp_path)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app on a fresh database, with an application context of the test's own."""
    app = create_app(settings)
    app.test_client_class = PageClient
    with app.app_context():
        yield app
        db.session.remove()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def new_client(app: Flask) -> Callable[[], PageClient]:
    """Makes one more device that knows nothing of the others."""
    return app.test_client  # type: ignore[return-value]


@pytest.fixture
def client(new_client: Callable[[], PageClient]) -> PageClient:
    """A person's device: sends what a browser sends and checks each page that comes back."""
    return new_client()
