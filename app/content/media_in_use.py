"""Which pictures and sounds the published versions show, all versions that ever were."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import LargeBinary, Text, cast, select
from sqlalchemy.orm import InstrumentedAttribute

from app.content.models import CourseItem, CourseVersion
from app.shared.database import reader

_NAME = re.compile(rb"[0-9a-f]{64}")
_ROWS_AT_ONCE = 50
_PLACES = (CourseVersion.files, CourseVersion.meta, CourseItem.body, CourseItem.quiz, CourseItem.data)
"""Columns that may name one. The folder names what the author added, the compiled items also what was made of it."""


def published_media() -> set[str]:
    """The SHA-256 of each. Whatever else looks like one is in it too: it is asked what may not be deleted."""
    return {name.decode() for column in _PLACES for words in _contents(column) for name in _NAME.findall(words)}


def _contents(column: InstrumentedAttribute[object]) -> Iterator[bytes]:
    """The column in each row, a few rows in memory at a time."""
    as_stored: Any = column if isinstance(column.type, LargeBinary) else cast(column, Text)
    key = column.class_.id
    ids = list(reader().execute(select(key)).scalars())
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        some = ids[start : start + _ROWS_AT_ONCE]
        for content in reader().execute(select(as_stored).where(key.in_(some))).scalars():
            yield content.encode() if isinstance(content, str) else content or b""
