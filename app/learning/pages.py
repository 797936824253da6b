"""What each learning page receives: typed, ready to print, nothing to look up."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.content.queries import CatalogueCourse, Item, SearchHit, Version
from app.progress.models import Completion
from app.progress.queries import StoredAttempt


@dataclass(frozen=True, slots=True)
class CommuneOffer:
    """The link named a commune that this device has not confirmed yet."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class CourseCard:
    course: CatalogueCourse
    line: str
    """"5 bài · 30 phút · đang học dở"."""
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


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list of its course."""

    item: Item
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class CoursePage:
    slug: str
    version: Version
    lines: list[ItemLine]
    next_item: Item | None
    left: str
    done_count: int
    is_locked: bool
    is_complete: bool
    withdrawn_reason: str | None
    offer: CommuneOffer | None


@dataclass(frozen=True, slots=True)
class LessonPage:
    slug: str
    version: Version
    item: Item
    number: int
    """Place of the item in its course, from 1."""
    left: str
    """"còn 2 bài học, 1 bài kiểm tra"."""
    done_count: int
    is_done: bool
    previous: Item | None
    button: str
    withdrawn_reason: str | None
    offer: CommuneOffer | None


@dataclass(frozen=True, slots=True)
class QuizIntroPage:
    slug: str
    version: Version
    item: Item
    number: int
    left: str
    done_count: int
    question_count: int
    previous: Item | None
    open_attempt_id: UUID | None
    attempts_left: int | None
    """None: as often as one likes."""
    last_result: str | None
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True)
class ShownOption:
    key: str
    html: str
    feedback_html: str
    is_chosen: bool
    is_right: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    slug: str
    item: Item
    attempt_id: UUID
    number: int
    count: int
    question_key: str
    kind: str
    stem_html: str
    options: list[ShownOption]
    typed: str
    error: str
    is_answered: bool
    shows_feedback: bool
    verdict: str
    """right, partly or wrong; empty before the feedback."""
    verdict_words: str
    right_answers: str
    """For a typed answer: what would have been accepted."""
    explanation_html: str
    submission_id: str
    next_href: str
    next_label: str
    previous_href: str | None
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Before handing in, where feedback comes at the end or never: which questions are still open."""

    slug: str
    item: Item
    attempt_id: UUID
    answered: list[bool]
    """In the order of the questions."""
    submission_id: str


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    number: int
    stem_html: str
    is_right: bool
    href: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    slug: str
    version: Version
    item: Item
    attempt: StoredAttempt
    right_count: int
    count: int
    percent: float
    heading: str
    sentence: str
    questions: list[AnsweredQuestion]
    has_wrong: bool
    next_href: str
    next_label: str
    may_retake: bool


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
class CommunePage:
    """ "Bà con ở xã nào?" """

    query: str
    matches: list[object]
    preset: CommuneOffer | None
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
