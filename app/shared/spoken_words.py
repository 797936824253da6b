"""What is said for abbreviations, units and foreign words: the file `spoken_words.csv`, which people review.

Written in small letters a word is found in any case, with capitals only as it stands there. `unit` counts only behind
a number, `web` only in an address.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.shared.vietnamese import nfc

WORDS_FILE = Path(__file__).with_name("spoken_words.csv")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the file, by where it counts; the patterns find the longest first."""

    word: dict[str, str]
    unit: dict[str, str]
    web: dict[str, str]
    word_pattern: re.Pattern[str]
    unit_pattern: re.Pattern[str]


@cache
def words() -> Words:
    known: dict[str, dict[str, str]] = {"word": {}, "unit": {}, "web": {}}
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known[row["where"]][nfc(row["written"])] = nfc(row["spoken"])
    longest = sorted(known["word"], key=len, reverse=True)
    units = "|".join(re.escape(unit) for unit in sorted(known["unit"], key=len, reverse=True))
    return Words(
        **known,
        word_pattern=re.compile(rf"(?<![^\W_])(?<!\d[.,/])(?:{'|'.join(map(_whole_word, longest))})"),
        unit_pattern=re.compile(rf"(?<=\d)\s?(?:{units})(?![^\W_])"),
    )


def _whole_word(word: str) -> str:
    """The pattern of a word of the file that does not go on, as a word or as a number."""
    found = f"(?i:{re.escape(word)})" if word.islower() else re.escape(word)
    return found + (r"(?![^\W\d_])(?!(?<=\d)[.,/]?\d)" if word[-1].isalnum() else "")
