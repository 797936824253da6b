"""Photos in their normal form, and which pictures may be used: what compiling asks about pictures (`Examine`).

Pillow runs in a process of its own, started with the first photo, with 4 seconds for each and 512 MB (see
`limited_loop.py`). Its answers are checked here before anything is done with them.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.content.compile import photo
from app.content.compile.normal_photo import normal_size
from app.content.compile.pictures import (
    MAXIMUM_BYTES,
    MAXIMUM_PICTURES,
    NOT_SHIPPED,
    UNREADABLE,
    OtherForm,
    PictureRefused,
    picture_extension,
)
from app.content.limited_process import LimitedProcess

SECONDS_PER_PHOTO = 4.0
SHIPPED_DRAWINGS = Path(__file__).parent / "data" / "shipped_svg.txt"
"""SHA-256 of each drawing in this repository's courses; `make drawings` writes it."""
KEPT_FORMS = 64


class PhotoWorker(LimitedProcess):
    """The process in which photos are opened."""

    def __init__(self, seconds: float = SECONDS_PER_PHOTO) -> None:
        greeting = {"wanted": "other", "content": "", "extension": "png"}
        super().__init__(Path(photo.__file__), greeting, {"content": str, "extension": str}, seconds)

    def normal_form(self, content: bytes, extension: str) -> bytes | None:
        """The photo in its normal form; None if it cannot be brought into it. A photo that is stays what it is."""
        if normal_size(content, extension):
            return content
        made = self._made("normal", content, extension)
        return made.content if made and normal_size(made.content, extension) else None

    def other_form(self, content: bytes, extension: str) -> OtherForm | None:
        """The WebP of a photo, or what old phones show instead of a WebP.

        Raises:
            PictureRefused: the photo is in its normal form by its parts, but its pixels cannot be opened.
        """
        made = self._made("other", content, extension)
        if made is None:
            raise PictureRefused(UNREADABLE)
        if not made.content:
            return None
        wanted = ("jpg", "png") if extension == "webp" else ("webp",)
        if made.extension not in wanted or len(made.content) > MAXIMUM_BYTES:
            raise PictureRefused(UNREADABLE)
        return made

    def _made(self, wanted: str, content: bytes, extension: str) -> OtherForm | None:
        answer = self.ask({"wanted": wanted, "content": base64.b64encode(content).decode(), "extension": extension})
        if "error" in answer:
            return None
        try:
            return OtherForm(answer["extension"], base64.b64decode(answer["content"], validate=True))
        except binascii.Error:
            return None


_worker = PhotoWorker()


def normal_folder(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The folder with each photo in its normal form. What cannot be opened stays as it is: compiling refuses it."""
    photos = [path for path in files if picture_extension(path) not in (None, "svg")]
    if len(photos) > MAXIMUM_PICTURES:
        return dict(files)
    return {**files, **{path: _normal_form(files[path], path) for path in photos}}


def _normal_form(content: bytes, path: str) -> bytes:
    extension = picture_extension(path)
    if extension is None or len(content) > MAXIMUM_BYTES:
        return content
    return _worker.normal_form(content, extension) or content


def examine(content: bytes, extension: str) -> OtherForm | None:
    """What compiling asks about each picture (see `compile.pictures.Examine`)."""
    if extension != "svg":
        return _kept_form(content, extension) if normal_size(content, extension) else None
    if hashlib.sha256(content).hexdigest() not in shipped_drawings():
        raise PictureRefused(NOT_SHIPPED)
    return None


@lru_cache(maxsize=KEPT_FORMS)
def _kept_form(content: bytes, extension: str) -> OtherForm | None:
    """Kept, so that a course that is saved again and again opens its photos once. A refusal is not kept."""
    return _worker.other_form(content, extension)


@lru_cache(maxsize=1)
def shipped_drawings() -> frozenset[str]:
    """The drawings that come with the product."""
    return frozenset(SHIPPED_DRAWINGS.read_text(encoding="ascii").split())
