"""What the workshop's pages receive: typed, ready to print, nothing to look up."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.authoring.forms import MarkForm


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
class WorkshopPage:
    courses: list[CourseLine]
    waiting: int
    """Answers that wait to be marked."""
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
    lost: int
    """People of the item before who did neither this one nor any later one; negative where there are more."""
    change: str
    """Against the item before: "−12", "+3", "0"; empty for the first."""
    is_worst: bool


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
    questions: list[QuestionLine]
    """Those that need a look first."""


@dataclass(frozen=True, slots=True)
class CoursePage:
    title: str
    slug: str
    about: str
    published_at: datetime
    withdrawn_reason: str | None
    edition: int
    finding: str
    began: int
    completed: int
    stops: list[StopLine]
    freshness: list[FreshnessLine]
    quizzes: list[QuizPart]
    loudspeaker: str
    share: str
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
    title: str
    course_title: str
    course_slug: str
    item_title: str
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
class MarkingPage:
    waiting: int
    parts: list[MarkPart]
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
