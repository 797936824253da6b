"""One code for two databases: how SQLite is opened, the column types, and reading outside a transaction."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask, g, has_request_context, request
from sqlalchemy import Connection, DateTime, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.extensions import db

READ_ONLY_OPTION = "hocso_read_only"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16000",
    "PRAGMA temp_store=MEMORY",
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC, whichever database keeps it (SQLite forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo:
            return value
        return value.replace(tzinfo=UTC)


def init_app(app: Flask) -> None:
    """Prepare the engine of this app; sessions read their rows in one connection a request."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)
    app.teardown_appcontext(_close_reader)


def prepare_sqlite(engine: Engine) -> None:
    """WAL, full durability, and transactions begun by us: IMMEDIATE, so that a writer waits instead of failing."""

    @event.listens_for(engine, "connect")
    def set_pragmas(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            dbapi_connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READ_ONLY_OPTION):
            return
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing() else "BEGIN")


def _is_writing() -> bool:
    return not has_request_context() or request.method not in {"GET", "HEAD", "OPTIONS"}


def reader() -> Connection:
    """A connection for reads that need no transaction, one for the whole request.

    On PostgreSQL it is in AUTOCOMMIT, which spares the round trips of BEGIN and ROLLBACK.
    """
    if "reader" not in g:
        connection = db.engine.connect()
        if connection.dialect.name == "postgresql":
            g.reader = connection.execution_options(isolation_level="AUTOCOMMIT")
        else:
            g.reader = connection.execution_options(**{READ_ONLY_OPTION: True})
    return g.reader  # type: ignore[no-any-return]


def close_reader() -> None:
    """Give the reader back early: before a write on SQLite, so that one thread holds one connection."""
    connection = g.pop("reader", None)
    if connection is not None:
        connection.close()


def _close_reader(_error: BaseException | None) -> None:
    close_reader()


def upsert(table: Any) -> Any:
    """An INSERT that can say ON CONFLICT on the database in use (both dialects spell it alike)."""
    module = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return module.insert(table)
