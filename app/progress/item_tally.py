"""Sums over the answers to one question, from which its figures follow. Pure, and of bounded size."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

FEWEST_FOR_DISCRIMINATION = 10
"""First attempts below which a correlation is chance."""
FEWEST_ALIKE = 3
"""People who must have typed the same words before these are shown: what one person types may be personal."""
MOST_KEPT = 20_000
"""Different typed answers to one question that are told apart; what comes later counts among the others."""
FULL = 1e-6
OPTION_TYPES = frozenset({"single", "multiple", "true_false", "hotspot"})
ARRANGED_TYPES = frozenset({"matching", "ordering"})
TYPED_TYPES = frozenset({"text", "number", "gaps"})

Response = tuple[str, ...]


class GivenAnswer(NamedTuple):
    """A tuple, because a course may have a million of them."""

    key: str
    """Of the question."""
    response: Response
    """Empty where nothing was given, or the person was erased."""
    score: float | None
    """None: waits for a trainer, or never will be marked."""
    enough: float
    """Points from which it is all right; hints may have cost some of the maximum."""
    at: float
    """Seconds since some moment."""


@dataclass(slots=True)
class Pairs:
    """Sums over pairs (share of this question, share of the rest), from which mean and correlation follow."""

    count: int = 0
    total: float = 0.0
    with_rest: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def add(self, share: float, rest: float | None) -> None:
        self.count += 1
        self.total += share
        if rest is None:
            return
        self.with_rest += 1
        self.x += share
        self.y += rest
        self.xx += share * share
        self.yy += rest * rest
        self.xy += share * rest

    def add_all(self, other: "Pairs") -> None:
        self.count += other.count
        self.total += other.total
        self.with_rest += other.with_rest
        self.x += other.x
        self.y += other.y
        self.xx += other.xx
        self.yy += other.yy
        self.xy += other.xy

    def mean(self) -> float | None:
        return min(1.0, self.total / self.count) if self.count else None

    def correlation(self) -> float | None:
        """Pearson's r; None under `FEWEST_FOR_DISCRIMINATION` pairs, or where all have the same."""
        n = self.with_rest
        if n < FEWEST_FOR_DISCRIMINATION:
            return None
        spread_x, spread_y = n * self.xx - self.x**2, n * self.yy - self.y**2
        nothing = 1e-9 * n * n
        if spread_x <= nothing or spread_y <= nothing:
            return None
        return max(-1.0, min(1.0, (n * self.xy - self.x * self.y) / sqrt(spread_x * spread_y)))


@dataclass(slots=True)
class Tally:
    """Sums of one question in one version. Two of them can be added."""

    drawn: int = 0
    answered: int = 0
    pairs: Pairs = field(default_factory=Pairs)
    chosen: Counter[str] = field(default_factory=Counter)
    wrong: Counter[Response] = field(default_factory=Counter)
    wrong_by: dict[Response, set[Hashable]] = field(default_factory=dict)
    """Who answered so, up to `FEWEST_ALIKE` people."""
    wrong_others: int = 0
    seconds: Counter[int] = field(default_factory=Counter)

    def note_response(self, kind: str, answer: GivenAnswer, person: Hashable) -> None:
        if kind in OPTION_TYPES:
            chosen = self.chosen
            for key in answer.response:
                chosen[key] = chosen.get(key, 0) + 1
        elif answer.score is not None and answer.score < answer.enough - FULL:
            if kind in TYPED_TYPES:
                self._note_wrong(tuple(words.casefold() for words in answer.response), person)
            elif kind in ARRANGED_TYPES:
                self._note_wrong(answer.response, person)

    def _note_wrong(self, response: Response, person: Hashable) -> None:
        if response not in self.wrong and len(self.wrong) >= MOST_KEPT:
            self.wrong_others += 1
            return
        self.wrong[response] += 1
        people = self.wrong_by.setdefault(response, set())
        if len(people) < FEWEST_ALIKE:
            people.add(person)

    def add(self, other: "Tally") -> None:
        self.drawn += other.drawn
        self.answered += other.answered
        self.pairs.add_all(other.pairs)
        self.chosen.update(other.chosen)
        self.wrong.update(other.wrong)
        for response, people in other.wrong_by.items():
            self.wrong_by[response] = self.wrong_by.get(response, set()) | people
        self.wrong_others += other.wrong_others
        self.seconds.update(other.seconds)


def median_of(counts: Mapping[int, int]) -> int | None:
    """The lower median of the values with these counts; None of nothing."""
    half = (sum(counts.values()) + 1) // 2
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= half:
            return value
    return None
