"""Any bytes: read, or said to be unreadable, in time."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.compile.text import is_key
from app.content.interchange import gift
from app.content.interchange.report import FileUnreadable, TakenQuestion
from tests.unit.content.interchange.gift_entries import refused

TEXT = "::Câu::Thủ đô là?{=Hà Nội ~Huế}\n\nĐúng không?{T}\n"
WITHIN_REASON = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
)
def test_any_encoding_that_says_what_it_is_reads_the_same(content):
    assert gift.read(content) == gift.read(TEXT.encode())


def test_an_old_encoding_is_guessed_and_said():
    read = gift.read("Café?{T}\n\nAscii?{T}".encode("windows-1252"))
    assert read.questions[0].title == "Café?"
    assert "Windows-1252" in read.entries[0].changes[0]
    assert read.entries[1].changes == ()


@pytest.mark.parametrize(
    "content", [b"", b"\n\n// a", b"PK\x03\x04\x00\x00", b"a" * (5 * 1024 * 1024 + 1), b"\xff\xfea", b"\x81"]
)
def test_what_is_no_gift_is_said_to_be_none(content):
    with pytest.raises(FileUnreadable):
        gift.read(content)


PIECES = st.sampled_from(
    [
        "{", "}", "=", "~", "#", "####", "%50%", "->", "::", "\n", "\n\n", "\\", "\\n", "//", "[id:x]", "[tag:y]",
        "[html]", "[markdown]", "<b>", "T", "#5:1", "..", "*", "$CATEGORY: a/b\n", ">3 ALL\n", "- ", "1. ", "chữ",
        "\r\n", "\x01", "\x08",
    ]
)  # fmt: skip


def assert_sound(content):
    with suppress(FileUnreadable):
        assert_complete(gift.read(content))


def assert_complete(read):
    keys = [q.key for q in read.questions]
    assert len(set(keys)) == len(keys) and all(is_key(key) for key in keys)
    for entry in read.entries:
        assert entry.line >= 1
        if isinstance(entry, TakenQuestion):
            assert entry.question.title and "\n" not in entry.question.title
            assert all(change for change in entry.changes)
        else:
            assert entry.reason


@WITHIN_REASON
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_said_to_be_unreadable(content):
    assert_sound(content)


@WITHIN_REASON
@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_is_read_or_said_to_be_unreadable(text):
    assert_sound(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "piece",
    [
        "// [id:a [tag:b\n",
        "[markdown]![a](",
        " ",
        "a?{T}\n\n",
        "a?{T}\n",
        "{",
        "a?{=b ~c}\n::",
        "\\",
        "a{\n\n",
        "=~#%50%",
        "[id:a",
        "$CATEGORY: x/y\n",
        "::a",
    ],
)
def test_time_grows_with_the_length_of_the_file(piece):
    assert_sound(("a" + piece * (200_000 // len(piece)) + "\na{T}").encode())


def test_too_many_answers_are_refused():
    assert "200" in refused("a?{=x " + "~b#c " * 40_000 + "}").reason
