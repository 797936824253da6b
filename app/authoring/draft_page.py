"""The page of one course in the workshop: its items in order, what is wrong with it, what can be done next."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from app.access.actor import Actor
from app.authoring.arranging import items_of
from app.authoring.compiling import Check
from app.authoring.deleting import KEPT
from app.authoring.draft_access import may_edit
from app.authoring.drafts import live_files
from app.authoring.fault_lines import FaultLine, fault_line
from app.authoring.item_page import ITEM_KINDS
from app.authoring.item_text import read_item_text
from app.authoring.mending import known_of, mend_of
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.people_names import name_of
from app.authoring.publication_notes import Note, make_notes
from app.authoring.publishing import has_other_base
from app.authoring.versions import is_untouched
from app.authoring.words import AUDIENCES
from app.content.compile import course_file
from app.content.models import CourseVersion
from app.content.source_fields import read_plain
from app.extensions import db
from app.places.queries import printed_place
from app.shared.clock import now

LONGEST_TITLE = 200
MOST_MENDS = 90
STATES: dict[str, LazyString] = {
    "draft": lazy_gettext("Đang viết"),
    "review": lazy_gettext("Đang chờ duyệt"),
    "approved": lazy_gettext("Đã duyệt"),
}
ICONS = {"lesson": "book", "quiz": "check", "practice": "people", "drill": "chat"}


@dataclass(frozen=True, slots=True)
class DraftItem:
    file_id: UUID
    title: str
    kind_name: str
    icon: str
    minutes: str
    faults: int
    warnings: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class DeletedItem:
    file_id: UUID
    title: str
    deleted_at: datetime
    deleted_by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class DraftPage:
    draft: CourseDraft
    title: str
    state: str
    audience: str
    place: str
    owner: str
    is_own: bool
    may_edit: bool
    published: str
    """ "Bản 3", or empty where it was never published."""
    has_changes: bool
    items: list[DraftItem]
    kinds: list[tuple[str, str, str]]
    """(kind, name, icon) of what can be added."""
    faults: list[FaultLine]
    deleted: list[DeletedItem]
    updated_at: datetime
    updated_by: str
    notes: list[Note]
    is_behind: bool
    """Whether a newer version is published and the draft has nothing of its own: it may follow."""
    nameless: str = ""
    """The kind of a new item that was sent without a title."""

    @property
    def serious(self) -> list[FaultLine]:
        return [fault for fault in self.faults if not fault.is_warning]

    @property
    def warnings(self) -> list[FaultLine]:
        return [fault for fault in self.faults if fault.is_warning]


def make_draft_page(draft: CourseDraft, actor: Actor, check: Check, *, nameless: str = "") -> DraftPage:
    files = live_files(draft)
    header = next((file for file in files if file.path == course_file.NAME), None)
    audience = str(read_plain(header.text or "" if header else "").get("audience", ""))
    version = db.session.get(CourseVersion, draft.base_version_id) if draft.base_version_id else None
    return DraftPage(
        draft=draft,
        title=draft.title,
        state=str(STATES[draft.state]),
        audience=str(AUDIENCES.get(audience, "")),
        place=place_name(draft.place_id),
        owner=name_of(draft.owner_id) if draft.owner_id else gettext("Chung của các người biên soạn"),
        is_own=draft.owner_id is not None and draft.owner_id in (actor.person_id, actor.canonical_id),
        may_edit=may_edit(actor, draft),
        published=gettext("Bản %(number)s", number=version.number) if version else "",
        has_changes=draft.change != draft.published_change,
        items=_items(files, check),
        kinds=[(kind, str(name), ICONS[kind]) for kind, name in ITEM_KINDS.items()],
        faults=_with_mends([fault_line(draft, fault, files) for fault in sorted(check.faults)], files),
        deleted=_deleted(draft),
        updated_at=draft.updated_at,
        updated_by=name_of(draft.updated_by),
        notes=make_notes(draft),
        is_behind=has_other_base(draft) and is_untouched(draft),
        nameless=nameless,
    )


def place_name(place_id: UUID | None) -> str:
    return printed_place(place_id).label if place_id else gettext("Mọi nơi")


def _items(files: list[DraftFile], check: Check) -> list[DraftItem]:
    items = items_of(files)
    lines = []
    for index, file in enumerate(items):
        content = read_item_text(file.text or "")
        faults = check.of(file.path)
        lines.append(
            DraftItem(
                file_id=file.id,
                title=content.title or gettext("Chưa có tên"),
                kind_name=str(ITEM_KINDS[content.kind]),
                icon=ICONS[content.kind],
                minutes=content.word("minutes"),
                faults=sum(not fault.is_warning for fault in faults),
                warnings=sum(fault.is_warning for fault in faults),
                is_first=index == 0,
                is_last=index == len(items) - 1,
            )
        )
    return lines


def _with_mends(lines: list[FaultLine], files: list[DraftFile]) -> list[FaultLine]:
    known = known_of(files)
    return [
        replace(line, mend=mend.label)
        if number < MOST_MENDS and (mend := mend_of(line.fault, files, known)) and not mend.ask
        else line
        for number, line in enumerate(lines)
    ]


def _deleted(draft: CourseDraft) -> list[DeletedItem]:
    rows = db.session.scalars(
        select(DraftFile)
        .where(DraftFile.draft_id == draft.id, DraftFile.deleted_at > now() - KEPT)
        .order_by(DraftFile.deleted_at.desc())
    )
    return [
        DeletedItem(
            file_id=file.id,
            title=read_item_text(file.text).title or file.path if file.text is not None else file.path,
            deleted_at=file.deleted_at,
            deleted_by=name_of(file.deleted_by),
            until=file.deleted_at + KEPT,
        )
        for file in rows
        if file.deleted_at is not None
    ]
