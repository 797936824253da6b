"""What a supervisor and a load balancer are told, and what they are not."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from app.extensions import db
from tests.databases import Databases, make_settings
from tests.page_client import PageClient


def test_ready_where_the_database_is_migrated_and_takes_writes(client: PageClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_not_ready_with_another_schema_and_only_the_log_says_why(
    app: Flask, client: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "not ready\n")
    assert "the database has schema 9999" in caplog.text


def test_not_ready_before_the_first_migration(databases: Databases, backend: str, tmp_path: Path) -> None:
    url = databases.empty(backend)
    app = create_app(make_settings(url, tmp_path))
    assert app.test_client().get("/readyz").status_code == 503
    with app.app_context():
        db.engine.dispose()
    databases.drop(url)


@pytest.mark.sqlite_only
def test_alive_even_where_the_database_is_gone(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    settings = app.extensions["settings"]
    gone = create_app(make_settings(f"sqlite:///{settings.instance_dir}/no-folder/db.sqlite3", settings.instance_dir))
    with caplog.at_level(logging.CRITICAL):
        assert gone.test_client().get("/healthz").status_code == 200
        assert gone.test_client().get("/readyz").status_code == 503


@pytest.mark.sqlite_only
def test_not_ready_while_nothing_can_be_written(app: Flask, client: PageClient) -> None:
    with db.engine.connect() as writer:
        writer.exec_driver_sql("SELECT 1")
        assert client.get("/readyz").status_code == 503
        writer.rollback()
    assert client.get("/readyz").status_code == 200
