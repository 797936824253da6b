"""The rows of one table, while it is read, and as Markdown.

Markdown has no merged cells: the words of a cell that reaches down stand again in each of its rows, so that a row can
be read alone; one that reaches to the right has empty cells behind it.
"""

import re
from dataclasses import dataclass, field

from app.content.interchange.markdown_words import escaped_line

MAXIMUM_COLUMNS = 30
_BOLD = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\*")
_OPEN = "\0"
"""Stands for the cell whose words are still coming."""


@dataclass(frozen=True, slots=True)
class _Hanging:
    """Words of a cell above, and the rows that it reaches down to."""

    first: int
    last: int
    words: str


@dataclass
class Table:
    rows: list[list[str]] = field(default_factory=list)
    depth: int = 1
    """Tables in tables become words of their cell."""
    has_merged: bool = False
    """Whether a cell reached over several rows or columns."""
    hanging: dict[int, _Hanging] = field(default_factory=dict)
    """By column."""
    down: int = 1
    """Rows of the cell that is open."""

    def row_begins(self) -> None:
        self._fill()
        self.rows.append([])

    def cell_begins(self, span: str, down: str = "1") -> None:
        if not self.rows:
            self.rows.append([])
        self._fill()
        width = min(_count(span), MAXIMUM_COLUMNS)
        self.down = _count(down)
        self.has_merged |= width > 1 or self.down > 1
        self.rows[-1].extend([_OPEN, *[""] * (width - 1)])

    def cell_ends(self, lines: list[str]) -> None:
        words = " ".join(lines).replace("|", "\\|")
        if not self.rows:
            if words:
                self.rows.append([words])
            return
        row = self.rows[-1]
        if _OPEN in row:
            self._close(row, row.index(_OPEN), words)
        elif words:
            row.append(words)
        if len(row) > MAXIMUM_COLUMNS:
            row[MAXIMUM_COLUMNS - 1 :] = [" ".join(cell for cell in row[MAXIMUM_COLUMNS - 1 :] if cell)]

    def _close(self, row: list[str], column: int, words: str) -> None:
        row[column] = words
        here = len(self.rows)
        if self.down > 1:
            for at in range(column, len(row)):
                self.hanging[at] = _Hanging(here, here + self.down - 2, words if at == column else "")

    def _fill(self) -> None:
        """Cells of the present row that hang down from rows above, as far as they come next."""
        row, here = self.rows[-1] if self.rows else [], len(self.rows) - 1
        while (above := self.hanging.get(len(row))) is not None and above.first <= here <= above.last:
            row.append(above.words)

    def blocks(self) -> list[list[str]]:
        """The lines of the table; a table of one column is only there for the layout and gives its cells."""
        self._fill()
        rows = [row for row in self.rows if any(row)]
        width = max((len(row) for row in rows), default=0)
        if width < 2:
            return [[escaped_line(cell.replace("\\|", "|"))] for (cell,) in rows]
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        lines[0] = f"| {' | '.join(map(_plain_head, rows[0] + [''] * (width - len(rows[0]))))} |"
        return [[lines[0], "|" + " --- |" * width, *lines[1:]]]


def _plain_head(cell: str) -> str:
    """Heads of columns are shown bold anyway."""
    bold = _BOLD.fullmatch(cell)
    return bold[1] if bold else cell


def _count(said: str) -> int:
    return max(1, int(said)) if said.isdecimal() and len(said) < 4 else 1
