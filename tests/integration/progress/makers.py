"""Makers of truth rows for the tests of counting. They flush and never commit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.content.models import Course, CourseVersion
from app.extensions import db
from app.people.queries import learner_kind_and_place
from app.places.models import Place, PlaceSuccession
from app.progress.counting import count_completion
from app.progress.models import Completion
from app.shared.clock import VIETNAM, now, today
from app.shared.ids import new_id
from tests.factories import next_course_number


def make_course(key: str, audience: str = "resident") -> Course:
    """A published course without content."""
    course = Course(id=new_id(), key=key, slug=key, number=next_course_number())
    db.session.add(course)
    db.session.flush()
    version = CourseVersion(
        id=new_id(),
        course_id=course.id,
        number=1,
        edition=1,
        content_hash="",
        title=key,
        goal="",
        summary="",
        audience=audience,
        language="vi",
        minutes=5,
        meta={},
        required_items=[],
        files={},
        published_at=now(),
    )
    db.session.add(version)
    db.session.flush()
    course.current_version_id = version.id
    db.session.flush()
    return course


def audience_of(course: Course) -> str:
    return db.session.scalars(select(CourseVersion.audience).where(CourseVersion.id == course.current_version_id)).one()


def at(text: str) -> datetime:
    """A moment on a clock in Vietnam, written "2026-11-20 08:00" or "2026-11-20"."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def complete(
    person_id: UUID, course: Course, when: datetime, *, mode: str = "self", edition: int = 1, term: int = 1
) -> Completion | None:
    """Complete a course as `progress.actions` does; None where the capacity of that day counts nowhere."""
    capacity = learner_kind_and_place(person_id, audience_of(course), when)
    if capacity is None:
        return None
    completion = Completion(
        id=new_id(),
        person_id=person_id,
        course_id=course.id,
        version_id=course.current_version_id,
        edition=edition,
        term=term,
        mode=mode,
        recorder_id=person_id,
        learner_kind=capacity.kind,
        commune_id=capacity.commune_id,
        hamlet_id=capacity.hamlet_id,
        team_id=capacity.team_id,
        happened_at=when,
        received_at=now(),
    )
    db.session.add(completion)
    count_completion(completion.person_id)
    return completion


def end_commune(old_id: UUID, successors: dict[UUID, bool]) -> None:
    """Let a commune have ended yesterday; `successors` says which one is the default."""
    old = db.session.get_one(Place, old_id)
    old.valid_to = today().replace(day=1)
    for new_id_, is_default in successors.items():
        db.session.add(
            PlaceSuccession(
                id=new_id(), old_id=old_id, new_id=new_id_, kind="merger", is_default=is_default, on_date=today()
            )
        )
    db.session.flush()


def communes_of(province_code: str, count: int) -> list[Place]:
    """Some communes of a province, always the same."""
    province = select(Place.id).where(Place.kind == "province", Place.code == province_code, Place.valid_to.is_(None))
    query = select(Place).where(
        Place.kind == "commune", Place.valid_to.is_(None), Place.parent_id == province.scalar_subquery()
    )
    return list(db.session.scalars(query.order_by(Place.code).limit(count)))


def make_hamlet(commune_id: UUID, name: str) -> Place:
    hamlet = Place(id=new_id(), kind="hamlet", type="thôn", name=name, parent_id=commune_id, search_key=name)
    db.session.add(hamlet)
    db.session.flush()
    return hamlet
