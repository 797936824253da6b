"""What two sequences have in common, found in bounded time: texts are written by people and by people's worst ideas.

Rare elements anchor the alignment ("patience"), short gaps between them are aligned exactly, and when the effort is
used up the rest counts as replaced. The result is always right, at worst coarse.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

SAME, GONE, NEW = "same", "gone", "new"
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
LEAST_IN_COMMON = 0.35
"""Share of words that two paragraphs need for being one that was changed."""
_GAP_CELLS = 10_000
_DEEPEST = 12


@dataclass(slots=True)
class Effort:
    """How much work is left, in steps of some tenths of a microsecond, for everything that is compared together."""

    left: int = 6_000_000

    def take(self, steps: int) -> bool:
        """Whether that much may be done; what may not be done costs nothing."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


@dataclass(frozen=True, slots=True)
class Run:
    """old[i:i_end] and new[j:j_end]: the same, or one in place of the other (either may be empty)."""

    is_same: bool
    i: int
    i_end: int
    j: int
    j_end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words: same, gone or new."""

    kind: str
    text: str


def align(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> list[Run]:
    """Runs that cover both sequences from beginning to end, same and other ones in turn."""
    pairs = _pairs(old, new, effort)
    runs: list[Run] = []
    i = j = 0
    for a, b in [*pairs, (len(old), len(new))]:
        if a > i or b > j:
            runs.append(Run(False, i, a, j, b))
        if a < len(old) and b < len(new):
            last = runs[-1] if runs else None
            if last and last.is_same and (last.i_end, last.j_end) == (a, b):
                runs[-1] = Run(True, last.i, a + 1, last.j, b + 1)
            else:
                runs.append(Run(True, a, a + 1, b, b + 1))
        i, j = a + 1, b + 1
    return runs


def _pairs(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> list[tuple[int, int]]:
    """Indexes of equal elements, rising on both sides."""
    found: list[tuple[int, int]] = []
    pending = [(0, len(old), 0, len(new), 0)]
    while pending:
        i, i_end, j, j_end, depth = pending.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        cells = (i_end - i) * (j_end - j)
        if not cells:
            continue
        if cells <= _GAP_CELLS:
            if effort.take(cells):
                found += _longest_common(old, new, i, i_end, j, j_end)
            continue
        if depth == _DEEPEST or not effort.take(i_end - i + j_end - j):
            continue
        anchors = _anchors(old, new, i, i_end, j, j_end)
        if not anchors:
            continue
        found += anchors
        for (a, b), (a_next, b_next) in zip([(i - 1, j - 1), *anchors], [*anchors, (i_end, j_end)], strict=True):
            pending.append((a + 1, a_next, b + 1, b_next, depth + 1))
    return sorted(found)


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], i: int, i_end: int, j: int, j_end: int
) -> list[tuple[int, int]]:
    """Elements that stand once on each side, as many of them as keep their order."""
    once_old = Counter(old[index] for index in range(i, i_end))
    once_new = Counter(new[index] for index in range(j, j_end))
    places = {new[index]: index for index in range(j, j_end) if once_new[new[index]] == 1}
    candidates = [
        (index, places[old[index]]) for index in range(i, i_end) if once_old[old[index]] == 1 and old[index] in places
    ]
    return [candidates[index] for index in rising([place for _, place in candidates])]


def rising(values: Sequence[int]) -> list[int]:
    """Indexes of a longest rising subsequence."""
    ends: list[int] = []
    ending_at: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(ending_at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(value)
            ending_at.append(index)
        else:
            ends[length], ending_at[length] = value, index
    chain: list[int] = []
    at = ending_at[-1] if ending_at else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]


def _longest_common(
    old: Sequence[Hashable], new: Sequence[Hashable], i: int, i_end: int, j: int, j_end: int
) -> Iterator[tuple[int, int]]:
    """A longest common subsequence, by the table of all pairs."""
    width = j_end - j + 1
    table = [[0] * width]
    for a in range(i_end - 1, i - 1, -1):
        below = table[-1]
        row = [0] * width
        for b in range(width - 2, -1, -1):
            row[b] = below[b + 1] + 1 if old[a] == new[j + b] else max(below[b], row[b + 1])
        table.append(row)
    table.reverse()
    a = b = 0
    while a < i_end - i and b < width - 1:
        if old[i + a] == new[j + b]:
            yield i + a, j + b
            a, b = a + 1, b + 1
        elif table[a + 1][b] >= table[a][b + 1]:
            a += 1
        else:
            b += 1


def word_spans(old: str, new: str, effort: Effort) -> tuple[Span, ...]:
    """The new text with what is gone from the old one, word by word; wholly replaced where little is the same."""
    if old == new:
        return (Span(SAME, new),) if new else ()
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    runs = align(a, b, effort)
    kept = sum(len("".join(a[run.i : run.i_end]).strip()) for run in runs if run.is_same)
    if kept < LEAST_IN_COMMON * min(len(old), len(new)):
        runs = [Run(False, 0, len(a), 0, len(b))]
    return tuple(_spans(a, b, runs))


def _spans(old: list[str], new: list[str], runs: list[Run]) -> Iterator[Span]:
    """Changes that only a space keeps apart are one change."""
    gone = fresh = ""
    for index, run in enumerate(runs):
        before, after = "".join(old[run.i : run.i_end]), "".join(new[run.j : run.j_end])
        is_between = 0 < index < len(runs) - 1
        if run.is_same and not (is_between and not after.strip()):
            yield from _change(gone, fresh)
            gone = fresh = ""
            yield Span(SAME, after)
        else:
            gone, fresh = gone + before, fresh + after
    yield from _change(gone, fresh)


def _change(gone: str, fresh: str) -> Iterator[Span]:
    if gone:
        yield Span(GONE, gone)
    if fresh:
        yield Span(NEW, fresh)


def likeness(old: str, new: str) -> float:
    """Share of words that both have, whatever their order."""
    a, b = Counter(_WORD.findall(old)), Counter(_WORD.findall(new))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else float(old == new)
