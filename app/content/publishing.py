"""From a folder on disk to a published course, and back. The commands and the start of the product use it."""

from pathlib import Path

from flask_babel import gettext
from sqlalchemy import select

from app.content import actions, worker
from app.content.actions import Published
from app.content.compile import course_file
from app.content.compile.course import (
    MEDIA_MARK,
    CompiledCourse,
    compile_course,
    hash_files,
    normalised_files,
)
from app.content.compile.course_file import with_base
from app.content.compile.faults import CourseRefused, Fault
from app.content.compile.text import UnreadableText, is_key, suggested_key
from app.content.folder import FolderRefused, read_folder
from app.content.models import Course, CourseVersion
from app.content.reference import reference
from app.shared import media
from app.shared.database import reader
from app.shared.errors import NotFound
from app.shared.settings import settings


def slug_of(folder: Path) -> str:
    return folder.resolve().name


def check_folder(folder: Path) -> CompiledCourse:
    """Compile a folder as publishing would.

    Raises:
        CourseRefused: with every fault.
    """
    slug = slug_of(folder)
    try:
        files = read_folder(folder)
    except FolderRefused as refused:
        raise CourseRefused([Fault(refused.file, 1, refused.reason)]) from None
    if not is_key(slug):
        reason = gettext(
            "Tên thư mục thành địa chỉ trang, chỉ dùng a-z, số, gạch nối. Đổi thành: %(name)s", name=suggested_key(slug)
        )
        raise CourseRefused([Fault(course_file.NAME, 1, reason)])
    return compile_course(files, slug, worker.render, reference())


def publish_folder(folder: Path, *, replaces: bool = False, only_once: bool = False) -> Published:
    """Check and publish a folder. Nothing is rendered where the folder is what is published already.

    With `only_once` a folder that was published before is left alone, whatever was published over it since.

    Raises:
        CourseRefused, Refusal: see `actions.publish_course`.
    """
    known = find_published(folder, was_current_once=only_once)
    if known is not None:
        return known
    return actions.publish_course(compiled=check_folder(folder), slug=slug_of(folder), replaces=replaces)


def find_published(folder: Path, *, was_current_once: bool = False) -> Published | None:
    """The version that holds exactly what the folder holds, under the same address, where it is the current one.

    With `was_current_once` also an earlier one.
    """
    try:
        content_hash = hash_files(normalised_files(read_folder(folder)))
    except (FolderRefused, UnreadableText):
        return None
    same = CourseVersion.course_id == Course.id if was_current_once else CourseVersion.id == Course.current_version_id
    found = reader().execute(
        select(Course.id, CourseVersion.id, CourseVersion.number)
        .join(CourseVersion, same)
        .where(Course.slug == slug_of(folder), CourseVersion.content_hash == content_hash)
        .order_by(CourseVersion.number.desc())
    )
    row = found.first()
    return Published(*row, outcome="unchanged") if row else None


def list_shipped_folders() -> list[Path]:
    """The folders of the courses that come with the product, in order of name."""
    return sorted(path.parent for path in settings().courses_dir.glob(f"*/{course_file.NAME}"))


def export_course(slug: str) -> dict[str, bytes]:
    """The current version as a folder that imports to the same content hash, with `base:` naming it.

    Raises:
        NotFound: no such course.
    """
    version = (
        reader()
        .execute(
            select(CourseVersion.files, CourseVersion.content_hash)
            .join(Course, Course.current_version_id == CourseVersion.id)
            .where(Course.slug == slug)
        )
        .one_or_none()
    )
    if version is None:
        raise NotFound
    files = {path: _content_of(value) for path, value in version.files.items()}
    header = with_base(version.files[course_file.NAME], version.content_hash)
    return {**files, course_file.NAME: header.encode()}


def _content_of(value: str) -> bytes:
    if not value.startswith(MEDIA_MARK):
        return value.encode()
    sha256, _, extension = value.removeprefix(MEDIA_MARK).partition(".")
    content = media.find(sha256, extension)
    if content is None:
        raise NotFound
    return content
