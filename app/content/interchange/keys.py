"""A valid key for each question of an import, the same for the same file each time."""

from app.content.compile.text import MAXIMUM_KEY, is_key, suggested_key


def unique_key(wanted: str, title: str, taken: set[str]) -> str:
    """`wanted` where it is a valid key, else one made from the title; "-2", "-3" behind it until it is free.

    The key is added to `taken`.
    """
    base = wanted if is_key(wanted) else "q-" + suggested_key(title, words=4)
    key = _free(base, taken) if base in taken else base
    taken.add(key)
    return key


def _free(base: str, taken: set[str]) -> str:
    """The next number, found by halving: a file may hold a hundred thousand questions of one title."""
    used, free = 1, 2
    while _numbered(base, free) in taken:
        used, free = free, free * 2
    while free - used > 1:
        middle = (used + free) // 2
        if _numbered(base, middle) in taken:
            used = middle
        else:
            free = middle
    return _numbered(base, free)


def _numbered(base: str, number: int) -> str:
    ending = f"-{number}"
    return base[: MAXIMUM_KEY - len(ending)].rstrip("-") + ending
