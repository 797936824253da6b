"""What the pages of a handed-on course receive."""

from dataclasses import dataclass

from app.authoring.hand_on.handout import Handout
from app.authoring.hand_on.loudspeaker import Loudspeaker
from app.authoring.hand_on.material import Material
from app.authoring.hand_on.run_sheet import LENGTHS, RunSheet
from app.authoring.hand_on.share import Share
from app.places.queries import CommuneMatch, PrintedPlace, Successor

GOAL_SIZES = (("largest", 30), ("large", 60), ("middle", 110), ("small", 200))


@dataclass(frozen=True, slots=True)
class HubPage:
    material: Material
    own_places: list[PrintedPlace]
    """Communes in which the trainer has a role."""
    query: str
    matches: list[CommuneMatch]
    ended: str
    """The commune that was asked for, as it was called, where it has become several."""
    successors: list[Successor]
    is_withdrawn: bool
    is_local: bool
    """Whether this server is known under no public address, so that its QRs work on this machine alone."""
    previews: "Previews | None"


@dataclass(frozen=True, slots=True)
class Previews:
    """The first words of each piece."""

    share: str
    loudspeaker: str
    seconds: int
    boxes: int
    left_out: int
    blocks: int


@dataclass(frozen=True, slots=True)
class PosterPage:
    material: Material

    @property
    def goal_size(self) -> str:
        """Of its letters: the fewer, the larger."""
        return next(size for size, most in GOAL_SIZES if len(self.material.version.goal) <= most)

    @property
    def has_title(self) -> bool:
        """Whether the title says more than the goal, which stands large above it."""
        return self.material.version.title != self.material.version.goal


@dataclass(frozen=True, slots=True)
class HandoutPage:
    material: Material
    handout: Handout


@dataclass(frozen=True, slots=True)
class LoudspeakerPage:
    material: Material
    text: Loudspeaker
    edit_address: str
    """Where the words of the course are changed; empty where the trainer may not."""


@dataclass(frozen=True, slots=True)
class SharePage:
    material: Material
    share: Share
    edit_address: str


@dataclass(frozen=True, slots=True)
class RunSheetPage:
    material: Material
    sheet: RunSheet
    start: str
    """ "08:00", or empty."""
    lengths: tuple[int, ...] = LENGTHS
