"""Ids of rows: UUID version 7 (RFC 9562 §5.7), made by whoever makes the row, so that a repeat is harmless.

The leading milliseconds keep indexes compact. Nothing reads time out of an id.
"""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def parse_id(text: str | None) -> UUID | None:
    """The id written in `text`, or None where it is not one."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
