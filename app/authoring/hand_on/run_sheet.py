"""The run sheet of a meeting: the course's items as blocks that add up to exactly the time there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale, gettext

from app.authoring.hand_on.material import Material
from app.authoring.hand_on.meeting_words import Told, tell_closing, tell_greeting, tell_item

LENGTHS = (60, 90, 120)
GREETING, CLOSING = 10, 10
BREAKS = {60: 0, 90: 5, 120: 10}
STEPS = ((5, 5), (1, 3))
"""Blocks are multiples of five minutes; where there are too many items for that, of one, three at least."""


@dataclass(frozen=True, slots=True)
class Row:
    minutes: int
    time: str
    """ "8:10–8:25", or "10–25" where no beginning is known."""
    title: str
    told: Told
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class RunSheet:
    length: int
    rows: tuple[Row, ...]
    left_for_home: tuple[str, ...]
    """Titles of items for which there is no time."""
    asked: int
    """Minutes that the items of the course say they take."""
    room: int
    """Minutes that this meeting has for them."""

    @property
    def is_squeezed(self) -> bool:
        return self.asked > self.room

    @property
    def long_enough(self) -> int:
        """The shortest meeting in which no item is cut short; 0 where there is none."""
        return next((length for length in LENGTHS if room_of(length) >= self.asked), 0)


def room_of(length: int) -> int:
    """Minutes of a meeting that are left for the items."""
    return length - GREETING - CLOSING - BREAKS[length]


def make_run_sheet(material: Material, length: int, start: datetime | None) -> RunSheet:
    """A meeting of so many minutes, `length` being one of LENGTHS."""
    with force_locale(material.language):
        room = room_of(length)
        kept = list(material.items[: how_many_fit(len(material.items), room)])
        minutes = share_out([taught.item.minutes for taught in kept], room)
        blocks = [(GREETING, gettext("Đón bà con, mở khóa học"), tell_greeting(material), False)]
        blocks += [
            (each, f"{material.items.index(taught) + 1}. {taught.item.title}", tell_item(material, taught), False)
            for each, taught in zip(minutes, kept, strict=True)
        ]
        if not kept:
            blocks.append((room, gettext("Hỏi đáp"), Told(), False))
        if BREAKS[length]:
            blocks.insert(break_after([block[0] for block in blocks], length), _break(BREAKS[length]))
        blocks.append((CLOSING, gettext("Ôn lại, hẹn việc tiếp theo"), tell_closing(material), False))
        left = tuple(taught.item.title for taught in material.items if taught not in kept)
        asked = sum(taught.item.minutes for taught in material.items)
        return RunSheet(length, tuple(_rows(blocks, start)), left, asked, room)


def _break(minutes: int) -> tuple[int, str, Told, bool]:
    return minutes, gettext("Nghỉ"), Told(), True


def how_many_fit(items: int, room: int) -> int:
    """Items for which there is time."""
    return min(items, room // STEPS[-1][1])


def share_out(weights: Sequence[int], total: int) -> list[int]:
    """`total` minutes by weight: whole steps, at least a step each, the sum exact.

    The first that was cut most gets what is left over, so the same course always gives the same sheet.
    """
    if not weights:
        return []
    step, least = next(((step, least) for step, least in STEPS if len(weights) * least <= total), STEPS[-1])
    weights = weights if any(weights) else [1] * len(weights)
    spare = (total - len(weights) * least) // step
    exact = [spare * weight / sum(weights) for weight in weights]
    given = [int(share) for share in exact]
    by_need = sorted(range(len(weights)), key=lambda index: (given[index] - exact[index], index))
    for index in by_need[: spare - sum(given)]:
        given[index] += 1
    minutes = [least + step * extra for extra in given]
    minutes[-1] += total - sum(minutes)
    return minutes


def break_after(minutes: Sequence[int], length: int) -> int:
    """After how many blocks the break comes: as near to the middle as can be, never before the first item."""
    ends = [sum(minutes[: count + 1]) for count in range(len(minutes))]
    counts = range(2, len(minutes)) or range(len(minutes), len(minutes) + 1)
    return min(counts, key=lambda count: abs(ends[count - 1] - length / 2))


def _rows(blocks: Sequence[tuple[int, str, Told, bool]], start: datetime | None) -> list[Row]:
    rows, passed = [], 0
    for minutes, title, told, is_break in blocks:
        time = f"{_clock(passed, start)}–{_clock(passed + minutes, start)}"
        rows.append(Row(minutes, time, title, told, is_break))
        passed += minutes
    return rows


def _clock(passed: int, start: datetime | None) -> str:
    if start is None:
        return str(passed)
    moment = start + timedelta(minutes=passed)
    return f"{moment.hour}:{moment:%M}"
