"""The logical form of a backup: lines of JSON that say what the rows are, whichever database keeps them.

One header line, then for each table a line with its name and one line for each row, at the end the numbers of rows.
Values travel by kind (uuid, moment, json …), not by what a database happens to store, so a backup of SQLite can be
restored on PostgreSQL and the other way round. Knows nothing of files, keys and Flask.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, String, Table, Text, Uuid, cast
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from app.shared.database import UtcDateTime

FORMAT = 1
Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


class ArchiveUnreadable(ValueError):
    """The lines are not a backup of this format; the message says why, in words for an operator."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of value is written into JSON and read back, and how a database keeps it."""

    name: str
    types: tuple[type[TypeEngine[Any]], ...]
    stored_as: type[TypeEngine[Any]]
    write: Convert | None = None
    read: Convert | None = None


def _bytes_to_text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


KINDS = (
    Kind("moment", (UtcDateTime,), UtcDateTime, datetime.isoformat, datetime.fromisoformat),
    Kind("uuid", (Uuid,), Uuid, str, UUID),
    Kind("boolean", (Boolean,), Boolean),
    Kind("date", (Date,), Date, date.isoformat, date.fromisoformat),
    Kind("json", (JSON,), Text),  # as text, for the database's own JSON null is not SQL's NULL
    Kind("bytes", (LargeBinary,), LargeBinary, _bytes_to_text, base64.b64decode),
    Kind("integer", (Integer,), Integer),
    Kind("float", (Float,), Float),
    Kind("text", (String,), Text),
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(column: Column[Any]) -> Kind:
    """The kind of a column.

    Raises:
        TypeError: a model uses a type for which there is no kind yet.
    """
    for kind in KINDS:
        if isinstance(column.type, kind.types):
            return kind
    raise TypeError(f"{column} has a type that backups do not know: {column.type!r}")


def readable(column: Column[Any]) -> ColumnElement[Any]:
    """The column as a SELECT must name it, so that its values are those of its kind."""
    return cast(column, Text).label(column.name) if kind_of(column).name == "json" else column


@dataclass(frozen=True, slots=True)
class TableShape:
    """Name of a table, and its columns as (name, kind)."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, table: Table) -> "TableShape":
        return cls(table.name, tuple((column.name, kind_of(column).name) for column in table.columns))

    def kinds(self) -> list[Kind]:
        return [_BY_NAME[kind] for _, kind in self.columns]


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says about itself before its rows."""

    made_at: datetime
    migration: str
    """Revision of the schema."""
    erasures: int
    """Lines that the erasure list had when the backup was made."""
    erasures_digest: str
    """SHA-256 of those lines."""
    secrets: dict[str, str]
    """Name of each secret → a fingerprint that does not tell it."""
    tables: tuple[TableShape, ...]
    format: int = FORMAT

    def to_line(self) -> bytes:
        return _to_line({**asdict(self), "made_at": self.made_at.isoformat()})

    @classmethod
    def from_line(cls, line: bytes) -> "Header":
        """Raises ArchiveUnreadable for another format than ours."""
        fields = json.loads(line)
        if not isinstance(fields, dict) or fields.get("format") != FORMAT:
            raise ArchiveUnreadable("this backup was made by a newer version of Học Số")
        tables = tuple(
            TableShape(shape["name"], tuple((name, kind) for name, kind in shape["columns"]))
            for shape in fields["tables"]
        )
        return cls(**{**fields, "made_at": datetime.fromisoformat(fields["made_at"]), "tables": tables})


def _to_line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def table_lines(shape: TableShape, rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines of one table: its name, then its rows."""
    yield _to_line(shape.name)
    writers = [kind.write for kind in shape.kinds()]
    for row in rows:
        yield _to_line(_convert(row, writers))


def end_line(counts: dict[str, int]) -> bytes:
    """The last line: how many rows each table had."""
    return _to_line({"rows": counts})


def _convert(row: Iterable[Any], converters: list[Convert | None]) -> list[Any]:
    return [
        convert(value) if convert is not None and value is not None else value
        for value, convert in zip(row, converters, strict=True)
    ]


class ArchiveReader:
    """Reads the lines of a backup in order: `header`, then `tables()`, which ends only after the count was right."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.header = Header.from_line(next(self._lines, b"null"))
        self.counts: dict[str, int] = {}
        self._upcoming: Any = None

    def tables(self) -> Iterator[tuple[TableShape, Iterator[Row]]]:
        """Each table with its rows, which must be read before the next table.

        Raises:
            ArchiveUnreadable: tables or rows are missing, or there are more than the backup says.
        """
        for shape in self.header.tables:
            if self._take() != shape.name:
                raise ArchiveUnreadable(f"table {shape.name} is missing from the backup")
            yield shape, self._rows(shape)
        if self._take() != {"rows": self.counts}:
            raise ArchiveUnreadable("the backup does not hold as many rows as it says")

    def _rows(self, shape: TableShape) -> Iterator[Row]:
        readers = [kind.read for kind in shape.kinds()]
        count = 0
        while isinstance(value := self._next_value(), list):
            count += 1
            yield tuple(_convert(value, readers))
        self.counts[shape.name] = count
        self._upcoming = value

    def _take(self) -> Any:
        """The line that ended the rows before, else the next one."""
        value, self._upcoming = self._upcoming, None
        return self._next_value() if value is None else value

    def _next_value(self) -> Any:
        line = next(self._lines, None)
        if line is None:
            raise ArchiveUnreadable("the backup ends too early")
        return json.loads(line)
