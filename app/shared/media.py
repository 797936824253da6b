"""Pictures and audio as rows named by their SHA-256, so that nodes hold no state. At most 5 MB each."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, db
from app.shared.clock import now
from app.shared.database import UtcDateTime, reader, upsert

MAXIMUM_BYTES = 5 * 1024 * 1024
RENEWED_AFTER = timedelta(days=1)
CONTENT_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
}


class Media(Model):
    __tablename__ = "media"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    extension: Mapped[str] = mapped_column(String(5))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When it was stored, the last time; true to a day. What nobody shows goes by it."""


def store(body: bytes, extension: str) -> str:
    """Keep `body` (once, however often it is stored) and return the path under which it is served.

    Raises:
        ValueError: unknown extension, or more than 5 MB.
    """
    if extension not in CONTENT_TYPES or len(body) > MAXIMUM_BYTES:
        raise ValueError(f"cannot keep {len(body)} bytes of .{extension}")
    digest, moment = sha256_of(body), now()
    row = {"sha256": digest, "extension": extension, "body": body, "created_at": moment}
    db.session.execute(
        upsert(Media)
        .values(row)
        .on_conflict_do_update(
            index_elements=[Media.sha256],
            set_={"created_at": moment},
            where=Media.created_at < moment - RENEWED_AFTER,
        )
    )
    return media_path(digest, extension)


def sha256_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def media_path(sha256: str, extension: str) -> str:
    return f"/media/{sha256}.{extension}"


def find(sha256: str, extension: str) -> bytes | None:
    """The bytes kept under that name, or None."""
    query = select(Media.body).where(Media.sha256 == sha256, Media.extension == extension)
    return reader().execute(query).scalar_one_or_none()
