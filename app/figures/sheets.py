"""A table of figures as text, CSV or a workbook. Numbers stay numbers; no cell can act as a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from app.shared.vietnamese import number

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST_COLUMN = 48
BYTE_ORDER_MARK = "\ufeff"
Value = str | int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with one head line, and the notes that say what its figures mean."""

    name: str
    """At most 31 characters."""
    heads: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    notes_name: str
    notes: tuple[str, ...]


def to_text(sheet: Sheet) -> str:
    """Columns for a terminal, figures to the right."""
    lines = [sheet.heads, *(tuple(_text(value) for value in row) for row in sheet.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(sheet.heads))]
    is_figure = [isinstance(value, int) for value in (sheet.rows[0] if sheet.rows else sheet.heads)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if figure else cell.ljust(width)
            for cell, width, figure in zip(line, widths, is_figure, strict=True)
        ).rstrip()
        for line in lines
    )


def to_csv(sheet: Sheet) -> bytes:
    """RFC 4180 in UTF-8 with a mark, so that Excel reads Vietnamese. A ' stands before text that could be a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([_inert(head) for head in sheet.heads])
    writer.writerows([_inert(value) for value in row] for row in sheet.rows)
    return (BYTE_ORDER_MARK + target.getvalue()).encode("utf-8")


def to_xlsx(sheet: Sheet) -> bytes:
    """A workbook: the table with its head line frozen, and the notes on a sheet of their own."""
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(target, plain) as book:
        bold, figure = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
        table = book.add_worksheet(sheet.name)
        table.freeze_panes(1, 0)
        for column, head in enumerate(sheet.heads):
            table.write_string(0, column, head, bold)
            table.set_column(column, column, _width(sheet, column))
        for line, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    table.write_number(line, column, value, figure)
                else:
                    table.write_string(line, column, value)
        notes = book.add_worksheet(sheet.notes_name)
        notes.set_column(0, 0, 2 * WIDEST_COLUMN)
        for line, note in enumerate(sheet.notes):
            notes.write_string(line, 0, note)
    return target.getvalue()


def _text(value: Value) -> str:
    return number(value) if isinstance(value, int) else value


def _inert(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(_text(row[column])) for row in sheet.rows), default=0)
    return min(max(longest, len(sheet.heads[column]) // 2, 8) + 2, WIDEST_COLUMN)
