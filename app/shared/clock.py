"""Time: UTC in the database, Asia/Ho_Chi_Minh on screen and for figures. Vietnam has no daylight saving."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The date on a calendar in Vietnam."""
    return local_date(now())


def local(moment: datetime) -> datetime:
    """A stored moment on a clock in Vietnam; naive values are taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(VIETNAM)


def local_date(moment: datetime) -> date:
    return local(moment).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Let `now` answer `moment`: the one thing that tests may replace."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
