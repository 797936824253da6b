"""The arithmetic that docs/adr/0005-sign-in-and-sessions.md rests on."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config import ROOT
from app.people.ladder import ADDRESS_LADDER, ALL_CODES_LADDER, SECRET_LADDER, Failures, Ladder
from app.people.learning_codes import RANDOM_DIGITS
from app.people.one_time import CODE_LENGTH
from app.people.pins import why_guessable
from app.people.sign_in_devices import KNOWN_DEVICES
from app.people.typed_codes import ALPHABET

START = datetime(2026, 11, 21, tzinfo=UTC)
YEAR = timedelta(days=366)
PHONE_NUMBER_AND_PERSON = 2
PINS_IN_A_PHONE_NUMBER = 5
LIVE_CODES = 260_000


def tries_of_the_most_eager(ladder: Ladder, period: timedelta) -> int:
    """Whoever tries again in the very moment in which it is allowed."""
    failures, moment, tries = None, START, 0
    while moment <= START + period:
        failures = ladder.climb(failures, moment)
        tries += 1
        moment = failures.next_try_at
    return tries


def test_five_tries_are_free_and_then_the_waits_grow() -> None:
    failures: Failures | None = None
    waits = []
    for _ in range(11):
        moment = failures.next_try_at if failures else START
        failures = SECRET_LADDER.climb(failures, moment)
        waits.append((failures.next_try_at - moment) / timedelta(minutes=1))
    assert waits == [0, 0, 0, 0, 1, 5, 15, 60, 360, 1440, 4320]


def test_time_forgets_one_failure_every_three_days() -> None:
    failures = Failures(7, START, START)
    assert SECRET_LADDER.remembered(failures, START + timedelta(days=8, hours=23)) == 5
    assert SECRET_LADDER.remembered(failures, START + timedelta(days=40)) == 0


def test_a_clock_that_goes_back_forgets_nothing() -> None:
    assert SECRET_LADDER.remembered(Failures(7, START, START), START - timedelta(days=9)) == 7


@pytest.mark.parametrize("ladder", [SECRET_LADDER, ADDRESS_LADDER, ALL_CODES_LADDER])
def test_the_most_eager_gets_no_more_than_the_bound(ladder: Ladder) -> None:
    period = timedelta(days=30)
    assert tries_of_the_most_eager(ladder, period) <= ladder.most_tries(period)


@given(st.lists(st.integers(0, 30 * 24 * 60), min_size=1, max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_choice_of_pauses_gets_more_than_the_bound(pauses: list[int]) -> None:
    failures, moment = None, START
    for minutes in pauses:
        moment = max(failures.next_try_at if failures else START, moment) + timedelta(minutes=minutes)
        failures = SECRET_LADDER.climb(failures, moment)
    assert len(pauses) <= SECRET_LADDER.most_tries(moment - START)


def test_a_ladder_whose_last_wait_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="not bounded"):
        Ladder(free=5, waits=(timedelta(minutes=1),), forgets_every=timedelta(hours=1))


def count_allowed_pins() -> int:
    return sum(
        why_guessable(f"{number:06}", phone=None, birth_year=None, this_year=2026) is None for number in range(10**6)
    )


def test_over_a_year_the_chance_to_guess_one_persons_pin_stays_under_one_in_a_thousand() -> None:
    allowed = count_allowed_pins()
    tries = (PHONE_NUMBER_AND_PERSON + KNOWN_DEVICES) * SECRET_LADDER.most_tries(YEAR)
    assert tries / (allowed - PINS_IN_A_PHONE_NUMBER) < 1 / 1000
    assert [f"{tries}", f"{allowed:,}", f"{1000 * tries / allowed:.2f}"] == stated("798", "916,884", "0.87")


def test_over_a_year_of_all_addresses_one_code_is_safe_and_few_of_all_are_hit() -> None:
    tries = ALL_CODES_LADDER.most_tries(YEAR)
    assert tries / 10**RANDOM_DIGITS < 1 / 10_000
    assert [f"{tries:,}", f"{tries * LIVE_CODES / 10**RANDOM_DIGITS:.1f}"] == stated("263,720", "6.9")


def test_one_address_alone_is_expected_to_hit_less_than_one_code_a_year() -> None:
    tries = ADDRESS_LADDER.most_tries(YEAR)
    assert tries * LIVE_CODES / 10**RANDOM_DIGITS < 1
    assert [f"{tries:,}"] == stated("35,148")


def test_a_one_time_code_is_not_hit_in_a_hundred_years() -> None:
    values = len(ALPHABET) ** (CODE_LENGTH - 1)
    assert 100 * ALL_CODES_LADDER.most_tries(YEAR) * 20_000 / values < 1


def stated(*figures: str) -> list[str]:
    """The figures, all of which stand in the decision record."""
    record = (ROOT / "docs" / "adr" / "0005-sign-in-and-sessions.md").read_text(encoding="utf-8")
    assert [figure for figure in figures if figure not in record] == []
    return list(figures)
