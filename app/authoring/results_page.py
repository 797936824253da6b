"""All published courses with how they do: a few queries for a page of them, however many there are."""

from app.authoring.course_page import about
from app.authoring.facts import KEPT_SECONDS, SMALL, count_attempts_of, count_flagged, count_people_of
from app.authoring.pages import CourseLine, ResultsPage
from app.authoring.paging import pages_of
from app.content.outlines import Outline, get_outlines
from app.content.queries import CatalogueCourse, list_catalogue
from app.progress.course_use import CourseUse
from app.shared.clock import today
from app.shared.vietnamese import fold

COURSES_ON_A_PAGE = 20


def make_results_page(query: str) -> ResultsPage:
    """`query` narrows the list to courses whose titles hold all its words."""
    sought = fold(query).split()
    found = [course for course in list_catalogue() if all(f" {word}" in f" {fold(course.title)}" for word in sought)]
    pages = pages_of(len(found), COURSES_ON_A_PAGE, endpoint="authoring.show_results", q=query)
    shown = found[pages.offset : pages.offset + COURSES_ON_A_PAGE]
    outlines = get_outlines([course.version_id for course in shown])
    editions = {outline.course_id: outline.edition for outline in outlines.values()}
    people = count_people_of(editions)
    attempts = count_attempts_of(editions)
    return ResultsPage(
        query=query,
        courses=[
            _line(course, outlines[course.version_id], people[course.id], attempts.get(course.id, 0))
            for course in shown
        ],
        total=len(found),
        pages=pages,
        small=SMALL,
        kept_minutes=round(KEPT_SECONDS / 60),
    )


def _line(course: CatalogueCourse, version: Outline, use: CourseUse, attempts: int) -> CourseLine:
    return CourseLine(
        title=version.title,
        slug=course.slug,
        about=about(version),
        began=use.began,
        completed=use.completed,
        flagged=count_flagged(version.id, attempts),
        is_overdue=any(freshness.is_overdue(today()) for freshness in version.freshness),
        is_withdrawn=course.withdrawn,
    )
