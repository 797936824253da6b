"""Sealed files on disk: written beside their place and moved there when whole; read from the first byte to the last."""

import gzip
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from app.operations.sealed import SealBroken, SealedReader, SealedWriter

COMPRESSION = 4


@contextmanager
def write_sealed(path: Path, passphrase: str, purpose: str) -> Iterator[BinaryIO]:
    """A file to write plain bytes to. `path` appears (mode 0600) when the block ends well; else nothing is left."""
    descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
    try:
        with os.fdopen(descriptor, "wb") as target:
            writer = SealedWriter(target, passphrase, purpose)
            with gzip.GzipFile(fileobj=cast(BinaryIO, writer), mode="wb", compresslevel=COMPRESSION, mtime=0) as plain:
                yield cast(BinaryIO, plain)
            writer.finish()
            target.flush()
            os.fsync(target.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in the folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def read_sealed(path: Path, passphrase: str, purpose: str) -> Iterator[BinaryIO]:
    """The plain bytes of a sealed file, as a file to read.

    Raises:
        SealBroken: see `SealedReader`; also for what cannot be unpacked.
    """
    with path.open("rb") as source:
        sealed = BufferedReader(SealedReader(source, passphrase, purpose))
        try:
            with gzip.GzipFile(fileobj=sealed, mode="rb") as plain:
                yield cast(BinaryIO, plain)
        except (EOFError, gzip.BadGzipFile):
            raise SealBroken("the file holds something else than a backup") from None
