"""How places are printed and how their names are compared."""

import pytest

from app.places.naming import (
    district_without_type,
    former_label,
    print_name,
    province_without_type,
    search_key,
)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Hoà Bình", "Hòa Bình", "hoa binh", "HÒA  BÌNH", "Ho\u0300a Bi\u0300nh"),
        ("Mỹ Quý", "Mỹ Quí", "mi qui", "my quy"),
        ("Đắk Lắk", "dak lak", "Đăk Lăk"),
        ("B'Lao", "B’Lao", "b lao"),
        ("Khu phố 01", "khu pho 1"),
    ],
)
def test_all_spellings_of_a_name_are_compared_alike(spellings: tuple[str, ...]) -> None:
    assert len({search_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("Thủy", "Thúi"), ("Y Tý", "I Tý"), ("00004", "4"), ("Phố 10", "Phố 1")])
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


def test_names_are_printed_with_their_type_word() -> None:
    assert print_name("đặc khu", "Phú Quốc") == "Đặc khu Phú Quốc"
    assert print_name("", "Chưa rõ xã") == "Chưa rõ xã"


def test_former_communes_are_printed_with_district_and_province() -> None:
    label = former_label("xã", "Xuân Thọ", "Thành phố Đà Lạt", "Tỉnh Lâm Đồng")
    assert label == "Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng"
    assert former_label("xã", "Xuân Thọ", None, None) == "Xã Xuân Thọ"


def test_type_words_are_taken_from_districts_and_provinces() -> None:
    assert province_without_type("Thành phố Hồ Chí Minh") == "Hồ Chí Minh"
    assert district_without_type("Thị xã Bỉm Sơn") == "Bỉm Sơn"
    assert district_without_type("Quận 1") == "1"
