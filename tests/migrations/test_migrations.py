"""The chain of migrations: complete, reversible, harmless to what is not ours, safe when nodes start together."""

import re
import subprocess
import sys
from uuid import UUID

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, Engine, Uuid, column, insert, inspect, text
from sqlalchemy import table as columns_of

from app.config import ROOT
from app.extensions import db
from tests.every_table import ROWS, all_rows, fill_every_table, make_row

MIGRATIONS = ROOT / "migrations"
NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.py")


@pytest.fixture
def engine(app: Flask) -> Engine:
    return db.engine


def upgrade(revision: str = "head") -> None:
    flask_migrate.upgrade(directory=str(MIGRATIONS), revision=revision)


def downgrade(revision: str) -> None:
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision=revision)


def our_tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) & set(db.metadata.tables)


def chain() -> list[str]:
    """The revisions, oldest first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def fill(connection: Connection) -> None:
    """A few rows in every table of ours, places first."""
    for table in db.metadata.sorted_tables:
        if table.name.startswith("place"):
            for number in range(ROWS):
                connection.execute(insert(table), make_row(connection, table, number))
    fill_every_table(connection)


def test_migrations_are_one_chain_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name for name in names if not NAME.fullmatch(name)] == []
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
    assert chain() == [name[:4] for name in names]


def test_upgrade_from_empty_gives_the_tables_of_the_models(engine: Engine) -> None:
    upgrade()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_upgrade_twice_changes_nothing(engine: Engine) -> None:
    upgrade()
    upgrade()
    assert our_tables(engine) == set(db.metadata.tables)


def test_down_to_nothing_and_up_again(engine: Engine) -> None:
    upgrade()
    downgrade("base")
    assert our_tables(engine) == set()
    upgrade()
    assert our_tables(engine) == set(db.metadata.tables)


def test_every_step_down_and_up_works_with_rows_in_every_table(engine: Engine) -> None:
    upgrade()
    with engine.begin() as connection:
        fill(connection)
    for revision in reversed(chain()):
        downgrade(f"{revision}-1" if revision != chain()[0] else "base")
        upgrade()
    assert our_tables(engine) == set(db.metadata.tables)


def test_last_step_down_and_up_keeps_the_rows_that_it_does_not_create(engine: Engine) -> None:
    revisions = chain()
    if len(revisions) < 2:
        pytest.skip("there is only one migration")
    upgrade(revisions[-2])
    known = our_tables(engine)
    upgrade()
    with engine.begin() as connection:
        fill(connection)
        before = all_rows(connection)
    downgrade("-1")
    upgrade()
    with engine.connect() as connection:
        after = all_rows(connection)
    assert {name: len(after[name]) for name in known} == {name: len(before[name]) for name in known}


def test_table_that_is_not_ours_is_never_touched(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE map_layer (id INTEGER PRIMARY KEY, name VARCHAR(20))"))
        connection.execute(text("INSERT INTO map_layer VALUES (1, 'song')"))
    upgrade()
    downgrade("base")
    upgrade()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, name FROM map_layer")).all() == [(1, "song")]


def test_autogenerate_never_proposes_to_drop_a_table_that_is_not_ours(app: Flask, engine: Engine) -> None:
    upgrade()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE map_layer (id INTEGER PRIMARY KEY, name VARCHAR(20))"))
        connection.execute(text("CREATE INDEX ix_map_layer_name ON map_layer (name)"))
    flask_migrate.check(directory=str(MIGRATIONS))


def test_two_nodes_may_upgrade_at_once(app: Flask, engine: Engine) -> None:
    settings = app.extensions["settings"]
    environment = {
        "SECRET_KEY": settings.secret_key,
        "PIN_PEPPER": settings.pin_pepper,
        "DATABASE_URL": settings.database_url,
        "INSTANCE_DIR": str(settings.instance_dir),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    options = {"cwd": ROOT, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    nodes = [subprocess.Popen(command, **options) for _ in range(3)]  # type: ignore[call-overload]
    said = [node.communicate(timeout=120)[0].decode() for node in nodes]
    assert [node.returncode for node in nodes] == [0, 0, 0], "\n".join(said)
    assert our_tables(engine) == set(db.metadata.tables)


def test_courses_that_were_there_get_numbers_in_their_order(engine: Engine) -> None:
    upgrade("0004")
    course = columns_of("course", column("id", Uuid()), column("key"), column("slug"), column("position"))
    with engine.begin() as connection:
        for number, position in enumerate((3, 1, 1, 2), start=1):
            name = f"khoa-{number}"
            connection.execute(insert(course).values(id=UUID(int=number), key=name, slug=name, position=position))
    for _ in range(2):
        upgrade()
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT key, number, place_id FROM course ORDER BY number")).all()
        assert rows == [("khoa-2", 1, None), ("khoa-3", 2, None), ("khoa-4", 3, None), ("khoa-1", 4, None)]
        downgrade("0004")
