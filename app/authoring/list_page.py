"""The workshop's first page: all courses, what is being written, what waits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from app.access.actor import Actor
from app.authoring.course_access import list_own_courses
from app.authoring.deleting import KEPT
from app.authoring.draft_page import STATES, place_name
from app.authoring.draft_queries import WorkshopCourse, list_deleted_drafts, list_workshop_courses
from app.authoring.people_names import names_of
from app.authoring.reviewing import list_waiting_drafts
from app.progress.field_comments import Comments, count_comments
from app.progress.marking import count_waiting
from app.shared.clock import now
from app.shared.vietnamese import fold

FILTERS = ("", "mine", "review", "published", "draft")


@dataclass(frozen=True, slots=True)
class ListLine:
    title: str
    slug: str
    href: str
    """Where it is written; empty where the actor may only read how it does."""
    results_href: str
    states: list[str]
    place: str
    updated_at: datetime | None
    updated_by: str
    can_open: bool
    """A published course without a draft: a button makes one."""


@dataclass(frozen=True, slots=True)
class DeletedDraft:
    id: UUID
    title: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ListPage:
    query: str
    only: str
    filters: list[tuple[str, str, int]]
    """(value, words, how many courses)."""
    courses: list[ListLine]
    total: int
    waiting: int
    """Answers that wait to be marked."""
    to_review: int
    """Courses that wait for the reader's review."""
    comments: int
    """Comments on the actor's courses that nobody has handled yet."""
    deleted: list[DeletedDraft]


def make_list_page(actor: Actor, query: str, only: str) -> ListPage:
    every = list_workshop_courses(visible_to=actor)
    only = only if only in FILTERS else ""
    words = fold(query).split()
    found = [course for course in every if _is_kind(course, only) and _matches(course, words)]
    names = names_of(course.updated_by for course in found)
    return ListPage(
        query=query,
        only=only,
        filters=[(name, label, sum(_is_kind(course, name) for course in every)) for name, label in _filter_words()],
        courses=[_line(course, names) for course in found],
        total=len(every),
        waiting=count_waiting(),
        to_review=len(list_waiting_drafts(visible_to=actor)),
        comments=count_comments(Comments([found.id for found in list_own_courses(visible_to=actor)], handled=False)),
        deleted=[
            DeletedDraft(draft.id, draft.title, draft.deleted_at + KEPT)
            for draft in list_deleted_drafts(visible_to=actor)
            if draft.deleted_at and draft.deleted_at > now() - KEPT
        ],
    )


def _filter_words() -> list[tuple[str, str]]:
    return [
        ("", gettext("Tất cả")),
        ("mine", gettext("Của tôi")),
        ("draft", gettext("Đang viết")),
        ("review", gettext("Chờ duyệt")),
        ("published", gettext("Đã xuất bản")),
    ]


def _is_kind(course: WorkshopCourse, only: str) -> bool:
    if only == "mine":
        return course.is_own
    if only == "review":
        return course.draft is not None and course.draft.state == "review"
    if only == "published":
        return course.is_published
    if only == "draft":
        return course.draft is not None and course.has_changes
    return True


def _matches(course: WorkshopCourse, words: list[str]) -> bool:
    folded = f" {fold(course.title)}"
    return all(f" {word}" in folded for word in words)


def _line(course: WorkshopCourse, names: dict[UUID, str]) -> ListLine:
    draft = course.draft
    return ListLine(
        title=course.title,
        slug=course.slug,
        href=url_for("authoring.show_draft", draft_id=draft.id) if draft else "",
        results_href=url_for("authoring.show_course", slug=course.slug) if course.is_published else "",
        states=_states(course),
        place=place_name(course.place_id),
        updated_at=course.updated_at,
        updated_by=names.get(course.updated_by, "") if course.updated_by else "",
        can_open=draft is None and course.may_edit,
    )


def _states(course: WorkshopCourse) -> list[str]:
    states = []
    if course.is_withdrawn:
        states.append(gettext("Đã ngừng"))
    elif course.is_published:
        states.append(gettext("Đã xuất bản"))
    if course.draft is not None and course.has_changes:
        states.append(str(STATES[course.draft.state]))
    return states
