"""An app over a database that has no table yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.databases import Databases, make_settings


@pytest.fixture
def database_url(backend: str, databases: Databases) -> Iterator[str]:
    """An empty database."""
    url = databases.empty(backend)
    yield url
    databases.drop(url)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(make_settings(database_url, tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
