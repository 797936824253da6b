"""What the workshop's pages receive: typed, ready to print, nothing to look up."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.authoring.forms import MarkForm, ReasonForm
from app.authoring.paging import Pages


@dataclass(frozen=True, slots=True)
class CourseLine:
    title: str
    slug: str
    about: str
    """Audience and version."""
    began: int
    completed: int
    flagged: int
    is_overdue: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class ResultsPage:
    query: str
    courses: list[CourseLine]
    total: int
    """Courses that hold the query's words, on all pages."""
    pages: Pages
    small: int
    kept_minutes: int
    """Beyond `small` attempts or people a course is worked out anew after so many minutes."""


@dataclass(frozen=True, slots=True)
class StopLine:
    """One item, with the people who did it."""

    title: str
    kind: str
    done: int
    passed: int | None
    """None where there is nothing to pass."""
    half_way: int
    """People who began the quiz and never finished it."""
    is_withdrawn: bool
    lost: int
    """People of the item before who did neither this one nor any later one; negative where there are more."""
    change: str
    """Against the item before: "−12", "+3", "0"; empty for the first."""
    is_worst: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of the published version, with what may be done with it."""

    key: str
    title: str
    kind: str
    withdrawn_reason: str
    """Empty while it is taught."""
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class HardLine:
    """A paragraph that people found hard."""

    text: str
    item_key: str
    item_title: str
    people: str
    """In words."""
    find: str
    """The beginning of its words, to find it by."""


@dataclass(frozen=True, slots=True)
class HardPart:
    present: list[HardLine]
    """Those that stand in the course today, the hardest first."""
    former: list[HardLine]
    """Those that were changed or taken out since."""


@dataclass(frozen=True, slots=True)
class FreshnessLine:
    what: str
    checked: date
    recheck_by: date
    source: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    text: str
    key: str
    facility: str
    discrimination: str
    time: str
    flags: list[str]
    caution: str


@dataclass(frozen=True, slots=True)
class QuizPart:
    title: str
    item_key: str
    questions: list[QuestionLine]
    """Those that need a look first."""


@dataclass(frozen=True, slots=True)
class CoursePage:
    title: str
    slug: str
    about: str
    published_at: datetime
    withdrawn_reason: str | None
    may_write: bool
    may_publish: bool
    items: list[ItemLine]
    waiting: int
    """Answers of this course that wait to be marked."""
    comments: int | None
    """Comments that nobody has handled yet; None for who may not read them."""
    hard: HardPart
    edition: int
    finding: str
    began: int
    completed: int
    stops: list[StopLine]
    freshness: list[FreshnessLine]
    quizzes: list[QuizPart]
    thresholds: list[str]
    taken_at: datetime

    @property
    def overdue(self) -> list[FreshnessLine]:
        return [line for line in self.freshness if line.is_overdue]


@dataclass(frozen=True, slots=True)
class VersionFigures:
    name: str
    """ "Mọi bản" or "Bản 3"."""
    href: str
    is_chosen: bool
    published_at: datetime | None
    drawn: int
    answered: int
    first_attempts: int
    facility: str
    discrimination: str
    time: str


@dataclass(frozen=True, slots=True)
class OptionLine:
    text: str
    is_right: bool
    is_gone: bool
    """No longer in the newest version of the question."""
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class WrongLine:
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class QuestionPage:
    key: str
    title: str
    course_title: str
    course_slug: str
    item_title: str
    item_key: str
    """The quiz in which it stands today; empty where it was taken out."""
    may_write: bool
    kind: str
    chosen_name: str
    """Which version is shown below the table, as its name there."""
    flags: list[tuple[str, str]]
    """Flag and what to do about it."""
    caution: str
    versions: list[VersionFigures]
    answered: int
    options: list[OptionLine]
    wrong: list[WrongLine]
    wrong_others: int
    shows_wrong: bool
    is_free: bool
    thresholds: list[str]
    """What the figures are, and from where on a question is flagged."""
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class MarkPart:
    """One answer that waits, with its form."""

    attempt_id: UUID
    question_key: str
    where: str
    """Course and item."""
    question: str
    text: str
    given_at: datetime
    points: str
    is_own: bool
    form: MarkForm


@dataclass(frozen=True, slots=True)
class CourseChoice:
    """A course as a filter of a list."""

    title: str
    slug: str
    """Empty: all courses."""
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MarkingPage:
    waiting: int
    """In the chosen course, or in all."""
    parts: list[MarkPart]
    courses: list[CourseChoice]
    slug: str
    """The chosen course; empty for all."""
    pages: Pages
    refusal: str = ""
    """Why the mark that was just given does not stand."""
    typed: str = ""
    """The comment that came with it, where its form is no longer on the page."""
    is_marked: bool = False
    """A mark was just stored."""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Id of the field → what is wrong with it."""
        return [(field.id, error) for part in self.parts for field in part.form for error in field.errors]

    @property
    def form_errors(self) -> list[str]:
        return [error for part in self.parts for error in part.form.form_errors]


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """Before something is withdrawn: what that means, and why it is done."""

    course_title: str
    course_slug: str
    item_key: str
    """Empty: the whole course."""
    item_title: str
    people: str
    """How many have taken it, in words; empty for nobody."""
    form: ReasonForm
    refusal: str
    is_last: bool
    """Nothing that counts would be left: only the whole course can be withdrawn."""


@dataclass(frozen=True, slots=True)
class CommentLine:
    id: UUID
    course_title: str
    course_slug: str
    item_title: str
    """Empty: about the whole course."""
    item_key: str
    text: str
    written_at: datetime
    place: str
    """Where the team is; empty where nobody knows."""
    is_handled: bool


@dataclass(frozen=True, slots=True)
class CommentsPage:
    total: int
    comments: list[CommentLine]
    courses: list[CourseChoice]
    slug: str
    shows: str
    """open, handled or all."""
    pages: Pages
    note: str
