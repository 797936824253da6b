"""Where in a quiz a link leads: to the question with this key, or to the part in which this line stands."""

from dataclasses import dataclass

from app.authoring.item_text import ItemText
from app.authoring.quiz_shown import place_of
from app.content.quiz_source.read import SourcePart, read_quiz_source

SETTINGS = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a quiz, of which the form shows no other first."""

    place: int
    """Among the parts, from 0; `SETTINGS` for what stands before them."""
    field: str
    """The field of its form that the line stands for; empty for the question as a whole."""
    lines: range
    """Of the body, from 0."""


def find_asked(text: str, content: ItemText, *, line: int | None = None, key: str = "") -> Asked | None:
    """`line` is of the body, from 1, and 0 for the settings. None where nothing is asked for or the key is gone."""
    if key:
        return _by_key(text, content, key)
    if line is None:
        return None
    parts = read_quiz_source(text).parts
    if line < 1 or not parts:
        return Asked(SETTINGS, "", range(0))
    in_file = line + content.first_line - 1
    place = max((place for place, part in enumerate(parts) if part.line <= in_file), default=0)
    return Asked(place, place_of(in_file, parts[place]), _lines(parts[place], content))


def _by_key(text: str, content: ItemText, key: str) -> Asked | None:
    for place, part in enumerate(read_quiz_source(text).parts):
        if part.question and part.question.key == key:
            return Asked(place, "", _lines(part, content))
    return None


def _lines(part: SourcePart, content: ItemText) -> range:
    first = part.line - content.first_line
    return range(first, first + part.text.count("\n"))


def pieces_of(body: str, asked: Asked | None) -> tuple[str, str, str]:
    """The text before what is asked for, its own, and the text behind. Those that are not empty, joined by line ends,
    are the body; where nothing is asked for all of it is its own.
    """
    lines = body.split("\n")
    if asked is None or asked.place == SETTINGS or asked.lines.stop > len(lines):
        return "", body, ""
    before, own, behind = (
        "\n".join(piece)
        for piece in (
            lines[: asked.lines.start],
            lines[asked.lines.start : asked.lines.stop],
            lines[asked.lines.stop :],
        )
    )
    if not before.strip():
        before, own = "", "\n".join(lines[: asked.lines.stop])
    return (before, own, behind) if behind.strip() else (before, own + "\n" + behind, "")
