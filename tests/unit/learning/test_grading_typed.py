"""Numbers and words as people in Vietnam type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning.grading.answers import NumberAmbiguous, NumberNotUnderstood, read_answer
from app.learning.grading.marks import grade
from tests.unit.learning.sample_questions import compiled


def number_question(*answers: str) -> str:
    return "## Bao nhiêu?\n<!-- key: q-so; type: number -->\n" + "".join(f"- = {answer}\n" for answer in answers)


def text_question(*answers: str, meta: str = "") -> str:
    return f"## Gõ gì?\n<!-- key: q-go{meta} -->\n" + "".join(f"- = {answer}\n" for answer in answers)


def share(body: str, typed: str) -> float:
    question = compiled(body)
    return grade(question, read_answer(question, [typed])).score / question.points


@pytest.mark.parametrize(
    "typed",
    [
        "150000",
        "150.000",
        "150 000",
        "150\u00a0000",
        " 150.000 ",
        "150.000 đ",
        "150.000đ",
        "150000 đồng",
        "150.000,0",
        "150,000.0",
        "+150000",
        "150.000 VNĐ",
        "150000đ.",
        "150.000\u20ab",
        "150000,00",
    ],
)
def test_an_amount_is_the_same_however_it_is_written(typed: str) -> None:
    assert share(number_question("150000"), typed) == 1


@pytest.mark.parametrize(("typed", "right"), [("0,5", 1), ("0.5", 1), ("0,50", 1), (".5", 0), ("5", 0), ("0,05", 0)])
def test_a_decimal_comma_and_a_decimal_point_are_one(typed: str, right: int) -> None:
    question = compiled(number_question("0,5"))
    try:
        assert grade(question, read_answer(question, [typed])).score == right
    except NumberNotUnderstood:
        assert typed == ".5"


@pytest.mark.parametrize("typed", ["1.000", "1 000", "1000", "1.000,00"])
def test_a_thousand_with_a_point_is_a_thousand(typed: str) -> None:
    assert share(number_question("1000"), typed) == 1
    assert share(number_question("1,0"), typed) == 0


@pytest.mark.parametrize("right", ["1000", "1,0"])
def test_a_comma_before_three_digits_is_asked_back_where_it_matters(right: str) -> None:
    with pytest.raises(NumberAmbiguous):
        read_answer(compiled(number_question(right)), ["1,000"])


@pytest.mark.parametrize(("answers", "earned"), [(["5"], 0), (["1..1000"], 1)])
def test_a_comma_before_three_digits_passes_where_both_readings_earn_the_same(answers: list[str], earned: int) -> None:
    assert share(number_question(*answers), "1,000") == earned


@pytest.mark.parametrize(
    ("typed", "earned"),
    [
        ("99,5", 1),
        ("100,5", 1),
        ("100", 1),
        ("99,4", 0.5),
        ("100,6", 0.5),
        ("95", 0.5),
        ("105", 0.5),
        ("94,9", 0),
        ("105,1", 0),
        ("-100", 0),
        ("−100", 0),
    ],
)
def test_tolerances_and_ranges_hold_both_ends(typed: str, earned: float) -> None:
    assert share(number_question("100 ± 0,5", "[50%] 95..105"), typed) == earned


@pytest.mark.parametrize(("typed", "earned"), [("-3", 1), ("−3", 1), ("3", 0)])
def test_a_minus_of_any_keyboard_counts(typed: str, earned: int) -> None:
    assert share(number_question("-3"), typed) == earned


@pytest.mark.parametrize(
    "typed",
    [
        "năm",
        "5 hoặc 6",
        "5-6",
        "1,2,3",
        "1.2.3",
        "1,5.3",
        "5.",
        "1,5.",
        "--5",
        "5e3",
        "0x5",
        "٥",
        "５",
        "inf",
        "nan",
        "½",
        "1" * 40,
        "+",
        ".",
    ],
)
def test_what_is_no_number_is_asked_back(typed: str) -> None:
    with pytest.raises(NumberNotUnderstood):
        read_answer(compiled(number_question("5", "15", "15,3")), [typed])


@given(st.integers(-(10**12), 10**12))
def test_every_whole_number_is_read_with_points_and_with_spaces(value: int) -> None:
    question = compiled(number_question("5"))
    wanted = 1 if value == 5 else 0
    for typed in (str(value), f"{value:,}".replace(",", "."), f"{value:,}".replace(",", " ")):
        assert grade(question, read_answer(question, [typed])).score == wanted


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("Hòa Bình", "hoà bình"),
        ("Hoà Bình", "Hòa Bình"),
        ("Thúy", "Thuý"),
        ("Thuỷ điện", "thủy điện"),
        ("ngân hàng", "NGAN HANG"),
        ("Đà Nẵng", "da nang"),
        ("ngân hàng", "nga\u0302n ha\u0300ng"),
        ("trả lời", "  trả   lời. "),
        ("B'Lao", "B’Lao"),
        ("0912345678", "0912.345.678"),
        ("0912.345.678", "0912 345 678"),
        ("0912 345 678", "+84912345678"),
        ("+84 912 345 678", "0912345678"),
        ("50.000", "50000"),
        ("1 - 2", "12"),
        ("bước a; bước b", "Bước A, bước B"),
        ("\\[x]", "x"),
    ],
)
def test_marks_case_tone_places_and_spacing_do_not_matter(right: str, typed: str) -> None:
    assert share(text_question(right), typed) == 1


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("Hòa Bình", "Hòa"),
        ("ngân hàng", "hàng ngân"),
        ("0912345678", "0912345679"),
        ("113", "1130"),
        ("có", "không"),
        ("0912345678", "+85912345678"),
    ],
)
def test_other_words_stay_wrong(right: str, typed: str) -> None:
    assert share(text_question(right), typed) == 0


@pytest.mark.parametrize(
    ("typed", "earned"),
    [
        ("Hòa Bình", 1),
        (" Hòa Bình ", 1),
        ("Ho\u0300a Bi\u0300nh", 1),
        ("hòa bình", 0),
        ("Hoà Bình", 0),
        ("Hoa Binh", 0),
        ("Hòa Bình.", 0),
    ],
)
def test_exact_words_are_compared_letter_by_letter(typed: str, earned: int) -> None:
    assert share(text_question("Hòa Bình", meta="; exact: yes"), typed) == earned


@pytest.mark.parametrize(("typed", "earned"), [("113", 1), ("một một ba", 1), ("13", 0.5), ("114", 0), ("gì đó", 0)])
def test_the_first_answer_that_matches_decides(typed: str, earned: float) -> None:
    assert share(text_question("113", "một một ba", "[50%] 13", "[0%] 114", "[0%] *"), typed) == earned
