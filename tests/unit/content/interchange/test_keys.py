"""Each imported question has a key of its own."""

from app.content.compile.text import MAXIMUM_KEY, is_key
from app.content.interchange.keys import unique_key


def test_a_valid_key_is_kept_and_an_invalid_one_made_from_the_title() -> None:
    taken: set[str] = set()
    assert unique_key("mat-khau", "Câu", taken) == "mat-khau"
    assert unique_key("Mật khẩu", "Số điện thoại Công an là gì?", taken) == "q-so-dien-thoai-cong"
    assert unique_key("", "", taken) == "q-muc-moi"


def test_equal_titles_are_numbered_without_a_gap() -> None:
    taken: set[str] = set()
    keys = [unique_key("", "Câu", taken) for _ in range(50)]
    assert keys == ["q-cau", *(f"q-cau-{number}" for number in range(2, 51))]


def test_a_numbered_key_is_valid_and_free_however_long_it_is() -> None:
    long = "a" * MAXIMUM_KEY
    taken = {long, "a" * (MAXIMUM_KEY - 2) + "-2"}
    key = unique_key(long, "", taken)
    assert is_key(key) and key.endswith("-3")
