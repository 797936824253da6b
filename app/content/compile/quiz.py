"""A compiled quiz: plain values, the same in the database, on a page, in grading and in a bundle.

What each type keeps in `details` stands at its module in `questions/`.
"""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. `key` is made from its words, so it stays the same in any order."""

    key: str
    html: str
    """Phrases only: it stands inside a label."""
    text: str
    weight: float
    """Share of the question's points that choosing it gives or takes, -1 to 1."""
    is_right: bool
    feedback_html: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`type` is one of `quiz_source.model.TYPES`."""

    key: str
    type: str
    stem_html: str
    """The whole question: its heading as the first paragraph, then what stands below it."""
    stem_text: str
    """The heading as plain words on one line."""
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    """For text and number: answers that earn all points, as written by the author."""
    points: int = 1
    explanation_html: str = ""
    """Shown with the feedback, whatever was answered."""
    pool: str = ""
    """Name of the pool ("# Nhóm: …") it is drawn from; empty where there are no pools."""
    heading_html: str = ""
    """The heading alone, phrases only: for a legend or a heading of the page."""
    rest_html: str = ""
    """What stands between the heading and the answers."""
    hint_html: str = ""
    """All hints, one below the other."""
    skill: str = ""
    """The first of `skills`."""
    details: dict[str, Any] = field(default_factory=dict)
    """What a kind of question needs beyond this, as JSON values."""
    hints: tuple[str, ...] = ()
    hint_cost: int = 0
    """Percent of the points that opening the hints costs."""
    skills: tuple[str, ...] = ()
    shuffles: bool = True
    """Whether its options may come in another order."""


@dataclass(frozen=True, slots=True)
class Quiz:
    pass_mark: int
    """Percent of the points."""
    draw: int
    """Questions in an attempt; 0 means all."""
    feedback: str
    """each: after each answer; end: with the result; none."""
    shuffle: bool
    """Whether options come in another order each time."""
    attempts: int
    """Most attempts for a person; 0 means no limit."""
    questions: tuple[Question, ...]
    wait_minutes: int = 0
    """From the end of one attempt to the next."""
    offline: bool = True
    """False: a supervised test, whose answers never reach the phone before the end."""
    pretest: str = ""
    """Key of the quiz whose result is set against this one."""
    pool_draws: dict[str, int] = field(default_factory=dict)
    """Questions drawn from a pool by its name; pools that are not named here come whole."""
    skills: tuple[str, ...] = ()

    @property
    def drawn_count(self) -> int:
        """Questions in one attempt."""
        if self.draw:
            return self.draw
        sizes: dict[str, int] = {}
        for question in self.questions:
            sizes[question.pool] = sizes.get(question.pool, 0) + 1
        return sum(min(size, self.pool_draws.get(pool, size)) for pool, size in sizes.items())

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Quiz":
        questions = tuple(map(_question_from_json, stored["questions"]))
        return cls(**{**stored, "questions": questions, "skills": tuple(stored.get("skills", ()))})


def _question_from_json(stored: dict[str, Any]) -> Question:
    options = tuple(Option(**option) for option in stored["options"])
    tuples = {name: tuple(stored.get(name, ())) for name in ("accepted", "hints", "skills")}
    return Question(**{**stored, "options": options, **tuples})
