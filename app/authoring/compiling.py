"""Drafts compiled: one item for its preview, the whole course for its list of faults. Nothing is stored."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from uuid import UUID

from app.authoring.arranging import items_of
from app.authoring.drafts import live_files
from app.authoring.models import CourseDraft, DraftFile
from app.content import worker
from app.content.compile.course import CompiledCourse, compile_one_item
from app.content.compile.course_file import NAME, CourseHeader
from app.content.compile.faults import CourseRefused, Fault
from app.content.compile.item import CompiledItem, ItemMemory
from app.content.compile.normal_form import MEDIA_MARK, hash_files
from app.content.photos import examine
from app.content.publishing import Source, check_source, contents_of
from app.content.reference import reference
from app.shared import media

MOST_ITEMS_KEPT = 400
MOST_MEDIA_BYTES = 16 * 1024 * 1024
MOST_COURSES_KEPT = 20
_memory = ItemMemory(MOST_ITEMS_KEPT)


class MediaMemory:
    """Pictures that were read a moment ago: they are named by their content, so they never change."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, name: str) -> bytes:
        """The content of "SHA256.ext"; empty if it is nowhere, which compiling then refuses."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        sha256, _, extension = name.partition(".")
        content = media.find(sha256, extension) or b""
        with self._lock:
            if name not in self._kept:
                self._kept[name] = content
                self._size += len(content)
            while self._size > self._most and len(self._kept) > 1:
                self._size -= len(self._kept.popitem(last=False)[1])
        return content


_media = MediaMemory(MOST_MEDIA_BYTES)


@dataclass(frozen=True, slots=True)
class Check:
    """What `flask courses check` would say of a draft."""

    compiled: CompiledCourse | None
    """None where a fault stops it."""
    faults: tuple[Fault, ...]

    @property
    def serious(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_warning]

    @property
    def warnings(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.is_warning]

    def of(self, path: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.file == path]


_checks: OrderedDict[tuple[UUID, str, str], Check] = OrderedDict()
_checks_lock = threading.Lock()


def draft_folder(draft: CourseDraft) -> dict[str, bytes]:
    """The files of the draft as a course folder."""
    return {file.path: content_of(file) for file in live_files(draft)}


def content_of(file: DraftFile) -> bytes:
    return (file.text or "").encode() if file.media is None else _media.get(file.media)


def draft_files(draft: CourseDraft) -> dict[str, str]:
    """The draft as a version keeps its files: text, or "media:SHA256.ext"."""
    return {f.path: f.text or "" if f.media is None else f"{MEDIA_MARK}{f.media}" for f in live_files(draft)}


def draft_hash(draft: CourseDraft) -> str:
    """The content hash that the draft would have as a version."""
    return hash_files(draft_files(draft))


def check_draft(draft: CourseDraft) -> Check:
    """The whole draft compiled as publishing would; what did not change since is not compiled again."""
    return _check(draft, draft_hash(draft), lambda: draft_folder(draft))


def check_files(draft: CourseDraft, files: Mapping[str, str]) -> Check:
    """The draft as it would be with these files, as a version keeps them."""
    return _check(draft, hash_files(files), lambda: contents_of(files))


def _check(draft: CourseDraft, content_hash: str, folder: Callable[[], dict[str, bytes]]) -> Check:
    key = (draft.id, draft.slug, content_hash)
    with _checks_lock:
        if key in _checks:
            _checks.move_to_end(key)
            return _checks[key]
    try:
        compiled = check_source(Source(draft.slug, folder()), memory=_memory)
        check = Check(compiled, compiled.warnings)
    except CourseRefused as refused:
        check = Check(None, refused.faults)
    with _checks_lock:
        _checks[key] = check
        while len(_checks) > MOST_COURSES_KEPT:
            _checks.popitem(last=False)
    return check


def compile_item(
    draft: CourseDraft, file: DraftFile, text: str | None = None
) -> tuple[CompiledItem, CourseHeader, list[Fault]]:
    """An item of the draft, with another `text` than the stored one where given, and what is wrong in it.

    Only the pictures that it mentions are read. After serious faults the item is a stand-in that may be shown.
    """
    text = file.text or "" if text is None else text
    plain = unquote(text)
    folder: dict[str, bytes] = {}
    for other in live_files(draft):
        if other.media is not None:
            if other.path in plain:
                folder[other.path] = content_of(other)
        elif other.path == NAME:
            folder[other.path] = content_of(other)
        else:
            folder[other.path] = b""
    folder[file.path] = text.encode()
    return compile_one_item(folder, file.path, draft.slug, worker.render, examine, reference(), _memory)


def draft_items(draft: CourseDraft) -> list[DraftFile]:
    """The items of the draft in order."""
    return items_of(live_files(draft))
