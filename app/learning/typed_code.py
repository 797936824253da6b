"""The short code beside a QR, for whoever types: "14812-7" is course 7 in commune 14812, "7" the course alone. Pure."""

import re
from dataclasses import dataclass

from app.shared.errors import Refusal

COMMUNE_DIGITS = 5
LONGEST_NUMBER = 4
"""Digits of a course's number."""
LONGEST_TYPED = 60
_DASHES = re.compile(r"[-–—−‑_/:,;]+")
_LETTERS_FOR_DIGITS = str.maketrans("oOlIi", "00111")


class UnreadableCode(Refusal):
    status = 422
    sentence = "Mã trên tờ giấy chỉ có số và dấu gạch, ví dụ 14812-7. Bác xem lại rồi gõ lại giúp."


class HalfACode(Refusal):
    status = 422
    sentence = "Mã còn thiếu số đứng sau dấu gạch. Bác gõ cả mã giúp, ví dụ 14812-7."


@dataclass(frozen=True, slots=True)
class TypedCode:
    number: int
    """Of the course."""
    commune: str | None
    """Code of the commune on whose poster it stood."""


def make_code(number: int, commune: str | None = None) -> str:
    return f"{commune}-{number}" if commune else str(number)


def read_code(typed: str) -> TypedCode:
    """What somebody typed, with or without dash, spaces and dots.

    Raises:
        HalfACode: the commune alone.
        UnreadableCode: anything else that is no code.
    """
    text = re.sub(r"[\s.]", "", typed[:LONGEST_TYPED]).translate(_LETTERS_FOR_DIGITS)
    parts = [part for part in _DASHES.split(text) if part]
    if not parts or not all(part.isascii() and part.isdecimal() for part in parts):
        raise UnreadableCode
    digits = "".join(parts)
    if digits == parts[0] and len(digits) <= LONGEST_NUMBER:
        return TypedCode(int(digits), None)
    commune, number = digits[:COMMUNE_DIGITS], digits[COMMUNE_DIGITS:]
    is_cut_elsewhere = len(parts) == len((commune, number)) and parts[0] != commune
    if len(number) > LONGEST_NUMBER or len(commune) < COMMUNE_DIGITS or is_cut_elsewhere:
        raise UnreadableCode
    if not number:
        raise HalfACode
    return TypedCode(int(number), commune)
