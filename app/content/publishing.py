"""From a course folder, on disk or in a .zip, to a published course, and back. Commands, start and pages use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from app.content import actions, worker
from app.content.actions import COMMAND, Published, Publisher
from app.content.compile import course_file
from app.content.compile.course import CompiledCourse, compile_course
from app.content.compile.course_file import with_base
from app.content.compile.faults import CourseRefused, Fault
from app.content.compile.item import NOTHING_KNOWN, CompiledItem, ItemMemory, KnownItems
from app.content.compile.normal_form import MEDIA_MARK, hash_files, normalised_files
from app.content.compile.quiz import Quiz
from app.content.compile.text import UnreadableText, is_key, suggested_key
from app.content.folder import FolderRefused, read_folder
from app.content.models import Course, CourseItem, CourseVersion
from app.content.photos import examine, normal_folder
from app.content.reference import reference
from app.content.zip_folder import MAXIMUM_PACKED, read_zip
from app.shared import media
from app.shared.database import reader
from app.shared.errors import NotFound
from app.shared.settings import settings


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one course as they came, with photos in their normal form."""

    slug: str
    files: dict[str, bytes]


def slug_of(path: Path) -> str:
    """The address that a folder or a .zip asks for by its own name."""
    name = path.resolve().name
    return name[: -len(".zip")] if is_zip(path) else name


def is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip" and not path.is_dir()


def read_source(path: Path) -> Source:
    """A course folder, or a .zip of one.

    Raises:
        CourseRefused: it cannot be read as a course folder.
    """
    try:
        if not is_zip(path):
            return Source(slug_of(path), normal_folder(read_folder(path)))
        if not path.is_file():
            raise FolderRefused(gettext("Không có tệp này."))
        with path.open("rb") as file:
            packed = file.read(MAXIMUM_PACKED + 1)
        return _unpacked(packed, slug_of(path))
    except FolderRefused as refused:
        raise CourseRefused([Fault(refused.file, 1, refused.reason)]) from None


def read_uploaded(content: bytes, name: str) -> Source:
    """A .zip that came over the web; `name` is what the file was called there.

    Raises:
        CourseRefused: it cannot be read as a course folder.
    """
    try:
        return _unpacked(content, name.removesuffix(".zip"))
    except FolderRefused as refused:
        raise CourseRefused([Fault(refused.file, 1, refused.reason)]) from None


def _unpacked(packed: bytes, name: str) -> Source:
    folder = read_zip(packed)
    return Source(folder.name or name, normal_folder(folder.files))


def check_source(source: Source, known: KnownItems = NOTHING_KNOWN, memory: ItemMemory | None = None) -> CompiledCourse:
    """Compile as publishing would; what is `known` or in `memory` is not rendered again.

    Raises:
        CourseRefused: with every fault.
    """
    if not is_key(source.slug):
        name = suggested_key(source.slug)
        reason = gettext("Tên thư mục thành địa chỉ trang, chỉ dùng a-z, số, gạch nối. Đổi thành: %(name)s", name=name)
        raise CourseRefused([Fault(course_file.NAME, 1, reason)])
    return compile_course(source.files, source.slug, worker.render, examine, reference(), known, memory)


def publish_source(
    source: Source, *, replaces: bool = False, only_once: bool = False, by: Publisher = COMMAND
) -> Published:
    """Check and publish, all or nothing. Nothing is rendered where this is what is published already.

    With `only_once` a folder that was published before is left alone, whatever was published over it since.

    Raises:
        CourseRefused, Refusal: see `actions.publish_course`.
    """
    known = find_published(source.files, source.slug, was_current_once=only_once)
    if known is not None:
        return known
    compiled = check_source(source, published_items(source.slug))
    return actions.publish_course(compiled=compiled, slug=source.slug, replaces=replaces, by=by)


def check_folder(path: Path) -> CompiledCourse:
    """`check_source` of a folder or .zip on disk."""
    return check_source(read_source(path))


def publish_folder(path: Path, *, replaces: bool = False, only_once: bool = False) -> Published:
    """`publish_source` of a folder or .zip on disk."""
    return publish_source(read_source(path), replaces=replaces, only_once=only_once)


def find_published(files: Mapping[str, bytes], slug: str, *, was_current_once: bool = False) -> Published | None:
    """The version that holds exactly these files, under the same address, where it is the current one.

    With `was_current_once` also an earlier one.
    """
    try:
        content_hash = hash_files(normalised_files(files))
    except UnreadableText:
        return None
    same = CourseVersion.course_id == Course.id if was_current_once else CourseVersion.id == Course.current_version_id
    found = reader().execute(
        select(Course.id, CourseVersion.id, CourseVersion.number)
        .join(CourseVersion, same)
        .where(Course.slug == slug, CourseVersion.content_hash == content_hash)
        .order_by(CourseVersion.number.desc())
    )
    row = found.first()
    return Published(*row, outcome="unchanged") if row else None


def published_items(slug: str) -> KnownItems:
    """The items of the course's current version, by what each was compiled from."""
    rows = reader().execute(
        select(CourseItem.__table__)
        .join(Course, Course.current_version_id == CourseItem.version_id)
        .where(Course.slug == slug, CourseItem.source_hash.is_not(None))
    )
    return {row.source_hash: _compiled_item(row) for row in rows}


def _compiled_item(row: Any) -> CompiledItem:
    return CompiledItem(
        position=row.position,
        file="",
        kind=row.kind,
        key=row.key,
        slug=row.slug,
        title=row.title,
        minutes=row.minutes,
        body=row.body.decode(),
        search_text=row.search_text,
        quiz=Quiz.from_json(row.quiz) if row.quiz else None,
        data=row.data or {},
        source_hash=row.source_hash,
    )


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
    header = with_base(version.files[course_file.NAME], version.content_hash)
    return {**contents_of(version.files), course_file.NAME: header.encode()}


def contents_of(files: Mapping[str, str]) -> dict[str, bytes]:
    """A stored folder in its normal form as the files that it stands for.

    Raises:
        NotFound: a picture or sound of it is not kept.
    """
    return {path: _content_of(value) for path, value in files.items()}


def _content_of(value: str) -> bytes:
    if not value.startswith(MEDIA_MARK):
        return value.encode()
    sha256, _, extension = value.removeprefix(MEDIA_MARK).partition(".")
    content = media.find(sha256, extension)
    if content is None:
        raise NotFound
    return content
