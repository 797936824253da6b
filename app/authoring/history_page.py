"""What happened to a course: its versions, its events, and the texts that each file once held."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import func, select

from app.access.actor import Actor
from app.authoring.arranging import items_of
from app.authoring.compare_page import ItemLine, show_item
from app.authoring.comparison.courses import compare_texts
from app.authoring.draft_access import may_edit
from app.authoring.draft_page import place_name
from app.authoring.drafts import live_files
from app.authoring.item_text import read_item_text
from app.authoring.models import CourseDraft, DraftEvent, DraftFile, DraftRevision
from app.authoring.people_names import names_of
from app.authoring.publication_words import event_words, say, when, why_not
from app.authoring.publishing import current_version
from app.authoring.reviewing import may_publish
from app.content.compile import course_file
from app.content.models import CourseVersion
from app.extensions import db

MOST_EVENTS = 300


@dataclass(frozen=True, slots=True)
class VersionLine:
    number: int
    title: str
    edition: int
    published_at: datetime
    published_by: str
    is_current: bool
    before: int
    """Number of the version before; 0 for none."""


@dataclass(frozen=True, slots=True)
class EventLine:
    at: datetime
    who: str
    what: str
    more: str
    """Which item, which version, why."""
    words: str
    """What somebody wrote."""


@dataclass(frozen=True, slots=True)
class FileLine:
    file_id: UUID
    title: str
    revisions: int


@dataclass(frozen=True, slots=True)
class HistoryPage:
    draft: CourseDraft
    versions: list[VersionLine]
    events: list[EventLine]
    is_cut: bool
    """Whether older events are left out."""
    files: list[FileLine]
    may_go_back: bool
    may_edit: bool


@dataclass(frozen=True, slots=True)
class RevisionLine:
    number: int
    began_at: datetime
    saved_at: datetime
    who: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class FilePage:
    draft: CourseDraft
    file: DraftFile
    title: str
    revisions: list[RevisionLine]
    may_edit: bool
    chosen: RevisionLine | None = None
    """The one that is shown against the present text."""
    text: str = ""
    change: ItemLine | None = None
    refusal: str = ""


def make_history_page(draft: CourseDraft, actor: Actor) -> HistoryPage:
    events = list(
        db.session.scalars(
            select(DraftEvent)
            .where(DraftEvent.draft_id == draft.id)
            .order_by(DraftEvent.at.desc(), DraftEvent.id.desc())
            .limit(MOST_EVENTS + 1)
        )
    )
    names = names_of([*(event.actor_id for event in events), *_approvers(events)])
    titles = {file.path: title_of(file) for file in live_files(draft) if file.text is not None}
    return HistoryPage(
        draft=draft,
        versions=_versions(draft),
        events=[_event_line(event, names, titles) for event in events[:MOST_EVENTS]],
        is_cut=len(events) > MOST_EVENTS,
        files=_files(draft),
        may_go_back=may_publish(actor, draft),
        may_edit=may_edit(actor, draft),
    )


def _versions(draft: CourseDraft) -> list[VersionLine]:
    if draft.course_id is None:
        return []
    columns = (
        CourseVersion.id, CourseVersion.number, CourseVersion.title, CourseVersion.edition,
        CourseVersion.published_at, CourseVersion.published_by,
    )  # fmt: skip
    rows = db.session.execute(
        select(*columns).where(CourseVersion.course_id == draft.course_id).order_by(CourseVersion.number.desc())
    ).all()
    names = names_of(row.published_by for row in rows)
    current = current_version(draft)
    return [
        VersionLine(
            number=row.number,
            title=row.title,
            edition=row.edition,
            published_at=row.published_at,
            published_by=_who(row.published_by, names),
            is_current=current is not None and row.id == current.id,
            before=rows[index + 1].number if index + 1 < len(rows) else 0,
        )
        for index, row in enumerate(rows)
    ]


def _who(person_id: UUID | None, names: Mapping[UUID, str]) -> str:
    if person_id is None:
        return gettext("lệnh của người vận hành")
    return names.get(person_id, gettext("người đã xóa dữ liệu"))


def _approvers(events: list[DraftEvent]) -> list[UUID]:
    return [UUID(found) for event in events if (found := event.detail.get("approved_by"))]


def _event_line(event: DraftEvent, names: Mapping[UUID, str], titles: Mapping[str, str]) -> EventLine:
    is_coded = event.act == "schedule_failed"
    return EventLine(
        at=event.at,
        who=_who(event.actor_id, names),
        what=event_words(event.act),
        more=" · ".join(_more(event.detail, names, titles, is_coded=is_coded)),
        words=str(event.detail.get("comment") or ("" if is_coded else event.detail.get("reason")) or ""),
    )


def _more(
    detail: Mapping[str, Any], names: Mapping[UUID, str], titles: Mapping[str, str], *, is_coded: bool
) -> Iterator[str]:
    """What belongs to the event, in words: which item, which version, who else, when, why."""
    if path := detail.get("file"):
        yield titles.get(path, path)
    if title := detail.get("title"):
        yield str(title)
    if version := detail.get("version"):
        yield gettext("bản %(old)s, thành bản %(new)s", old=version, new=detail.get("number", ""))
    elif detail.get("number") and not path:
        yield gettext("bản %(number)s", number=detail["number"])
    if approved_by := detail.get("approved_by"):
        yield gettext("%(who)s duyệt", who=_who(UUID(approved_by), names))
    if moment := detail.get("at"):
        yield when(datetime.fromisoformat(moment))
    if is_coded:
        yield why_not(str(detail.get("reason", "")))
    if address := detail.get("after"):
        yield f"/courses/{address}"
    if places := detail.get("places"):
        yield " → ".join(place_name(UUID(place) if place else None) for place in places)


def _files(draft: CourseDraft) -> list[FileLine]:
    files = live_files(draft)
    texts = [file for file in files if file.path == course_file.NAME] + items_of(files)
    rows = db.session.execute(
        select(DraftRevision.file_id, func.count())
        .where(DraftRevision.file_id.in_([file.id for file in texts]))
        .group_by(DraftRevision.file_id)
    )
    counts = {file_id: count for file_id, count in rows}  # noqa: C416 -- a Result is no mapping
    return [FileLine(file.id, title_of(file), counts.get(file.id, 0)) for file in texts]


def title_of(file: DraftFile) -> str:
    if file.path == course_file.NAME:
        return gettext("Thông tin khóa học")
    return read_item_text(file.text or "").title or file.path


def make_file_page(
    draft: CourseDraft, file: DraftFile, actor: Actor, chosen: DraftRevision | None = None, refusal: str = ""
) -> FilePage:
    rows = list(
        db.session.scalars(
            select(DraftRevision).where(DraftRevision.file_id == file.id).order_by(DraftRevision.number.desc())
        )
    )
    names = names_of(row.saved_by for row in rows)
    lines = [
        RevisionLine(row.number, row.began_at, row.saved_at, _who(row.saved_by, names), row.number == file.revision)
        for row in rows
    ]
    return FilePage(
        draft=draft,
        file=file,
        title=title_of(file),
        revisions=lines,
        may_edit=may_edit(actor, draft),
        chosen=next((line for line in lines if chosen is not None and line.number == chosen.number), None),
        text=chosen.text if chosen else "",
        change=_change(draft, chosen.text, file.text or "") if chosen else None,
        refusal=refusal,
    )


def _change(draft: CourseDraft, old: str, new: str) -> ItemLine:
    media = {file.path: file.media for file in live_files(draft) if file.media is not None}
    return show_item(compare_texts(old, new, media, say), only_changes=True)
