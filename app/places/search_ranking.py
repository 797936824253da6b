"""Which of the names found was most likely meant. Pure."""

from typing import Any

from app.places.search_words import OTHER, Word, marked_words

WHOLE, START, INSIDE, CONTEXT = range(4)
"""How the name holds what was typed: entirely typed, from its start, somewhere, or only its district and province."""
KINDS = ("today", "former", "hamlet")

Rank = tuple[Any, ...]


def rank(name: Any, words: tuple[Word, ...]) -> Rank:
    """Sort key of a row of `findable_name`, best first.

    Right marks, whole names, the right type, more of the name typed, the words in this order, no unfinished word,
    today before then.
    """
    in_name = sum(f" {word.key} " in f" {name.key} " for word in words)
    return (
        _wrong_marks(name.printed, words),
        _place_in_name(name.key, words, in_name > 0),
        sum(_is_other_type(word, name) for word in words),
        -in_name,
        not is_side_by_side(name, words),
        f" {words[-1].key} " not in name.words,
        KINDS.index(name.kind),
        name.sort_as,
        name.printed,
    )


def without_strays(names: list[Any], words: tuple[Word, ...]) -> list[Any]:
    """Ranked names without those that hold the words scattered, where the best is just what was typed."""
    is_exact = bool(names) and f" {names[0].key} " == f" {_phrase(words)} "
    return [name for name in names if is_side_by_side(name, words)] if is_exact else names


def is_side_by_side(name: Any, words: tuple[Word, ...]) -> bool:
    """Whether the words stand together in the name and its district and province, in the order typed."""
    return f" {_phrase(words)}" in name.words


def required(words: tuple[Word, ...]) -> list[Word]:
    """The words that a name must hold: all but type words, or all where there is nothing else."""
    return [word for word in words if not word.type] or list(words)


def _phrase(words: tuple[Word, ...]) -> str:
    return " ".join(word.key for word in required(words))


def _place_in_name(key: str, words: tuple[Word, ...], is_in_name: bool) -> int:
    typed = " " + " ".join(word.key for word in words) + " "
    if f" {key} " in typed:
        return WHOLE
    first = key.split()[0]
    last_typed = words[-1].key
    if f" {first} " in typed or first.startswith(last_typed):
        return START
    return INSIDE if is_in_name or f" {last_typed}" in key else CONTEXT


def _is_other_type(word: Word, name: Any) -> bool:
    """Whether the word names another type of place than this one, and is not part of the name either."""
    return word.type not in {"", OTHER, name.type} and f" {word.key} " not in f" {name.key} "


def _wrong_marks(printed: str, words: tuple[Word, ...]) -> int:
    """How many words were typed with marks that this name does not bear."""
    return sum(word.has_marks and not word.type and not _bears(printed, word) for word in words)


def _bears(printed: str, word: Word) -> bool:
    known = marked_words(printed)
    if word.key in known:
        return any(word.agrees_with(other) for other in known[word.key])
    return any(
        other.letters.startswith(word.letters) and word.tone in {"", other.tone}
        for others in known.values()
        for other in others
    )
