"""Writing the rows of a backup into empty tables, the fast way of each database."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection, Table, column, insert, update
from sqlalchemy import table as light_table

from app.operations.archive import Row, TableShape

ROWS_AT_ONCE = 2000


class Filler:
    """Fills the tables of one empty database within the connection's transaction.

    Tables come with those first that others refer to. What closes a circle between two tables (`use_alter`) is held
    back until `finish`; rows that refer to their own table may come in any order.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_postgresql = connection.dialect.name == "postgresql"
        self._held_back: list[tuple[Table, dict[str, object], dict[str, object]]] = []
        if not self._is_postgresql:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

    def fill(self, table: Table, shape: TableShape, rows: Iterable[Row]) -> None:
        """Insert all rows of one table."""
        circular = {c.name for c in table.columns for key in c.foreign_keys if key.use_alter}
        rows_now = self._hold_back(table, shape, circular, rows) if circular else rows
        if self._is_postgresql:
            self._copy(shape, rows_now)
        else:
            self._insert(shape, rows_now)

    def finish(self) -> None:
        """Fill in what was held back."""
        for table, key, values in self._held_back:
            self._connection.execute(
                update(table).where(*(table.c[name] == value for name, value in key.items())).values(values)
            )

    def _hold_back(self, table: Table, shape: TableShape, circular: set[str], rows: Iterable[Row]) -> Iterator[Row]:
        names = [name for name, _ in shape.columns]
        for row in rows:
            fields = dict(zip(names, row, strict=True))
            key = {column.name: fields[column.name] for column in table.primary_key}
            self._held_back.append((table, key, {name: fields[name] for name in circular}))
            yield tuple(None if name in circular else fields[name] for name in names)

    def _copy(self, shape: TableShape, rows: Iterable[Row]) -> None:
        quote = self._connection.dialect.identifier_preparer.quote
        names = ", ".join(quote(name) for name, _ in shape.columns)
        cursor = self._connection.connection.cursor()
        with cursor.copy(f"COPY {quote(shape.name)} ({names}) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)

    def _insert(self, shape: TableShape, rows: Iterable[Row]) -> None:
        names = [name for name, _ in shape.columns]
        columns = (column(name, kind.stored_as()) for name, kind in zip(names, shape.kinds(), strict=True))
        statement = insert(light_table(shape.name, *columns))
        remaining = iter(rows)
        while batch := list(islice(remaining, ROWS_AT_ONCE)):
            self._connection.execute(statement, [dict(zip(names, row, strict=True)) for row in batch])
