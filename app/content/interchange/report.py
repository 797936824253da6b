"""What an import has to say about each question, and what an export could not say."""

from dataclasses import dataclass, field

from app.content.quiz_source.model import SourceQuestion


@dataclass(frozen=True, slots=True)
class TakenQuestion:
    """A question that was read."""

    line: int
    """Where it begins in the file, from 1; the row in a spreadsheet."""
    question: SourceQuestion
    changes: tuple[str, ...] = ()
    """Sentences in Vietnamese for the author: what was changed or left out. Empty: taken as it was."""


@dataclass(frozen=True, slots=True)
class RefusedQuestion:
    """A question, or a piece of the file, that was not read."""

    line: int
    label: str
    """Its first words, to find it by."""
    reason: str
    """A sentence in Vietnamese that says what to do."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The whole of a file, in its order."""

    entries: tuple[TakenQuestion | RefusedQuestion, ...]
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Pictures that came with the file, by the path in the course folder to which the Markdown points ("anh/…")."""

    @property
    def questions(self) -> tuple[SourceQuestion, ...]:
        return tuple(entry.question for entry in self.entries if isinstance(entry, TakenQuestion))


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for another program."""

    content: bytes
    losses: tuple[str, ...] = ()
    """Sentences in Vietnamese, one for each thing that the format cannot say, with the key of its question."""


class FileUnreadable(ValueError):
    """The file as a whole is not of this format. The message is a sentence in Vietnamese; `line` counts from 1."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
