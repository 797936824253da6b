"""Changing single values of a course's own files: every other line stays, whatever people type is read back."""

from hypothesis import given
from hypothesis import strategies as st

from app.content.source_fields import front_of, read_plain, split_item, with_front_values, with_values, written

TEXT = "key: a\ntitle: 'No: x' # ten\n# ghi chu\nskills: [a, b]\nterms:\n  otp: mã\nbase: q\n"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)


def test_only_the_lines_of_what_changed_are_written_anew() -> None:
    changed = with_values(TEXT, {"terms": {"otp": "mã: mới"}, "skills": None})
    assert changed == "key: a\ntitle: 'No: x' # ten\n# ghi chu\nterms:\n  otp: 'mã: mới'\nbase: q\n"


def test_what_is_the_same_changes_nothing() -> None:
    assert with_values(TEXT, {"title": "No: x", "skills": ["a", "b"]}) == TEXT


def test_a_text_that_cannot_be_read_is_replaced_by_what_is_given() -> None:
    assert with_values("a: [", {"title": "Tên"}) == "title: Tên\n"


def test_a_mapping_in_one_line_is_written_anew_as_a_whole() -> None:
    assert read_plain(with_values("{key: a, title: b}", {"title": "c"})) == {"key": "a", "title": "c"}


def test_halves_of_letters_and_control_characters_are_not_written() -> None:
    assert with_values("title: a\n", {"title": "Bài\x00 một\ud83d", "skills": ["\udca9x"]}) == (
        "title: Bài một\nskills:\n  - x\n"
    )


@given(WORDS)
def test_whatever_words_are_given_are_read_back(words: str) -> None:
    assert read_plain(written({"k": words.strip()})) == {"k": words.strip()}


@given(st.lists(WORDS.map(str.strip), max_size=4), WORDS.map(str.strip))
def test_lists_and_front_matter_are_read_back(entries: list[str], title: str) -> None:
    text = with_front_values("---\nkind: lesson\ntitle: x\n---\nChữ.\n", {"title": title, "skills": list(entries)})
    assert front_of(text) == {"kind": "lesson", "title": title, "skills": entries}
    assert split_item(text)[1] == "Chữ.\n"


def test_several_paragraphs_are_kept() -> None:
    spoken = "Kính thưa bà con.\n\n  - một\n\nHết."
    assert read_plain(written({"loudspeaker": spoken}))["loudspeaker"] == spoken
