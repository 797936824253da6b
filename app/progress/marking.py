"""Answers in the learner's own words, which a trainer marks: which ones wait, and giving one its points.

Nothing here says who the learner is: whoever marks sees the words and not the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, cast, exists, func, select, update

from app.content.compile.quiz import Question
from app.content.models import QuestionType
from app.content.queries import find_course_by_id, get_version
from app.people.locks import lock_canonical
from app.people.models import Person
from app.progress.completing import complete_if_earned
from app.progress.evidence import Learning
from app.progress.models import Answer, AnswerMark, Attempt
from app.progress.queries import evidence_of
from app.shared.clock import now
from app.shared.database import upsert, writer
from app.shared.errors import NotFound, Refusal
from app.shared.log import record

FREE = "free"
LONGEST_COMMENT = 1000
_person = Person.__table__
_attempt = Attempt.__table__
_answer = Answer.__table__
_mark = AnswerMark.__table__
_type = QuestionType.__table__


class AlreadyMarked(Refusal):
    status = 409
    sentence = "Người khác đã chấm câu này rồi. Điểm ấy được giữ; anh chị chấm câu tiếp giúp."


class OwnAnswer(Refusal):
    status = 409
    sentence = "Đây là câu trả lời của chính anh chị. Người khác chấm câu này giúp."


class ScoreOutOfRange(Refusal):
    status = 422
    sentence = "Điểm này không có trong câu hỏi. Anh chị chọn lại điểm giúp."


class CommentTooLong(Refusal):
    status = 422
    sentence = "Lời nhận xét dài quá 1.000 chữ cái. Anh chị viết ngắn lại giúp."


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """An answer that nobody has marked."""

    attempt_id: UUID
    question: Question
    course_slug: str
    course_title: str
    item_title: str
    text: str
    given_at: datetime
    learner_id: UUID
    """Who the learner is today: for telling apart one's own answer, never to be shown."""


def list_waiting(course_id: UUID | None = None, *, limit: int, offset: int = 0) -> list[WaitingAnswer]:
    """Of one course or of all; oldest first."""
    query = _of_course(_waiting(), course_id).order_by(*_OLDEST_FIRST)
    return [_waiting_answer(row) for row in writer().execute(query.limit(limit).offset(offset))]


def count_waiting(course_id: UUID | None = None) -> int:
    waiting = _of_course(_waiting(), course_id).subquery()
    return int(writer().execute(select(func.count()).select_from(waiting)).scalar_one())


def count_waiting_by_course() -> dict[UUID, int]:
    """Courses in which nothing waits are left out."""
    waiting = _waiting().subquery()
    rows = writer().execute(select(waiting.c.course_id, func.count()).group_by(waiting.c.course_id))
    return {course_id: count for course_id, count in rows}  # noqa: C416 -- a Result is no mapping


def _of_course(query: Select[Any], course_id: UUID | None) -> Select[Any]:
    return query if course_id is None else query.where(_attempt.c.course_id == course_id)


def find_waiting(attempt_id: UUID, question_key: str) -> WaitingAnswer | None:
    row = writer().execute(_this(_waiting(), attempt_id, question_key)).one_or_none()
    return _waiting_answer(row) if row else None


def mark_answer(
    attempt_id: UUID, question_key: str, score: float, comment: str, marker_id: UUID, *, marker_role: str = "trainer"
) -> None:
    """Give an answer its points, once. The result of the attempt follows, and the completion where it is earned.

    Raises:
        NotFound: nobody answered this in their own words in a finished attempt, or the person was erased.
        AlreadyMarked: somebody else was first; their mark stands.
        OwnAnswer, ScoreOutOfRange, CommentTooLong: nothing is stored.
    """
    person_id = writer().execute(select(_attempt.c.person_id).where(_attempt.c.id == attempt_id)).scalar_one_or_none()
    if person_id is None:
        raise NotFound
    learner_id = lock_canonical(person_id)
    row = writer().execute(_this(_answers_in_own_words(), attempt_id, question_key)).one_or_none()
    if row is None:
        raise NotFound
    if learner_id == writer().execute(_canonical_of(marker_id)).scalar_one():
        raise OwnAnswer
    if not 0 <= score <= row.maximum:
        raise ScoreOutOfRange
    if len(comment) > LONGEST_COMMENT:
        raise CommentTooLong
    mark = {"score": score, "comment": comment, "marker_id": marker_id, "marked_at": now()}
    insert = upsert(_mark).on_conflict_do_nothing().returning(_mark.c.attempt_id)
    if not writer().execute(insert, {"attempt_id": attempt_id, "question_key": question_key, **mark}).first():
        raise AlreadyMarked
    record("mark_answer", object_kind="attempt", object_id=attempt_id, actor_id=marker_id, actor_role=marker_role)
    _bring_up_to_date(attempt_id)


