"""Item analysis against values worked out by hand, and what must hold for any attempts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.progress.item_analysis import (
    EASY_ABOVE,
    FEWEST_FOR_FLAG,
    HARD_BELOW,
    LONGEST_THOUGHT,
    Analysis,
    Flag,
    GivenAttempt,
    analyse,
    flags_of,
)
from app.progress.item_tally import FEWEST_ALIKE, FEWEST_FOR_DISCRIMINATION, GivenAnswer

TYPES = {"q-1": "single", "q-2": "single", "q-3": "single"}
TICK = ("a",)


def attempt(*scores: float | None, person: object = None, version: int = 1, is_first: bool = True) -> GivenAttempt:
    """Of one point a question, answered in turn; a score of -1 leaves the question out."""
    keys = [f"q-{number}" for number in range(1, len(scores) + 1)]
    answers = [
        GivenAnswer(key, TICK, score, 1.0, 10.0 * place)
        for place, (key, score) in enumerate(zip(keys, scores, strict=True), start=1)
        if score != -1
    ]
    return GivenAttempt(person or object(), version, is_first, 0.0, dict.fromkeys(keys, 1.0), answers)


def typed(words: str, person: object, kind: str = "text", score: float = 0.0) -> tuple[GivenAttempt, dict[str, str]]:
    answer = GivenAnswer("q-1", (words,), score, 1.0, 5.0)
    return GivenAttempt(person, 1, True, 0.0, {"q-1": 1.0}, [answer]), {"q-1": kind}


def test_facility_is_the_mean_share_of_the_points() -> None:
    analysis = analyse([attempt(1, 1), attempt(0.5, 1), attempt(0, 1), attempt(0, 1)], TYPES)
    assert analysis.question("q-1").facility == pytest.approx(0.375)
    assert analysis.question("q-2").facility == 1.0


def test_discrimination_is_the_correlation_with_the_rest_as_worked_out_by_hand() -> None:
    # (x, y): 5 × (1, 1), 1 × (1, 0), 1 × (0, 1), 5 × (0, 0); n=12, Σx=Σy=6, Σxy=5 → (12·5−36)/(12·6−36) = 2/3
    pairs = [(1, 1)] * 5 + [(1, 0), (0, 1)] + [(0, 0)] * 5
    analysis = analyse([attempt(*pair) for pair in pairs], TYPES)
    assert analysis.question("q-1").discrimination == pytest.approx(2 / 3)


def test_the_rest_leaves_the_question_itself_out() -> None:
    # q-1 is right where q-2 and q-3 are wrong: with itself in the total it would look less reversed.
    pairs = [(1, 0, 0)] * 6 + [(0, 1, 1)] * 6
    assert analyse([attempt(*scores) for scores in pairs], TYPES).question("q-1").discrimination == pytest.approx(-1)


def test_there_is_no_discrimination_of_few_attempts_or_of_a_question_that_is_alone() -> None:
    few = [attempt(1, 1), attempt(0, 0)] * (FEWEST_FOR_DISCRIMINATION // 2)
    assert analyse(few, TYPES).question("q-1").discrimination == pytest.approx(1)
    assert analyse(few[1:], TYPES).question("q-1").discrimination is None
    assert analyse([attempt(1), attempt(0)] * 10, TYPES).question("q-1").discrimination is None


def test_there_is_no_discrimination_where_all_earned_the_same() -> None:
    analysis = analyse([attempt(1, 1), attempt(1, 0)] * 10, TYPES)
    assert analysis.question("q-1").discrimination is None
    assert analysis.question("q-2").discrimination is None


def test_a_question_without_an_answer_earned_nothing() -> None:
    statistics = analyse([attempt(-1, 1), attempt(1, 1)], TYPES).question("q-1")
    assert (statistics.drawn, statistics.answered, statistics.facility) == (2, 1, 0.5)


def test_an_answer_that_waits_for_a_trainer_counts_neither_for_itself_nor_in_the_rest() -> None:
    attempts = [attempt(1, 1, None), attempt(0, 0, None)] * 5
    analysis = analyse(attempts, TYPES)
    assert analysis.question("q-3").facility is None
    assert analysis.question("q-3").answered == 10
    assert analysis.question("q-1").discrimination == pytest.approx(1)


def test_later_attempts_of_a_person_count_for_choices_but_not_for_facility() -> None:
    statistics = analyse([attempt(0), attempt(1, is_first=False)], TYPES).question("q-1")
    assert statistics.facility == 0
    assert statistics.first_attempts == 1
    assert statistics.chosen == {"a": 2}


def test_versions_are_told_apart_and_added_up() -> None:
    analysis = analyse([attempt(1, version=1), attempt(0, version=2), attempt(0, version=2)], TYPES)
    assert {number: found.facility for number, found in analysis.by_version("q-1").items()} == {2: 0, 1: 1}
    assert analysis.question("q-1").facility == pytest.approx(1 / 3)
    assert analysis.question("q-1").drawn == 3


def test_the_time_of_an_answer_begins_with_the_one_before_and_long_pauses_are_left_out() -> None:
    answers = [
        GivenAnswer("q-2", TICK, 1.0, 1.0, 30.0),
        GivenAnswer("q-1", TICK, 1.0, 1.0, 12.0),
        GivenAnswer("q-3", TICK, 1.0, 1.0, 31.0 + LONGEST_THOUGHT),
    ]
    given_attempt = GivenAttempt("p", 1, True, 2.0, dict.fromkeys(TYPES, 1.0), answers)
    analysis = analyse([given_attempt], TYPES)
    assert [analysis.question(key).median_seconds for key in TYPES] == [10, 18, None]


def test_erased_answers_are_in_the_points_but_in_no_count_of_options() -> None:
    erased = GivenAttempt("p", 1, True, 0.0, {"q-1": 1.0}, [GivenAnswer("q-1", (), 1.0, 1.0, 0.0)])
    statistics = analyse([erased], TYPES).question("q-1")
    assert (statistics.facility, statistics.answered, statistics.chosen) == (1.0, 0, {})


def test_wrong_words_are_shown_only_when_several_people_typed_them() -> None:
    same = [typed(words, person) for person, words in enumerate(["Một trăm", "một trăm", "một trăm"])]
    one_person_again = [typed("tên tôi là Hoa", "p") for _ in range(FEWEST_ALIKE + 2)]
    right = [typed("113", "r", score=1.0)]
    pairs = same + one_person_again + right
    wrong = analyse([made for made, _ in pairs], pairs[0][1]).question("q-1").wrong
    assert wrong.counts == [(("một trăm",), 3)]
    assert wrong.others == FEWEST_ALIKE + 2


def test_words_of_a_free_question_are_never_kept() -> None:
    pairs = [typed("chuyện của tôi", person, kind="free") for person in range(30)]
    analysis: Analysis = analyse([made for made, _ in pairs], pairs[0][1])
    assert analysis.question("q-1").wrong.counts == []
    assert not analysis.tallies["q-1"][1].wrong


def test_wrong_pairs_are_shown_even_where_one_person_made_them() -> None:
    made, types = typed("left=right", "p", kind="matching")
    assert analyse([made], types).question("q-1").wrong.counts == [(("left=right",), 1)]


def test_a_right_answer_after_a_hint_that_costs_is_not_wrong() -> None:
    answer = GivenAnswer("q-1", ("113",), 0.5, 0.5, 5.0)
    made = GivenAttempt("p", 1, True, 0.0, {"q-1": 1.0}, [answer])
    statistics = analyse([made], {"q-1": "text"}).question("q-1")
    assert (statistics.facility, statistics.wrong.others) == (0.5, 0)


@pytest.mark.parametrize(
    ("facility", "discrimination", "flags"),
    [
        (HARD_BELOW, 0.0, []),
        (HARD_BELOW - 0.001, 0.3, [Flag.NOBODY]),
        (EASY_ABOVE, None, []),
        (EASY_ABOVE + 0.001, None, [Flag.EVERYBODY]),
        (0.5, -0.448, [Flag.REVERSED]),
        (0.1, -0.5, [Flag.REVERSED, Flag.NOBODY]),
        (None, None, []),
    ],
)
def test_flags_begin_beyond_their_thresholds(
    facility: float | None, discrimination: float | None, flags: list[Flag]
) -> None:
    assert flags_of(FEWEST_FOR_FLAG, facility, discrimination) == flags
    assert flags_of(FEWEST_FOR_FLAG - 1, facility, discrimination) == []


shares = st.floats(0, 1, allow_nan=False)
several = st.lists(st.tuples(shares, shares, shares), min_size=1, max_size=40)


@given(several)
def test_facility_lies_between_none_and_all(scores: list[tuple[float, float, float]]) -> None:
    analysis = analyse([attempt(*each) for each in scores], TYPES)
    facilities = [analysis.question(key).facility for key in TYPES]
    assert all(facility is not None and 0 <= facility <= 1 for facility in facilities)


@given(several)
def test_one_more_right_answer_never_lowers_facility(scores: list[tuple[float, float, float]]) -> None:
    before = analyse([attempt(*each) for each in scores], TYPES).question("q-1").facility
    after = analyse([*(attempt(*each) for each in scores), attempt(1, 0, 0)], TYPES).question("q-1").facility
    assert before is not None and after is not None
    assert after >= before - 1e-12


@given(several)
def test_turning_right_and_wrong_round_turns_the_sign_of_discrimination(
    scores: list[tuple[float, float, float]],
) -> None:
    plain = analyse([attempt(*each) for each in scores], TYPES).question("q-1").discrimination
    turned = analyse([attempt(1 - a, b, c) for a, b, c in scores], TYPES).question("q-1").discrimination
    if plain is not None and turned is not None:
        assert -1 <= plain <= 1
        assert turned == pytest.approx(-plain, abs=1e-4)


@given(several, st.integers(0, 40))
def test_versions_add_up_to_all(scores: list[tuple[float, float, float]], cut: int) -> None:
    together = analyse([attempt(*each) for each in scores], TYPES).question("q-2")
    apart = analyse([attempt(*each, version=1 + (i < cut)) for i, each in enumerate(scores)], TYPES).question("q-2")
    assert apart.facility == pytest.approx(together.facility)
    assert (apart.drawn, apart.chosen, apart.median_seconds) == (
        together.drawn,
        together.chosen,
        together.median_seconds,
    )
