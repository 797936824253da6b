"""What the place pages receive: typed, ready to print, nothing to look up."""

from dataclasses import dataclass, field
from uuid import UUID

from app.figures.chooser import Chooser
from app.figures.exact import ExactCommune
from app.figures.exact_province import ExactProvince
from app.figures.place_facts import FormerName
from app.figures.published import PublishedMonth
from app.figures.selection import Selection
from app.places.queries import EndedPlace
from app.progress.periods import Period

PlacePath = tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class WordLine:
    """A line of a published table: the figure is already in words."""

    label: str
    figure: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """The frozen month, for everybody. Without `month` nothing is published yet."""

    month: PublishedMonth | None
    months: list[Period]
    """All months that are published, the latest first."""
    finding: str
    courses: list[WordLine] = field(default_factory=list)
    kinds: list[WordLine] = field(default_factory=list)
    communes: list[WordLine] = field(default_factory=list)
    has_hidden: bool = False


@dataclass(frozen=True, slots=True)
class PlaceAbout:
    """What the place is, without a figure."""

    name: str
    kind: str
    code: str
    province_name: str
    province_code: str
    """Empty for a province."""
    legal_basis: str | None
    former_names: list[FormerName]
    hamlets: list[str]


@dataclass(frozen=True, slots=True)
class PlacePage:
    about: PlaceAbout
    path: PlacePath
    """Ids of the place and upwards, for `can(...)`."""
    published: PublishedPart
    selection: Selection
    chooser: Chooser
    commune: ExactCommune | None = None
    """Exact and live, for officers of this place only."""
    province: ExactProvince | None = None

    @property
    def title(self) -> str:
        """The finding where there are exact figures, else the name."""
        exact = self.commune or self.province
        return exact.finding if exact else self.about.name


@dataclass(frozen=True, slots=True)
class EndedPage:
    """A code whose commune went to several."""

    ended: EndedPlace


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Where an officer of several places chooses one."""

    places: list[WordLine]
