"""What the pages of practices and drills receive."""

from dataclasses import dataclass

from app.content.compile.drill import Drill
from app.content.compile.practice import Practice
from app.content.queries import Item, Version


@dataclass(frozen=True, slots=True)
class ItemPage:
    """What pages of practices and drills share."""

    slug: str
    version: Version
    item: Item
    number: int
    item_count: int
    left: str
    done_count: int
    is_done: bool
    previous: Item | None
    next_item: Item | None
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True)
class PracticePage:
    frame: ItemPage
    practice: Practice
    code: str
    """Six digits to show to the observer, or empty."""
    valid_until: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One line of a mock chat."""

    who: str
    """said (the other side), told (the narrator), mine (the reply that was chosen), feedback"""
    html: str
    is_good: bool = True


@dataclass(frozen=True, slots=True)
class DrillReply:
    html: str
    href: str
    asks_to_type: bool
    number: int


@dataclass(frozen=True, slots=True)
class DrillPage:
    frame: ItemPage
    drill: Drill
    bubbles: list[Bubble]
    replies: list[DrillReply]
    """Empty: the end is reached."""
    wrong_count: int
    again_href: str
    button: str


@dataclass(frozen=True, slots=True)
class SignOffPage:
    """For the observer: the acts to tick."""

    code: str
    course_title: str
    item: Item
    practice: Practice
    chosen: dict[str, str]
    error: str
