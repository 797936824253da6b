"""A valid key for each question of an import, the same for the same file each time."""

from app.content.compile.text import MAXIMUM_KEY, is_key, suggested_key


def unique_key(wanted: str, title: str, taken: set[str]) -> str:
    """`wanted` where it is a valid key, else one made from the title; "-2", "-3" behind it until it is free.

    The key is added to `taken`.
    """
    base = wanted if is_key(wanted) else "q-" + suggested_key(title, words=4)
    key, number = base, 1
    while key in taken:
        number += 1
        ending = f"-{number}"
        key = base[: MAXIMUM_KEY - len(ending)].rstrip("-") + ending
    taken.add(key)
    return key
