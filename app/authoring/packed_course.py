"""A packed course that somebody sends, or the files of its folder; and the course here that it is another state of."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.authoring import deleting, drafts
from app.authoring.draft_access import find_draft_of, may_edit, path_of
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.starting import find_begun, free_address
from app.content.actions import lock_publishing
from app.content.compile import course_file
from app.content.compile.text import UnreadableText, is_key, normalise
from app.content.folder import MAXIMUM_BYTES, MAXIMUM_FILES, FolderRefused
from app.content.models import Course, CourseVersion
from app.content.photos import normal_folder
from app.content.source_fields import read_plain, with_values
from app.content.zip_folder import ENDINGS, MAXIMUM_PACKED, PACKED_MB, read_zip
from app.extensions import db
from app.shared.errors import NotFound, Refusal


class PackedRefused(Refusal):
    status = 422


@dataclass(frozen=True, slots=True)
class Packed:
    """The files as they came, with photos in their normal form, and the name of the folder."""

    files: dict[str, bytes]
    name: str

    @property
    def header(self) -> str:
        return self.files.get(course_file.NAME, b"").decode("utf-8", "replace")

    def word(self, name: str) -> str:
        value = read_plain(self.header).get(name)
        return value if isinstance(value, str) else ""

    def press_of(self, form: str) -> str:
        """Names these files sent by this form: the same form with other files begins another course."""
        if not form:
            return ""
        told = hashlib.sha256()
        for path, content in sorted(self.files.items()):
            told.update(f"{path}\0{len(content)}\0".encode() + content)
        return f"{form}:{told.hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Same:
    """A course or draft that has the key of what was sent."""

    title: str
    may_edit: bool
    course: Course | None
    draft: CourseDraft | None


def read_packed(uploaded: FileStorage | None, folder: Iterable[FileStorage]) -> Packed:
    """A .zip, or the files of a folder as a browser sends them. Opens photos, so no transaction should be open.

    Raises:
        PackedRefused: nothing was chosen, or it cannot be read.
    """
    chosen = [file for file in folder if (file.filename or "").lower().endswith(ENDINGS)]
    if uploaded is not None and uploaded.filename:
        name, content = uploaded.filename.removesuffix(".zip"), uploaded.stream.read(MAXIMUM_PACKED + 1)
    elif chosen:
        name, content = "", _packed(chosen)
    else:
        raise PackedRefused(gettext("Chưa chọn tệp nào. Chọn tệp .zip, hoặc chọn cả thư mục khóa học."))
    try:
        read = read_zip(content)
    except FolderRefused as refused:
        where = "" if refused.file == "." else f"{refused.file}: "
        raise PackedRefused(f"{where}{refused.reason}") from None
    _refuse_unreadable(read.files)
    return Packed(normal_folder(read.files), read.name or name.replace("\\", "/").rpartition("/")[2])


def _packed(files: list[FileStorage]) -> bytes:
    """What a browser sends of a folder, as one archive, so that it is judged like one."""
    target, left = io.BytesIO(), MAXIMUM_BYTES
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in files[: MAXIMUM_FILES + 1]:
            content = file.stream.read(left + 1)
            left -= len(content)
            if left < 0 or len(files) > MAXIMUM_FILES:
                raise PackedRefused(gettext("Thư mục quá lớn. Chọn đúng thư mục của một khóa học."))
            archive.writestr(zipfile.ZipInfo(file.filename or ""), content)
    if target.tell() > MAXIMUM_PACKED:
        raise PackedRefused(gettext("Thư mục nặng quá %(size)s MB. Bớt hình và âm thanh.", size=PACKED_MB))
    return target.getvalue()


def _refuse_unreadable(files: Mapping[str, bytes]) -> None:
    """Faults may stand in a draft, text that is none may not."""
    for path, content in files.items():
        if path.endswith((".md", ".yml")):
            try:
                normalise(content)
            except UnreadableText as error:
                line = gettext("dòng %(line)s", line=error.line)
                raise PackedRefused(f"{path}, {line}: {error}") from None


def find_same(key: str, actor: Actor) -> Same | None:
    """The published course with this key, else a draft with it that the actor may edit."""
    if not is_key(key):
        return None
    course = db.session.scalar(select(Course).where(Course.key == key))
    if course is not None:
        draft = find_draft_of(course.id)
        is_allowed = may_edit(actor, draft) if draft else _may_write(course, actor)
        title = db.session.scalar(select(CourseVersion.title).where(CourseVersion.id == course.current_version_id))
        return Same(title or course.slug, is_allowed, course, draft)
    for draft in _drafts_with(key):
        if may_edit(actor, draft):
            return Same(draft.title, True, None, draft)
    return None


def _may_write(course: Course, actor: Actor) -> bool:
    return allows(actor, Permission.WRITE_COURSES, path_of(course.place_id))


def _drafts_with(key: str) -> list[CourseDraft]:
    query = (
        select(CourseDraft, DraftFile.text)
        .join(DraftFile, DraftFile.draft_id == CourseDraft.id)
        .where(
            CourseDraft.deleted_at.is_(None),
            DraftFile.deleted_at.is_(None),
            DraftFile.path == course_file.NAME,
            DraftFile.text.contains(key, autoescape=True),
        )
    )
    return [draft for draft, text in db.session.execute(query) if read_plain(text or "").get("key") == key]


def put_into(same: Same, packed: Packed, by: Actor) -> CourseDraft:
    """The files as the draft of the course that is there; what it held can be brought back.

    Raises:
        NotFound: the actor may not edit it.
    """
    if not same.may_edit:
        raise NotFound
    draft = same.draft
    if draft is None:
        return _continue(same.course, packed, by)
    if draft.deleted_at is not None:
        deleting.restore_draft(draft, by)
    drafts.lock_draft(draft)
    drafts.fill_draft(draft, packed.files, by)
    drafts.note_event(draft, "import_folder", by)
    return draft


def _continue(course: Course | None, packed: Packed, by: Actor) -> CourseDraft:
    if course is None:
        raise NotFound
    base = db.session.scalar(
        select(CourseVersion.id).where(
            CourseVersion.course_id == course.id, CourseVersion.content_hash == packed.word("base")
        )
    )
    return drafts.create_draft(
        packed.files,
        slug=course.slug,
        by=by,
        place_id=course.place_id,
        course_id=course.id,
        base_version_id=base or course.current_version_id,
    )


def start_packed(
    packed: Packed, place_id: UUID | None, by: Actor, *, with_new_key: bool, press: str = ""
) -> CourseDraft:
    """The files as a new course, with their own key where it is free; what the same press began is led to."""
    lock_publishing()
    begun = find_begun(press, by)
    if begun is not None:
        return begun
    address = free_address(packed.name or packed.word("title") or "khoa-hoc")
    key = packed.word("key")
    if with_new_key or not is_key(key) or _is_taken(key):
        header = with_values(course_file.without_base(packed.header), {"key": address, "edition": None})
        packed.files[course_file.NAME] = header.encode()
    return drafts.create_draft(packed.files, slug=address, by=by, place_id=place_id, owner_id=by.person_id, press=press)


def _is_taken(key: str) -> bool:
    is_published = db.session.scalar(select(Course.id).where(Course.key == key)) is not None
    return is_published or bool(_drafts_with(key))
