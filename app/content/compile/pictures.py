"""Pictures of a course: what kind they are, how large, and whether they may be shown."""

import hashlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.content.compile.faults import Faults
from app.content.compile.svg import SvgRefused, read_svg

EXTENSIONS = {"svg": "svg", "png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp"}
MAXIMUM_BYTES = 5 * 1024 * 1024
HEAVY_BYTES = 150 * 1024
MAXIMUM_SIDE = 6_000
_GPS_TAG = 0x8825
_EXIF_WINDOW = 64 * 1024
_EXIF = re.compile(rb"Exif\x00\x00|EXIF....(?:Exif\x00\x00)?|eXIf", re.S)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, named by its content."""

    path: str
    sha256: str
    extension: str
    width: int
    height: int
    content: bytes

    @property
    def address(self) -> str:
        return f"/media/{self.sha256}.{self.extension}"


def read_pictures(folder: Mapping[str, bytes], faults: Faults) -> dict[str, Picture]:
    """Every picture of the folder by its path; unusable ones are faults."""
    pictures: dict[str, Picture] = {}
    for path, content in folder.items():
        extension = EXTENSIONS.get(path.rpartition(".")[2].lower())
        if extension is None:
            continue
        if len(content) > MAXIMUM_BYTES:
            faults.add(path, 1, "Hình nặng quá 5 MB. Thu nhỏ rồi lưu lại.")
            continue
        if len(content) > HEAVY_BYTES:
            faults.warn(path, 1, f"Hình nặng {len(content) // 1024} KB, máy yếu mạng chậm mở lâu. Nên dưới 150 KB.")
        try:
            width, height = read_svg(content) if extension == "svg" else _read_photo(content, extension)
        except SvgRefused as refused:
            faults.add(path, refused.line, refused.reason)
            continue
        digest = hashlib.sha256(content).hexdigest()
        pictures[path] = Picture(path, digest, extension, width, height, content)
    return pictures


def _read_photo(content: bytes, extension: str) -> tuple[int, int]:
    size = {"png": _png_size, "jpg": _jpeg_size, "webp": _webp_size}[extension](content)
    if size is None or not (0 < size[0] <= MAXIMUM_SIDE and 0 < size[1] <= MAXIMUM_SIDE):
        raise SvgRefused(1, f"Không mở được hình .{extension} này, hoặc hình lớn quá {MAXIMUM_SIDE} điểm một cạnh.")
    if _tells_where(content):
        raise SvgRefused(1, "Hình còn ghi nơi chụp (GPS). Chụp lại màn hình khi đang mở hình này, rồi dùng hình mới.")
    return size


def _png_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 33 or not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return None
    return struct.unpack(">II", content[16:24])


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """The size in the first start-of-frame segment."""
    position = 2
    if not content.startswith(b"\xff\xd8"):
        return None
    while position + 9 <= len(content):
        if content[position] != 0xFF:
            return None
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        if marker == 0xFF:
            position += 1
            continue
        position += 2 + max(2, int.from_bytes(content[position + 2 : position + 4], "big"))
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 30 or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _tells_where(content: bytes) -> bool:
    """Whether the EXIF block has an entry for GPS: the place where somebody stood, often at home."""
    blocks = islice(_EXIF.finditer(content), 100)
    return any(_has_gps_entry(content[match.end() : match.end() + _EXIF_WINDOW]) for match in blocks)


def _has_gps_entry(tiff: bytes) -> bool:
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"
    if not tiff.startswith((b"II*\x00", b"MM\x00*")):
        return False
    start = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[start : start + 2], order)
    entries = (tiff[start + 2 + 12 * i : start + 4 + 12 * i] for i in range(min(count, 200)))
    return any(int.from_bytes(entry, order) == _GPS_TAG for entry in entries)
