"""A file of Word or Excel is an archive of parts: what is none, or may do harm, is refused before anything opens it."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.parsers import expat

from app.content.interchange.report import FileUnreadable

MAXIMUM_UNPACKED = 100 * 1024 * 1024
"""Of every archive that we open, course folders too."""
MAXIMUM_RATIO = 200
SMALL = 5_000_000
"""Unpacked so small that packing it tightly does no harm."""
BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What reading a damaged or hostile archive raises, by whichever way its parts are packed."""
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Kind:
    """A program's files: what they hold and the sentences for its users."""

    main_part: str
    maximum_packed: int
    maximum_entries: int
    broken: str
    old: str
    password: str
    too_large: str
    bomb: str
    other_kinds: frozenset[str] = frozenset()
    """Parts of other formats, which a library would try as well."""


@contextmanager
def opened(content: bytes, kind: Kind) -> Iterator[zipfile.ZipFile]:
    """The archive, its sizes within the limits. What fails while it is read in the block is `broken` too.

    Raises:
        FileUnreadable: with the sentence that fits.
    """
    if len(content) > kind.maximum_packed:
        raise FileUnreadable(kind.too_large)
    if content.startswith(_OLD_FORMAT):
        raise FileUnreadable(kind.password if _ENCRYPTED in content else kind.old)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive, len(content), kind)
            yield archive
    except FileUnreadable:
        raise
    except BROKEN_ARCHIVE:
        raise FileUnreadable(kind.broken) from None


def _check(archive: zipfile.ZipFile, packed: int, kind: Kind) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if (
        kind.main_part not in names
        or names & kind.other_kinds
        or len(names) < len(entries)
        or len(entries) > kind.maximum_entries
    ):
        raise FileUnreadable(kind.broken)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileUnreadable(kind.password)
    if unpacked > MAXIMUM_UNPACKED or (unpacked > SMALL and unpacked > packed * MAXIMUM_RATIO):
        raise FileUnreadable(kind.bomb)


class PlainXml:
    """Walks over a part: no document type in any, so nothing grows while it is read."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def read(self, content: bytes) -> None:
        try:
            self.parser.Parse(content, True)
        except FileUnreadable:
            raise
        except (expat.ExpatError, ValueError):
            raise FileUnreadable(self.kind.broken) from None

    def _refuse(self, *_details: object) -> None:
        raise FileUnreadable(self.kind.broken)


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))
