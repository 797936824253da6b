"""One unmoving view of the whole database while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, select

from app.extensions import db
from app.operations.archive import Row, readable
from app.shared.database import READ_ONLY_OPTION

ROWS_AT_ONCE = 2000


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection whose every SELECT sees the same moment.

    PostgreSQL: REPEATABLE READ, READ ONLY. SQLite: a reading transaction, which in WAL mode neither waits for
    writers nor holds them up.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            yield connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        else:
            connection.execution_options(**{READ_ONLY_OPTION: True}).exec_driver_sql("BEGIN")
            yield connection
            connection.rollback()


def our_tables() -> list[Table]:
    """Every table of ours, those that others refer to first."""
    return list(db.metadata.sorted_tables)


def rows_of(connection: Connection, table: Table) -> Iterator[Row]:
    """All rows of a table, a few thousand in memory at a time."""
    query = select(*(readable(column) for column in table.columns)).execution_options(yield_per=ROWS_AT_ONCE)
    for row in connection.execute(query):
        yield tuple(row)


def migration_of(connection: Connection) -> str:
    """The revision of the schema, "" for a database without any."""
    return MigrationContext.configure(connection).get_current_revision() or ""
