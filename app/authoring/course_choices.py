"""Courses as filters of a list: those in which there is something, each with how much."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext

from app.authoring.pages import CourseChoice
from app.content.queries import list_catalogue


def course_choices(counts: Mapping[UUID, int], slug: str) -> list[CourseChoice]:
    """All courses first, then each with something in it; the chosen one is offered even when it has nothing."""
    choices = [CourseChoice(gettext("Mọi khóa"), "", sum(counts.values()), not slug)]
    for course in list_catalogue():
        if counts.get(course.id) or course.slug == slug:
            choices.append(CourseChoice(course.title, course.slug, counts.get(course.id, 0), course.slug == slug))
    return choices
