"""Sound of a course: spoken lessons as MP3 or Opus. Recognised by its first bytes, kept as it is, never decoded."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from app.content.compile.faults import Faults

EXTENSIONS = {"mp3": "mp3", "opus": "opus"}
MAXIMUM_BYTES = 5 * 1024 * 1024
_TAG_HEADER = 10
_OGG_HEADER = 27


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file, named by its content."""

    path: str
    sha256: str
    extension: str
    content: bytes

    @property
    def address(self) -> str:
        return f"/media/{self.sha256}.{self.extension}"


def sound_extension(path: str) -> str | None:
    """The extension under which a file of this name is served, if it is sound."""
    return EXTENSIONS.get(path.rpartition(".")[2].lower())


def read_sounds(folder: Mapping[str, bytes], faults: Faults) -> dict[str, Sound]:
    """Every sound of the folder by its path; unusable ones are faults."""
    sounds: dict[str, Sound] = {}
    for path, content in folder.items():
        extension = sound_extension(path)
        if extension is None:
            continue
        if len(content) > MAXIMUM_BYTES:
            how = "Lưu lại kiểu giọng nói (mono, 48 kbps, 10 phút chưa đến 4 MB), hoặc chia thành nhiều tệp."
            faults.add(path, 1, f"Tệp âm thanh nặng quá 5 MB. {how}")
        elif not (_is_mp3(content) if extension == "mp3" else _is_opus(content)):
            faults.add(path, 1, f"Tệp này không phải âm thanh .{extension}. Mở bằng máy nghe, xuất lại thành .mp3.")
        else:
            sounds[path] = Sound(path, hashlib.sha256(content).hexdigest(), extension, content)
    return sounds


def _is_mp3(content: bytes) -> bool:
    """A frame of MPEG layer III at the beginning, or behind the tag with title and cover."""
    start = 0
    if content.startswith(b"ID3"):
        size = content[6:_TAG_HEADER]
        if len(size) < 4 or any(byte & 0x80 for byte in size):
            return False
        start = _TAG_HEADER + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
        while content[start : start + 1] == b"\0":
            start += 1
    frame = content[start : start + 4]
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return False
    version, layer = frame[1] >> 3 & 3, frame[1] >> 1 & 3
    bitrate, rate = frame[2] >> 4, frame[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and rate != 3


def _is_opus(content: bytes) -> bool:
    """The first Ogg page begins a stream and holds the header of Opus."""
    if not content.startswith(b"OggS\0\x02") or len(content) <= _OGG_HEADER:
        return False
    return content.startswith(b"OpusHead", _OGG_HEADER + content[_OGG_HEADER - 1])
