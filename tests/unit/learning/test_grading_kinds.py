"""Grading of every type of question, as it comes from an author's text: total, fair, and the same the second time."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.compile.quiz import Question, Quiz
from app.devtools.right_answers import right_values, wrong_values
from app.learning.grading.answers import NothingAnswered, as_entered, read_answer
from app.learning.grading.drawing import draw
from app.learning.grading.marks import feedback_on, grade
from app.shared.errors import Refusal
from tests.unit.learning.sample_questions import GRADED, SAMPLES

every_sample = pytest.mark.parametrize("name", SAMPLES)
every_graded = pytest.mark.parametrize("name", GRADED)
of_parts = pytest.mark.parametrize("name", ["multiple", "weighted", "matching", "gaps"])


def answered(question: Question, values: list[str], **options: Any) -> float:
    return grade(question, read_answer(question, values), **options).score


def known_words(question: Question) -> list[str]:
    """Keys and words that belong to the question, so that invented answers often hit."""
    details = question.details
    sides = [*details.get("lefts", ()), *details.get("rights", ())]
    gaps = details.get("gaps", ())
    words = [option.key for option in question.options] + [side["key"] for side in sides]
    words += [entry[kind] for gap in gaps for entry in gap["choices"] + gap["answers"] for kind in ("key", "text")]
    return [*words, *question.accepted, *(str(number) for number in range(5)), "", "=", "1,000", "1.000", "*", "đ"]


def any_values(question: Question) -> st.SearchStrategy[list[object]]:
    """Any JSON: often words of the question, alone or in pairs."""
    word = st.sampled_from(known_words(question)) | st.text(max_size=12)
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=5,
    )
    pair = st.tuples(word, word).map("=".join)
    return st.lists(word | pair, max_size=6) | st.lists(word | pair | anything, max_size=6)


@every_sample
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_json_gives_a_mark_or_a_named_refusal_and_the_same_mark_again(name: str, data: st.DataObject) -> None:
    question = SAMPLES[name]
    values = data.draw(any_values(question))
    try:
        response = read_answer(question, values)
    except Refusal as refused:
        refusal: Refusal | None = refused
    else:
        refusal = None
    if refusal:
        assert (refusal.status, refusal.message[-1]) == (422, ".")
        return
    mark = grade(question, response)
    assert 0 <= mark.score <= mark.maximum == question.points
    assert grade(question, list(response)) == mark, "the stored response is graded like the first time"
    assert all(isinstance(part, str) for part in response)
    assert isinstance(feedback_on(question, response), list)


@every_sample
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_was_refused_can_be_shown_again(name: str, data: st.DataObject) -> None:
    question = SAMPLES[name]
    values = [value for value in data.draw(any_values(question)) if isinstance(value, str)]
    assert all(isinstance(part, str) for part in as_entered(question, values))


@every_graded
def test_all_right_gives_full_marks(name: str) -> None:
    mark = grade(GRADED[name], read_answer(GRADED[name], right_values(GRADED[name])))
    assert mark.is_right
    assert (mark.score, mark.is_waiting) == (mark.maximum, False)


@every_graded
def test_something_wrong_does_not_give_full_marks(name: str) -> None:
    assert answered(GRADED[name], wrong_values(GRADED[name])) < GRADED[name].points


@every_sample
@pytest.mark.parametrize("values", [[], [""], ["", ""]])
def test_nothing_answered_is_asked_for(name: str, values: list[str]) -> None:
    if len(values) == 2 and SAMPLES[name].type in {"text", "number", "free"}:
        return
    with pytest.raises(NothingAnswered):
        read_answer(SAMPLES[name], values)
    assert grade(SAMPLES[name], []).score == 0


@pytest.mark.parametrize("name", ["text", "number", "free", "gaps"])
@pytest.mark.parametrize("typed", [" ", "\u00a0", "\u200b", "\t\n", "\ufeff"])
def test_spaces_that_nobody_sees_are_nothing(name: str, typed: str) -> None:
    value = f"1={typed}" if name == "gaps" else typed
    with pytest.raises(NothingAnswered):
        read_answer(SAMPLES[name], [value])


@every_graded
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_order_of_what_is_shown_and_sent_never_matters(name: str, data: st.DataObject) -> None:
    question = GRADED[name]
    for values in (right_values(question), wrong_values(question)):
        turned = list(data.draw(st.permutations(values)))
        assert read_answer(question, turned) == read_answer(question, values)
        if question.type != "ordering":
            shown = replace(question, options=tuple(data.draw(st.permutations(question.options))))
            assert answered(shown, turned) == answered(question, values)


@of_parts
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_more_right_part_never_scores_lower(name: str, data: st.DataObject) -> None:
    question = GRADED[name]
    parts = data.draw(some_parts(question))
    right = dict(part_of(value) for value in right_values(question))
    more = data.draw(st.sampled_from(sorted(right)))
    assert score_of(question, {**parts, more: right[more]}) >= score_of(question, parts)


def part_of(value: str) -> tuple[str, str]:
    name, _, part = value.partition("=")
    return name, part


def some_parts(question: Question) -> st.SearchStrategy[dict[str, str]]:
    """Some of the options, or some pairs of those that can be made."""
    if question.type == "multiple":
        return st.dictionaries(st.sampled_from([option.key for option in question.options]), st.just(""))
    lefts = [part_of(value)[0] for value in right_values(question)]
    return st.dictionaries(st.sampled_from(lefts), st.sampled_from(known_words(question)))


def score_of(question: Question, parts: dict[str, str]) -> float:
    values = [name if question.type == "multiple" else f"{name}={part}" for name, part in parts.items()]
    try:
        return answered(question, values)
    except Refusal:
        return 0.0


@given(st.permutations(range(4)), st.integers(0, 3))
def test_putting_a_step_in_its_place_never_scores_lower(places: list[int], step: int) -> None:
    question = GRADED["ordering"]
    keys = [option.key for option in question.options]
    better = list(places)
    better[places.index(step)], better[step] = better[step], step
    scores = [answered(question, [f"{keys[s]}={n}" for n, s in enumerate(p, 1)]) for p in (places, better)]
    assert scores[1] >= scores[0]
    assert scores[0] == sum(place == s for place, s in enumerate(places))


@pytest.mark.parametrize("left_out", range(4))
def test_a_step_without_a_place_and_a_place_twice_are_asked_back(left_out: int) -> None:
    question = GRADED["ordering"]
    values = right_values(question)
    for given_values in (values[:left_out] + values[left_out + 1 :], [*values[:3], f"{values[3].split('=')[0]}=1"]):
        with pytest.raises(Refusal, match="mỗi số một lần"):
            read_answer(question, given_values)


@pytest.mark.parametrize(
    ("name", "values", "score"),
    [
        ("single", [1], 1.5),
        ("multiple", [0, 1], 1.33333),
        ("multiple", [0, 1, 2, 3], 1.33333),
        ("multiple", [0, 3, 4], 0),
        ("multiple", [0, 1, 2, 3, 4], 0.66667),
        ("weighted", [0, 1, 3], 0.66667),
        ("weighted", [0, 1, 2, 4], 0),
    ],
)
def test_ticks_add_up_by_their_weights_and_never_below_nothing(name: str, values: list[int], score: float) -> None:
    question = GRADED[name]
    assert answered(question, [question.options[index].key for index in values]) == pytest.approx(score, abs=1e-4)


@pytest.mark.parametrize(
    ("values", "share"),
    [
        (["1=tên người nhận"], 1 / 3),
        (["1=ten nguoi nhan", "2=15390d7e"], 2 / 3),
        (["1=tên", "2=2491e993", "3=hà nội"], 0.5),
        (["1=khác", "2=2491e993", "3=Huế"], 0),
    ],
)
def test_each_gap_is_worth_the_same_part(values: list[str], share: float) -> None:
    question = GRADED["gaps"]
    assert answered(question, values) == pytest.approx(question.points * share, abs=1e-4)


def test_pairs_left_open_earn_nothing_and_two_lefts_may_share_a_right() -> None:
    question = GRADED["matching"]
    values = right_values(question)
    assert [answered(question, values[:count]) for count in (1, 2, 3)] == [1, 2, 3]


@pytest.mark.parametrize(("opened", "score"), [(False, 4), (True, 3)])
def test_a_hint_costs_its_percent_of_what_was_earned(opened: bool, score: float) -> None:
    question = SAMPLES["hinted"]
    assert answered(question, right_values(question), hint_opened=opened) == score
    assert answered(question, wrong_values(question), hint_opened=opened) == 0


def test_a_free_text_waits_for_its_trainer_with_all_its_points() -> None:
    mark = grade(SAMPLES["free"], read_answer(SAMPLES["free"], ["Có người gọi.\r\n\r\n\r\n\r\nTôi tắt máy. "]))
    assert (mark.score, mark.maximum, mark.is_waiting) == (0, 5, True)
    assert read_answer(SAMPLES["free"], ["a\r\n\n\n\nb "]) == ["a\n\nb"]


@settings(max_examples=30)
@given(st.integers(1, 3), st.integers(0, 4), st.integers())
def test_a_pool_gives_as_many_as_it_names_and_others_come_whole(first: int, second: int, seed: int) -> None:
    drawn_from = {"Cơ bản": 4, "Nâng cao": 5, "Cuối": 2}
    plain = GRADED["single"]
    questions = tuple(
        replace(plain, key=f"q-{pool}-{number}", pool=pool)
        for pool, size in drawn_from.items()
        for number in range(size)
    )
    draws = {"Cơ bản": first, **({"Nâng cao": second} if second else {})}
    quiz = Quiz(pass_mark=0, draw=0, feedback="each", shuffle=True, attempts=0, questions=questions, pool_draws=draws)
    keys = [str(key) for key, _ in draw(quiz, Random(seed))]
    counts = {pool: sum(key.startswith(f"q-{pool}-") for key in keys) for pool in drawn_from}
    assert counts == {"Cơ bản": first, "Nâng cao": second or 5, "Cuối": 2}
    assert len(set(keys)) == len(keys) == quiz.drawn_count


@given(st.integers())
def test_steps_never_come_in_their_right_order_and_the_rest_keeps_the_authors(seed: int) -> None:
    quiz = Quiz(pass_mark=0, draw=0, feedback="each", shuffle=False, attempts=0, questions=tuple(SAMPLES.values()))
    orders = {str(key): order for key, order in draw(quiz, Random(seed))}
    for question in SAMPLES.values():
        right = [option.key for option in question.options]
        if question.type == "ordering":
            assert orders[question.key] != right
        if question.type != "matching":
            assert sorted(map(str, orders[question.key])) == sorted(right)  # type: ignore[call-overload]
