"""A lesson's body for one reader: the words of their province, and whether its facts were checked too long ago."""

from datetime import date
from html import escape

from app.access.declare import current_actor
from app.content.compile.ageing import GRACE_DAYS
from app.content.queries import Item, Version
from app.content.reference import province_words
from app.learning.learner import confirmed_commune_id
from app.places.queries import printed_place, province_of
from app.shared.clock import local_date, now
from app.shared.vietnamese import short_date


def words_for_reader(item: Item) -> tuple[tuple[str, str], ...]:
    """Each word of the item that differs by province, with what is said in the reader's; empty for most items."""
    if not item.words:
        return ()
    commune_id = current_actor().commune_id or confirmed_commune_id()
    code = printed_place(province_of(commune_id)).code or "" if commune_id else ""
    known = province_words()
    return tuple((name, known.text(name, code)) for name in item.words)


def body_with(item: Item, words: tuple[tuple[str, str], ...]) -> str:
    """The body with its `{{name}}` replaced."""
    body = item.body
    for name, text in words:
        body = body.replace(f"{{{{{name}}}}}", escape(text))
    return body


def stale_since(version: Version, item: Item | None = None) -> str:
    """The day on which the facts were last checked, if learners should know that this was long ago; else empty."""
    freshness = (item.freshness if item else None) or version.freshness
    if freshness is None or not freshness.is_overdue(local_date(now()), grace_days=GRACE_DAYS):
        return ""
    return short_date(date.fromisoformat(freshness.checked))
