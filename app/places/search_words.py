"""Reading what people type when they look for a commune: words, their marks, and type words. Pure.

"P. Xuan Tho, TP. Đà Lạt" is read as xuan, tho, đà, lạt with two type words that may be left out.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from app.places.naming import one_spelling, search_key
from app.shared.vietnamese import clean, nfc

LONGEST_TEXT = 160
MOST_WORDS = 10
"""Of a longer text the last words count: the commune stands at the end of an address."""
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
WHOLE_WORDS = {"hcm": "ho chi minh", "tphcm": "ho chi minh", "hn": "ha noi", "vn": "viet nam"}
"""What people write for a few long names."""
GLUED_NUMBER = re.compile(r"^(p|q|x|kp|tdp|phuong|quan|thon|ap|to|khu)(\d{1,3})$")

LONGEST_PHRASE = 3
OTHER = "other"
TYPE_PHRASES = {
    "xã": "xã",
    "x": "xã",
    "phường": "phường",
    "p": "phường",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "đặc khu": "đặc khu",
    "thôn": "thôn",
    "ấp": "ấp",
    "bản": "bản",
    "khu phố": "khu phố",
    "kp": "khu phố",
    "tổ dân phố": "tổ dân phố",
    "tdp": "tổ dân phố",
    "khóm": "khóm",
    "xóm": "xóm",
    "buôn": "buôn",
    "làng": "làng",
    "khu": "khu",
    "tổ": "tổ",
    "phum": "phum",
    "sóc": "sóc",
    "huyện": OTHER,
    "h": OTHER,
    "quận": OTHER,
    "q": OTHER,
    "thành phố": OTHER,
    "tp": OTHER,
    "thị xã": OTHER,
    "tx": OTHER,
    "tỉnh": OTHER,
    "t": OTHER,
    "việt nam": OTHER,
}


@dataclass(frozen=True, slots=True)
class Word:
    key: str
    """Folded: "dat"."""
    letters: str
    """With the marks of letters and without tone: "đat"."""
    tone: str
    """A combining character, or empty."""
    type: str = ""
    """For a word of a type phrase, which type, or "other"; such a word may be left out. Else empty."""

    @property
    def has_marks(self) -> bool:
        return bool(self.tone) or self.letters != self.key

    def agrees_with(self, other: "Word") -> bool:
        """Whether `other` may be what was meant: the same, or this was typed without marks."""
        same = self.letters == other.letters and self.tone == other.tone
        return self.key == other.key and (same or not self.has_marks)


def read_query(text: str) -> tuple[Word, ...]:
    """The words of a search, type words marked as such."""
    words = [word for part in split_words(text[:LONGEST_TEXT]) for word in _spell_out(part)]
    return _mark_types(words[-MOST_WORDS:])


@lru_cache(maxsize=2048)
def marked_words(printed: str) -> dict[str, tuple[Word, ...]]:
    """The words of a printed name by their folded form, to compare marks with."""
    found: dict[str, tuple[Word, ...]] = {}
    for word in split_words(printed):
        found[word.key] = (*found.get(word.key, ()), word)
    return found


def split_words(text: str) -> list[Word]:
    """The words of a text; whatever is no letter, mark or digit divides them."""
    apart = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in nfc(clean(text)).casefold())
    return [_read_word(part) for part in apart.split() if search_key(part)]


def _read_word(text: str) -> Word:
    decomposed = unicodedata.normalize("NFD", text)
    tone = next((c for c in decomposed if c in TONES), "")
    letters = nfc("".join(c for c in decomposed if c not in TONES))
    return Word(search_key(text).replace(" ", ""), one_spelling(letters), tone)


def _spell_out(word: Word) -> list[Word]:
    """Take "p11" and "tphcm" apart."""
    glued = GLUED_NUMBER.match(word.key)
    if glued:
        return split_words(f"{glued.group(1)} {glued.group(2)}")
    return split_words(WHOLE_WORDS[word.key]) if word.key in WHOLE_WORDS else [word]


def _mark_types(words: list[Word]) -> tuple[Word, ...]:
    marked = list(words)
    position = 0
    while position < len(words):
        length, type_word = _type_phrase_at(words, position)
        for index in range(position, position + length):
            marked[index] = replace(words[index], type=type_word)
        position += max(length, 1)
    return tuple(marked)


def _type_phrase_at(words: list[Word], position: int) -> tuple[int, str]:
    """How many words from `position` on make the longest type phrase, and which type; (0, "") for none."""
    for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
        here = tuple(words[position : position + length])
        for phrase, type_word in _PHRASES.get(tuple(word.key for word in here), ()):
            if all(typed.agrees_with(known) for typed, known in zip(here, phrase, strict=True)):
                return length, type_word
    return 0, ""


def _phrases() -> dict[tuple[str, ...], list[tuple[list[Word], str]]]:
    found: dict[tuple[str, ...], list[tuple[list[Word], str]]] = {}
    for text, type_word in TYPE_PHRASES.items():
        phrase = split_words(text)
        found.setdefault(tuple(word.key for word in phrase), []).append((phrase, type_word))
    return found


_PHRASES = _phrases()
