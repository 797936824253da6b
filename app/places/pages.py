"""What the pages of places receive."""

from dataclasses import dataclass

from app.places.memory import PrintedPlace
from app.places.search import CommuneMatch


@dataclass(frozen=True, slots=True)
class FindPlacePage:
    query: str
    """As typed, cleaned; empty before anything was looked for."""
    provinces_found: list[PrintedPlace]
    communes_found: list[CommuneMatch]
    may_be_more: bool
    """Whether as many communes were found as are shown at most."""
    provinces: list[PrintedPlace]
    """All of them, to choose from without searching."""
