"""Pictures and sounds that nothing shows: of drafts that are gone for good, of imports that nobody took.

They are kept for 30 days after they were stored last, then they go. What a published version or a draft shows stays,
and so does what can still be brought back.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, select

from app.authoring.deleting import KEPT
from app.authoring.models import DraftFile
from app.content.compile.pictures import PictureRefused, picture_extension
from app.content.media_in_use import published_media
from app.content.photos import examine
from app.extensions import db
from app.shared import media
from app.shared.clock import now
from app.shared.database import close_reader, reader
from app.shared.media import Media

_AT_ONCE = 200


def purge_unused_media() -> int:
    """Delete what nothing has shown for 30 days; returns how many. Looks for it before any transaction is open."""
    end = now() - KEPT
    unused = sorted(_find_unused(end))
    close_reader()
    for start in range(0, len(unused), _AT_ONCE):
        some = unused[start : start + _AT_ONCE]
        db.session.execute(delete(Media).where(Media.sha256.in_(some), Media.created_at < end))
    return len(unused)


def _find_unused(end: datetime) -> set[str]:
    old = set(reader().execute(select(Media.sha256).where(Media.created_at < end)).scalars())
    if not old:
        return old
    published = published_media()
    in_drafts = set(reader().execute(select(DraftFile.media).where(DraftFile.media.is_not(None)).distinct()).scalars())
    unused = old - published - {name.partition(".")[0] for name in in_drafts if name}
    try:
        others = (
            set(_other_forms(name for name in in_drafts if name and name[:64] not in published)) if unused else set()
        )
    except PictureRefused:
        return set()  # which other form belongs to that photo nobody can say, so nothing goes while a draft has it
    return unused - others


def _other_forms(names: Iterator[str]) -> Iterator[str]:
    """What the previews of drafts load in place of these photos. For published ones the compiled items say it."""
    for name in names:
        sha256, _, extension = name.partition(".")
        if extension == "svg" or picture_extension(name) is None:
            continue
        other = examine(media.find(sha256, extension) or b"", extension)
        if other is not None:
            yield media.sha256_of(other.content)
