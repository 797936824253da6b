"""Truth rows, which never change owner or content, and the caches that are recomputed from them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.shared.database import UtcDateTime


class Visit(Model):
    """A person has read a lesson ("Đã hiểu"), gone through a drill, or was seen doing a practice: once per item."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "edition", "term", "item_key"),
        Index("ix_visit_course", "course_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"))
    edition: Mapped[int]
    term: Mapped[int]
    item_key: Mapped[str] = mapped_column(String(80))
    mode: Mapped[str] = mapped_column(String(10))
    recorder_id: Mapped[UUID]
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempt(Model):
    """One go at a quiz. Draw, order and pass mark are copied here, so that a new version changes nothing in it."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_person_course", "person_id", "course_id", "item_key"),
        Index("ix_attempt_course", "course_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"))
    edition: Mapped[int]
    term: Mapped[int]
    item_key: Mapped[str] = mapped_column(String(80))
    mode: Mapped[str] = mapped_column(String(10))
    recorder_id: Mapped[UUID]
    drawn: Mapped[list[Any]] = mapped_column(JSON)
    """[[question key, [option keys in the order shown]], …]"""
    pass_mark: Mapped[int]
    """Percent."""
    feedback: Mapped[str] = mapped_column(String(5))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    happened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was finished; NULL while it is open."""
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    score: Mapped[float | None]
    maximum: Mapped[float | None]
    passed: Mapped[bool | None]
    """NULL while it is open, and while answers that decide it wait for a trainer."""


