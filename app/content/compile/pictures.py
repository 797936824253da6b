"""Pictures of a course: what kind they are, how large, and whether they may be shown.

Photos come here in their normal form (`app.content.photos` makes it); what is still in another form could not be
brought into it. Not here: opening a photo, and the list of drawings that may be used. Both come in as `Examine`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.content.compile.faults import Faults
from app.content.compile.normal_photo import Size, normal_size
from app.content.compile.svg import SvgRefused, read_svg

EXTENSIONS = {"svg": "svg", "png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp"}
MAXIMUM_BYTES = 5 * 1024 * 1024
HEAVY_BYTES = 150 * 1024
MAXIMUM_PICTURES = 300
UNREADABLE = "Không mở được hình này, hoặc hình lớn quá 24 triệu điểm. Mở hình, chụp lại màn hình, dùng hình mới."
NOT_SHIPPED = "Hình .svg chỉ dùng hình có sẵn của Học Số. Lưu hình này thành .png rồi thay tên trong bài."


@dataclass(frozen=True, slots=True)
class OtherForm:
    """The same photo in another format: WebP for phones that know it, or what the others can show."""

    extension: str
    content: bytes


Examine = Callable[[bytes, str], OtherForm | None]
"""(content, extension) → the other form of a photo, or None if it needs none. Raises PictureRefused."""


class PictureRefused(ValueError):
    """The picture may not be shown. The reason says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, named by its content."""

    path: str
    sha256: str
    extension: str
    width: int
    height: int
    content: bytes
    other: OtherForm | None = None

    @property
    def address(self) -> str:
        """What every browser can show."""
        if self.extension == "webp" and self.other:
            return _address(hashlib.sha256(self.other.content).hexdigest(), self.other.extension)
        return _address(self.sha256, self.extension)

    @property
    def webp_address(self) -> str:
        """What newer browsers load instead, or nothing."""
        if self.other is None:
            return ""
        if self.extension == "webp":
            return _address(self.sha256, self.extension)
        return _address(hashlib.sha256(self.other.content).hexdigest(), self.other.extension)


def _address(sha256: str, extension: str) -> str:
    return f"/media/{sha256}.{extension}"


def picture_extension(path: str) -> str | None:
    """The extension under which a file of this name is served, if it is a picture."""
    return EXTENSIONS.get(path.rpartition(".")[2].lower())


def read_pictures(folder: Mapping[str, bytes], faults: Faults, examine: Examine) -> dict[str, Picture]:
    """Every picture of the folder by its path; unusable ones are faults."""
    pictures: dict[str, Picture] = {}
    for path, content in folder.items():
        extension = picture_extension(path)
        if extension is None:
            continue
        if len(pictures) >= MAXIMUM_PICTURES:
            faults.add(path, 1, f"Khóa học có quá {MAXIMUM_PICTURES} hình. Chia thành nhiều khóa.")
            break
        if len(content) > MAXIMUM_BYTES:
            faults.add(path, 1, "Hình nặng quá 5 MB. Thu nhỏ rồi lưu lại.")
            continue
        if len(content) > HEAVY_BYTES:
            faults.warn(path, 1, f"Hình nặng {len(content) // 1024} KB, máy yếu mạng chậm mở lâu. Nên dưới 150 KB.")
        try:
            other = examine(content, extension)
            width, height = read_svg(content) if extension == "svg" else _photo_size(content, extension)
        except SvgRefused as refused:
            faults.add(path, refused.line, refused.reason)
        except PictureRefused as refused:
            faults.add(path, 1, refused.reason)
        else:
            digest = hashlib.sha256(content).hexdigest()
            pictures[path] = Picture(path, digest, extension, width, height, content, other)
    return pictures


def _photo_size(content: bytes, extension: str) -> Size:
    size = normal_size(content, extension)
    if size is None:
        raise PictureRefused(UNREADABLE)
    return size
