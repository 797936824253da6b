"""Putting together a learner's own page: courses, results, completions, and what may be done there."""

from uuid import UUID

from flask import url_for
from flask_babel import gettext

from app.access.actor import Actor, WayIn
from app.content.queries import CatalogueCourse, get_version, list_catalogue
from app.learning import words
from app.learning.learner import learner_of
from app.learning.pages import CompletionLine, CourseStanding, MePage, QuizResultLine
from app.people.guests import code_to_keep
from app.places.queries import printed_place
from app.progress.models import Attempt
from app.progress.queries import (
    find_learner_course,
    list_completions,
    list_finished_attempts,
    list_started_course_ids,
)

NEWEST_RESULTS = 10


def me_page(actor: Actor) -> MePage:
    learner = learner_of(actor)
    canonical_id = actor.canonical_id or learner.person_id
    courses = {course.id: course for course in list_catalogue()}
    kept = code_to_keep(learner.person_id) if learner.is_guest else None
    return MePage(
        name="" if actor.way_in == WayIn.CODE else actor.display_name,
        is_guest=learner.is_guest,
        by_code=actor.way_in == WayIn.CODE,
        commune=printed_place(learner.commune_id).label if learner.commune_id else None,
        may_set_commune=learner.is_guest and learner.commune_id is None,
        code=kept.digits if kept else None,
        standings=_standings(canonical_id, courses),
        results=_results(canonical_id, courses),
        completions=[
            CompletionLine(get_version(done.version_id).title, done.happened_at, words.recorded_words(done))
            for done in list_completions(canonical_id)
        ],
    )


def _standings(canonical_id: UUID, courses: dict[UUID, CatalogueCourse]) -> list[CourseStanding]:
    standings = []
    for course_id in list_started_course_ids(canonical_id):
        found = find_learner_course(courses[course_id].slug, canonical_id) if course_id in courses else None
        if found is not None:
            standings.append(
                CourseStanding(
                    title=found.version.title,
                    href=url_for("learning.show_course", slug=found.slug),
                    done=len(found.evidence.done.intersection(found.needed)),
                    total=len(found.needed),
                    is_complete=found.evidence.is_complete,
                )
            )
    return sorted(standings, key=lambda standing: (standing.is_complete, standing.title))


def _results(canonical_id: UUID, courses: dict[UUID, CatalogueCourse]) -> list[QuizResultLine]:
    attempts = [attempt for attempt in list_finished_attempts(canonical_id) if attempt.course_id in courses]
    return [_result(attempt, courses[attempt.course_id].slug) for attempt in attempts[:NEWEST_RESULTS]]


def _result(attempt: Attempt, slug: str) -> QuizResultLine:
    version = get_version(attempt.version_id)
    item = next(item for item in version.items if item.key == attempt.item_key)
    percent = 100 * (attempt.score or 0) / attempt.maximum if attempt.maximum else 0
    assert attempt.happened_at is not None  # noqa: S101 -- only finished attempts are listed
    return QuizResultLine(
        title=f"{version.title}: {item.title}",
        words=words.points_words(percent) if attempt.passed is not None else gettext("đang chờ chấm"),
        at=attempt.happened_at,
        href=url_for("learning.show_result", slug=slug, item_slug=item.slug, attempt_id=attempt.id),
    )
