"""What the answers of a question look like before their kind is known: entries with feedback."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.content.compile.faults import FileFaults
from app.content.compile.quiz import Option
from app.content.compile.render import Renderer
from app.content.compile.scan import Line


@dataclass
class Entry:
    """One line of the answer list, with the lines that belong to it."""

    line: Line
    words: list[str]
    """The answer's own words, one string for each line of the file."""
    feedback: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@dataclass(frozen=True, slots=True)
class Answers:
    """What a kind makes of the entries."""

    type: str
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of question as the scanner sees it."""

    recognises: Callable[[Line], str | None]
    """The words of an entry of this kind, or None where the line is none."""
    read: Callable[[list[Entry], Renderer, FileFaults], Answers | None]
    """All entries → answers, or None after a fault."""
    wants_feedback: bool
    """Whether an entry without feedback deserves a warning."""


def render_feedback(entry: Entry, renderer: Renderer, faults: FileFaults) -> str:
    if not entry.feedback:
        return ""
    source = "\n".join((line.quote() or (0, line.text.strip()))[1] for line in entry.feedback)
    return renderer.blocks(source, entry.feedback[0].number, faults)[0]
