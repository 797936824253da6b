"""What the pages of quizzes receive: before, each question in its kind, handing in, result."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.content.queries import Item, Version
from app.progress.queries import StoredAttempt


@dataclass(frozen=True, slots=True)
class QuizIntroPage:
    slug: str
    version: Version
    item: Item
    number: int
    item_count: int
    left: str
    done_count: int
    question_count: int
    previous: Item | None
    open_attempt_id: UUID | None
    may_begin_at: datetime | None
    """The next attempt has to wait until then."""
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
class ShownSide:
    """One left side of a matching question."""

    key: str
    html: str
    chosen: str
    """Key of the right side that was chosen, or empty."""
    chosen_text: str
    right_text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step of an ordering question, in the order shown."""

    key: str
    html: str
    place: str
    """The place it was given, from "1", or empty."""
    right_place: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class ShownGap:
    number: int
    entered: str
    """What was typed, or the key that was chosen."""
    entered_text: str
    choices: list[tuple[str, str]]
    """Keys and words; empty where the answer is typed."""
    right_text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class ShownRegion:
    """A region of the picture, in its own pixels."""

    number: int
    left: float
    top: float
    width: float
    height: float
    state: str
    """chosen, right or wrong; empty before an answer."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    address: str
    width: int
    height: int
    alt: str
    regions: list[ShownRegion]


@dataclass(frozen=True, slots=True)
class ShownHints:
    """Hints that are offered before the answer."""

    htmls: list[str]
    """Empty while they cost something and were not opened."""
    cost: int
    """Percent of the points."""
    are_open: bool


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
    lefts: list[ShownSide]
    rights: list[tuple[str, str]]
    """Keys and words of the right sides, in the order shown."""
    steps: list[ShownStep]
    gaps: list[ShownGap]
    picture: ShownPicture | None
    hints: ShownHints | None
    is_answered: bool
    shows_feedback: bool
    verdict: str
    """right, partly or wrong; empty before the feedback."""
    verdict_words: str
    right_answers: str
    """For a typed answer: what would have been accepted."""
    feedback_htmls: list[str]
    """What the author says about what was typed."""
    comment: str
    """What a trainer wrote about an answer in own words."""
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
    words: str
    """Its heading."""
    is_right: bool
    is_waiting: bool
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
    first_wrong: int | None
    """Number of the first question that may be tried again."""
    gain: str
    """What the test before the course says beside this one."""
    next_href: str
    next_label: str
    may_retake: bool
    withdrawn_reason: str
    """Why the quiz is no longer given; empty while it is."""
