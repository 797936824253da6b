"""Files of a course that does not exist yet, carried by a page from one step to the next as one hidden field.

Texts travel in the page; pictures and sound are kept by their content and travel as names.
"""

import json
import re
from collections.abc import Mapping

from app.content.compile.pictures import OtherForm, PictureRefused, picture_extension
from app.content.compile.sounds import sound_extension
from app.content.photos import examine
from app.shared import media

_STORED = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|webp|svg|mp3|opus)")
_LONGEST_PATH = 200


def carry(files: Mapping[str, bytes]) -> str:
    """Keep pictures and sound; returns what the hidden field holds."""
    for other in other_forms(files):
        media.store(other.content, other.extension)
    texts: dict[str, str] = {}
    kept: dict[str, str] = {}
    for path, content in files.items():
        extension = picture_extension(path) or sound_extension(path)
        if extension is None:
            texts[path] = content.decode("utf-8", "replace")
        elif len(content) <= media.MAXIMUM_BYTES:
            kept[path] = media.store(content, extension).rpartition("/")[2]
    return json.dumps({"texts": texts, "media": kept}, ensure_ascii=False)


def other_forms(files: Mapping[str, bytes]) -> list[OtherForm]:
    """What phones load in place of each photo, for the preview; opens the photos, so no transaction should be open."""
    found: list[OtherForm] = []
    for path, content in files.items():
        extension = picture_extension(path)
        if extension is None or extension == "svg":
            continue
        try:
            other = examine(content, extension)
        except PictureRefused:
            continue
        if other is not None and len(other.content) <= media.MAXIMUM_BYTES:
            found.append(other)
    return found


def carried(field: str) -> dict[str, bytes]:
    """The files again; whatever somebody made of the field is left out."""
    try:
        sent = json.loads(field)
    except ValueError:
        return {}
    texts, kept = (sent.get(name) if isinstance(sent, dict) else None for name in ("texts", "media"))
    files = {path: text.encode("utf-8", "replace") for path, text in _words(texts).items()}
    for path, name in _words(kept).items():
        content = media.find(*name.split(".")) if _STORED.fullmatch(name) else None
        if content is not None:
            files[path] = content
    return files


def _words(sent: object) -> dict[str, str]:
    if not isinstance(sent, dict):
        return {}
    return {k: v for k, v in sent.items() if isinstance(k, str) and isinstance(v, str) and len(k) <= _LONGEST_PATH}
