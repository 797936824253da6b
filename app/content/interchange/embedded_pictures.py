"""Pictures that come inside a file of questions → files of the course folder, each content once."""

import hashlib
from urllib.parse import unquote

from app.content.compile.text import suggested_key

FOLDER = "anh/"
_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"


def picture_type(content: bytes) -> str | None:
    """The ending of a picture that our pages show, from its first bytes."""
    if content.startswith(_PNG):
        return "png"
    if content.startswith(_JPEG):
        return "jpg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return None


class PictureShelf:
    """Gives each picture its path."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}

    def path_of(self, name: str, content: bytes) -> str | None:
        """Where the picture stands now; None where it is no picture that our pages show."""
        ending = picture_type(content)
        if ending is None:
            return None
        digest = hashlib.sha256(content).hexdigest() + name
        if digest not in self._paths:
            self._paths[digest] = self._free_path(name, ending)
            self.pictures[self._paths[digest]] = content
        return self._paths[digest]

    def _free_path(self, name: str, ending: str) -> str:
        base = unquote(name).replace("\\", "/").rsplit("/", 1)[-1]
        stem, _, given = base.rpartition(".")
        ending = "jpeg" if ending == "jpg" and given == "jpeg" else ending
        safe = suggested_key(stem or base, words=8)
        path, number = f"{FOLDER}{safe}.{ending}", 1
        while path in self.pictures:
            number += 1
            path = f"{FOLDER}{safe}-{number}.{ending}"
        return path
