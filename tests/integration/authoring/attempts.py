"""A small course for the workshop, and finished attempts at it as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from app.content.queries import Item, Version, find_course, get_version
from app.extensions import db
from app.people.models import Person
from app.progress.models import Answer, Attempt, Visit
from app.shared.clock import now
from app.shared.ids import new_id
from tests.integration.content.folders_on_disk import publish, write_course

SLUG = "khoa-thu"
HEAD = """---
kind: quiz
key: kiem-tra
title: Bài kiểm tra
minutes: 6
pass: 50
feedback: end
---
"""
CHOICE = """
## Ai hỏi mã OTP?
<!-- key: q-chon -->
- [ ] Công an
- [x] Không ai cả
"""
TYPED = """
## Số điện thoại Công an?
<!-- key: q-go -->
- = 113
"""
FREE = """
## Kể một lần suýt bị lừa
<!-- key: q-ke; points: 2 -->
- ____
"""
SECOND_FREE = """
## Bác sẽ dặn ai?
<!-- key: q-dan; points: 2 -->
- ____
"""
QUIZ = HEAD + CHOICE + TYPED + FREE
Given = Mapping[str, tuple[list[str], float]]
"""Question key → response and score."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A published course with one lesson and one quiz."""

    version: Version

    @property
    def lesson(self) -> Item:
        return self.version.items[0]

    @property
    def quiz(self) -> Item:
        return self.version.items[1]

    def key_of(self, words: str) -> str:
        """The key of the option with these words."""
        assert self.quiz.quiz is not None
        return next(o.key for question in self.quiz.quiz.questions for o in question.options if o.text == words)


def teach(folder: Path, quiz: str = QUIZ, **changes: Any) -> Taught:
    """Publish the course (again)."""
    publish(write_course(folder, slug=SLUG, quiz=quiz, **changes))
    head = find_course(SLUG)
    assert head is not None
    return Taught(get_version(head.current_version_id))


def make_attempt(
    taught: Taught,
    person: Person,
    given: Given,
    *,
    drawn: Sequence[str] = ("q-chon", "q-go", "q-ke"),
    passed: bool | None = None,
    finished: bool = True,
    at: datetime | None = None,
) -> UUID:
    """An attempt with these answers, ten seconds each. Flushes."""
    began = at or now() - timedelta(hours=1)
    assert taught.quiz.quiz is not None
    points = {question.key: float(question.points) for question in taught.quiz.quiz.questions}
    done = began + timedelta(seconds=10 * len(given)) if finished else None
    attempt = Attempt(
        id=new_id(),
        **_frame(taught, person, taught.quiz),
        drawn=[[key, []] for key in drawn],
        pass_mark=taught.quiz.quiz.pass_mark,
        feedback="end",
        started_at=began,
        happened_at=done,
        received_at=done,
        score=sum(score for _, score in given.values()) if finished else None,
        maximum=sum(points[key] for key in drawn) if finished else None,
        passed=passed,
    )
    db.session.add(attempt)
    db.session.flush()
    for place, (key, (response, score)) in enumerate(given.items(), start=1):
        moment = began + timedelta(seconds=10 * place)
        values = {"response": response, "score": score, "maximum": points[key], "given_at": moment}
        db.session.add(Answer(attempt_id=attempt.id, question_key=key, **values))
    db.session.flush()
    return attempt.id


def make_visit(taught: Taught, person: Person, *, at: datetime | None = None) -> None:
    """The lesson was read. Flushes."""
    moment = at or now() - timedelta(hours=2)
    times = {"happened_at": moment, "received_at": moment}
    db.session.add(Visit(id=new_id(), **_frame(taught, person, taught.lesson), **times))
    db.session.flush()


def _frame(taught: Taught, person: Person, item: Item) -> dict[str, Any]:
    version = taught.version
    course = {"course_id": version.course_id, "version_id": version.id, "edition": version.edition, "term": 1}
    return {**course, "person_id": person.id, "item_key": item.key, "mode": "self", "recorder_id": person.id}
