"""Whether this node can serve people: the database answers, has our schema, and takes writes."""

import shutil
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.extensions import db
from app.operations.snapshot import migration_of
from app.shared.database import READ_ONLY_OPTION
from app.shared.settings import settings

LOCK_WAIT_MILLISECONDS = 3000
FREE_BYTES_NEEDED = 50 * 1024 * 1024


def why_not_ready() -> str | None:
    """The first thing that is wrong, in words for the log, or None."""
    try:
        with db.engine.connect() as connection:
            return _why_not_ready(connection.execution_options(**{READ_ONLY_OPTION: True}))
    except DBAPIError as error:
        return f"the database does not answer or takes no writes: {error.orig}"


def _why_not_ready(connection: Connection) -> str | None:
    present, wanted = migration_of(connection), newest_migration(settings().migrations_dir)
    if present != wanted:
        return f"the database has schema {present or 'none'}, this program needs {wanted}: run 'flask db upgrade'"
    if connection.dialect.name == "sqlite":
        return _why_sqlite_takes_no_writes(connection)
    return _why_postgresql_takes_no_writes(connection)


@cache
def newest_migration(folder: Path) -> str:
    """The revision that the program needs."""
    return ScriptDirectory(str(folder)).get_current_head() or ""


def _why_sqlite_takes_no_writes(connection: Connection) -> str | None:
    free = shutil.disk_usage(settings().instance_dir).free
    if free < FREE_BYTES_NEEDED:
        return f"only {free // 2**20} MB are free in {settings().instance_dir}"
    connection.rollback()
    usual_wait = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={LOCK_WAIT_MILLISECONDS}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.rollback()
        connection.exec_driver_sql(f"PRAGMA busy_timeout={usual_wait}")
    return None


def _why_postgresql_takes_no_writes(connection: Connection) -> str | None:
    is_read_only = connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on"
    return "the database is a standby or set to read only" if is_read_only else None
