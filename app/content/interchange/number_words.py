"""Accepted numbers: as other programs write them ("3.14:0.1", "1..2") and as we do ("3,14 ± 0,1", "1..2")."""

import re
from decimal import Decimal

LONGEST = 40
_DECIMAL = re.compile(r"([-+]?)([0-9]*)(?:[.,]([0-9]*))?$")
_SCIENTIFIC = re.compile(r"([-+]?[0-9]{1,20}(?:\.[0-9]{0,20})?)[eE]([-+]?[0-9]{1,2})$")
_GROUPED = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}$")
_OURS = re.compile(r"(.+?)\s*(±|\+/-|\.\.)\s*(.+)$")


def our_number(text: str) -> str | None:
    """A number with a decimal point → with a comma; None where it is none.

    A comma of the author's counts as a decimal comma, unless three figures stand behind it. Three decimals, which we
    would read as thousands, get one more nought: 3.141 → 3,1410.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if found := _SCIENTIFIC.match(text):
        text = f"{Decimal(found.group(1)).scaleb(int(found.group(2))):f}"
    found = _DECIMAL.match(text)
    if found is None or not (found.group(2) or found.group(3)) or _GROUPED.match(text.lstrip("-+")):
        return None
    sign, whole, part = found.group(1), found.group(2).lstrip("0") or "0", found.group(3) or ""
    number = f"{whole},{part}" if part else whole
    return ("-" if sign == "-" else "") + number + ("0" if len(part) == 3 else "")


def our_accepted(text: str) -> str | None:
    """ "5", "5:0.5" or "1..2" → "5", "5 ± 0,5", "1..2"; None where it is no number."""
    if ".." in text:
        low, _, high = text.partition("..")
        ends = our_number(low), our_number(high)
        return f"{ends[0]}..{ends[1]}" if ends[0] and ends[1] else None
    middle, colon, width = text.partition(":")
    numbers = our_number(middle), our_number(width) if colon else "0"
    if not numbers[0] or not numbers[1]:
        return None
    tolerance = numbers[1].lstrip("-")
    return f"{numbers[0]} ± {tolerance}" if Decimal(tolerance.replace(",", ".")) else numbers[0]


def their_number(words: str) -> str | None:
    """With a decimal point, for other programs."""
    words = words.strip()
    found = _DECIMAL.match(words) if len(words) <= LONGEST else None
    return words.replace(",", ".").lstrip("+") if found and (found.group(2) or found.group(3)) else None


def their_accepted(words: str) -> str | None:
    """ "5 ± 0,5" → "5:0.5"; the other way round of `our_accepted`."""
    found = _OURS.match(words.strip()) if len(words) <= 3 * LONGEST else None
    if found is None:
        return their_number(words)
    first, second = their_number(found.group(1)), their_number(found.group(3))
    between = ".." if found.group(2) == ".." else ":"
    return f"{first}{between}{second}" if first and second else None
