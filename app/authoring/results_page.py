"""All published courses with how they do: a few queries for a page of them, however many there are."""

from app.authoring.course_page import about, freshness_of
from app.authoring.facts import KEPT_SECONDS, SMALL, count_flagged, count_people_of
from app.authoring.pages import CourseLine, ResultsPage
from app.authoring.paging import pages_of
from app.content.queries import CatalogueCourse, get_version, list_catalogue
from app.progress.course_use import CourseUse, count_finished_attempts
from app.shared.vietnamese import fold

COURSES_ON_A_PAGE = 20


def make_results_page(query: str) -> ResultsPage:
    """`query` narrows the list to courses whose titles hold all its words."""
    sought = fold(query).split()
    found = [course for course in list_catalogue() if all(f" {word}" in f" {fold(course.title)}" for word in sought)]
    pages = pages_of(len(found), COURSES_ON_A_PAGE, endpoint="authoring.show_results", q=query)
    shown = found[pages.offset : pages.offset + COURSES_ON_A_PAGE]
    editions = {course.id: get_version(course.version_id).edition for course in shown}
    people = count_people_of(editions)
    attempts = count_finished_attempts(list(editions))
    return ResultsPage(
        query=query,
        courses=[_line(course, people[course.id], attempts.get(course.id, 0)) for course in shown],
        total=len(found),
        pages=pages,
        small=SMALL,
        kept_minutes=round(KEPT_SECONDS / 60),
    )


def _line(course: CatalogueCourse, use: CourseUse, attempts: int) -> CourseLine:
    version = get_version(course.version_id)
    return CourseLine(
        title=version.title,
        slug=course.slug,
        about=about(version),
        began=use.began,
        completed=use.completed,
        flagged=count_flagged(version, attempts),
        is_overdue=any(line.is_overdue for line in freshness_of(version)),
        is_withdrawn=course.withdrawn,
    )
