"""What the pages receive on which people tell the authors of a course something."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.content.queries import Item, Version


@dataclass(frozen=True, slots=True)
class HardLine:
    """A paragraph of the lesson."""

    text: str
    kind: str
    """text, picture or heading."""
    block: str
    """Empty where nothing can be said about it: headings, and words that stood above already."""
    is_hard: bool


@dataclass(frozen=True, slots=True)
class HardPage:
    """ "Có chỗ khó hiểu?" """

    slug: str
    version: Version
    item: Item
    lines: list[HardLine]
    refusal: str = ""

    @property
    def count(self) -> int:
        return sum(line.is_hard for line in self.lines)


@dataclass(frozen=True, slots=True)
class OwnComment:
    id: UUID
    where: str
    """Title of the item, or that it is about the whole course."""
    text: str
    written_at: datetime
    is_handled: bool


@dataclass(frozen=True, slots=True)
class CommentPage:
    """ "Góp ý cho người soạn" """

    slug: str
    version: Version
    item: Item | None
    """None: the whole course."""
    comments: list[OwnComment]
    form: Any
    note: str
    """What has just been done."""
