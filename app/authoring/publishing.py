"""From draft to published course: sent for review, sent back, approved, published, by hand or at an hour.

Each action flushes, none commits. What somebody acts on is the `change` that stood on their page: what was written
since is published by nobody unseen.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.authoring.addresses import follow_course
from app.authoring.compiling import check_draft, draft_hash
from app.authoring.draft_access import IN_REVIEW
from app.authoring.drafts import lock_draft, note_event
from app.authoring.models import CourseDraft
from app.authoring.places_in_charge import is_ended
from app.authoring.publication_check import faults_of_publication
from app.authoring.reviewing import is_approved, is_author, may_publish, needs_reviewer
from app.content.actions import Published, Publisher, WrittenInBrowser, lock_publishing, publish_course
from app.content.compile.course import CompiledCourse
from app.content.compile.faults import CourseRefused
from app.content.models import Course, CourseVersion
from app.extensions import db
from app.shared.clock import local, now
from app.shared.errors import Refusal
from app.shared.vietnamese import clean

LONGEST_COMMENT = 1000
LATEST = timedelta(days=366)
"""So far ahead a publication may be arranged."""


class DraftChanged(Refusal):
    status = 409
    sentence = "Bài vừa được sửa thêm. Xem lại rồi bấm."


class ReviewNeeded(Refusal):
    status = 409
    sentence = "Nơi này cần người khác duyệt trước khi xuất bản. Bấm Gửi duyệt."


class OwnWork(Refusal):
    status = 409
    sentence = "Người viết hoặc gửi duyệt khóa này không tự duyệt được. Nhờ người biên soạn khác duyệt."


class NotInReview(Refusal):
    status = 409
    sentence = "Bài này không còn chờ duyệt. Mở lại trang để xem."


class CommentNeeded(Refusal):
    status = 422
    sentence = "Ghi vài lời cho người soạn biết cần sửa gì."


class StillFaulty(Refusal):
    status = 422
    sentence = "Khóa học còn lỗi. Sửa hết các lỗi ở đầu trang rồi bấm lại."


class NothingNew(Refusal):
    status = 409
    sentence = "Bản nháp giống hệt bản đang dùng, chưa có gì để xuất bản."


class BaseMoved(Refusal):
    """Another version was published since this draft was begun: by a command, or over a folder."""

    status = 409
    sentence = "Trong lúc soạn đã có bản khác được xuất bản. Xem hai bản khác nhau chỗ nào rồi chọn."


class NotPublisher(Refusal):
    status = 403
    sentence = "Khóa học này của nơi khác nên chưa xuất bản được. Nhờ người biên soạn của nơi ấy xuất bản."


class PlaceEnded(Refusal):
    status = 409
    sentence = "Nơi của khóa học đã sắp xếp lại. Bấm Đổi nơi, chọn nơi hiện nay rồi làm lại."


class TimeIsOver(Refusal):
    status = 422
    sentence = "Giờ hẹn phải sau lúc này, và trong vòng một năm. Chọn lại ngày giờ."


def submit_draft(draft: CourseDraft, change: int, by: Actor, note: str = "") -> None:
    """Ask for a review of what stands there. Sent twice, it is asked once."""
    _lock(draft)
    if draft.state == "review" and draft.submitted_change == draft.change == change:
        return
    _refuse_other_change(draft, change)
    refuse_faults(draft)
    if is_current(draft):
        raise NothingNew
    draft.state, draft.submitted_change, draft.submitted_by = "review", change, by.person_id
    draft.approved_change = draft.approved_by = None
    note_event(draft, "submit_draft", by, change=change, comment=_comment(note))


def send_back(draft: CourseDraft, by: Actor, comment: str) -> None:
    """Give it back to its authors with what is to be mended."""
    lock_draft(draft)
    if draft.state not in IN_REVIEW:
        raise NotInReview
    if not _comment(comment):
        raise CommentNeeded
    draft.state = "draft"
    draft.approved_change = draft.approved_by = None
    note_event(draft, "send_back_draft", by, change=draft.change, comment=_comment(comment))


def approve_draft(draft: CourseDraft, change: int, by: Actor) -> None:
    """Say yes to exactly this change. Whoever had a share in it cannot."""
    _lock(draft)
    if draft.state == "approved" and draft.approved_change == draft.change == change:
        return
    if draft.state not in IN_REVIEW:
        raise NotInReview
    _refuse_other_change(draft, change)
    if is_author(by, draft):
        raise OwnWork
    refuse_faults(draft)
    draft.state, draft.approved_change, draft.approved_by = "approved", change, by.person_id
    note_event(draft, "approve_draft", by, change=change)


def publish_draft(draft: CourseDraft, change: int, by: Actor, *, over: bool = False) -> Published:
    """Publish as the next version. What is current already is published by nobody twice.

    `over`: also over a version that was published since the draft was begun.

    Raises:
        DraftChanged, StillFaulty, ReviewNeeded, BaseMoved, NotPublisher: see there.
        SlugTaken: another course has or had the address.
    """
    _lock(draft)
    lock_publishing()
    course = db.session.get(Course, draft.course_id, populate_existing=True) if draft.course_id else None
    current = current_version(draft)
    if current and course and current.content_hash == draft_hash(draft) and course.place_id == draft.place_id:
        settle(draft, current.id)
        return Published(current.course_id, current.id, current.number, "unchanged")
    compiled = _ready(draft, change, by, over=over)
    published = publish_compiled(compiled, draft.slug, draft.place_id, by)
    draft.course_id = published.course_id
    approved_by = str(draft.approved_by) if draft.approved_by else None
    settle(draft, published.version_id)
    note_event(draft, "publish_draft", by, number=published.number, change=change, approved_by=approved_by)
    return published


def publish_compiled(compiled: CompiledCourse, slug: str, place_id: UUID | None, by: Actor) -> Published:
    """Publish what was compiled from the workshop's files.

    Raises:
        StillFaulty: what was published before stands against it.
        SlugTaken: another course has or had the address.
    """
    publisher = Publisher(by.person_id, by.capacity)
    try:
        return publish_course(compiled=compiled, slug=slug, by=publisher, written=WrittenInBrowser(place_id))
    except CourseRefused:
        raise StillFaulty from None


def schedule_draft(draft: CourseDraft, change: int, at: datetime, by: Actor, *, over: bool = False) -> None:
    """Let the job publish this change at that moment, if it still may then."""
    _lock(draft)
    if (draft.publish_at, draft.scheduled_change, draft.change) == (at, change, change):
        return
    if not now() < at < now() + LATEST:
        raise TimeIsOver
    if is_current(draft):
        raise NothingNew
    _ready(draft, change, by, over=over)
    draft.base_version_id = current.id if (current := current_version(draft)) else None
    draft.publish_at, draft.scheduled_change, draft.scheduled_by = at, change, by.person_id
    note_event(draft, "schedule_draft", by, change=change, at=local(at).isoformat())


def unschedule(draft: CourseDraft, by: Actor) -> None:
    """Publish it at no hour. Where none was set, nothing happens."""
    lock_draft(draft)
    if draft.publish_at is not None:
        clear_schedule(draft)
        note_event(draft, "unschedule_draft", by)


def clear_schedule(draft: CourseDraft) -> None:
    draft.publish_at = draft.scheduled_change = draft.scheduled_by = None


def compile_ahead(draft: CourseDraft, change: int) -> None:
    """Compile what somebody is about to act on, before anything is locked: the action finds it done.

    Raises:
        StillFaulty: nothing needs to be locked to say so.
    """
    if draft.change == change:
        refuse_faults(draft)


def _lock(draft: CourseDraft) -> None:
    lock_draft(draft)
    follow_course(draft)


def _ready(draft: CourseDraft, change: int, by: Actor, *, over: bool) -> CompiledCourse:
    """What is to be published. A change that nobody looked at is refused before it is compiled."""
    if not may_publish(by, draft):
        raise NotPublisher
    _refuse_other_change(draft, change)
    compiled = refuse_faults(draft)
    if needs_reviewer(draft) and not is_approved(draft):
        raise ReviewNeeded
    if has_other_place(draft) and is_ended(draft.place_id):
        raise PlaceEnded
    if has_other_base(draft) and not over:
        raise BaseMoved
    return compiled


def has_other_place(draft: CourseDraft) -> bool:
    """Whether publishing would give the course to a place that it does not belong to now; the first time it does."""
    return draft.course_id is None or place_of_course(draft) != draft.place_id


def place_of_course(draft: CourseDraft) -> UUID | None:
    """Where the published course belongs; None for everyone, and where nothing is published."""
    if draft.course_id is None:
        return None
    place_id: UUID | None = db.session.scalar(select(Course.place_id).where(Course.id == draft.course_id))
    return place_id


def has_other_base(draft: CourseDraft) -> bool:
    """Whether another version than the one that the draft continues is current."""
    current = current_version(draft)
    return current is not None and current.id != draft.base_version_id


def _refuse_other_change(draft: CourseDraft, change: int) -> None:
    if draft.change != change:
        raise DraftChanged


def refuse_faults(draft: CourseDraft) -> CompiledCourse:
    """The draft compiled, which is quick where nothing changed since it was compiled last."""
    check = check_draft(draft)
    if check.compiled is None or check.serious or faults_of_publication(draft, check):
        raise StillFaulty
    return check.compiled


def current_version(draft: CourseDraft) -> CourseVersion | None:
    """What is published of this course now."""
    if draft.course_id is None:
        return None
    current: UUID | None = db.session.scalar(select(Course.current_version_id).where(Course.id == draft.course_id))
    return db.session.get(CourseVersion, current) if current else None


def is_current(draft: CourseDraft) -> bool:
    """Whether the draft reads exactly as what is published, for the same place."""
    current = current_version(draft)
    return (
        current is not None
        and draft.base_version_id is not None
        and current.content_hash == draft_hash(draft)
        and not has_other_place(draft)
    )


def settle(draft: CourseDraft, version_id: UUID) -> None:
    """The draft is what is published, for the place that has it: nothing waits any more."""
    draft.place_id = place_of_course(draft)
    draft.base_version_id, draft.published_change, draft.state = version_id, draft.change, "draft"
    draft.submitted_change = draft.submitted_by = draft.approved_change = draft.approved_by = None
    clear_schedule(draft)
    db.session.flush()


def _comment(text: str) -> str:
    """Lines as they are, without what cannot be seen."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()[:LONGEST_COMMENT]
