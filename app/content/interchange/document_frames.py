"""Tables that are only frames around words: those of one column. Their words are taken out of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.content.interchange.html_tokens import Tag, Words

_PARTS = frozenset({"table", "tr", "td", "th", "thead", "tbody", "tfoot"})
DEEPEST = 50


@dataclass(slots=True)
class _Table:
    marks: list[int] = field(default_factory=list)
    """Where its own tags stand."""
    cells: int = 0
    most: int = 0


def without_frames(tokens: Iterable[Tag | Words]) -> list[Tag | Words]:
    """The same without the tags of tables that never have two cells in a row."""
    kept: list[Tag | Words] = []
    open_tables: list[_Table] = []
    frames: set[int] = set()
    for token in tokens:
        kept.append(token)
        if isinstance(token, Words) or token.name not in _PARTS:
            continue
        if token.name == "table" and not token.is_end and len(open_tables) < DEEPEST:
            open_tables.append(_Table())
        if not open_tables:
            continue
        table = open_tables[-1]
        table.marks.append(len(kept) - 1)
        if token.name == "tr":
            table.cells = 0
        elif token.name in ("td", "th") and not token.is_end:
            table.cells += 1
            table.most = max(table.most, table.cells)
        elif token.name == "table" and token.is_end:
            frames.update(open_tables.pop().marks if table.most < 2 else ())
    return [Tag("div", is_end=True) if at in frames else token for at, token in enumerate(kept)]
