"""What attempts say about the questions: how many can do one, whom it tells apart, what is chosen. Pure.

The figures are those of classical test theory; docs/item-analysis.md explains each. No database, no clock.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from operator import itemgetter

from app.progress.item_tally import (
    FEWEST_ALIKE,
    FULL,
    TYPED_TYPES,
    GivenAnswer,
    Response,
    Tally,
    median_of,
)

HARD_BELOW = 0.30
"""Below this share of the points a question is as good as out of reach: four options give 25 % to whoever guesses."""
EASY_ABOVE = 0.95
"""Above it, nearly everybody has all points: the question tells nobody apart, and may give its answer away."""
CHANCE_SPREADS = 2.0
"""Those who are better in the rest do worse here: mostly a wrong key, a double negative, or two right answers. By
chance alone a correlation over n attempts lies within 2 / √n in 95 of 100 cases: only what is lower is flagged."""
FEWEST_FOR_FLAG = 20
"""First attempts below which nothing is flagged: of 20 people one alone moves the facility by 5 points."""
LONGEST_THOUGHT = 30 * 60
"""Seconds; a longer pause before an answer was something else than thinking."""
MOST_SHOWN = 5
_BY_TIME = itemgetter(4)


class Flag(StrEnum):
    """What a trainer should look at, most urgent first."""

    REVERSED = "reversed"
    NOBODY = "nobody"
    EVERYBODY = "everybody"


@dataclass(slots=True)
class GivenAttempt:
    """One finished attempt."""

    person: Hashable
    version: int
    is_first: bool
    """The person's first finished attempt at this quiz."""
    started_at: float
    """Seconds since the same moment as in its answers."""
    drawn: Mapping[str, float]
    """Question key → its points."""
    answers: Sequence[GivenAnswer]


@dataclass(frozen=True, slots=True)
class Responses:
    """How often something was answered, most frequent first."""

    counts: list[tuple[Response, int]] = field(default_factory=list)
    others: int = 0
    """Answers that are not shown: too few people gave each, or beyond the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is known of one question, over all versions or in one."""

    drawn: int = 0
    answered: int = 0
    first_attempts: int = 0
    """Those over which facility and discrimination are taken."""
    facility: float | None = None
    discrimination: float | None = None
    chosen: Mapping[str, int] = field(default_factory=dict)
    """Option key → times chosen, over `answered`."""
    wrong: Responses = field(default_factory=Responses)
    median_seconds: int | None = None

    @property
    def is_small(self) -> bool:
        """Too few first attempts to say anything."""
        return self.first_attempts < FEWEST_FOR_FLAG

    @property
    def flags(self) -> list[Flag]:
        return flags_of(self.first_attempts, self.facility, self.discrimination)


def reversed_below(first_attempts: int) -> float:
    """The discrimination under which chance is no explanation any more."""
    return -CHANCE_SPREADS / sqrt(first_attempts)


def flags_of(first_attempts: int, facility: float | None, discrimination: float | None) -> list[Flag]:
    """Nothing under `FEWEST_FOR_FLAG` first attempts; a value that lies on a threshold is not flagged."""
    if first_attempts < FEWEST_FOR_FLAG:
        return []
    found = []
    if discrimination is not None and discrimination < reversed_below(first_attempts):
        found.append(Flag.REVERSED)
    if facility is not None and facility < HARD_BELOW:
        found.append(Flag.NOBODY)
    if facility is not None and facility > EASY_ABOVE:
        found.append(Flag.EVERYBODY)
    return found


@dataclass(slots=True)
class Analysis:
    """All questions of a course, by version. Fed with one attempt after the other, and keeps none."""

    types: Mapping[str, str]
    """Question key → its type, which never changes."""
    tallies: dict[str, dict[int, Tally]] = field(default_factory=dict)
    """Question key → version number → its sums."""
    attempts: int = 0

    def add_attempt(self, attempt: GivenAttempt) -> None:
        self.attempts += 1
        tallies = {key: self._tally(key, attempt.version) for key in attempt.drawn}
        for tally in tallies.values():
            tally.drawn += 1
        self._note_answers(attempt, tallies)
        if attempt.is_first:
            _note_shares(attempt, tallies)

    def _tally(self, key: str, version: int) -> Tally:
        of_question = self.tallies.setdefault(key, {})
        if version not in of_question:
            of_question[version] = Tally()
        return of_question[version]

    def _note_answers(self, attempt: GivenAttempt, tallies: Mapping[str, Tally]) -> None:
        """Counts and times, in the order in which the answers were given."""
        before, person, types = attempt.started_at, attempt.person, self.types
        for answer in sorted(attempt.answers, key=_BY_TIME):
            tally = tallies.get(answer[0])
            if tally is None or not answer[1]:
                continue
            pause, before = answer[4] - before, answer[4]
            tally.answered += 1
            if 0 <= pause <= LONGEST_THOUGHT:
                tally.seconds[int(pause + 0.5)] += 1
            tally.note_response(types.get(answer[0], ""), answer, person)

    def question(self, key: str) -> Statistics:
        """Over all versions."""
        whole = Tally()
        for tally in self.tallies.get(key, {}).values():
            whole.add(tally)
        return statistics_of(whole, self.types.get(key, ""))

    def by_version(self, key: str) -> dict[int, Statistics]:
        """Version number → the question there, newest first."""
        found = sorted(self.tallies.get(key, {}).items(), reverse=True)
        return {number: statistics_of(tally, self.types.get(key, "")) for number, tally in found}


def analyse(attempts: Iterable[GivenAttempt], types: Mapping[str, str]) -> Analysis:
    """Everything that these attempts say about the questions with these types."""
    analysis = Analysis(types)
    for attempt in attempts:
        analysis.add_attempt(attempt)
    return analysis


def _note_shares(attempt: GivenAttempt, tallies: Mapping[str, Tally]) -> None:
    """The share that each question gave, beside the share of the rest; what is not marked yet is not known."""
    drawn = attempt.drawn
    earned = dict.fromkeys(drawn, 0.0)
    for key, _, points, _, _ in attempt.answers:
        if key not in earned:
            continue
        if points is None:
            del earned[key]
        else:
            earned[key] = points
    score = sum(earned.values())
    maximum = sum([drawn[key] for key in earned])
    for key, points in earned.items():
        of_question = drawn[key] or 1.0
        rest = maximum - of_question
        share = points / of_question
        share = 0.0 if share < 0.0 else min(share, 1.0)
        tallies[key].pairs.add(share, (score - points) / rest if rest > FULL else None)


def statistics_of(tally: Tally, kind: str) -> Statistics:
    """The figures of a question of this type."""
    return Statistics(
        drawn=tally.drawn,
        answered=tally.answered,
        first_attempts=tally.pairs.count,
        facility=tally.pairs.mean(),
        discrimination=tally.pairs.correlation(),
        chosen=dict(tally.chosen),
        wrong=_wrong_responses(tally, is_typed=kind in TYPED_TYPES),
        median_seconds=median_of(tally.seconds),
    )


def _wrong_responses(tally: Tally, *, is_typed: bool) -> Responses:
    """The most frequent ones; of typed words only what several people wrote."""
    shown = [
        (response, count)
        for response, count in sorted(tally.wrong.items(), key=lambda pair: (-pair[1], pair[0]))
        if not is_typed or len(tally.wrong_by[response]) >= FEWEST_ALIKE
    ][:MOST_SHOWN]
    return Responses(shown, tally.wrong.total() + tally.wrong_others - sum(count for _, count in shown))
