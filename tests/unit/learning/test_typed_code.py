"""The short code of a poster, as people type it on whatever keyboard they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning.typed_code import HalfACode, TypedCode, UnreadableCode, make_code, read_code

COMMUNES = st.from_regex(r"[0-9]{5}", fullmatch=True)
NUMBERS = st.integers(min_value=1, max_value=9999)


@given(COMMUNES, NUMBERS, st.sampled_from(["-", "–", " - ", "", " ", ".", "/", "_"]))
def test_a_code_is_read_with_any_dash_and_with_none(commune: str, number: int, dash: str) -> None:
    assert read_code(make_code(number, commune).replace("-", dash)) == TypedCode(number, commune)


@given(NUMBERS)
def test_a_number_alone_is_the_course_alone(number: int) -> None:
    assert read_code(make_code(number)) == TypedCode(number, None)


@pytest.mark.parametrize("typed", ["14 812 - 7", "14.812-7", "148127", "14812-07", "l48l2-7", "14812-7-", "-14812-7"])
def test_what_was_meant_is_clear(typed: str) -> None:
    assert read_code(typed) == TypedCode(7, "14812")


def test_a_letter_o_is_a_zero() -> None:
    assert read_code("OOOO4-12") == TypedCode(12, "00004")


def test_the_commune_alone_is_half_a_code() -> None:
    with pytest.raises(HalfACode):
        read_code("14812")
    with pytest.raises(HalfACode):
        read_code("14812-")


@pytest.mark.parametrize("typed", ["", "-", "abc", "1481-27", "148127-7", "14812-12345", "123456789012", "1²", "٣"])
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableCode):
        read_code(typed)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_refused(typed: str) -> None:
    try:
        code = read_code(typed)
    except (HalfACode, UnreadableCode):
        return
    assert code.commune is None or len(code.commune) == 5
