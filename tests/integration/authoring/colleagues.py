"""Trainers of one place and what they do with a draft, for tests of reviewing and publishing."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor, Role
from app.authoring import drafts
from app.authoring.jobs import actor_of
from app.authoring.models import CourseDraft, DraftEvent
from app.authoring.publishing import approve_draft, publish_draft, submit_draft
from app.authoring.reviewing import set_rule
from app.content.actions import Published
from app.content.models import Course, CourseVersion
from app.content.publishing import Source, export_course, publish_source
from app.extensions import db
from app.people.models import Person
from tests.factories import make_staff, place_id_of
from tests.integration.authoring.drafts import FILES, file_at, make_draft

COMMUNE, PROVINCE, ELSEWHERE = "14812", "38", "20194"
NEW_WORDS = ("tin nhắn lạ.", "tin nhắn lạ lúc nửa đêm.")


@dataclass
class Office:
    """Lan writes, Ba reviews; both are trainers of the commune."""

    place: str | None = COMMUNE
    ids: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lan = make_staff(Role.TRAINER, self.place, name="Lê Thị Lan")
        ba = make_staff(Role.TRAINER, self.place, name="Trần Văn Ba")
        draft = make_draft(lan, place_id=place_id_of(self.place) if self.place else None)
        self.ids = {"lan": lan.id, "ba": ba.id, "draft": draft.id}

    @property
    def lan(self) -> Person:
        return db.session.get_one(Person, self.ids["lan"])

    @property
    def ba(self) -> Person:
        return db.session.get_one(Person, self.ids["ba"])

    @property
    def draft(self) -> CourseDraft:
        return db.session.get_one(CourseDraft, self.ids["draft"])

    def demand_review(self, place: str | None = COMMUNE) -> None:
        set_rule(place_id_of(place) if place else None, True, self.as_(self.ba))
        db.session.commit()

    def as_(self, person: Person) -> Actor:
        """The person in a staff session."""
        return actor_of(person.id)

    def write(self, person: Person, old: str = NEW_WORDS[0], new: str = NEW_WORDS[1]) -> None:
        """One change in the lesson."""
        file = file_at(self.draft, "01-bai-mot.md")
        assert old in (file.text or "")
        drafts.save_text(self.draft, file.id, (file.text or "").replace(old, new, 1), file.revision, self.as_(person))
        db.session.commit()

    def submit(self, person: Person | None = None) -> None:
        submit_draft(self.draft, self.draft.change, self.as_(person or self.lan))
        db.session.commit()

    def approve(self, person: Person | None = None) -> None:
        approve_draft(self.draft, self.draft.change, self.as_(person or self.ba))
        db.session.commit()

    def publish(self, person: Person | None = None, *, over: bool = False) -> Published:
        published = publish_draft(self.draft, self.draft.change, self.as_(person or self.lan), over=over)
        db.session.commit()
        return published

    def course(self) -> Course:
        db.session.expire_all()
        return db.session.execute(select(Course).where(Course.id == self.draft.course_id)).scalar_one()

    def versions(self) -> list[CourseVersion]:
        found = select(CourseVersion).where(CourseVersion.course_id == self.draft.course_id)
        return list(db.session.scalars(found.order_by(CourseVersion.number)))

    def details(self, act: str) -> list[dict[str, Any]]:
        """What is kept of each time that something happened."""
        events = select(DraftEvent.detail).where(DraftEvent.draft_id == self.draft.id, DraftEvent.act == act)
        return list(db.session.scalars(events.order_by(DraftEvent.at)))

    def publish_by_hand(self, old: str = "đường dẫn lạ", new: str = "đường dẫn nào") -> Published:
        """Take the course out as a folder, change it there, publish it by command."""
        slug = self.course().slug
        files = export_course(slug)
        files["01-bai-mot.md"] = files["01-bai-mot.md"].replace(old.encode(), new.encode())
        published = publish_source(Source(slug, files))
        db.session.commit()
        return published

    def acts(self) -> list[str]:
        events = select(DraftEvent.act).where(DraftEvent.draft_id == self.draft.id)
        return list(db.session.scalars(events.order_by(DraftEvent.at)))


def lesson_of(version: CourseVersion) -> str:
    return version.files["01-bai-mot.md"]


__all__ = ["COMMUNE", "ELSEWHERE", "FILES", "PROVINCE", "Office", "lesson_of"]
