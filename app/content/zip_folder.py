"""A course folder packed as one .zip: read whole into memory, written on export. Nothing is ever unpacked to a disk.

Only plain archives are read: what a person makes with "Nén". Anything clever (links, paths that lead out, encryption,
several parts, data before or behind, two files of one name) is refused as a whole.
"""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from app.content.folder import IGNORED, FolderRefused
from app.content.interchange.office_file import BROKEN_ARCHIVE, MAXIMUM_UNPACKED

MAXIMUM_PACKED = 20 * 1024 * 1024
PACKED_MB = MAXIMUM_PACKED // 1024**2
MAXIMUM_BYTES = MAXIMUM_UNPACKED
MAXIMUM_ENTRIES = 2_000
MAXIMUM_DEPTH = 8
MAXIMUM_RATIO = 100
MAXIMUM_DIRECTORY = MAXIMUM_ENTRIES * 512
"""Bytes of the table of contents; it is read whole before its entries can be counted."""
ENDINGS = (".md", ".yml", ".yaml", ".jpg", ".jpeg", ".png", ".webp", ".svg", ".mp3", ".opus")
PACKED_ALREADY = (".jpg", ".jpeg", ".png", ".webp", ".mp3", ".opus")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_NAME_IS_UTF8 = 0x800
_END_SIZE = 22
_LOCATOR_SIZE = 20
_DATE = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 16
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class ZippedFolder:
    """The files by their path with "/", as `folder.read_folder` gives them."""

    files: dict[str, bytes]
    name: str
    """The one folder at the top, which gives the course its address; "" where files lie at the top."""


def read_zip(content: bytes) -> ZippedFolder:
    """The folder that was packed, without what operating systems leave behind.

    Raises:
        FolderRefused: anything but a plain archive of course files within the limits.
    """
    if len(content) > MAXIMUM_PACKED:
        raise FolderRefused(
            gettext("Tệp .zip nặng quá %(size)s MB. Bớt âm thanh hoặc chia thành nhiều khóa.", size=PACKED_MB)
        )
    _check_ends(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = _unpacked(archive, _checked_entries(archive))
    except FolderRefused:
        raise
    except BROKEN_ARCHIVE:
        raise _broken() from None
    tops = {path.partition("/")[0] for path in files}
    if len(tops) != 1 or any("/" not in path for path in files):
        return ZippedFolder(files, "")
    return ZippedFolder({path.partition("/")[2]: body for path, body in files.items()}, tops.pop())


def _broken(file: str = ".") -> FolderRefused:
    return FolderRefused(gettext("Tệp .zip này hỏng hoặc không phải .zip. Nén lại thư mục khóa học rồi thử lại."), file)


def _too_many() -> FolderRefused:
    return FolderRefused(
        gettext("Tệp .zip có quá %(count)s tệp. Đây có đúng là một khóa học không?", count=MAXIMUM_ENTRIES)
    )


def write_zip(files: Mapping[str, bytes], slug: str) -> bytes:
    """The files packed below one folder: the same bytes for the same files.

    Raises:
        FolderRefused: too large to be read again.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(files):
            body = files[path]
            entry = zipfile.ZipInfo(f"{slug}/{path}", _DATE)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            is_worth_it = not path.lower().endswith(PACKED_ALREADY) and not _is_nearly_empty(body)
            entry.compress_type = zipfile.ZIP_DEFLATED if is_worth_it else zipfile.ZIP_STORED
            archive.writestr(entry, body, compresslevel=9)
    packed = target.getvalue()
    if len(packed) > MAXIMUM_PACKED or sum(map(len, files.values())) > MAXIMUM_BYTES:
        raise FolderRefused(
            gettext(
                "Khóa học này nặng quá %(size)s MB để gói thành .zip. Xuất ra thư mục thay vì .zip.", size=PACKED_MB
            )
        )
    return packed


def _is_nearly_empty(body: bytes) -> bool:
    """Packed it would look like a bomb to whoever reads it."""
    return len(body) > MAXIMUM_RATIO // 2 * len(zlib.compress(body, 9))


def _check_ends(content: bytes) -> None:
    """The archive begins at the first byte, and its table of contents ends where the file ends.

    So nothing is hidden before or behind, and the table is small, before any library reads it.
    """
    position = content.rfind(b"PK\x05\x06", max(0, len(content) - _END_SIZE - 0xFFFF))
    end = content[position : position + _END_SIZE]
    if not content.startswith(b"PK\x03\x04") or position < 0 or len(end) < _END_SIZE:
        raise _broken()
    disk, first_disk, here, count = struct.unpack("<4H", end[4:12])
    size, offset, comment = struct.unpack("<2LH", end[12:])
    if count > MAXIMUM_ENTRIES or size > MAXIMUM_DIRECTORY:
        raise _too_many()
    is_whole = position + _END_SIZE + comment == len(content) and offset + size == position
    is_long_form = content[position - _LOCATOR_SIZE : position].startswith(b"PK\x06\x07")
    if disk or first_disk or here != count or not is_whole or is_long_form:
        raise _broken()


def _checked_entries(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """The entries that are files of the course, with their names in normal form."""
    entries = archive.infolist()
    if len(entries) > MAXIMUM_ENTRIES:
        raise _too_many()
    seen: dict[str, bool] = {}
    wanted = []
    for entry in entries:
        name = _name(entry)
        shown = ascii(name)[1:-1] if not name.isprintable() else name
        is_folder = name.endswith("/")
        _check_name(name, shown)
        _check_kind(entry, shown, is_folder=is_folder)
        if _is_ignored(name):
            continue
        if not is_folder and not name.lower().endswith(ENDINGS):
            raise FolderRefused(gettext("Loại tệp này không dùng trong khóa học. Bỏ ra khỏi tệp .zip."), shown)
        _refuse_second(name, seen, shown, is_folder=is_folder)
        if not is_folder:
            wanted.append((entry, name))
    if not wanted:
        raise FolderRefused(gettext("Tệp .zip này không có tệp nào của khóa học. Nén cả thư mục khóa học."))
    yield from wanted


def _name(entry: zipfile.ZipInfo) -> str:
    """The whole name as it stands in the archive. Many programs write UTF-8 without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & _NAME_IS_UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.orig_filename
    return unicodedata.normalize("NFC", name)


def _check_name(name: str, shown: str) -> None:
    if "\\" in name:
        raise FolderRefused(gettext("Tên tệp có dấu chéo ngược. Nén lại bằng chức năng Nén của máy."), shown)
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or _DRIVE.match(name) or any(part in ("", ".", "..") for part in parts):
        raise FolderRefused(gettext("Tên tệp này trỏ ra ngoài thư mục. Nén lại từ thư mục khóa học."), shown)
    if not name.isprintable():
        raise FolderRefused(gettext("Tên tệp có ký tự lạ. Đổi tên tệp."), shown)
    if len(parts) > MAXIMUM_DEPTH:
        raise FolderRefused(
            gettext("Thư mục lồng nhau quá %(depth)s lớp. Đưa tệp ra gần hơn.", depth=MAXIMUM_DEPTH), shown
        )


def _check_kind(entry: zipfile.ZipInfo, shown: str, *, is_folder: bool) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFDIR if is_folder else stat.S_IFREG):
        raise FolderRefused(
            gettext("Đây là lối tắt (liên kết). Chép tệp thật vào thư mục khóa học rồi nén lại."), shown
        )
    if entry.flag_bits & _ENCRYPTED:
        raise FolderRefused(gettext("Tệp .zip có mật khẩu. Nén lại không đặt mật khẩu."), shown)
    if entry.compress_type not in _METHODS:
        raise FolderRefused(gettext("Tệp .zip nén kiểu lạ. Nén lại kiểu thường (Deflate)."), shown)
    if is_folder and entry.file_size:
        raise _broken(shown)
    if entry.file_size > MAXIMUM_BYTES or entry.file_size > MAXIMUM_RATIO * max(entry.compress_size, 1):
        raise FolderRefused(gettext("Tệp này nén chặt bất thường. Bỏ ra khỏi tệp .zip."), shown)


