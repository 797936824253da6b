"""What each learning page receives: typed, ready to print, nothing to look up."""

from dataclasses import dataclass, field
from datetime import datetime

from app.content.queries import CatalogueCourse, Item, SearchHit, Version
from app.progress.models import Completion


@dataclass(frozen=True, slots=True)
class OfferedCommune:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class CommuneOffer:
    """The link named a commune that this device has not confirmed yet."""

    communes: tuple[OfferedCommune, ...]
    """One, or those that a divided one became."""
    divided: str = ""
    """The one that is no more, as it was called."""


@dataclass(frozen=True, slots=True)
class CourseCard:
    course: CatalogueCourse
    line: str
    """"5 bài · 30 phút · đang học dở"."""
    is_started: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    unfinished: list[CourseCard]
    courses: list[CourseCard]
    offer: CommuneOffer | None


@dataclass(frozen=True, slots=True)
class CataloguePage:
    query: str
    residents: list[CourseCard]
    teams: list[CourseCard]
    hits: list[SearchHit]
    has_more: bool
    """Other places have courses of their own, which are not shown."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list of its course."""

    item: Item
    number: int
    """Its place among those that are taught; of a withdrawn one, of the one after it."""
    is_done: bool
    is_next: bool
    is_extra: bool
    """Whether the course is complete without it."""
    withdrawn_reason: str
    """Empty for what is taught; what is withdrawn is shown to those who took it."""


@dataclass(frozen=True, slots=True)
class CoursePage:
    slug: str
    version: Version
    lines: list[ItemLine]
    next_item: Item | None
    left: str
    done_count: int
    needed_count: int
    """Items that make the completion."""
    needed_done_count: int
    is_locked: bool
    is_complete: bool
    may_finish: bool
    """Nothing is left to do, and no completion is there: the last thing missing was withdrawn or dropped."""
    may_comment: bool
    withdrawn_reason: str | None
    offer: CommuneOffer | None
    news: str
    """What is new since the version in which the learner last did something; else empty."""
    checked_on: str
    first_take: list[tuple[str, str]]
    """Titles and addresses of courses to take first, which the learner has not completed."""
    texts_to_spread: list[tuple[str, str]]
    """For team members: names and words of what may be read out or sent."""


@dataclass(frozen=True, slots=True)
class LessonPage:
    slug: str
    version: Version
    item: Item
    number: int
    """Place of the item in its course, from 1."""
    item_count: int
    left: str
    """"còn 2 bài học, 1 bài kiểm tra"."""
    done_count: int
    is_done: bool
    previous: Item | None
    button: str
    withdrawn_reason: str | None
    offer: CommuneOffer | None
    body: str
    """HTML, with the words of the reader's province."""
    checked_on: str
    """The day on which the facts were last checked, where that was too long ago; else empty."""
    may_comment: bool


@dataclass(frozen=True, slots=True)
class WithdrawnItemPage:
    """In place of an item that is no longer taught."""

    slug: str
    version: Version
    item: Item
    reason: str
    since: datetime
    is_own: bool
    """Whether the learner has taken it."""
    next_item: Item | None


@dataclass(frozen=True, slots=True)
class DonePage:
    slug: str
    version: Version
    completion: Completion | None
    recorded_words: str
    code: str | None
    code_qr: str | None
    next_courses: list[CourseCard]
    asks_commune: bool


@dataclass(frozen=True, slots=True)
class TypedCodePage:
    """The code of a poster: the field to type it, or the choice between what its commune has become."""

    typed: str = ""
    error: str = ""
    course: tuple[str, str] | None = None
    """Title and address of the course that was meant, to be opened without a commune."""
    ended: str = ""
    """The commune of the code, as it was called then."""
    choices: list[tuple[str, str]] = field(default_factory=list)
    """Names of the communes of today, and addresses of the course there."""


@dataclass(frozen=True, slots=True)
class CommunePage:
    """ "Bà con ở xã nào?" """

    query: str
    matches: list[object]
    preset: OfferedCommune | None
    current: str | None
    next: str
    searched: bool


@dataclass(frozen=True, slots=True)
class CodePage:
    code: str
    qr: str
    next: str


@dataclass(frozen=True, slots=True)
class CourseStanding:
    title: str
    href: str
    done: int
    total: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class QuizResultLine:
    title: str
    words: str
    at: datetime
    href: str


@dataclass(frozen=True, slots=True)
class CompletionLine:
    title: str
    at: datetime
    recorded_words: str


@dataclass(frozen=True, slots=True)
class MePage:
    name: str
    is_guest: bool
    by_code: bool
    commune: str | None
    may_set_commune: bool
    code: str | None
    standings: list[CourseStanding] = field(default_factory=list)
    results: list[QuizResultLine] = field(default_factory=list)
    completions: list[CompletionLine] = field(default_factory=list)
