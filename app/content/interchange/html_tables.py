"""The rows of one table, while it is read, and as Markdown."""

from dataclasses import dataclass, field

from app.content.interchange.markdown_words import escaped_line

MAXIMUM_COLUMNS = 30
_OPEN = "\0"
"""Stands for the cell whose words are still coming."""


@dataclass
class Table:
    rows: list[list[str]] = field(default_factory=list)
    depth: int = 1
    """Tables in tables become words of their cell."""

    def row_begins(self) -> None:
        self.rows.append([])

    def cell_begins(self, span: str) -> None:
        if not self.rows:
            self.rows.append([])
        width = max(1, min(int(span), MAXIMUM_COLUMNS)) if span.isdecimal() and len(span) < 4 else 1
        self.rows[-1].extend([_OPEN, *[""] * (width - 1)])

    def cell_ends(self, lines: list[str]) -> None:
        words = " ".join(lines).replace("|", "\\|")
        if not self.rows:
            if words:
                self.rows.append([words])
            return
        row = self.rows[-1]
        if _OPEN in row:
            row[row.index(_OPEN)] = words
        elif words:
            row.append(words)
        if len(row) > MAXIMUM_COLUMNS:
            row[MAXIMUM_COLUMNS - 1 :] = [" ".join(cell for cell in row[MAXIMUM_COLUMNS - 1 :] if cell)]

    def blocks(self) -> list[list[str]]:
        """The lines of the table; a table of one column is only there for the layout and gives its cells."""
        rows = [row for row in self.rows if any(row)]
        width = max((len(row) for row in rows), default=0)
        if width < 2:
            return [[escaped_line(cell.replace("\\|", "|"))] for (cell,) in rows]
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        return [[lines[0], "|" + " --- |" * width, *lines[1:]]]
