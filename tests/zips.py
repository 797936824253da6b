"""Archives made for a test, also such as no program would make."""

import io
import stat
import zipfile
from collections.abc import Mapping


def make_zip(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def make_zip_of(*entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return target.getvalue()


def entry(name: str, mode: int = stat.S_IFREG | 0o644, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system = 3
    made.external_attr = mode << 16
    made.compress_type = method
    return made


def renamed(packed: bytes, old: bytes, new: bytes, *, is_utf8: bool = False) -> bytes:
    """The archive with a name changed to bytes of the same length, and what it says of their encoding."""
    assert len(old) == len(new)
    changed = bytearray(packed.replace(old, new))
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        position = changed.find(mark)
        while position >= 0:
            changed[position + at] = 0x08 if is_utf8 else 0
            position = changed.find(mark, position + 4)
    return bytes(changed)
