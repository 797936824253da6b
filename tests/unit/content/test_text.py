"""Files as Word, Notepad, Zalo and a Mac save them come to one form."""

import unicodedata

import pytest

from app.content.compile.text import UnreadableText, is_key, normalise, suggested_key


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffHoà thuận\r\nvui\r\n".encode(),
        "Hoà thuận\rvui".encode(),
        unicodedata.normalize("NFD", "Hoà thuận\nvui\n\n\n").encode(),
        "Hoà\u00a0thuận\nv\u200bu\u2060i\n".encode(),
        "Hoà\u202fthuận\x0bvui\x00".encode(),
        "Hoà thuận\u2028v\u00adui".encode(),
    ],
    ids=["windows", "old-mac", "decomposed", "zalo", "word", "line-separator"],
)
def test_every_way_of_saving_gives_one_text(content):
    assert normalise(content) == "Hoà thuận\nvui\n"


def test_an_empty_file_stays_empty():
    assert normalise(b"\xef\xbb\xbf\r\n\r\n") == ""


def test_bytes_that_are_not_utf8_are_refused_with_their_line():
    with pytest.raises(UnreadableText, match="UTF-8") as refused:
        normalise("một\nhai\n".encode() + "bà".encode("cp1258"))
    assert refused.value.line == 3


def test_notepads_unicode_is_told_how_to_save():
    with pytest.raises(UnreadableText, match="Save As"):
        normalise("một".encode("utf-16"))


@pytest.mark.parametrize("word", ["a", "so-la-2", "113"])
def test_keys_are_small_latin_words(word):
    assert is_key(word)


@pytest.mark.parametrize("word", ["", "Số", "a--b", "-a", "a-", "a b", "A", "a" * 81, "a\n"])
def test_other_words_are_no_keys(word):
    assert not is_key(word)


@pytest.mark.parametrize("text", ["Đường dây nóng là số nào ạ?", "   ", "日本", "a" * 300])
def test_a_suggested_key_can_be_used(text):
    assert is_key(suggested_key(text))
