"""Grading is total, never rewards more wrong ticks, and gives all points exactly for all right answers."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.compile.quiz import Option, Question, Quiz
from app.learning.grading.answers import AnswerNotUnderstood, NothingAnswered, read_answer
from app.learning.grading.drawing import draw
from app.learning.grading.marks import grade, total


def choice(kind: str, right: list[bool], points: float = 1) -> Question:
    options = tuple(
        Option(key=f"o{i}", html=f"<p>{i}</p>", text=str(i), weight=float(r), is_right=r, feedback_html="")
        for i, r in enumerate(right)
    )
    return question(kind, options=options, points=points)


def question(
    kind: str, *, options: tuple[Option, ...] = (), accepted: tuple[str, ...] = (), points: float = 1
) -> Question:
    return Question(
        key="q-1",
        type=kind,
        stem_html="<p>?</p>",
        stem_text="?",
        options=options,
        accepted=accepted,
        points=points,
        explanation_html="",
        pool="",
    )


def quiz_of(*questions: Question, drawn: int = 0, shuffle: bool = True) -> Quiz:
    return Quiz(pass_mark=70, draw=drawn, feedback="each", shuffle=shuffle, attempts=0, questions=questions)


several = st.lists(st.booleans(), min_size=2, max_size=8).filter(any)


@given(several)
def test_all_right_options_give_full_marks(right: list[bool]) -> None:
    asked = choice("multiple", right, points=2)
    chosen = [option.key for option in asked.options if option.is_right]
    assert grade(asked, chosen).is_right
    assert grade(asked, chosen).score == 2


@given(several)
def test_nothing_chosen_gives_nothing(right: list[bool]) -> None:
    assert grade(choice("multiple", right), []).score == 0


@given(several, st.data())
def test_one_more_right_option_never_scores_lower(right: list[bool], data: st.DataObject) -> None:
    asked = choice("multiple", right)
    keys = [option.key for option in asked.options]
    chosen = data.draw(st.lists(st.sampled_from(keys), unique=True))
    extra = data.draw(st.sampled_from([option.key for option in asked.options if option.is_right]))
    assert grade(asked, sorted({*chosen, extra})).score >= grade(asked, chosen).score


@given(several, st.data())
def test_the_order_of_options_never_matters(right: list[bool], data: st.DataObject) -> None:
    asked = choice("multiple", right)
    turned = question("multiple", options=tuple(data.draw(st.permutations(asked.options))))
    chosen = data.draw(st.lists(st.sampled_from([option.key for option in asked.options]), unique=True))
    assert grade(asked, chosen) == grade(turned, chosen)


def test_ticking_everything_earns_nothing_where_half_is_wrong() -> None:
    asked = choice("multiple", [True, True, False, False])
    assert grade(asked, ["o0", "o1", "o2", "o3"]).score == 0


@pytest.mark.parametrize(
    "typed",
    [
        "50.000",
        "50000",
        "50 000",
        "50,000",
        " 50.000 ",
        "ngân hàng",
        "NGAN HANG",
        "ngân  hàng.",
        "nga\u0302n ha\u0300ng",
    ],
)
def test_marks_case_and_spacing_do_not_matter_in_short_text(typed: str) -> None:
    asked = question("text", accepted=("50.000", "ngân hàng"))
    assert grade(asked, read_answer(asked, [typed])).is_right


@pytest.mark.parametrize("typed", ["5.000", "ngân", "hàng ngân", "50.000 đồng nữa"])
def test_another_short_text_is_wrong(typed: str) -> None:
    asked = question("text", accepted=("50.000", "ngân hàng"))
    assert not grade(asked, read_answer(asked, [typed])).is_right


@given(st.lists(st.one_of(st.text(max_size=20), st.integers(), st.none(), st.lists(st.text())), max_size=5))
def test_any_answer_gives_a_mark_or_a_named_refusal(values: list[object]) -> None:
    for asked in (
        choice("single", [True, False]),
        choice("multiple", [True, False]),
        question("text", accepted=("a",)),
    ):
        try:
            mark = grade(asked, read_answer(asked, values))
        except (NothingAnswered, AnswerNotUnderstood):
            continue
        assert 0 <= mark.score <= mark.maximum


@pytest.mark.parametrize("values", [["o0", "o1"], ["o9"], ["o0", "x"]])
def test_two_choices_or_a_strange_one_are_refused_where_one_is_asked(values: list[str]) -> None:
    with pytest.raises(AnswerNotUnderstood):
        read_answer(choice("single", [True, False]), values)


def test_an_unanswered_question_earns_none_of_its_points() -> None:
    quiz = quiz_of(choice("single", [True, False], points=3))
    result = total(quiz, ["q-1"], {})
    assert (result.score, result.maximum, result.right_count, result.passes(1)) == (0, 3, 0, False)


def test_exactly_the_pass_mark_passes() -> None:
    asked = [Question(**{**vars_of(choice("single", [True, False])), "key": f"q-{i}"}) for i in range(10)]
    quiz = quiz_of(*asked)
    marks = {q.key: grade(q, ["o0"]) for q in asked[:7]}
    assert total(quiz, [q.key for q in asked], marks).passes(70)


def vars_of(asked: Question) -> dict[str, object]:
    return {name: getattr(asked, name) for name in asked.__dataclass_fields__}


@given(st.integers(min_value=0, max_value=12), st.integers())
def test_a_draw_has_the_asked_number_of_different_questions(drawn: int, seed: int) -> None:
    asked = [Question(**{**vars_of(choice("single", [True, False, False])), "key": f"q-{i}"}) for i in range(9)]
    result = draw(quiz_of(*asked, drawn=drawn), Random(seed))
    keys = [key for key, _ in result]
    assert len(keys) == len(set(keys)) == (drawn if 0 < drawn < 9 else 9)
    assert all(sorted(order) == ["o0", "o1", "o2"] for _, order in result)


def test_without_shuffling_the_author_s_order_stays() -> None:
    asked = [Question(**{**vars_of(choice("single", [True, False])), "key": f"q-{i}"}) for i in range(4)]
    result = draw(quiz_of(*asked, shuffle=False), Random(1))
    assert result == [[f"q-{i}", ["o0", "o1"]] for i in range(4)]
