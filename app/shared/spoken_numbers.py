"""Numbers, days and times as Vietnamese says them: 1.297 → "một nghìn hai trăm chín mươi bảy"."""

from datetime import date

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
AFTER_TEN = {5: "lăm"}
AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
"""Last digits that are said otherwise behind "mười", and behind "mươi"."""
BILLION = 1_000_000_000
SCALES = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))
LAST_MUNG = 10
"""Days of the month up to which "mùng" is said."""
LONGEST_READ_WHOLE = 2
"""Decimals that are said as one number: 98,75 is "phẩy bảy mươi lăm", 3,141 is "phẩy một bốn một"."""


def number_words(value: int) -> str:
    """A whole number: 21 → "hai mươi mốt", 105 → "một trăm linh năm"."""
    if value < 0:
        return f"âm {number_words(-value)}"
    if value == 0:
        return DIGITS[0]
    billions, rest = divmod(value, BILLION)
    parts = [f"{number_words(billions)} tỷ"] if billions else []
    for scale, name in SCALES:
        group, rest = divmod(rest, scale)
        if group:
            parts.append(f"{_below_thousand(group, is_inner=bool(parts))} {name}".strip())
    return " ".join(parts)


def _below_thousand(value: int, *, is_inner: bool) -> str:
    """`is_inner`: something stands before it, so that the hundreds are said even where there are none."""
    hundreds, rest = divmod(value, 100)
    says_hundreds = hundreds > 0 or is_inner
    parts = [f"{DIGITS[hundreds]} trăm"] if says_hundreds else []
    if rest >= len(DIGITS):
        parts.append(_tens(rest))
    elif rest:
        parts.append(f"linh {DIGITS[rest]}" if says_hundreds else DIGITS[rest])
    return " ".join(parts)


def _tens(value: int) -> str:
    tens, unit = divmod(value, 10)
    said, last = ("mười", AFTER_TEN) if tens == 1 else (f"{DIGITS[tens]} mươi", AFTER_TENS)
    return f"{said} {last.get(unit, DIGITS[unit])}" if unit else said


def decimal_words(whole: int, decimals: str) -> str:
    """98 and "7" → "chín mươi tám phẩy bảy"; zeros in front are said one by one."""
    is_whole = len(decimals) <= LONGEST_READ_WHOLE and not decimals.startswith("0")
    said = number_words(int(decimals)) if is_whole else digit_words(decimals)
    return f"{number_words(whole)} phẩy {said}"


def digit_words(digits: str) -> str:
    """ "0912" → "không chín một hai"; whatever is no digit is left out."""
    return " ".join(DIGITS[int(digit)] for digit in digits if digit.isdecimal())


def day_words(day: int) -> str:
    """21 → "hai mươi mốt", 5 → "mùng năm"."""
    return f"mùng {number_words(day)}" if day <= LAST_MUNG else number_words(day)


def month_words(month: int) -> str:
    return "tư" if month == 4 else number_words(month)


def date_words(value: date) -> str:
    """21/11/2026 → "hai mươi mốt tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    return f"{day_words(value.day)} tháng {month_words(value.month)} năm {number_words(value.year)}"


def time_words(hours: int, minutes: int) -> str:
    """14:32 → "mười bốn giờ ba mươi hai phút"; a full hour has no minutes."""
    said = f"{number_words(hours)} giờ"
    return f"{said} {number_words(minutes)} phút" if minutes else said
