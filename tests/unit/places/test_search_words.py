"""Reading what people type when they look for a commune."""

import unicodedata

import pytest

from app.places.search_words import LONGEST_TEXT, MOST_WORDS, marked_words, read_query, split_words


def keys(text: str) -> list[str]:
    """The words that a name must hold."""
    return [word.key for word in read_query(text) if not word.type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Xuân Thọ, TP. Đà Lạt, tỉnh Lâm Đồng", ["xuan", "tho", "da", "lat", "lam", "dong"]),
        ("P. Bỉm  Sơn", ["bim", "son"]),
        ("TT Thiệu Hóa huyen thieu hoa", ["thieu", "hoa", "thieu", "hoa"]),
        ("thi tran Ngoc Lac", ["ngoc", "lac"]),
        ("p11 q3 tphcm", ["11", "3", "ho", "chi", "minh"]),
        ("tx. Bỉm Sơn", ["bim", "son"]),
    ],
)
def test_type_words_may_be_left_out(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize("text", ["Phúc Xá", "Tịnh Khê", "Hà Tĩnh", "Phượng", "Xà Phiên"])
def test_a_word_with_other_marks_is_no_type_word(text: str) -> None:
    assert keys(text) == [word.key for word in split_words(text)]


def test_composed_and_decomposed_text_are_read_alike() -> None:
    assert read_query(unicodedata.normalize("NFD", "Xuân Trường Đà Lạt")) == read_query("Xuân Trường Đà Lạt")


@pytest.mark.parametrize(
    ("typed", "printed", "agrees"),
    [
        ("hoa", "Hòa", True),
        ("hoà", "Hòa", True),
        ("hóa", "Hòa", False),
        ("dat", "Đạt", True),
        ("đat", "Đạt", False),
        ("quí", "Quý", True),
        ("01", "1", True),
    ],
)
def test_marks_agree_where_they_were_typed_at_all(typed: str, printed: str, agrees: bool) -> None:
    (word,) = read_query(typed)
    (known,) = marked_words(printed)[word.key]
    assert word.agrees_with(known) is agrees


def test_of_a_long_text_the_last_words_count() -> None:
    text = "số nhà 12 ngõ 3 phố Hàng Bạc khu phố 4 phường Lam Sơn Bỉm Sơn"
    assert keys(text)[-4:] == ["lam", "son", "bim", "son"]
    assert len(read_query(text)) <= MOST_WORDS
    assert len(read_query("x " * 10 * LONGEST_TEXT)) <= MOST_WORDS


@pytest.mark.parametrize("text", ["", "   ", "\x00", "%_'\"--", "🙂🙂", "\u200b\u200b"])
def test_text_without_words_is_no_search(text: str) -> None:
    assert read_query(text) == ()
