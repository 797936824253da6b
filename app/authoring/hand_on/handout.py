"""The one-page handout: which boxes of the lessons fit. Pure but for the words of the course.

What fits is reckoned, not tried: letters are taken wider and lines higher than any usual system font has them, so that
the page is one page on every machine (a test prints it).
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from app.authoring.hand_on.lesson_parts import Box, Line
from app.authoring.hand_on.material import Material

PRIORITY = ("remember", "steps", "warn")
"""What to remember comes before steps, steps before warnings."""
PAGE_MM = 257.0
"""Height of A4 between margins of 18 mm, but for the space below the title."""
LINE_MM = 7.7
"""A line of 16 pt."""
LETTERS_PER_LINE = 55
TITLE_LINE_MM, TITLE_LETTERS_PER_LINE = 10.8, 32
BOX_FRAME_MM = 6.5
"""Above and below the words of a box, the space to the next included."""
FOOT_MM = 56.0
"""QR, address, code, where help is."""
MOST_TITLES = 12
LONGEST_SHARE = 0.6
"""Of the page's boxes, that one box may fill."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with the lesson it comes from."""

    lesson: str
    number: int
    box: Box


@dataclass(frozen=True, slots=True)
class Handout:
    boxes: tuple[Placed, ...]
    """In the order of the lessons."""
    left_out: tuple[Placed, ...]
    titles: tuple[str, ...]
    """Of the lessons, where the course has no boxes to print."""


def make_handout(material: Material) -> Handout:
    found = [
        Placed(taught.item.title, number, box)
        for number, taught in enumerate(material.items, start=1)
        for box in taught.parts.boxes
        if box.kind in PRIORITY
    ]
    chosen = choose(found, room_for(material.version.title))
    titles = () if chosen else tuple(taught.item.title for taught in material.items)[:MOST_TITLES]
    return Handout(
        boxes=tuple(placed for index, placed in enumerate(found) if index in chosen),
        left_out=tuple(placed for index, placed in enumerate(found) if index not in chosen),
        titles=titles,
    )


def room_for(title: str) -> float:
    """Millimetres that boxes may take below this title."""
    return PAGE_MM - FOOT_MM - TITLE_LINE_MM * lines_of(title, TITLE_LETTERS_PER_LINE)


def choose(found: Sequence[Placed], room: float) -> set[int]:
    """Which of them are printed: by their kind, then in the order of the lessons, each if it still fits."""
    order = sorted(range(len(found)), key=lambda index: (PRIORITY.index(found[index].box.kind), index))
    chosen: set[int] = set()
    longest, left = room * LONGEST_SHARE, room
    for index in order:
        height = height_of(found[index].box)
        if height <= min(left, longest):
            chosen.add(index)
            left -= height
    return chosen


def height_of(box: Box) -> float:
    first, *rest = box.lines
    labelled = lines_of(first.text, LETTERS_PER_LINE, before=0 if _is_list(first) else len(box.label) + 2)
    lines = labelled + sum(lines_of(line.text, LETTERS_PER_LINE, before=4) for line in rest) + _is_list(first)
    return BOX_FRAME_MM + LINE_MM * lines


def _is_list(line: Line) -> bool:
    return bool(line.number or line.is_bullet)


def lines_of(text: str, letters: int, before: int = 0) -> int:
    """Lines that a text takes; `before` letters stand in front of it."""
    return max(1, len(textwrap.wrap("x" * before + text, letters)))
