"""Reads for the trainers' workshop: what attempts say about the questions of a course, and where people stop.

A course may have a million answers, so rows come as a stream of few columns and only sums are kept.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Float, Select, String, cast, extract, func, select, type_coerce

from app.content.models import CourseVersion
from app.content.queries import Version, get_version
from app.extensions import db
from app.people.models import Person
from app.progress.item_analysis import Analysis, GivenAttempt, analyse
from app.progress.item_tally import GivenAnswer, Response
from app.progress.models import Answer, AnswerMark, Attempt, HintUse
from app.shared.database import reader

_person = Person.__table__
_attempt = Attempt.__table__
_answer = Answer.__table__
ROWS_AT_A_TIME = 5_000
KEPT_RESPONSES = 10_000
PerAnswer = Mapping[tuple[Any, str], float]
"""(attempt id as the database gives it, question key) → a figure."""


@dataclass(frozen=True, slots=True)
class VersionLine:
    id: UUID
    number: int
    published_at: datetime


def list_versions(course_id: UUID) -> list[VersionLine]:
    """Newest first."""
    query = (
        select(CourseVersion.id, CourseVersion.number, CourseVersion.published_at)
        .where(CourseVersion.course_id == course_id)
        .order_by(CourseVersion.number.desc())
    )
    return [VersionLine(*row) for row in reader().execute(query)]


def get_analysis(course_id: UUID) -> Analysis:
    """Every question that was ever in an attempt at a quiz of this course, from all finished attempts."""
    versions = [get_version(line.id) for line in list_versions(course_id)]
    types = {question.key: question.type for version in reversed(versions) for question in _questions(version)}
    return analyse(_read_attempts(course_id, versions, types), types)


def _questions(version: Version) -> Iterator[Any]:
    for item in version.items:
        if item.quiz:
            yield from item.quiz.questions


def _read_attempts(course_id: UUID, versions: list[Version], types: Mapping[str, str]) -> Iterator[GivenAttempt]:
    """Finished attempts in the order of their ids, each with its answers: two streams side by side.

    An answer whose attempt was finished between the two is passed over.
    """
    numbers = {version.id: version.number for version in versions}
    points = {version.id: {q.key: float(q.points) for q in _questions(version)} for version in versions}
    free = {key for key, kind in types.items() if kind == "free"}
    marks = _read_marks(course_id) if free else {}
    shares = _read_hint_shares(course_id, versions)
    responses: dict[str, Response] = {}
    answers = _stream(_answers_of(course_id))
    nobody: tuple[Any, ...] = (None,)
    answer = next(answers, nobody)
    for attempt_id, version_id, person, started_at, drawn_text, turn in _stream(_attempts_of(course_id)):
        while answer[0] is not None and answer[0] < attempt_id:
            answer = next(answers, nobody)
        given = []
        while answer[0] == attempt_id:
            _, key, text, score, maximum, at = answer
            if key in free:
                score = marks.get((attempt_id, key))
            enough = maximum * shares.get((attempt_id, key), 1.0) if shares else maximum
            response = responses.get(text)
            if response is None:
                response = _parse(text, responses)
            given.append(GivenAnswer(key, response, score, enough, at))
            answer = next(answers, nobody)
        of_version = points.get(version_id, {})
        drawn = {key: of_version.get(key, 1.0) for key, _ in json.loads(drawn_text)}
        yield GivenAttempt(person, numbers.get(version_id, 0), turn == 1, started_at, drawn, given)


def _attempts_of(course_id: UUID) -> Select[Any]:
    """`turn` is 1 for the first finished attempt of a person (all records of theirs) at a quiz."""
    turn = func.row_number().over(
        partition_by=(_person.c.canonical_id, _attempt.c.item_key),
        order_by=(_attempt.c.happened_at, _attempt.c.started_at, _attempt.c.id),
    )
    return (
        select(
            _plain(_attempt.c.id),
            _attempt.c.version_id,
            _plain(_person.c.canonical_id),
            _seconds(_attempt.c.started_at),
            cast(_attempt.c.drawn, String),
            turn,
        )
        .join(_person, _person.c.id == _attempt.c.person_id)
        .where(_attempt.c.course_id == course_id, _attempt.c.happened_at.is_not(None))
        .order_by(_attempt.c.id)
    )


def _answers_of(course_id: UUID) -> Select[Any]:
    return (
        select(
            _plain(_answer.c.attempt_id),
            _answer.c.question_key,
            cast(_answer.c.response, String),
            _answer.c.score,
            _answer.c.maximum,
            _seconds(_answer.c.given_at),
        )
        .join(_attempt, _attempt.c.id == _answer.c.attempt_id)
        .where(_attempt.c.course_id == course_id, _attempt.c.happened_at.is_not(None))
        .order_by(_answer.c.attempt_id)
    )


def _read_marks(course_id: UUID) -> PerAnswer:
    query = (
        select(_plain(AnswerMark.attempt_id), AnswerMark.question_key, AnswerMark.score)
        .join(Attempt, Attempt.id == AnswerMark.attempt_id)
        .where(Attempt.course_id == course_id)
    )
    return {(attempt_id, key): score for attempt_id, key, score in _stream(query)}


def _read_hint_shares(course_id: UUID, versions: list[Version]) -> PerAnswer:
    """What the right answer was still worth where hints that cost something had been opened."""
    costs: dict[str, dict[UUID, float]] = defaultdict(dict)
    for version in versions:
        for question in _questions(version):
            if question.hint_cost:
                costs[question.key][version.id] = 1 - question.hint_cost / 100
    if not costs:
        return {}
    query = (
        select(_plain(HintUse.attempt_id), HintUse.question_key, Attempt.version_id)
        .join(Attempt, Attempt.id == HintUse.attempt_id)
        .where(Attempt.course_id == course_id, HintUse.question_key.in_(list(costs)))
    )
    return {(attempt_id, key): costs[key].get(version_id, 1.0) for attempt_id, key, version_id in _stream(query)}


def _plain(column: Any) -> Any:
    """An id as the driver gives it: enough to be compared, and made a million times it costs seconds."""
    return type_coerce(column, String)


def _stream(query: Select[Any]) -> Iterator[Any]:
    return iter(db.session.connection().execute(query, execution_options={"yield_per": ROWS_AT_A_TIME}))


def _parse(text: str, known: dict[str, Response]) -> Response:
    """Remembered, for most responses are ticks that come again and again."""
    if len(known) >= KEPT_RESPONSES:
        known.clear()
    response = known[text] = tuple(map(str, json.loads(text)))
    return response


def _seconds(moment: Any) -> ColumnElement[float]:
    """Seconds since a moment that is the same for all."""
    if db.engine.dialect.name == "postgresql":
        return cast(extract("epoch", moment), Float)
    return func.julianday(moment) * 86_400.0
