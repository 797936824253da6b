"""A learner's evidence as they may take it away: visits, attempts with their answers, completions."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.content.models import Course
from app.extensions import db
from app.progress.models import (
    Answer,
    AnswerMark,
    Attempt,
    Completion,
    FieldComment,
    HardSpot,
    HintUse,
    SignOff,
    Visit,
)
from app.progress.queries import records_of


def export_evidence(canonical_id: UUID) -> dict[str, Any]:
    """Sections of the export, oldest first: of every record that is this person."""
    course_keys = {row.id: row.key for row in db.session.execute(select(Course.id, Course.key))}
    return {
        "lessons_read": [_visit(row, course_keys) for row in _own(Visit, canonical_id)],
        "quiz_attempts": [_attempt(row, course_keys) for row in _own(Attempt, canonical_id)],
        "skills_seen": [_sign_off(row, course_keys) for row in _own(SignOff, canonical_id)],
        "completions": [_completion(row, course_keys) for row in _own(Completion, canonical_id)],
        "hard_paragraphs": [_hard_spot(row, course_keys) for row in _own(HardSpot, canonical_id)],
        "comments_on_courses": [_comment(row, course_keys) for row in _own(FieldComment, canonical_id)],
    }


def _own(model: Any, canonical_id: UUID) -> list[Any]:
    query = select(model).where(model.person_id.in_(records_of(canonical_id))).order_by(model.id)
    return list(db.session.scalars(query))


def _visit(visit: Visit, course_keys: dict[UUID, str]) -> dict[str, Any]:
    return {
        "course": course_keys[visit.course_id],
        "item": visit.item_key,
        "mode": visit.mode,
        "at": visit.happened_at.isoformat(),
    }


def _attempt(attempt: Attempt, course_keys: dict[UUID, str]) -> dict[str, Any]:
    answers = db.session.scalars(select(Answer).where(Answer.attempt_id == attempt.id).order_by(Answer.given_at))
    marks = {mark.question_key: mark for mark in _of_attempt(AnswerMark, attempt)}
    return {
        "course": course_keys[attempt.course_id],
        "item": attempt.item_key,
        "mode": attempt.mode,
        "started_at": attempt.started_at.isoformat(),
        "finished_at": attempt.happened_at.isoformat() if attempt.happened_at else None,
        "score": attempt.score,
        "maximum": attempt.maximum,
        "passed": attempt.passed,
        "answers": [
            {
                "question": answer.question_key,
                "response": answer.response,
                "score": marks[answer.question_key].score if answer.question_key in marks else answer.score,
                "comment": marks[answer.question_key].comment if answer.question_key in marks else None,
            }
            for answer in answers
        ],
        "hints_opened": [use.question_key for use in _of_attempt(HintUse, attempt)],
    }


def _of_attempt(model: Any, attempt: Attempt) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.attempt_id == attempt.id)))


def _sign_off(seen: SignOff, course_keys: dict[UUID, str]) -> dict[str, Any]:
    return {
        "course": course_keys[seen.course_id],
        "item": seen.item_key,
        "acts": seen.acts,
        "at": seen.happened_at.isoformat(),
    }


def _hard_spot(spot: HardSpot, course_keys: dict[UUID, str]) -> dict[str, Any]:
    return {
        "course": course_keys[spot.course_id],
        "item": spot.item_key,
        "paragraph": spot.block,
        "at": spot.happened_at.isoformat(),
    }


def _comment(comment: FieldComment, course_keys: dict[UUID, str]) -> dict[str, Any]:
    return {
        "course": course_keys[comment.course_id],
        "item": comment.item_key or None,
        "text": comment.text,
        "at": comment.written_at.isoformat(),
    }


def _completion(completion: Completion, course_keys: dict[UUID, str]) -> dict[str, Any]:
    return {
        "course": course_keys[completion.course_id],
        "edition": completion.edition,
        "term": completion.term,
        "mode": completion.mode,
        "counted_as": completion.learner_kind,
        "commune": completion.commune_name,
        "hamlet": completion.hamlet_name,
        "at": completion.happened_at.isoformat(),
    }
