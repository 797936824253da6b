"""Codes that people type from paper: capital letters and digits, the last one a check character.

No vowel, D or W: a Vietnamese keyboard (Telex, VNI) turns those into other letters while one types, and no word can
appear. Of 0/O, 1/I/L, 2/Z and 5/S one at most is left. 23 characters, a prime, so that the weighted sum notices every
single wrong character and every swap of two.
"""

import secrets

ALPHABET = "23456789BCFGHJKMNPQRTVX"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
GROUP = 4


def make_code(length: int) -> str:
    """A random code of `length` characters, the check character included."""
    payload = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return payload + check_character(payload)


def check_character(payload: str) -> str:
    total = sum(weight * VALUES[character] for weight, character in enumerate(payload, start=1))
    return ALPHABET[total * _inverse_of_weight(len(payload) + 1) % len(ALPHABET)]


def _inverse_of_weight(weight: int) -> int:
    """Minus one over the check character's own weight, so that the whole weighted sum is 0."""
    return -pow(weight, -1, len(ALPHABET))


def spaced(code: str) -> str:
    """ "BCFGHJKMNPQR" → "BCFG HJKM NPQR"."""
    return " ".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read_code(text: str, length: int) -> str | None:
    """The code in `text`, whatever its case and spacing; None where a character is wrong, missing or too many."""
    code = "".join(character for character in text.upper() if character.isalnum())
    if len(code) != length or not set(code) <= VALUES.keys():
        return None
    return code if check_character(code[:-1]) == code[-1] else None