def _bring_up_to_date(attempt_id: UUID) -> None:
    """The result with everything that is marked by now; passed or not as soon as nothing can change it."""
    attempt = writer().execute(select(_attempt).where(_attempt.c.id == attempt_id)).one()
    free = _free_keys(attempt)
    given = select(_mark.c.question_key, _mark.c.score).where(_mark.c.attempt_id == attempt_id)
    marks = {key: score for key, score in writer().execute(given)}  # noqa: C416 -- a Result is no mapping
    score = waiting = 0.0
    for answer in writer().execute(select(_answer).where(_answer.c.attempt_id == attempt_id)):
        if answer.question_key not in free:
            score += answer.score
        elif answer.question_key in marks:
            score += marks[answer.question_key]
        elif answer.response:
            waiting += answer.maximum
    passed = attempt.passed
    if passed is None:
        passed = _verdict(score, waiting, attempt.maximum, attempt.pass_mark)
    result = {"score": round(score, 5), "passed": passed}
    writer().execute(update(Attempt).where(Attempt.id == attempt_id).values(result))
    if passed and attempt.passed is None:
        _complete(attempt)


def _verdict(score: float, waiting: float, maximum: float, pass_mark: int) -> bool | None:
    """Passed or not; None while what still waits decides. The same rule as at the end of an attempt."""
    if _percent(score, maximum) + 1e-9 >= pass_mark:
        return True
    return None if _percent(score + waiting, maximum) + 1e-9 >= pass_mark else False


def _percent(score: float, maximum: float) -> float:
    return 100 * score / maximum if maximum else 0.0


def _complete(attempt: Any) -> None:
    """The course is complete where this quiz was the last thing missing, as of the day of the attempt."""
    learning = Learning(attempt.person_id, get_version(attempt.version_id), attempt.mode, attempt.recorder_id)
    evidence = evidence_of(attempt.person_id, learning.version)
    if evidence.term == attempt.term:
        complete_if_earned(learning, evidence, happened_at=attempt.happened_at)


def _canonical_of(person_id: UUID) -> Select[Any]:
    return select(_person.c.canonical_id).where(_person.c.id == person_id)


def _free_keys(attempt: Any) -> frozenset[str]:
    return frozenset(key for key, question in _questions_of(attempt).items() if question.type == FREE)


def _questions_of(attempt: Any) -> dict[str, Question]:
    """Of the quiz as it was when the attempt was made."""
    item = get_version(attempt.version_id).item_by_key(attempt.item_key)
    return {question.key: question for question in item.quiz.questions} if item and item.quiz else {}


def _answers_in_own_words() -> Select[Any]:
    """Answers to free questions in finished attempts; the words of erased people are gone.

    It begins at the free questions: there are few, and most courses have none.
    """
    free = select(_type.c.course_id, _type.c.question_key).where(_type.c.type == FREE).distinct().subquery()
    columns: Sequence[Any] = (
        _answer.c.attempt_id,
        _answer.c.question_key,
        _answer.c.response,
        _answer.c.maximum,
        _answer.c.given_at,
        _attempt.c.course_id,
        _attempt.c.version_id,
        _attempt.c.item_key,
        _person.c.canonical_id,
    )
    this_answer = and_(_answer.c.attempt_id == _attempt.c.id, _answer.c.question_key == free.c.question_key)
    return (
        select(*columns)
        .select_from(
            free.join(_attempt, _attempt.c.course_id == free.c.course_id)
            .join(_answer, this_answer)
            .join(_person, _person.c.id == _attempt.c.person_id)
        )
        .where(_attempt.c.happened_at.is_not(None), cast(_answer.c.response, String) != "[]")
    )


def _waiting() -> Select[Any]:
    is_marked = exists().where(
        _mark.c.attempt_id == _answer.c.attempt_id, _mark.c.question_key == _answer.c.question_key
    )
    return _answers_in_own_words().where(~is_marked)


_OLDEST_FIRST = (_answer.c.given_at, _answer.c.attempt_id, _answer.c.question_key)


def _this(query: Select[Any], attempt_id: UUID, question_key: str) -> Select[Any]:
    return query.where(_answer.c.attempt_id == attempt_id, _answer.c.question_key == question_key)


def _waiting_answer(row: Any) -> WaitingAnswer:
    version, head = get_version(row.version_id), find_course_by_id(row.course_id)
    item = version.item_by_key(row.item_key)
    return WaitingAnswer(
        attempt_id=row.attempt_id,
        question=_questions_of(row)[row.question_key],
        course_slug=head.slug if head else "",
        course_title=version.title,
        item_title=item.title if item else "",
        text="\n".join(row.response),
        given_at=row.given_at,
        learner_id=row.canonical_id,
    )
