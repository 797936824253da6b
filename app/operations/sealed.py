"""Files that only the holder of the passphrase can read, and that cannot be cut or changed unnoticed.

A file is a header (a line that says what it is, salt, check of the key) and chunks of 64 KiB under AES-256-GCM. The
key comes from the passphrase by Argon2id with a salt of its own, so the nonce may be the chunk's number; it also says
whether the chunk is the last one. Chunks that were swapped, dropped, cut off or taken from another file do not open.
Knows nothing of Flask or of what it seals.
"""

import hmac
import io
import secrets
import unicodedata
from typing import BinaryIO

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
TAG = 16
SALT = 16
KEY = 32
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 4


class SealBroken(ValueError):
    """The file cannot be opened; the message says why, in words for an operator."""


def _first_line(purpose: str) -> bytes:
    return f"hocso-backup 1 {purpose}\n".encode()


def _derive(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key, and a value that tells a wrong passphrase from a damaged file without telling the key."""
    derived = hash_secret_raw(
        secret=unicodedata.normalize("NFC", passphrase).encode(),
        salt=salt,
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=2 * KEY,
        type=Type.ID,
    )
    return derived[:KEY], derived[KEY:]


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealedWriter(io.RawIOBase):
    """Takes plain bytes and writes them sealed to `target`. Only `finish` makes the file whole."""

    def __init__(self, target: BinaryIO, passphrase: str, purpose: str) -> None:
        salt = secrets.token_bytes(SALT)
        key, check = _derive(passphrase, salt)
        self._header = _first_line(purpose) + salt + check
        self._target = target
        self._cipher = AESGCM(key)
        self._pending = bytearray()
        self._number = 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        view = memoryview(data)  # type: ignore[arg-type]
        self._pending += view
        while len(self._pending) > CHUNK:
            self._seal(bytes(self._pending[:CHUNK]), is_last=False)
            del self._pending[:CHUNK]
        return view.nbytes

    def finish(self) -> None:
        """Seal what is left as the last chunk. A file without it does not open."""
        self._seal(bytes(self._pending), is_last=True)
        self._pending.clear()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last), plain, self._header))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Gives the plain bytes of a sealed file; wrap it in `io.BufferedReader`.

    Raises:
        SealBroken: another kind of file, a wrong passphrase, or a file that was cut or changed. Bytes given out
            before that are genuine, but they are not all: nothing may be kept of them until the end was reached.
    """

    def __init__(self, source: BinaryIO, passphrase: str, purpose: str) -> None:
        line = _first_line(purpose)
        header = source.read(len(line) + SALT + KEY)
        if not header.startswith(line) or len(header) != len(line) + SALT + KEY:
            raise SealBroken(f"this is not a {purpose} backup of Học Số, or its beginning is damaged")
        key, check = _derive(passphrase, header[len(line) : len(line) + SALT])
        if not hmac.compare_digest(check, header[len(line) + SALT :]):
            raise SealBroken("BACKUP_PASSPHRASE is not the one with which this file was made")
        self._header = header
        self._source = source
        self._cipher = AESGCM(key)
        self._number = 0
        self._plain = memoryview(b"")
        self._next = source.read(CHUNK + TAG)
        self._is_at_end = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        while not self._plain and not self._is_at_end:
            self._open_next()
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        count = min(len(view), len(self._plain))
        view[:count] = self._plain[:count]
        self._plain = self._plain[count:]
        return count

    def _open_next(self) -> None:
        sealed, self._next = self._next, self._source.read(CHUNK + TAG)
        is_last = not self._next
        try:
            self._plain = memoryview(self._cipher.decrypt(_nonce(self._number, is_last), sealed, self._header))
        except InvalidTag:
            raise SealBroken("the file was cut off or changed after it was made") from None
        self._number += 1
        self._is_at_end = is_last
