"""Spellings near to a word that no name holds."""

import pytest

from app.places.spelling import names_with, near_spellings

NAMES = ["bim son", "binh son", "xuan huong da lat", "tan phong", "phong thanh"]


@pytest.mark.parametrize(
    ("typed", "word", "spelling"),
    [
        (["bimm", "son"], "bimm", "bim"),
        (["bm", "son"], "bm", None),
        (["bihn", "son"], "bihn", "binh"),
        (["dalat"], "dalat", "da lat"),
        (["tan", "phog"], "phog", "phong"),
    ],
)
def test_one_letter_or_a_missing_space_is_forgiven(typed: list[str], word: str, spelling: str | None) -> None:
    assert near_spellings(typed, NAMES).get(word, []) == ([spelling] if spelling else [])


def test_where_all_words_are_known_each_may_be_the_wrong_one() -> None:
    assert set(near_spellings(["tan", "son"], NAMES)) == {"tan", "son"}


def test_of_two_unknown_words_nothing_can_be_told() -> None:
    assert near_spellings(["zzzz", "yyyy"], NAMES) == {}


def test_numbers_are_never_respelled() -> None:
    assert near_spellings(["1234"], ["123", "1235"]) == {"1234": []}


def test_names_hold_spellings_as_whole_words() -> None:
    assert names_with(["da lat", "bim"], NAMES) == ["bim son", "xuan huong da lat"]
    assert names_with(["phon"], NAMES) == []
