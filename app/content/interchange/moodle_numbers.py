"""Moodle's numbers as text → our numbers and points, and back."""

import re
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"[-+]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][-+]?\d{1,2})?")
_WORDS = re.compile(r"([-+]?[\d.,]+)(?:\s*(±|\+/-|\.\.)\s*([-+]?[\d.,]+))?")


def decimal_of(text: str) -> Decimal | None:
    """The number, or None where the text is none."""
    bare = "".join(text.split())
    if _NUMBER.fullmatch(bare) is None:
        return None
    try:
        return Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None


def shown(number: Decimal) -> str:
    """With a decimal comma and no needless zeros; never three decimals, which would read as a thousand."""
    text = f"{number.normalize():f}"
    whole, _, decimals = text.partition(".")
    if len(decimals) == 3:
        decimals += "0"
    return f"{whole},{decimals}" if decimals else whole


def number_words(text: str, tolerance: str) -> str | None:
    """ "5 ± 0,5"; None where the answer is no number. A tolerance that is none counts as 0."""
    value = decimal_of(text)
    if value is None:
        return None
    width = abs(decimal_of(tolerance) or Decimal(0))
    return f"{shown(value)} ± {shown(width)}" if width else shown(value)


def centre_and_tolerance(words: str) -> tuple[Decimal, Decimal] | None:
    """The same for "5", "5 ± 0,5" and "1..10"; None for other words."""
    text = words.strip().replace("...", "..")
    if ".." in text:
        low_text, _, high_text = text.partition("..")
        low, high = decimal_of(low_text), decimal_of(high_text)
        return ((low + high) / 2, abs(high - low) / 2) if low is not None and high is not None else None
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    centre, width = decimal_of(found.group(1)), decimal_of(found.group(3) or "0")
    return (centre, width) if centre is not None and width is not None else None


def points_of(text: str) -> tuple[int, str | None]:
    """Whole points from 1 to 100, and what to say where they were other."""
    if not text:
        return 1, None
    grade = decimal_of(text)
    if grade is None:
        return 1, "Điểm của câu không đọc được; lấy 1 điểm."
    points = min(100, max(1, int(grade + Decimal("0.5")))) if grade < 1000 else 100
    return (
        points,
        None if grade == points else f"Điểm {shown(grade)} đổi thành {points}: ở đây điểm là số tròn từ 1 đến 100.",
    )


def fraction_of(text: str) -> float | None:
    """A share of the points from a percentage: "33.33333" → 0.3333333."""
    value = decimal_of(text)
    return None if value is None or abs(value) > 100 else float(value / 100)


def percentage(share: float) -> str:
    """As Moodle writes it: "100", "33.33333"."""
    text = f"{share * 100:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
