"""Published courses as the workshop's pages ask for them, and which of them are in an actor's charge."""

from flask import request

from app.access.actor import Actor
from app.access.declare import require_in
from app.access.permissions import Permission, PlacePath, allows
from app.authoring.draft_access import path_of
from app.content.queries import CatalogueCourse, CourseHead, find_course, list_catalogue
from app.shared.errors import Moved, NotFound


def place_path_of_course(head: CourseHead) -> PlacePath:
    """Where the course belongs, for `require_in`."""
    return path_of(head.place_id)


def get_course_head(slug: str) -> CourseHead:
    """The course at this address; a former one leads on. Raises NotFound."""
    head = find_course(slug)
    if head is None:
        raise NotFound
    if head.moved_to:
        raise Moved(request.full_path.rstrip("?").replace(f"/courses/{slug}", f"/courses/{head.moved_to}", 1))
    return head


def get_publishable_course(slug: str) -> CourseHead:
    """Like `get_course_head`, for who may publish and withdraw there; for others it does not exist."""
    head = get_course_head(slug)
    require_in(Permission.PUBLISH_COURSES, place_path_of_course(head))
    return head


def list_own_courses(*, visible_to: Actor) -> list[CatalogueCourse]:
    """Published courses that the actor may write: what the comments about them are for."""
    return [
        course for course in list_catalogue() if allows(visible_to, Permission.WRITE_COURSES, path_of(course.place_id))
    ]