def _is_ignored(name: str) -> bool:
    """As in a folder on disk: hidden files, and what operating systems and Word leave behind."""
    parts = name.removesuffix("/").split("/")
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts) or parts[-1] in IGNORED


def _refuse_second(name: str, seen: dict[str, bool], shown: str, *, is_folder: bool) -> None:
    """Two names that a phone or Windows cannot tell apart, or a file that is a folder too."""
    folded = unicodedata.normalize("NFC", name.removesuffix("/").casefold())
    parts = folded.split("/")
    above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
    is_taken = folded in seen and not (is_folder and seen[folded])
    if is_taken or any(not seen.get(folder, True) for folder in above):
        raise FolderRefused(gettext("Hai tệp trùng tên (chỉ khác cách gõ dấu hoặc chữ hoa). Đổi tên một tệp."), shown)
    seen[folded] = is_folder
    for folder in above:
        seen.setdefault(folder, True)


def _unpacked(archive: zipfile.ZipFile, entries: Iterator[tuple[zipfile.ZipInfo, str]]) -> dict[str, bytes]:
    """The real bytes, counted while they come: what an entry says of its size is not believed."""
    files: dict[str, bytes] = {}
    left = MAXIMUM_BYTES
    size = MAXIMUM_BYTES // 1024**2
    too_large = gettext("Mở ra quá %(size)s MB. Đây có đúng là một khóa học không?", size=size)
    for entry, name in entries:
        body = bytearray()
        most = min(left, MAXIMUM_RATIO * max(entry.compress_size, 1))
        with archive.open(entry) as packed:
            while chunk := packed.read(_CHUNK):
                body += chunk
                if len(body) > most:
                    raise FolderRefused(too_large, name)
        left -= len(body)
        files[name] = bytes(body)
    return files
