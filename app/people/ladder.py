"""The ladder of waits after failures, as plain arithmetic: no database, no clock of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Failures:
    """What is remembered of one subject."""

    count: int
    last_at: datetime
    next_try_at: datetime


@dataclass(frozen=True, slots=True)
class Ladder:
    """After `free` failures each further one costs the next of `waits`; the last wait stays.

    One failure is forgotten every `forgets_every` that passes without another.
    """

    free: int
    waits: tuple[timedelta, ...]
    forgets_every: timedelta

    def __post_init__(self) -> None:
        if self.waits[-1] < self.forgets_every:
            raise ValueError("the last wait must last until a failure is forgotten, or tries are not bounded")

    @property
    def top(self) -> int:
        """The most failures that are ever remembered."""
        return self.free + len(self.waits) - 1

    def remembered(self, failures: Failures, moment: datetime) -> int:
        """How many of the failures still count at `moment`."""
        forgotten = max(moment - failures.last_at, timedelta(0)) // self.forgets_every
        return max(failures.count - forgotten, 0)

    def climb(self, failures: Failures | None, moment: datetime) -> Failures:
        """What is remembered after one more failure at `moment`."""
        count = min((self.remembered(failures, moment) if failures else 0) + 1, self.top)
        wait = self.waits[count - self.free] if count >= self.free else timedelta(0)
        return Failures(count, moment, moment + wait)

    def most_tries(self, period: timedelta) -> int:
        """No strategy gets more tries than this out of one subject within `period`.

        A try adds one to what is remembered, which never exceeds `top`; time takes one away every `forgets_every`.
        At the top the wait is at least as long as that, so no try there comes for nothing.
        """
        return self.top + period // self.forgets_every


SECRET_LADDER = Ladder(
    free=5,
    waits=(
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(hours=24),
        timedelta(hours=72),
    ),
    forgets_every=timedelta(hours=72),
)
"""For PINs and passwords: a phone number, a person, a device at a person."""
ADDRESS_LADDER = Ladder(
    free=10,
    waits=(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15)),
    forgets_every=timedelta(minutes=15),
)
"""For codes, by network address. Short waits: a whole village may share one address."""
ALL_CODES_LADDER = Ladder(free=200, waits=(timedelta(minutes=2),), forgets_every=timedelta(minutes=2))
"""For codes of one kind, all addresses together."""
