"""Course folders on disk: read whole into memory, written on export. Nothing here changes a folder that exists."""

from collections.abc import Mapping
from pathlib import Path

from flask_babel import gettext

from app.content.interchange.office_file import MAXIMUM_UNPACKED

MAXIMUM_FILES = 400
MAXIMUM_BYTES = MAXIMUM_UNPACKED
IGNORED = frozenset({"Thumbs.db", "desktop.ini"})


class FolderRefused(ValueError):
    """The folder cannot be read or written as a course folder. `file` is within it, or "." for itself."""

    def __init__(self, reason: str, file: str = ".") -> None:
        super().__init__(reason)
        self.reason = reason
        self.file = file


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file by its path with "/". Hidden files and what operating systems and Word leave behind are left out.

    Raises:
        FolderRefused: no folder, a link in it, or too much.
    """
    if not folder.is_dir():
        raise FolderRefused(gettext("Không có thư mục này."))
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if _is_ignored(relative):
            continue
        if path.is_symlink():
            raise FolderRefused(
                gettext("Đây là lối tắt (liên kết). Chép tệp thật vào thư mục khóa học."), relative.as_posix()
            )
        if not path.is_file():
            continue
        if not str(relative).isprintable():
            raise FolderRefused(gettext("Tên tệp có ký tự lạ. Đổi tên tệp."), ascii(relative.as_posix())[1:-1])
        total += path.stat().st_size
        if len(files) >= MAXIMUM_FILES or total > MAXIMUM_BYTES:
            raise FolderRefused(
                gettext(
                    "Thư mục có quá %(files)s tệp hoặc %(size)s MB. Đây có đúng là một khóa học không?",
                    files=MAXIMUM_FILES,
                    size=MAXIMUM_BYTES // 1024**2,
                )
            )
        files[relative.as_posix()] = path.read_bytes()
    return files


def _is_ignored(relative: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in relative.parts)
    return hidden or relative.name in IGNORED


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that does not exist yet, or is empty.

    Raises:
        FolderRefused: something is there, or a path would leave the folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderRefused(gettext("Thư mục này đã có tệp. Chọn một thư mục chưa có hoặc đang trống."))
    root = folder.resolve()
    for name, content in files.items():
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise FolderRefused(gettext("Tên tệp này trỏ ra ngoài thư mục."), name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet.

    Raises:
        FolderRefused: it is there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise FolderRefused(gettext("Tệp này đã có. Chọn tên khác.")) from None
