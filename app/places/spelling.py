"""Spellings near to a word that no name holds: one letter off, or two words typed as one. Pure."""

from collections.abc import Iterable
from string import ascii_lowercase

SHORTEST = 3
"""Shorter words have too many neighbours."""


def near_spellings(typed: list[str], names: Iterable[str]) -> dict[str, list[str]]:
    """For each word that may be misspelled, how the folded names spell something near to it.

    That is the one word that occurs nowhere, or every word where all occur; of two unknown words nothing can be told.
    """
    text = f" {'  '.join(names)} "
    known = set(text.split())
    unknown = [word for word in typed if word not in known]
    if len(unknown) > 1:
        return {}
    return {word: _as_two_words(word, text) + sorted(_neighbours(word) & known) for word in unknown or typed}


def names_with(spellings: list[str], names: Iterable[str]) -> list[str]:
    """The names that hold one of the spellings, each of one or two words."""
    as_two = [f" {spelling} " for spelling in spellings if " " in spelling]
    as_one = set(spellings)
    return [
        name for name in names if not as_one.isdisjoint(name.split()) or any(pair in f" {name} " for pair in as_two)
    ]


def _as_two_words(word: str, text: str) -> list[str]:
    """The word "dalat" as "da lat", where names hold these side by side."""
    cuts = (f"{word[:cut]} {word[cut:]}" for cut in range(1, len(word)))
    return [as_two for as_two in cuts if f" {as_two} " in text]


def _neighbours(word: str) -> set[str]:
    """One letter left out, added, changed, or exchanged with the next. None for a number."""
    if len(word) < SHORTEST or word.isdecimal():
        return set()
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    added = {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return left_out | exchanged | changed | added
