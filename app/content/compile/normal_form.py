"""The normal form of a course folder: what is stored, exported and hashed."""

import hashlib
import re
from collections.abc import Mapping

from app.content.compile import course_file
from app.content.compile.course_file import without_base
from app.content.compile.pictures import picture_extension
from app.content.compile.sounds import sound_extension
from app.content.compile.text import normalise, normalise_path

MEDIA_MARK = "media:"
ITEM_NAME = re.compile(r"(\d{1,3})-([^/]+)\.md")


def normalised_files(folder: Mapping[str, bytes]) -> dict[str, str]:
    """The folder in normal form: what is stored, exported and hashed.

    Raises:
        UnreadableText: a text file is not UTF-8.
    """
    files: dict[str, str] = {}
    for path, content in folder.items():
        name = normalise_path(path)
        extension = picture_extension(name) or sound_extension(name)
        if extension:
            files[name] = f"{MEDIA_MARK}{hashlib.sha256(content).hexdigest()}.{extension}"
        elif name == course_file.NAME:
            files[name] = without_base(normalise(content))
        elif ITEM_NAME.fullmatch(name):
            files[name] = normalise(content)
    return files


def hash_files(files: Mapping[str, str]) -> str:
    """SHA-256 over the normalised folder, whatever order its files were read in."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{hashlib.sha256(files[path].encode()).hexdigest()}\n".encode())
    return digest.hexdigest()
