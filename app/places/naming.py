"""How places are printed and how their names are compared. Pure."""

import re

from app.shared.vietnamese import fold

PROVINCE_TYPES = ("Tỉnh ", "Thành phố ")
DISTRICT_TYPES = ("Quận ", "Huyện ", "Thị xã ", "Thành phố ")
LONGEST_PLAIN_NUMBER = 3
"""Longer numbers are codes, whose leading zeros count."""
FINAL_Y = re.compile(r"^(?:[bcdđghklmnprstvx]+|qu)y$")


def print_name(type_word: str, name: str) -> str:
    """The name as people read it: "xã", "Xuân Thọ" → "Xã Xuân Thọ"."""
    return f"{type_word[:1].upper()}{type_word[1:]} {name}".strip()


def search_key(name: str) -> str:
    """The form in which names are compared: folded, each word in one spelling."""
    return " ".join(one_spelling(word) for word in fold(name).split())


def one_spelling(word: str) -> str:
    """One form for what is written in two ways: "01" and "1", "mỹ" and "mĩ", "quý" and "quí" (without their tones)."""
    if word.isdecimal() and len(word) <= LONGEST_PLAIN_NUMBER:
        return word.lstrip("0") or "0"
    return f"{word[:-1]}i" if FINAL_Y.search(word) else word


def province_without_type(printed: str) -> str:
    """The name of a province printed as "Tỉnh Lâm Đồng": "Lâm Đồng"."""
    return _without(PROVINCE_TYPES, printed)


def district_without_type(printed: str) -> str:
    """The name of a district printed as "Thành phố Đà Lạt": "Đà Lạt"."""
    return _without(DISTRICT_TYPES, printed)


def _without(types: tuple[str, ...], printed: str) -> str:
    return next((printed.removeprefix(word) for word in types if printed.startswith(word)), printed)


def former_label(type_word: str, name: str, district: str | None, province: str | None) -> str:
    """A commune as it was called then: "Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng"."""
    parts = (print_name(type_word, name), district, province_without_type(province or ""))
    return ", ".join(part for part in parts if part)
