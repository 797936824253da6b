"""What a worker remembers of places, kept on its app: where they lie, how they are printed and how they are spelled.

A place never moves (a move makes a new place), but it may be renamed on another node. Therefore the memory lasts
for a minute only.
"""

import time
from dataclasses import dataclass, field
from uuid import UUID

from flask import current_app

KEY = "places"
SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A place as pages print it."""

    id: UUID
    kind: str
    """province, commune, hamlet or unknown."""
    code: str | None
    type: str
    name: str
    """Without the type word."""
    full_name: str
    """"Phường Bỉm Sơn"."""
    province_id: UUID
    province_name: str
    """Without the type word; empty for "chưa rõ xã"."""
    commune_name: str = ""
    """Of a hamlet, the full name of its commune."""

    @property
    def label(self) -> str:
        """With its province, "Phường Bỉm Sơn, Thanh Hóa"; a hamlet follows its commune: "… · Khu phố 3"."""
        if self.kind == "hamlet":
            return f"{self.commune_name}, {self.province_name} · {self.full_name}"
        if self.kind == "commune":
            return f"{self.full_name}, {self.province_name}"
        return self.full_name


@dataclass(frozen=True, slots=True)
class Located:
    printed: PrintedPlace
    path: tuple[UUID, ...]
    """Own id first, then upwards."""


@dataclass(slots=True)
class Memory:
    located: dict[UUID, Located] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    """Every folded name of a commune, of today or before, once: some 7,000, to look for misspellings."""
    provinces: list[PrintedPlace] = field(default_factory=list)
    around: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    """Commune → what is there (`queries.places_around`)."""
    good_until: float = 0.0
    """On the monotonic clock, in seconds."""


def memory() -> Memory:
    """This app's memory, emptied when its minute is over."""
    found: Memory = current_app.extensions.setdefault(KEY, Memory())
    if found.good_until < time.monotonic():
        found.located, found.names, found.provinces, found.around = {}, [], [], {}
        found.good_until = time.monotonic() + SECONDS
    return found


def forget() -> None:
    """Empty this app's memory after a change of places."""
    current_app.extensions.pop(KEY, None)
