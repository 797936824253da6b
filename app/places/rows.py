"""What reading and writing places share: which connection, the condition "valid today", inserts in bulk."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, and_, or_

from app.extensions import db
from app.shared.clock import today
from app.shared.database import reader, upsert

ROWS_AT_ONCE = 1000


def connection() -> Connection:
    """The running transaction, which sees its own rows, or else the reader."""
    session = db.session()
    return session.connection() if session.in_transaction() else reader()


def is_valid(table: Any) -> Any:
    """The condition that a place is valid today."""
    day = today()
    return and_(
        or_(table.c.valid_to.is_(None), table.c.valid_to >= day),
        or_(table.c.valid_from.is_(None), table.c.valid_from <= day),
    )


def insert_missing(model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert in bulk; a row that is there already stays as it is."""
    statement = upsert(model.__table__).on_conflict_do_nothing()
    for part in in_parts(rows):
        db.session.execute(statement, part)


def in_parts(rows: list[Any]) -> Iterator[list[Any]]:
    """The rows in lists that one statement can take."""
    iterator = iter(rows)
    while part := list(islice(iterator, ROWS_AT_ONCE)):
        yield part
