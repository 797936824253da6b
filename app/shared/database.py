"""One code for two databases: how SQLite is opened, the column types, and reading outside a transaction."""

import fcntl
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any, ParamSpec

from flask import Flask, g, has_app_context, has_request_context, request
from sqlalchemy import Connection, DateTime, Engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeDecorator

from app.extensions import db
from app.shared.settings import settings

P = ParamSpec("P")
READ_ONLY_OPTION = "hocso_read_only"
PATIENCE = 15.0
"""Seconds that a writer waits for its turn on SQLite."""
LOOK_AGAIN = 0.0005
"""Seconds after which it looks again."""
_BUSY_TIMEOUT = f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}"
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    _BUSY_TIMEOUT,
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
    turn = threading.Lock()

    @event.listens_for(engine, "connect")
    def set_pragmas(dbapi_connection: Any, _record: Any) -> None:
        dbapi_connection.isolation_level = None
        for pragma in SQLITE_PRAGMAS:
            dbapi_connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READ_ONLY_OPTION):
            return
        if not _is_writing():
            connection.exec_driver_sql("BEGIN")
            return
        deadline = time.monotonic() + PATIENCE
        if "turn" not in connection.info and turn.acquire(timeout=PATIENCE):
            connection.info["turn"] = turn
        _begin_writing(connection.connection.driver_connection, deadline)

    @event.listens_for(engine, "checkin")
    def give_turn(_dbapi_connection: Any, record: Any) -> None:
        if held := record.info.pop("turn", None):
            held.release()


def _begin_writing(connection: Any, deadline: float) -> None:
    """BEGIN IMMEDIATE, looking often: SQLite's own waiting sleeps up to 100 ms, though a writer is done in two.

    Only one thread of a process looks at a time (its turn), or they would keep each other from finishing.

    Raises:
        sqlalchemy.exc.OperationalError: nobody let go in time.
    """
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise OperationalError("BEGIN IMMEDIATE", None, error) from error
                time.sleep(LOOK_AGAIN)
            else:
                return
    finally:
        connection.execute(_BUSY_TIMEOUT)


def only_reads() -> None:
    """Say of the present request that it stores nothing, though its method might: on SQLite it then keeps no writer
    waiting. Call it before the first query."""
    g.only_reads = True


@contextmanager
def reading_only() -> Iterator[None]:
    """What takes long before a request or a job writes: on SQLite no other writer waits for it. It begins and ends
    without a transaction, so what it read is read again by who acts on it."""
    db.session.rollback()
    before, g.only_reads = g.get("only_reads", False), True
    try:
        yield
    finally:
        db.session.rollback()
        g.only_reads = before


def _is_writing() -> bool:
    if has_app_context() and g.get("only_reads"):
        return False
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


def writer() -> Connection:
    """The connection of the request's transaction, once everything pending in the session has been written.

    For statements of hot paths: they are built once and run without the session's own machinery.
    """
    db.session.flush()
    return db.session.connection()


def built_once(build: Callable[P, Any]) -> Callable[P, Any]:
    """Build a statement once for its arguments and the database in use: building costs more than running it."""
    for_dialect: Callable[..., Any] = cache(lambda _dialect, *args, **kwargs: build(*args, **kwargs))

    @wraps(build)
    def statement(*args: P.args, **kwargs: P.kwargs) -> Any:
        return for_dialect(db.engine.dialect.name, *args, **kwargs)

    return statement


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let no two processes of this installation be in the work of that name at once: whoever comes second waits."""
    if db.engine.dialect.name == "postgresql":
        key = zlib.crc32(name.encode())
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(select(func.pg_advisory_lock(key)))
            try:
                yield
            finally:
                connection.execute(select(func.pg_advisory_unlock(key)))
    else:
        with (settings().instance_dir / f"{name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def upsert(table: Any) -> Any:
    """An INSERT that can say ON CONFLICT on the database in use (both dialects spell it alike)."""
    module = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return module.insert(table)
