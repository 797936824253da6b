"""A compiled quiz: plain values, the same in the database, on a page, in grading and in a bundle.

A new kind of question adds a value of `type`, a module in `questions/` and, for what options and accepted answers
cannot say, keys in `details`. Nothing here changes for it.
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
    """Share of the question's points: 1.0 for a right option, 0.0 for a wrong one."""
    is_right: bool
    feedback_html: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`type` is single, multiple, true_false or text; others follow."""

    key: str
    type: str
    stem_html: str
    """The whole question: its heading as the first paragraph, then what stands below it."""
    stem_text: str
    """The heading as plain words on one line."""
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    """For text: answers that count as right, as written by the author."""
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
    skill: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    """What a kind of question needs beyond this, as JSON values."""


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

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Quiz":
        return cls(**{**stored, "questions": tuple(map(_question_from_json, stored["questions"]))})


def _question_from_json(stored: dict[str, Any]) -> Question:
    options = tuple(Option(**option) for option in stored["options"])
    return Question(**{**stored, "options": options, "accepted": tuple(stored["accepted"])})
