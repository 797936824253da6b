"""Vietnamese text: normal form, folding for search, sorting, slugs, dates, numbers, phones."""

import re
import unicodedata
from datetime import date, datetime

from app.shared.clock import local

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {letter: index for index, letter in enumerate(_ALPHABET, start=40)}
_TONE_ORDER = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_TONES = frozenset(_TONE_ORDER) - {""}
_MOBILE = re.compile(r"^(?:\+?84|0)([35789][0-9]{8})$")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def nfc(text: str) -> str:
    """The normal form in which everything is stored (NFC)."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """A one-line text as a person meant it: NFC, single spaces, no invisible or control characters."""
    visible = _INVISIBLE.sub("", nfc(text))
    printable = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in visible)
    return " ".join(printable.split())


def clean_lines(text: str) -> str:
    """A text of several lines as a person meant it: each line clean, never more than one empty line."""
    lines = "\n".join(clean(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def fold(text: str) -> str:
    """Search key: no marks, đ as d, lower case, punctuation as single spaces.

    NFD and NFC, hoà and hòa, B'Lao and B’Lao give the same key.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def slugify(text: str) -> str:
    """A URL part: Vietnamese without marks in kebab-case."""
    return fold(text).replace(" ", "-")


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Order of a Vietnamese dictionary (CLDR vi): letters first, then tones ngang huyền hỏi ngã sắc nặng."""
    letters: list[int] = []
    tones: list[int] = []
    for composed in nfc(text.casefold()):
        decomposed = unicodedata.normalize("NFD", composed)
        tone = next((c for c in decomposed if c in _TONES), "")
        letter = nfc("".join(c for c in decomposed if c not in _TONES))
        letters.append(_LETTER_ORDER.get(letter, ord(letter[0]) if letter.isdigit() else 20))
        tones.append(_TONE_ORDER[tone])
    return tuple(letters), tuple(tones)


def name_sort_key(full_name: str) -> tuple[object, ...]:
    """People are sorted by given name (the last word), then by the whole name."""
    words = full_name.split() or [""]
    return sort_key(words[-1]), sort_key(full_name)


def number(value: int | float, decimals: int = 0) -> str:
    """1297 → "1.297", 98.7 → "98,7"."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\u0000").replace(".", ",").replace("\u0000", ".")


def percent(share: float, decimals: int = 0) -> str:
    """0.987 → "98,7 %" (with `decimals=1`), joined by a space that does not break."""
    return f"{number(share * 100, decimals)}\u00a0%"


def short_date(value: date | datetime) -> str:
    """21/11/2026, on the calendar in Vietnam."""
    day = local(value) if isinstance(value, datetime) else value
    return f"{day:%d/%m/%Y}"


def clock_time(value: datetime) -> str:
    """14:32, on a clock in Vietnam."""
    return f"{local(value):%H:%M}"


def parse_mobile(text: str) -> str | None:
    """A Vietnamese mobile number as E.164 ("+84912345678"), or None. Spaces, dots and +84 are welcome."""
    match = _MOBILE.match(re.sub(r"[\s.\-()]", "", unicodedata.normalize("NFKC", text)))
    return f"+84{match.group(1)}" if match else None


def show_mobile(e164: str) -> str:
    """0912 345 678"""
    digits = "0" + e164.removeprefix("+84")
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def mask_mobile(e164: str) -> str:
    """09•• ••• 678"""
    digits = "0" + e164.removeprefix("+84")
    return f"{digits[:2]}•• ••• {digits[7:]}"


def digits_only(text: str) -> str:
    """The decimal digits of `text` as ASCII, whatever stands between them."""
    return "".join(str(unicodedata.decimal(c)) for c in text if unicodedata.decimal(c, None) is not None)
