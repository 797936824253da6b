"""The normal form of a photo: what a course folder holds after it was published once.

A photo is in normal form if it is no wider than a phone needs, no heavier than 150 KB, and made of nothing but the
parts that pixels need: no place, no camera, no text, no colour profile, no second frame, nothing before or behind it.
Such a file is kept byte for byte; any other is made into one (`photo.py`). So a second pass changes nothing, and a
folder that was exported imports to the same content hash, whatever version of Pillow is there. Only the order and
kinds of the parts are read here; whether the pixels can be opened is for the process in which Pillow runs.
"""

import re
import zlib
from struct import unpack

MAXIMUM_WIDTH = 720
MAXIMUM_HEIGHT = 3_000
MAXIMUM_BYTES = 150 * 1024
Size = tuple[int, int]

_PNG_ORDER = re.compile(rb"IHDR(?:PLTE)?(?:tRNS)?(?:IDAT)+IEND")
_JPEG_TABLES = {0xDB, 0xC4, 0xDD}
_JPEG_FRAMES = {0xC0, 0xC1, 0xC2}
_JFIF = re.compile(rb"JFIF\x00\x01[\x00-\x02].{5}\x00\x00", re.DOTALL)
"""Without a thumbnail: its last two bytes are width and height of one."""
_JPEG_NEXT = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff])")
_ALPHA_ONLY = b"\x10\x00\x00\x00"


def normal_size(content: bytes, extension: str) -> Size | None:
    """Width and height of a photo in normal form; None for any other file."""
    if len(content) > MAXIMUM_BYTES:
        return None
    size = {"jpg": _jpeg, "png": _png, "webp": _webp}[extension](content)
    if size is None or not (0 < size[0] <= MAXIMUM_WIDTH and 0 < size[1] <= MAXIMUM_HEIGHT):
        return None
    return size


def _png(content: bytes) -> Size | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    position, kinds, size = 8, b"", None
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        named = content[position + 4 : position + 8 + length]
        position += 12 + length
        if position > len(content) or zlib.crc32(named).to_bytes(4, "big") != content[position - 4 : position]:
            return None
        kinds += named[:4]
        if named.startswith(b"IHDR"):
            if length != 13 or named[12] > 8:
                return None
            size = unpack(">II", named[4:12])
    return size if position == len(content) and _PNG_ORDER.fullmatch(kinds) else None


def _jpeg(content: bytes) -> Size | None:
    """Segments up to the end-of-image mark, which must be the end of the file."""
    if not content.startswith(b"\xff\xd8"):
        return None
    position, size = 2, None
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        end = position + 2 + int.from_bytes(content[position + 2 : position + 4], "big")
        body = content[position + 4 : end]
        if end > len(content) or end < position + 4:
            return None
        if marker in _JPEG_FRAMES:
            if size is not None or len(body) < 6 or body[0] != 8 or body[5] not in (1, 3):
                return None
            size = (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
        elif marker == 0xDA:
            found = _JPEG_NEXT.search(content, end)
            if found is None:
                return None
            end = found.start()
        elif marker not in _JPEG_TABLES and not (marker == 0xE0 and position == 2 and _JFIF.fullmatch(body)):
            return None
        position = end
        if content[position : position + 2] == b"\xff\xd9":
            return size if position + 2 == len(content) else None
    return None


def _webp(content: bytes) -> Size | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or int.from_bytes(content[4:8], "little") + 8 != len(content):
        return None
    chunks: list[tuple[bytes, bytes]] = []
    position = 12
    while position + 8 <= len(content):
        length = int.from_bytes(content[position + 4 : position + 8], "little")
        chunks.append((content[position : position + 4], content[position + 8 : position + 8 + length]))
        position += 8 + length + length % 2
    if position != len(content):
        return None
    kinds = [kind for kind, _ in chunks]
    if kinds in ([b"VP8 "], [b"VP8L"]):
        return _webp_frame(*chunks[0])
    if kinds in ([b"VP8X", b"ALPH", b"VP8 "], [b"VP8X", b"VP8L"]) and chunks[0][1][:4] == _ALPHA_ONLY:
        return _webp_frame(*chunks[-1])
    return None


def _webp_frame(kind: bytes, body: bytes) -> Size | None:
    if len(body) < 10:
        return None
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF
