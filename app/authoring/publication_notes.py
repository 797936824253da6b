"""What the authors of a draft should know at once: what waits, what was sent back, what did not happen."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from app.authoring.models import CourseDraft, DraftEvent
from app.authoring.people_names import name_of
from app.authoring.publication_words import when, why_not
from app.extensions import db

STEPS = (
    "submit_draft", "send_back_draft", "approve_draft", "publish_draft", "schedule_draft", "schedule_failed",
    "unschedule_draft", "roll_back_course", "take_published",
)  # fmt: skip
"""Acts on the way to publication."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened and matters now. `kind` as of notices: remember, right, wrong."""

    kind: str
    text: str
    words: str = ""
    """What somebody wrote."""


def make_notes(draft: CourseDraft) -> list[Note]:
    """Newest first."""
    notes: list[Note] = []
    last = _last_step(draft)
    if last is not None and last.act == "send_back_draft":
        who = gettext("%(who)s trả lại để sửa lúc %(when)s.", who=name_of(last.actor_id), when=when(last.at))
        notes.append(Note("wrong", who, str(last.detail.get("comment", ""))))
    if last is not None and last.act == "schedule_failed":
        reason = why_not(str(last.detail.get("reason", "")))
        notes.append(
            Note("wrong", gettext("Đến giờ hẹn (%(when)s) mà không xuất bản: %(why)s.", when=when(last.at), why=reason))
        )
    if draft.state in ("review", "approved"):
        notes += _notes_of_review(draft)
    if draft.publish_at is not None:
        notes.append(_note_of_schedule(draft, draft.publish_at))
    return notes


def _last_step(draft: CourseDraft) -> DraftEvent | None:
    """The latest step on the way to publication."""
    return db.session.scalar(
        select(DraftEvent)
        .where(DraftEvent.draft_id == draft.id, DraftEvent.act.in_(STEPS))
        .order_by(DraftEvent.at.desc())
        .limit(1)
    )


def _notes_of_review(draft: CourseDraft) -> list[Note]:
    if draft.state == "approved":
        return [Note("right", gettext("%(who)s đã duyệt.", who=name_of(draft.approved_by)))]
    asked = db.session.scalar(
        select(DraftEvent)
        .where(DraftEvent.draft_id == draft.id, DraftEvent.act == "submit_draft")
        .order_by(DraftEvent.at.desc())
        .limit(1)
    )
    words = str(asked.detail.get("comment", "")) if asked else ""
    at = when(asked.at) if asked else ""
    said = gettext("%(who)s gửi duyệt lúc %(when)s.", who=name_of(draft.submitted_by), when=at)
    notes = [Note("remember", said, words)]
    if draft.change != draft.submitted_change:
        notes.append(Note("remember", gettext("Sau đó bài còn được sửa thêm. Trang này cho thấy bản mới nhất.")))
    return notes


def _note_of_schedule(draft: CourseDraft, at: datetime) -> Note:
    if draft.change != draft.scheduled_change:
        return Note(
            "wrong",
            gettext(
                "Đã hẹn xuất bản lúc %(when)s, nhưng sau đó bài được sửa thêm nên sẽ không xuất bản. Hẹn lại giờ.",
                when=when(at),
            ),
        )
    return Note("right", gettext("Sẽ xuất bản lúc %(when)s.", when=when(at)))
