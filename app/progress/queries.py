"""Reading evidence: what a learner has done in a course, in one query where the page is hot."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    String,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from app.content.models import Course
from app.content.queries import Version, get_version, list_withdrawals
from app.extensions import db
from app.people.models import Person
from app.progress.evidence import Evidence, LearnerCourse, read_evidence
from app.progress.models import Answer, AnswerMark, Attempt, Completion, HintUse, Visit
from app.shared.database import reader, writer

_person = Person.__table__
_visit = Visit.__table__
_attempt = Attempt.__table__
_answer = Answer.__table__
_completion = Completion.__table__
_course = Course.__table__


def records_of(canonical_id: UUID) -> ColumnElement[Any]:
    """The ids of all records of one person, as a subquery."""
    return select(_person.c.id).where(_person.c.canonical_id == canonical_id).scalar_subquery()


def _facts(canonical_id: ColumnElement[Any], course_id: ColumnElement[Any]) -> CompoundSelect[Any]:
    """Rows "v|edition|term|item|mode", "a|…" (finished attempt, "p" when passed) and "c|edition|term|moment|"."""
    people = select(_person.c.id).where(_person.c.canonical_id == canonical_id)

    def fact(kind: Any, table: Any, third: Any, fourth: Any) -> ColumnElement[str]:
        parts = [kind, cast(table.c.edition, String), cast(table.c.term, String), third, fourth]
        text: ColumnElement[str] = parts[0]
        for part in parts[1:]:
            text = text.concat("|").concat(part)
        return text.label("fact")

    visits = select(fact(literal("v"), _visit, _visit.c.item_key, _visit.c.mode)).where(
        _visit.c.person_id.in_(people), _visit.c.course_id == course_id
    )
    attempts = select(
        fact(case((_attempt.c.passed, "p"), else_="a"), _attempt, _attempt.c.item_key, _attempt.c.mode)
    ).where(_attempt.c.person_id.in_(people), _attempt.c.course_id == course_id, _attempt.c.happened_at.is_not(None))
    completions = select(fact(literal("c"), _completion, cast(_completion.c.happened_at, String), literal(""))).where(
        _completion.c.person_id.in_(people), _completion.c.course_id == course_id
    )
    return union_all(visits, attempts, completions)


# Built once: building such a statement costs more than running it.
_WHO = select(_person.c.canonical_id).where(_person.c.id == bindparam("person_id")).scalar_subquery()
_FACTS = _facts(_WHO, bindparam("course_id", type_=Uuid()))
_COURSE = select(_course.c.id, _course.c.slug, _course.c.current_version_id, _course.c.withdrawn_reason).where(
    _course.c.slug == bindparam("slug"), _course.c.current_version_id.is_not(None)
)
_THIS_COURSE = select(_course.c.id).where(_course.c.slug == bindparam("slug")).scalar_subquery()
_FACTS_HERE = _facts(bindparam("canonical_id", type_=Uuid()), _THIS_COURSE).subquery()
_COURSE_WITH_FACTS = _COURSE.add_columns(
    select(func.aggregate_strings(_FACTS_HERE.c.fact, "\n")).scalar_subquery().label("facts")
)


def evidence_of(person_id: UUID, version: Version) -> Evidence:
    """The evidence of all records of that person, within the caller's transaction."""
    rows = writer().execute(_FACTS, {"person_id": person_id, "course_id": version.course_id}).scalars()
    return read_evidence(list(rows), version)


def find_learner_course(slug: str, canonical_id: UUID | None) -> LearnerCourse | None:
    """The published course of that slug with the evidence of a learner: one query, the version from memory."""
    if canonical_id is None:
        row: Any = reader().execute(_COURSE, {"slug": slug}).one_or_none()
        facts = None
    else:
        row = reader().execute(_COURSE_WITH_FACTS, {"slug": slug, "canonical_id": canonical_id}).one_or_none()
        facts = row and row.facts
    if row is None:
        return None
    version = get_version(row.current_version_id)
    evidence = read_evidence(facts.split("\n") if facts else [], version)
    return LearnerCourse(row.id, row.slug, version, row.withdrawn_reason, evidence, list_withdrawals(row.id))


