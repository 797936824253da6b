"""Small makers of rows that many tests need. They flush; a client's next request commits."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.access.actor import Role, WayIn
from app.content.catalogue import forget_after_commit
from app.content.models import Course, CourseItem, CourseVersion
from app.extensions import db
from app.people.grants import grants_snapshot
from app.people.models import Person, RoleGrant, SignInSession, Team, TeamMembership
from app.people.sessions import cookie_name, hash_token
from app.places.models import Place
from app.progress.counting import count_completion
from app.progress.models import Completion
from app.shared.clock import now
from app.shared.ids import new_id


def make_person(*, name: str | None = "Nguyễn Thị Hoa", phone: str | None = None, is_registered: bool = True) -> Person:
    """A person who stands for themselves; a guest with `is_registered=False` (then without a name)."""
    person_id = new_id()
    person = Person(
        id=person_id,
        canonical_id=person_id,
        is_registered=is_registered,
        name=name if is_registered else None,
        phone=phone,
        created_at=now(),
        registered_at=now() if is_registered else None,
    )
    db.session.add(person)
    db.session.flush()
    return person


def place_id_of(code: str) -> UUID:
    """The id of the commune or province that has this code today."""
    return db.session.execute(select(Place.id).where(Place.code == code, Place.valid_to.is_(None))).scalar_one()


def make_grant(person: Person, role: Role, place_code: str | None) -> RoleGrant:
    """A staff role in the commune or province with this code (None: everywhere)."""
    place_id = place_id_of(place_code) if place_code else None
    grant = RoleGrant(id=new_id(), person_id=person.id, role=role.value, place_id=place_id, from_at=now())
    db.session.add(grant)
    db.session.flush()
    return grant


def make_staff(role: Role, place_code: str | None, *, name: str = "Phạm Văn Cán") -> Person:
    """A person with a staff role; sign them in with `sign_in(…, WayIn.STAFF)`."""
    person = make_person(name=name)
    make_grant(person, role, place_code)
    return person


def make_team(commune_code: str, *, name: str = "Tổ công nghệ số 1", hamlet_id: UUID | None = None) -> Team:
    team = Team(id=new_id(), commune_id=place_id_of(commune_code), hamlet_id=hamlet_id, name=name, created_at=now())
    db.session.add(team)
    db.session.flush()
    return team


def make_member(team: Team, person: Person, *, is_leader: bool = False) -> TeamMembership:
    membership = TeamMembership(id=new_id(), team_id=team.id, person_id=person.id, is_leader=is_leader, from_at=now())
    db.session.add(membership)
    db.session.flush()
    return membership


def sign_in(client: FlaskClient, person: Person, way_in: WayIn, **changes: Any) -> SignInSession:
    """Give the device a session of the person as if they had just come in, with the roles of that moment."""
    db.session.commit()
    token = secrets.token_urlsafe(24)
    values = {
        "id": hash_token(token),
        "person_id": person.id,
        "way_in": way_in.value,
        "csrf_secret": secrets.token_urlsafe(32),
        "grants": grants_snapshot(person.id),
        "created_at": now(),
        "last_seen_at": now(),
        "idle_minutes": 30,
        "expires_at": now() + timedelta(hours=12),
    }
    opened = SignInSession(**{**values, **changes})
    db.session.add(opened)
    db.session.commit()
    client.set_cookie(cookie_name(), token)
    return opened


def next_course_number() -> int:
    return 1 + (db.session.scalar(select(func.max(Course.number))) or 0)


def make_course(slug: str, *, title: str = "Khóa học thử", audience: str = "resident") -> UUID:
    """A published course with one lesson; returns its id. For figures, which need no content."""
    course_id, version_id = new_id(), new_id()
    db.session.add(Course(id=course_id, key=slug, slug=slug, number=next_course_number()))
    db.session.flush()
    db.session.add(
        CourseVersion(
            id=version_id,
            course_id=course_id,
            number=1,
            edition=1,
            content_hash=slug,
            title=title,
            goal=title,
            summary=title,
            audience=audience,
            language="vi",
            minutes=5,
            meta={},
            required_items=["bai-1"],
            files={},
            published_at=now(),
        )
    )
    db.session.flush()
    lesson = {"position": 1, "kind": "lesson", "key": "bai-1", "slug": "bai-1", "title": "Bài 1", "minutes": 5}
    db.session.add(CourseItem(id=new_id(), version_id=version_id, body=b"<p>Xin</p>", search_text="bai 1", **lesson))
    db.session.execute(update(Course).where(Course.id == course_id).values(current_version_id=version_id))
    forget_after_commit()
    return course_id


def make_completion(
    person: Person, course_id: UUID, commune_code: str | None, at: datetime, *, kind: str = "resident", **changes: Any
) -> Completion:
    """A completion that happened at `at` in the commune with this code, counted as the product counts it."""
    version_id = db.session.scalar(select(Course.current_version_id).where(Course.id == course_id))
    values = {
        "id": new_id(),
        "person_id": person.id,
        "course_id": course_id,
        "version_id": version_id,
        "edition": 1,
        "term": 1,
        "mode": "self",
        "recorder_id": person.id,
        "learner_kind": kind,
        "commune_id": place_id_of(commune_code) if commune_code else None,
        "happened_at": at,
        "received_at": at,
    }
    completion = Completion(**{**values, **changes})
    db.session.add(completion)
    db.session.flush()
    count_completion(completion.person_id)
    return completion
