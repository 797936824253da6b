"""A whole quiz file → its parts, each with the exact lines in which its author wrote it.

For who edits a quiz piece by piece: a part that nobody touched goes back into the file letter by letter, and what
cannot be read as a question stays text. Front matter and parts together are the file, so nothing is ever lost.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.content.compile.faults import Fault, Faults
from app.content.compile.fields import Fields, read_front_matter
from app.content.compile.question_read import PlacedQuestion, Places, read_question
from app.content.compile.quiz_file import read_pool
from app.content.compile.scan import Line, scan_lines
from app.content.quiz_source.model import SourcePool, SourceQuestion

MOST_PARTS = 400
"""Twice as many as a quiz may have questions; what stands behind them is one last part."""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A question, the heading of a pool, or text that is neither."""

    text: str
    """Its lines, up to the next part."""
    line: int
    """Where it begins in the file, from 1."""
    question: SourceQuestion | None = None
    """As far as it could be read without losing a word; what is still missing in it are `faults`."""
    places: Places | None = None
    """Where in the file the parts of the question stand."""
    pool: SourcePool | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class QuizSource:
    front: str
    """The front matter and the blank lines behind it."""
    fields: Fields
    parts: tuple[SourcePart, ...]
    faults: tuple[Fault, ...]
    """Of the front matter and of all parts."""

    @property
    def questions(self) -> tuple[SourceQuestion, ...]:
        return tuple(part.question for part in self.parts if part.question)

    @property
    def pools(self) -> tuple[SourcePool, ...]:
        return tuple(part.pool for part in self.parts if part.pool)


@dataclass
class _Piece:
    """Lines that belong together, before they are read."""

    kind: str
    """question, pool or text."""
    lines: list[Line] = field(default_factory=list)

    @property
    def lines_from_to(self) -> tuple[int, int]:
        """Its first line and the one behind its last."""
        return self.lines[0].number, self.lines[-1].number + 1


def read_quiz_source(text: str, file: str = "") -> QuizSource:
    """Read a quiz file in its normal form. The front and the texts of the parts, one after the other, are `text`."""
    faults = Faults()
    fields, body, first_line = read_front_matter(text, faults.of(file))
    lines = scan_lines(body, first_line, faults.of(file))
    blank = next((place for place, line in enumerate(lines) if not line.is_blank), len(lines))
    before = text.split("\n")[: first_line - 1 + blank]
    front = text if blank == len(lines) else "".join(f"{line}\n" for line in before)
    parts: list[SourcePart] = []
    pool, told = "", sorted(faults.all)
    for piece in _pieces(lines[blank:]):
        first, behind = (bisect_left(told, line, key=lambda fault: fault.line) for line in piece.lines_from_to)
        parts.append(_part(piece, pool, told[first:behind], file))
        faults.all += parts[-1].faults[behind - first :]
        pool = parts[-1].pool.name if parts[-1].pool else pool
    if parts:
        parts[-1] = replace(parts[-1], text=parts[-1].text[:-1])
    return QuizSource(front, fields, tuple(parts), tuple(faults.all))


def _pieces(lines: list[Line]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for line in lines:
        level = (line.heading() or (0, ""))[0]
        if level in (1, 2) and len(pieces) < MOST_PARTS:
            is_rest = len(pieces) == MOST_PARTS - 1
            pieces.append(_Piece("text" if is_rest else "pool" if level == 1 else "question"))
        elif not pieces or (pieces[-1].kind == "pool" and not line.is_blank):
            pieces.append(_Piece("text"))
        pieces[-1].lines.append(line)
    return pieces


def _part(piece: _Piece, pool: str, faults: Sequence[Fault], file: str) -> SourcePart:
    """`faults` are those that were told of its lines before; its own stand behind them."""
    lines = piece.lines
    number = lines[0].number
    words = (lines[0].heading() or (0, ""))[1]
    placed: PlacedQuestion | None = None
    # Below a fence that was left open all is code: nobody knows what was meant.
    is_open = any(lines[fault.line - number].is_code for fault in faults)
    lost, missing = Faults(), Faults()
    if piece.kind == "question" and not is_open:
        placed = read_question(lines[0], words, pool, lines[1:], lost.of(file), missing=missing.of(file))
    return SourcePart(
        text="".join(f"{line.text}\n" for line in lines),
        line=number,
        question=placed.source if placed else None,
        places=placed.places if placed else None,
        pool=read_pool(words, number) if piece.kind == "pool" else None,
        faults=(*faults, *lost.all, *missing.all),
    )
