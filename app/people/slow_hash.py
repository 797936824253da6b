"""Argon2id for secrets that people choose. About 30 ms and 19 MiB each: never while a transaction is open.

What goes in is an HMAC with the pepper already, so that a stolen table is worth nothing without it.
"""

import secrets

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import hash_secret

TIME_COST = 2
MEMORY_KIB = 19 * 1024
PARALLELISM = 1
HASH_BYTES = 32
SALT_BYTES = 16
_hasher = PasswordHasher(TIME_COST, MEMORY_KIB, PARALLELISM, HASH_BYTES, SALT_BYTES, type=Type.ID)


def slow_hash(digest: bytes, salt: bytes | None = None) -> str:
    """The encoded hash, parameters and salt included; by default with a salt of its own."""
    chosen = salt or secrets.token_bytes(SALT_BYTES)
    return hash_secret(digest, chosen, TIME_COST, MEMORY_KIB, PARALLELISM, HASH_BYTES, Type.ID).decode()


def slow_hash_matches(encoded: str, digest: bytes) -> bool:
    """Whether `digest` is what was hashed."""
    try:
        return _hasher.verify(encoded, digest)
    except VerifyMismatchError:
        return False