StoredAttempt = Row[Any] | Attempt
"""An attempt as it was read: its row, or the object of one just begun."""
StoredAnswer = Row[Any]
"""The columns of `Answer`, as they were read."""
_ATTEMPT = select(_attempt).where(
    _attempt.c.id == bindparam("attempt_id"), _attempt.c.person_id == bindparam("learner_id")
)
_ANSWERS = select(_answer).where(_answer.c.attempt_id == bindparam("id_of_attempt"))


def find_attempt(attempt_id: UUID, person_id: UUID | None) -> Row[Any] | None:
    """The attempt's row, if it is this person's: of others nothing is known."""
    return writer().execute(_ATTEMPT, {"attempt_id": attempt_id, "learner_id": person_id}).one_or_none()


def list_answers(attempt_id: UUID) -> dict[str, StoredAnswer]:
    """Question key → answer of one attempt."""
    return {answer.question_key: answer for answer in writer().execute(_ANSWERS, {"id_of_attempt": attempt_id})}


def list_opened_hints(attempt_id: UUID) -> list[str]:
    """Keys of the questions of an attempt whose hints were opened."""
    query = select(HintUse.question_key).where(HintUse.attempt_id == attempt_id)
    return list(db.session.scalars(query))


def list_marks(attempt_id: UUID) -> dict[str, AnswerMark]:
    """Question key → what a trainer gave."""
    return {
        mark.question_key: mark
        for mark in db.session.scalars(select(AnswerMark).where(AnswerMark.attempt_id == attempt_id))
    }


def find_open_attempt(person_id: UUID, version_id: UUID, item_key: str, term: int) -> Attempt | None:
    return db.session.scalar(
        select(Attempt)
        .where(
            Attempt.person_id == person_id,
            Attempt.version_id == version_id,
            Attempt.item_key == item_key,
            Attempt.term == term,
            Attempt.happened_at.is_(None),
        )
        .order_by(Attempt.started_at.desc())
        .limit(1)
    )


def list_finished_attempts(canonical_id: UUID) -> list[Attempt]:
    """Newest first."""
    query = (
        select(Attempt)
        .where(Attempt.person_id.in_(records_of(canonical_id)), Attempt.happened_at.is_not(None))
        .order_by(Attempt.happened_at.desc())
    )
    return list(db.session.scalars(query))


def list_completions(canonical_id: UUID) -> list[Completion]:
    """Newest first."""
    query = (
        select(Completion)
        .where(Completion.person_id.in_(records_of(canonical_id)))
        .order_by(Completion.happened_at.desc())
    )
    return list(db.session.scalars(query))


def find_completion(canonical_id: UUID, course_id: UUID, edition: int, term: int) -> Completion | None:
    """The earliest completion of that edition and term by any record of the person."""
    return db.session.scalar(
        select(Completion)
        .where(
            Completion.person_id.in_(records_of(canonical_id)),
            Completion.course_id == course_id,
            Completion.edition == edition,
            Completion.term == term,
        )
        .order_by(Completion.happened_at)
        .limit(1)
    )


def find_latest_version_id(canonical_id: UUID, course_id: UUID) -> UUID | None:
    """The version of a course in which the person last read something or began a quiz."""
    people = records_of(canonical_id)
    visits = select(_visit.c.version_id, _visit.c.received_at.label("at")).where(
        _visit.c.person_id.in_(people), _visit.c.course_id == course_id
    )
    attempts = select(_attempt.c.version_id, _attempt.c.started_at.label("at")).where(
        _attempt.c.person_id.in_(people), _attempt.c.course_id == course_id
    )
    both = union_all(visits, attempts).subquery()
    return db.session.scalar(select(both.c.version_id).order_by(both.c.at.desc()).limit(1))


def list_started_course_ids(canonical_id: UUID) -> set[UUID]:
    """Courses in which the person has any evidence."""
    people = records_of(canonical_id)
    query = union_all(
        select(_visit.c.course_id).where(_visit.c.person_id.in_(people)),
        select(_attempt.c.course_id).where(_attempt.c.person_id.in_(people)),
    )
    return set(db.session.execute(query).scalars())


def count_finished_items(person_id: UUID) -> int:
    """How many lessons this record has read and quizzes it has finished, within the caller's transaction."""
    visits = select(func.count()).where(_visit.c.person_id == person_id).scalar_subquery()
    attempts = (
        select(func.count())
        .where(_attempt.c.person_id == person_id, _attempt.c.happened_at.is_not(None))
        .scalar_subquery()
    )
    return int(db.session.execute(select(visits + attempts)).scalar_one())
