"""Rows in every table of ours, made from the models alone: a new table is covered without anybody thinking of it."""

import secrets
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    insert,
    select,
)

from app.extensions import db
from app.shared.database import UtcDateTime
from app.shared.ids import new_id

ROWS = 3
AWKWARD = 'Đặng Thị "Hồng" \\N\t\n\\. 𝔘 \u0110\u0301 {,}'
DOCUMENTS: tuple[Any, ...] = (None, {"khóa": [1, 2.5, None, True]}, [AWKWARD])
SAMPLES: tuple[tuple[type, tuple[Any, ...]], ...] = (
    (
        UtcDateTime,
        (
            datetime(2026, 11, 21, 23, 59, 59, 999999, UTC),
            datetime(2024, 2, 29, tzinfo=UTC),
            datetime(1999, 12, 31, 17, tzinfo=UTC),
        ),
    ),
    (Boolean, (True, False)),
    (Date, (date(2025, 7, 1), date(1930, 2, 3), date(2024, 2, 29))),
    (JSON, DOCUMENTS),
    (LargeBinary, (bytes(range(256)), b"", b"\x00\xff")),
    (Float, (0.1 + 0.2, -1e-9, 1e15)),
    (Integer, (0, 2026, -7)),
)


def fill_every_table(connection: Connection) -> None:
    """Put a few rows into every table but those of the places, whatever their columns."""
    for table in db.metadata.sorted_tables:
        if not table.name.startswith("place"):
            for number in range(ROWS):
                connection.execute(insert(table), make_row(connection, table, number))


def make_row(connection: Connection, table: Table, number: int) -> dict[str, Any]:
    """A row that the table takes; every nullable column is NULL in one of its rows and filled in another."""
    row_id = new_id()
    row: dict[str, Any] = {}
    for position, column in enumerate(table.columns):
        if column.nullable and (number + position) % ROWS == 0:
            continue
        row[column.name] = make_value(connection, table, column, number, row_id)
    return row


def make_value(connection: Connection, table: Table, column: Column[Any], number: int, row_id: UUID) -> Any:
    for key in column.foreign_keys:
        if key.use_alter:
            return None
        if key.column.table is table:
            return row_id
        known = connection.execute(select(key.column).limit(ROWS)).scalars().all()
        return known[number % len(known)]
    if isinstance(column.type, Uuid):
        return row_id if column.primary_key else new_id()
    if isinstance(column.type, String):
        return make_text(column.type.length, number)
    return next(values[number % len(values)] for known, values in SAMPLES if isinstance(column.type, known))


def make_text(length: int | None, number: int) -> str:
    """Unlike any other; with everything in it that a file format may stumble over, where there is room."""
    token = secrets.token_hex(8)
    text = f"{token} {AWKWARD}" if number else token
    return text[:length] if length is None or length >= len(token) else f"{number}{token}"[:length]


def all_rows(connection: Connection) -> dict[str, list[str]]:
    """Every row of every table of ours, comparable between databases, in an order of its own."""
    return {
        table.name: sorted(repr([str(value) for value in row]) for row in connection.execute(table.select()))
        for table in db.metadata.sorted_tables
    }