class Answer(Model):
    """The answer to one question of one attempt: final once stored."""

    __tablename__ = "answer"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    response: Mapped[Any] = mapped_column(JSON)
    score: Mapped[float]
    maximum: Mapped[float]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HintUse(Model):
    """The hints of one question were opened in one attempt: before the answer, and whatever it will be."""

    __tablename__ = "hint_use"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AnswerMark(Model):
    """What a trainer gave for an answer in the learner's own words. Given once; the answer itself never changes."""

    __tablename__ = "answer_mark"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    question_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    score: Mapped[float]
    comment: Mapped[str] = mapped_column(String(1000))
    marker_id: Mapped[UUID]
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignOff(Model):
    """An observer has seen a person do every act of a practice. The visit that counts is made with it."""

    __tablename__ = "sign_off"
    __table_args__ = (UniqueConstraint("person_id", "course_id", "edition", "term", "item_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"))
    edition: Mapped[int]
    term: Mapped[int]
    item_key: Mapped[str] = mapped_column(String(80))
    observer_id: Mapped[UUID]
    acts: Mapped[dict[str, str]] = mapped_column(JSON)
    """Key of the act → alone or helped."""
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignOffCode(Model):
    """Six digits that a learner shows to whoever watches them, for half an hour and one sign-off."""

    __tablename__ = "sign_off_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    item_key: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Submission(Model):
    """A form or upload that was taken, by the id its sender made: a repeat is answered alike and counts once."""

    __tablename__ = "submission"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    body_hash: Mapped[str] = mapped_column(String(64))
    attempt_id: Mapped[UUID | None]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Completion(Model):
    """All required items of one edition and term done. Holds the place, capacity and mode of that day, as printed."""

    __tablename__ = "completion"
    __table_args__ = (UniqueConstraint("person_id", "course_id", "edition", "term"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    version_id: Mapped[UUID] = mapped_column(ForeignKey("course_version.id"))
    edition: Mapped[int]
    term: Mapped[int]
    mode: Mapped[str] = mapped_column(String(10))
    recorder_id: Mapped[UUID]
    learner_kind: Mapped[str] = mapped_column(String(10))
    """guest, resident or member: the capacity of that day."""
    commune_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    """NULL: not known yet. May be set once for a guest, then it is frozen."""
    hamlet_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    """For a member: the team whose commune it counts in."""
    commune_name: Mapped[str | None] = mapped_column(String(160))
    """As printed that day, e.g. "Phường Bỉm Sơn, Thanh Hóa"."""
    hamlet_name: Mapped[str | None] = mapped_column(String(160))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CountedCompletion(Model):
    """One per canonical person, course, edition and term: the earliest completion. Cache of truth, never edited.

    Holds everything that the counters are made of, so that what it added to them can be taken back exactly.
    """

    __tablename__ = "counted_completion"
    __table_args__ = (
        UniqueConstraint("canonical_id", "course_id", "edition", "term"),
        Index("ix_counted_completion_course", "course_id", "edition", "canonical_id"),
        Index("ix_counted_completion_then", "commune_then_id", "counted_on"),
        Index("ix_counted_completion_today", "commune_today_id", "counted_on"),
    )

    completion_id: Mapped[UUID] = mapped_column(ForeignKey("completion.id"), primary_key=True)
    canonical_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    edition: Mapped[int]
    term: Mapped[int]
    commune_then_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    """On the map of that day; "Chưa rõ xã" where nobody said."""
    province_then_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    commune_today_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    province_today_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    hamlet_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    learner_kind: Mapped[str] = mapped_column(String(10))
    """As counted today: a guest who registered counts as resident."""
    mode: Mapped[str] = mapped_column(String(10))
    counted_on: Mapped[date]
    """Local date of `happened_at`."""
    half_start: Mapped[date]
    """The half-month of `counted_on`."""


class Counter(Model):
    """Completions (never people) of a place, half-month, course, mode and learner kind: read in this order."""

    __tablename__ = "counter"

    basis: Mapped[str] = mapped_column(String(5), primary_key=True)
    """then: the map of that day; today: the map of today."""
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True)
    """A commune, a province, or the row "Chưa rõ xã"."""
    half_start: Mapped[date] = mapped_column(primary_key=True)
    """The 1st or the 15th: administrative months run 15th to 14th (Decree 09/2019/NĐ-CP, Art. 12)."""
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    mode: Mapped[str] = mapped_column(String(10), primary_key=True)
    learner_kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    completions: Mapped[int]


class PeopleCounter(Model):
    """Distinct people of a place, by the half-month in which each was counted first within a period.

    A person who completes something in October and in December counts once in the year, with October; so the sum of
    `year` over the halves of one year is its number of distinct people. A column may be summed over the halves of
    one period of its kind, and over nothing else (docs/adr/0003-counting-people.md).
    """

    __tablename__ = "people_counter"

    basis: Mapped[str] = mapped_column(String(5), primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True)
    """A commune, a province, or the row "Chưa rõ xã"."""
    half_start: Mapped[date] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column(String(10), primary_key=True)
    """guest, resident, member, or registered (resident or member, once)."""
    admin_month: Mapped[int]
    admin_quarter: Mapped[int]
    admin_half_year: Mapped[int]
    admin_year: Mapped[int]
    month: Mapped[int]
    quarter: Mapped[int]
    half_year: Mapped[int]
    year: Mapped[int]
    ever: Mapped[int]
    """Over all halves up to some day: the people who had completed anything by then."""


class HardSpot(Model):
    """A learner found a paragraph hard to understand ("khó hiểu"): once per person and paragraph."""

    __tablename__ = "hard_spot"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "item_key", "block"),
        Index("ix_hard_spot_course", "course_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    item_key: Mapped[str] = mapped_column(String(80))
    block: Mapped[str] = mapped_column(String(8))
    """First 8 hex digits of the SHA-256 of the paragraph's folded words: another wording is another paragraph."""
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FieldComment(Model):
    """What a team member who uses a course with people tells its authors."""

    __tablename__ = "field_comment"
    __table_args__ = (
        Index("ix_field_comment_course", "course_id"),
        Index("ix_field_comment_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    item_key: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(1000))
    commune_id: Mapped[UUID | None]
    """Where the member's team is."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handled_by: Mapped[UUID | None]
