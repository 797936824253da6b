"""The published versions behind a draft: opening a published course for writing, following it, going back in it.

Versions are only ever added: going back publishes the old files as a new version. Texts that others take the place of
stay in the draft's own history.
"""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.authoring import drafts
from app.authoring.addresses import follow_course, make_way
from app.authoring.compiling import check_files, draft_hash
from app.authoring.draft_access import base_hash, find_draft_of, may_edit
from app.authoring.models import CourseDraft, DraftFile, DraftRevision
from app.authoring.publishing import (
    DraftChanged,
    NotPublisher,
    StillFaulty,
    current_version,
    has_other_place,
    place_of_course,
    publish_compiled,
    settle,
)
from app.authoring.reviewing import may_publish
from app.content.actions import Published, lock_publishing
from app.content.compile import course_file
from app.content.compile.course import CompiledCourse
from app.content.models import Course, CourseVersion
from app.content.publishing import contents_of
from app.content.source_fields import read_plain, with_values
from app.extensions import db
from app.shared.errors import NotFound


def open_draft_of(course: Course, by: Actor) -> CourseDraft:
    """The draft of a published course, made where there is none, with what is published where nothing else is in it.

    Raises:
        NotFound: the draft is somebody's own.
    """
    draft = find_draft_of(course.id)
    if draft is None:
        lock_publishing()
        draft = find_draft_of(course.id) or _adopted(course, by) or _new_draft(course, by)
    if not may_edit(by, draft):
        raise NotFound
    drafts.lock_draft(draft)
    follow_course(draft)
    if draft.deleted_at is not None:
        draft.deleted_at = draft.deleted_by = None
        drafts.note_event(draft, "restore_draft", by)
        _take(draft, by)
    elif is_untouched(draft):
        _take(draft, by)
    return draft


def _new_draft(course: Course, by: Actor) -> CourseDraft:
    version = db.session.get_one(CourseVersion, course.current_version_id)
    make_way(course.slug)
    draft = drafts.create_draft(
        contents_of(version.files),
        slug=course.slug,
        by=by,
        place_id=course.place_id,
        course_id=course.id,
        base_version_id=version.id,
    )
    settle(draft, version.id)
    drafts.note_event(draft, "open_draft", by, number=version.number)
    return draft


def _adopted(course: Course, by: Actor) -> CourseDraft | None:
    """A draft that was taken out as a folder and first published from there goes on as the draft of that course."""
    draft = db.session.scalar(
        select(CourseDraft).where(
            CourseDraft.slug == course.slug, CourseDraft.course_id.is_(None), CourseDraft.deleted_at.is_(None)
        )
    )
    header = next((file for file in drafts.live_files(draft) if file.path == course_file.NAME), None) if draft else None
    if draft is None or header is None or not may_edit(by, draft):
        return None
    if read_plain(header.text or "").get("key") != course.key:
        return None
    draft.course_id = course.id
    drafts.note_event(draft, "adopt_course", by)
    return draft


def is_untouched(draft: CourseDraft) -> bool:
    """Whether the draft holds nothing but what its base version holds."""
    if draft.base_version_id is None or has_other_place(draft):
        return False
    return draft.change == draft.published_change or draft_hash(draft) == base_hash(draft)


def take_published(draft: CourseDraft, by: Actor) -> None:
    """Put what is published now in place of the draft's own files, which stay in its history."""
    drafts.lock_draft(draft)
    if current_version(draft) is None:
        raise NotFound
    follow_course(draft)
    _take(draft, by)


def _take(draft: CourseDraft, by: Actor) -> None:
    version = current_version(draft)
    if version is None or (version.id == draft.base_version_id and draft.change == draft.published_change):
        return
    if draft_hash(draft) != version.content_hash:
        drafts.fill_draft(draft, contents_of(version.files), by)
    settle(draft, version.id)
    drafts.note_event(draft, "take_published", by, number=version.number)


def get_version_of(draft: CourseDraft, number: int) -> CourseVersion:
    """A version of the draft's course by its number.

    Raises:
        NotFound: there is none.
    """
    version = db.session.scalar(
        select(CourseVersion).where(CourseVersion.course_id == draft.course_id, CourseVersion.number == number)
    )
    if draft.course_id is None or version is None:
        raise NotFound
    return version


def files_to_return_to(version: CourseVersion, current: CourseVersion) -> dict[str, str]:
    """The files of an earlier version; its edition never falls behind, or people would lose what they earned."""
    header = version.files[course_file.NAME]
    if version.edition < current.edition:
        header = with_values(header, {"edition": str(current.edition)})
    return {**version.files, course_file.NAME: header}


def compile_return(draft: CourseDraft, number: int) -> CompiledCourse:
    """An earlier version compiled as it would be published today: ahead, before anything is locked, and again.

    Raises:
        StillFaulty: the program refuses today what was right then.
    """
    version, current = get_version_of(draft, number), current_version(draft)
    if current is None:
        raise NotFound
    compiled = check_files(draft, files_to_return_to(version, current)).compiled
    if compiled is None:
        raise StillFaulty
    return compiled


def roll_back(draft: CourseDraft, number: int, seen: UUID, by: Actor) -> Published:
    """Publish an earlier version again as the newest one; the draft takes its files, too. Sent twice, it is done once.

    `seen` is the version that was current on the page on which this was decided. No reviewer is asked for: it was
    published before, and going back must not wait.

    Raises:
        DraftChanged: another version is current by now.
        StillFaulty: the program refuses today what was right then.
        NotPublisher: the course is another place's.
    """
    drafts.lock_draft(draft)
    current = current_version(draft)
    if current is None:
        raise NotFound
    if not may_publish(by, draft):
        raise NotPublisher
    follow_course(draft)
    lock_publishing()
    compiled = compile_return(draft, number)
    if compiled.content_hash == current.content_hash:
        return Published(current.course_id, current.id, current.number, "unchanged")
    if current.id != seen:
        raise DraftChanged
    published = publish_compiled(compiled, draft.slug, place_of_course(draft), by)
    if draft_hash(draft) != compiled.content_hash:
        drafts.fill_draft(draft, contents_of(compiled.files), by)
    settle(draft, published.version_id)
    drafts.note_event(draft, "roll_back_course", by, version=number, number=published.number)
    return published


def get_revision(file: DraftFile, number: int) -> DraftRevision:
    """What a file was at one time.

    Raises:
        NotFound: it has no such revision.
    """
    revision = db.session.scalar(
        select(DraftRevision).where(DraftRevision.file_id == file.id, DraftRevision.number == number)
    )
    if revision is None:
        raise NotFound
    return revision


def restore_revision(draft: CourseDraft, file_id: UUID, number: int, base_revision: int, by: Actor) -> None:
    """Make an earlier text the newest one; the present one stays behind it.

    Raises:
        SaveConflict: somebody saved another text since that page was shown.
    """
    drafts.lock_draft(draft)
    file = drafts.get_file(draft, file_id)
    revision = get_revision(file, number)
    if revision.text == file.text:
        return
    if base_revision != file.revision:
        raise drafts.SaveConflict(file)
    drafts.write_text(file, revision.text, by, apart=True)
    drafts.touch(draft, by)
    drafts.note_event(draft, "restore_revision", by, file=file.path, number=number)
