"""Learners who have done everything in a course but the last question, for measuring and for fault tests.

Their rows are inserted in bulk and follow what the real actions write; the submission that is left to do is real.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from app.access.actor import WayIn
from app.access.forms import token_of
from app.content.compile.quiz import Question
from app.content.queries import Item, Version, find_course, get_version
from app.extensions import db
from app.people.models import Person, Residence, SignInSession
from app.people.sessions import hash_token
from app.progress.models import Answer, Attempt, Visit
from app.shared.clock import now
from app.shared.ids import new_id

MINUTES = 365 * 24 * 60


@dataclass(frozen=True, slots=True)
class ReadyLearner:
    """A signed-in resident with one question left, and what their phone would send."""

    person_id: UUID
    session_token: str
    """Value of the session cookie."""
    form_token: str
    path: str
    """Where the answer to the last question is sent."""
    values: tuple[str, ...]
    """The right answer, as the form's field "answer"."""


class Maker:
    """Collects the rows of many learners in one course."""

    def __init__(self, slug: str) -> None:
        head = find_course(slug)
        if head is None or head.current_version_id is None:
            raise LookupError(f"course {slug} is not published")
        self._slug = slug
        self._version: Version = get_version(head.current_version_id)
        self._rows: dict[type, list[dict[str, Any]]] = {
            model: [] for model in (Person, Residence, SignInSession, Visit, Attempt, Answer)
        }

    def add(self, commune_id: UUID, moment: datetime) -> ReadyLearner:
        """One more resident of that commune."""
        person_id, token, csrf_secret = new_id(), secrets.token_urlsafe(24), secrets.token_urlsafe(32)
        self._add_person(person_id, commune_id, moment)
        self._add_session(person_id, token, csrf_secret, moment)
        for item in self._version.items:
            if item.kind == "lesson":
                self._add_visit(person_id, item, moment)
        quiz = next(item for item in self._version.items if item.quiz)
        attempt_id, last = self._add_attempt(person_id, quiz, moment)
        number = len(quiz.quiz.questions) if quiz.quiz else 0
        path = f"/courses/{self._slug}/{quiz.slug}/attempts/{attempt_id}/{number}"
        return ReadyLearner(person_id, token, token_of(csrf_secret), path, right_answer(last))

    def insert(self) -> None:
        """Write the rows within the caller's transaction."""
        for model, rows in self._rows.items():
            db.session.execute(insert(model), rows)

    def _add_person(self, person_id: UUID, commune_id: UUID, moment: datetime) -> None:
        dates = {"created_at": moment, "registered_at": moment}
        person = {"id": person_id, "canonical_id": person_id, "is_registered": True, "name": "Người Thử"}
        self._rows[Person].append({**person, **dates, "locale": "vi"})
        self._rows[Residence].append(
            {"id": new_id(), "person_id": person_id, "commune_id": commune_id, "from_at": moment}
        )

    def _add_session(self, person_id: UUID, token: str, csrf_secret: str, moment: datetime) -> None:
        row = {"id": hash_token(token), "person_id": person_id, "way_in": WayIn.PIN.value, "csrf_secret": csrf_secret}
        life = {"created_at": moment, "last_seen_at": now(), "idle_minutes": MINUTES}
        self._rows[SignInSession].append(
            {**row, **life, "grants": [], "expires_at": now() + timedelta(minutes=MINUTES)}
        )

    def _frame(self, person_id: UUID, item: Item) -> dict[str, Any]:
        version = self._version
        course = {"course_id": version.course_id, "version_id": version.id, "edition": version.edition, "term": 1}
        return {**course, "person_id": person_id, "item_key": item.key, "mode": "self", "recorder_id": person_id}

    def _add_visit(self, person_id: UUID, item: Item, moment: datetime) -> None:
        times = {"happened_at": moment, "received_at": moment}
        self._rows[Visit].append({"id": new_id(), **self._frame(person_id, item), **times})

    def _add_attempt(self, person_id: UUID, item: Item, moment: datetime) -> tuple[UUID, Question]:
        assert item.quiz is not None  # noqa: S101 -- chosen for its quiz
        attempt_id = new_id()
        questions = item.quiz.questions
        drawn = [[question.key, [option.key for option in question.options]] for question in questions]
        settings = {"pass_mark": item.quiz.pass_mark, "feedback": "each", "started_at": moment}
        self._rows[Attempt].append({"id": attempt_id, **self._frame(person_id, item), "drawn": drawn, **settings})
        for question in questions[:-1]:
            mark = {"score": float(question.points), "maximum": float(question.points), "given_at": moment}
            answer = {"attempt_id": attempt_id, "question_key": question.key, "response": list(right_answer(question))}
            self._rows[Answer].append({**answer, **mark})
        return attempt_id, questions[-1]


def right_answer(question: Question) -> tuple[str, ...]:
    """The values that a form sends for a right answer."""
    if question.type == "text":
        return (question.accepted[0],)
    return tuple(option.key for option in question.options if option.is_right)


def make_ready_learners(slug: str, count: int, commune_ids: Sequence[UUID]) -> list[ReadyLearner]:
    """Insert `count` learners of these communes, within the caller's transaction.

    Raises:
        LookupError: the course is not published.
    """
    maker = Maker(slug)
    moment = now() - timedelta(hours=1)
    learners = [maker.add(commune_ids[number % len(commune_ids)], moment) for number in range(count)]
    maker.insert()
    return learners
