"""GET /api/v1/courses and /courses/{slug}: what can be learned.

The lessons of team courses are given to those who may read them, as on the pages.
"""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor
from app.access.permissions import Permission, allows
from app.api.answers import absolute, blueprint, json_answer, page_of
from app.content.queries import find_course, get_version, list_catalogue
from app.content.reference import province_words
from app.content.versions import CatalogueCourse, CourseHead, Item, Version
from app.learning.wording import body_with
from app.places.queries import printed_place
from app.shared.endpoints import public
from app.shared.errors import NotFound


@blueprint.get("/courses")
@public("what can be learned is no secret")
def list_courses() -> ResponseReturnValue:
    courses = sorted(list_catalogue(), key=lambda course: course.slug)
    page, following = page_of(courses, key=lambda course: course.slug)
    return json_answer({"courses": [_head(course) for course in page], "next": following})


@blueprint.get("/courses/<slug>")
@public("title and summary are for everybody; lessons of team courses are checked in the view")
def show_course(slug: str) -> ResponseReturnValue:
    course = find_course(slug)
    if course is not None and course.moved_to:
        return redirect(url_for("api.show_course", slug=course.moved_to), code=308)
    if course is None or course.current_version_id is None:
        raise NotFound
    version = get_version(course.current_version_id)
    head = next(entry for entry in list_catalogue() if entry.slug == course.slug)
    may_read = version.audience != "team" or allows(current_actor(), Permission.READ_TEAM_COURSES)
    body = {
        **_head(head),
        "edition": version.edition,
        "version": version.number,
        "valid_for_days": version.valid_for_days,
        "withdrawn_reason": course.withdrawn_reason,
        "items": [_item(course, version, item) for item in version.items] if may_read else None,
    }
    return json_answer(body)


def _head(course: CatalogueCourse) -> dict[str, Any]:
    return {
        "key": course.key,
        "slug": course.slug,
        "title": course.title,
        "goal": course.goal,
        "summary": course.summary,
        "audience": course.audience,
        "place": printed_place(course.place_id).code if course.place_id else None,
        "minutes": course.minutes,
        "lesson_count": course.lesson_count,
        "quiz_count": course.quiz_count,
        "is_withdrawn": bool(course.withdrawn),
        "withdrawn_items": [
            {"key": found.item_key, "reason": found.reason, "withdrawn_at": found.since.isoformat()}
            for found in course.withdrawn_items
        ],
        "page": absolute(f"/courses/{course.slug}"),
        "self": absolute(url_for("api.show_course", slug=course.slug)),
    }


def _item(course: CourseHead, version: Version, item: Item) -> dict[str, Any]:
    """A lesson with its HTML, in words of no province; of a quiz, how it is taken and not a word of its questions.

    Practices, drills and everything that was withdrawn are told by kind and page.
    """
    is_withdrawn = any(found.item_key == item.key for found in course.withdrawn_items)
    body: dict[str, Any] = {
        "key": item.key,
        "slug": item.slug,
        "kind": item.kind,
        "title": item.title,
        "minutes": item.minutes,
        "is_required": item.key in version.required_items and not is_withdrawn,
        "is_withdrawn": is_withdrawn,
        "page": absolute(f"/courses/{course.slug}/{item.slug}"),
    }
    if is_withdrawn:
        return body
    if item.quiz is not None:
        quiz = {"pass_mark": item.quiz.pass_mark, "questions": item.quiz.drawn_count}
        return {**body, "quiz": {**quiz, "attempts": item.quiz.attempts or None}}
    if item.kind != "lesson":
        return body
    words = tuple((name, province_words().text(name, "")) for name in item.words)
    return {**body, "html": body_with(item, words)}
