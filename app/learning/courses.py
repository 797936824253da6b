"""Finding a course for the present actor, and where one stands in it."""

from uuid import UUID

from flask import request, url_for

from app.access.declare import current_actor
from app.content.queries import CatalogueCourse, Item, find_course, find_moved_item, list_catalogue
from app.learning import words
from app.learning.learner import TeamCourseLocked, confirmed_commune_id, may_read
from app.learning.pages import CommuneOffer, CourseCard, OfferedCommune
from app.places.queries import EndedPlace, places_around, printed_place, resolve_code
from app.progress.evidence import LearnerCourse
from app.progress.queries import find_learner_course, list_started_course_ids
from app.shared.errors import Moved, NotFound
from app.ui import display


def get_course(slug: str) -> LearnerCourse:
    """The course with the actor's own evidence. An old slug leads on to the present address; else NotFound."""
    course = find_learner_course(slug, current_actor().canonical_id)
    if course is not None:
        return course
    moved = find_course(slug)
    if moved is not None and moved.moved_to:
        raise Moved(_address_with(slug=moved.moved_to))
    raise NotFound


def get_readable_course(slug: str) -> LearnerCourse:
    """Like `get_course`; raises TeamCourseLocked where the actor may see title and summary only."""
    course = get_course(slug)
    if not may_read(course.version.audience):
        raise TeamCourseLocked
    return course


def _address_with(**changed: str) -> str:
    """This request's address with other parts; what stands behind "?" (the commune of a poster) is kept as it came."""
    address = url_for(request.endpoint or "learning.show_course", **{**(request.view_args or {}), **changed})
    query = request.query_string.decode(errors="replace")
    return f"{address}?{query}" if query else address


def get_item(course: LearnerCourse, item_slug: str) -> Item:
    """The item with that slug; a former slug leads on to the present address."""
    item = next((item for item in course.version.items if item.slug == item_slug), None)
    if item is not None:
        return item
    present_slug = find_moved_item(course.course_id, item_slug)
    if present_slug is not None:
        raise Moved(_address_with(item_slug=present_slug))
    raise NotFound


def item_after(course: LearnerCourse, item: Item) -> Item | None:
    return next((other for other in course.items if other.position > item.position), None)


def item_before(course: LearnerCourse, item: Item) -> Item | None:
    return next((other for other in reversed(course.items) if other.position < item.position), None)


def next_undone(course: LearnerCourse) -> Item | None:
    """The first item that is not done, what makes the completion before the rest; None when all are."""
    undone, keys = [item for item in course.items if item.key not in course.evidence.done], course.needed
    needed = [item for item in undone if item.key in keys]
    return next(iter(needed or undone), None)


def number_of(course: LearnerCourse, item: Item) -> int:
    """Place of the item among those that are taught, from 1."""
    return course.items.index(item) + 1


def item_href(course: LearnerCourse, item: Item) -> str:
    return url_for("learning.read_item", slug=course.slug, item_slug=item.slug)


def course_cards(*, everywhere: bool = False) -> list[CourseCard]:
    """The courses that take learners, for the present actor: those for everyone, those of where they live, and what
    they have begun. `everywhere`: those of other places too."""
    started = _started_by_actor()
    near = _own_places()
    return [
        _card(course, course.id in started)
        for course in list_catalogue()
        if not course.withdrawn and (everywhere or course.place_id in near or course.id in started)
    ]


def _own_places() -> frozenset[UUID | None]:
    """The learner's commune with what became it and what lies above, if it is known, and None for "everywhere"."""
    commune_id = current_actor().commune_id or confirmed_commune_id()
    return frozenset({None, *(places_around(commune_id) if commune_id else ())})


def count_open_courses() -> int:
    """Those that take learners, everywhere."""
    return sum(not course.withdrawn for course in list_catalogue())


def _started_by_actor() -> set[object]:
    canonical_id = current_actor().canonical_id
    return set(list_started_course_ids(canonical_id)) if canonical_id else set()


def _card(course: CatalogueCourse, is_started: bool) -> CourseCard:
    line = words.course_line(course, is_unfinished=is_started)
    if course.place_id:
        line = f"{printed_place(course.place_id).full_name} · {line}"
    return CourseCard(course, line, is_started, not may_read(course.audience))


def commune_offer() -> CommuneOffer | None:
    """What `?xa=` offers: shown, and kept only when the person confirms it.

    Posters outlive communes: the code of one that has become others offers those.
    """
    code = request.args.get("xa", "")
    confirmed = display.current().commune
    if not code or code == confirmed or current_actor().commune_id is not None:
        return None
    try:
        found = resolve_code(code)
    except NotFound:
        return None
    ended = found if isinstance(found, EndedPlace) else None
    places = [after.place for after in ended.successors] if ended else [printed_place(found.id)]
    communes = tuple(OfferedCommune(place.code or "", place.label) for place in places if place.kind == "commune")
    if not communes or confirmed in {commune.code for commune in communes}:
        return None
    return CommuneOffer(communes, divided=ended.label if ended and len(communes) > 1 else "")
