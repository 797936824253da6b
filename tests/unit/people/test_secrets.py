"""What is refused as a PIN or password, and codes that people type from paper."""

import pytest

from app.people.passwords import _holds_name, _is_common
from app.people.pins import COMMONEST, IN_PHONE_NUMBER, LOOKS_LIKE_DATE, TOO_COMMON, why_guessable
from app.people.typed_codes import ALPHABET, make_code, read_code, spaced


def why(pin: str) -> object:
    return why_guessable(pin, phone="+84912345678", birth_year=1957, this_year=2026)


def test_at_least_the_fifty_commonest_pins_are_refused() -> None:
    assert len(COMMONEST) >= 50
    assert {why(pin) for pin in COMMONEST} == {TOO_COMMON}


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("474747", TOO_COMMON),
        ("481481", TOO_COMMON),
        ("210457", LOOKS_LIKE_DATE),
        ("570421", LOOKS_LIKE_DATE),
        ("041957", LOOKS_LIKE_DATE),
        ("195788", LOOKS_LIKE_DATE),
        ("819573", LOOKS_LIKE_DATE),
        ("912345", IN_PHONE_NUMBER),
        ("345678", TOO_COMMON),
        ("234567", TOO_COMMON),
        ("482915", None),
        ("739164", None),
    ],
)
def test_a_pin_that_a_neighbour_would_try_first_is_refused(pin: str, reason: object) -> None:
    assert why(pin) == reason


def test_a_typed_code_is_read_in_any_case_and_spacing() -> None:
    code = make_code(12)
    assert read_code(spaced(code).lower().replace(" ", " - "), 12) == code


def test_every_wrong_character_and_every_swap_in_a_typed_code_is_noticed() -> None:
    code = make_code(12)
    wrong = {code[:i] + letter + code[i + 1 :] for i in range(12) for letter in ALPHABET} - {code}
    for i in range(12):
        for j in range(i):
            swapped = list(code)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            wrong |= {"".join(swapped)} - {code}
    assert {read_code(typed, 12) for typed in wrong} == {None}


def test_typed_codes_hold_no_letter_that_a_vietnamese_keyboard_changes() -> None:
    assert not set("AEIOUYDW") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["", "BCFG", "Ô", "BCFGHJKMNPQR1", "ộộộộộộộộộộộộ"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed, 12) is None


@pytest.mark.parametrize(
    "password",
    [
        "Matkhau@2026!!",
        "mật khẩu 123456",
        "PASSWORD12345",
        "qwertyuiop!!!!",
        "123456789012",
        "aaaabbbbcccc",
        "tocongnghesotocongngheso",
    ],
)
def test_common_passwords_are_refused_in_every_dress(password: str) -> None:
    assert _is_common(password)


@pytest.mark.parametrize("password", ["con trâu đi trước cái cày", "sáng nay chợ Bỉm đông vui", "xK9#mQ2$vL7p"])
def test_a_sentence_of_ones_own_is_a_good_password(password: str) -> None:
    assert not _is_common(password)


@pytest.mark.parametrize("password", ["lan.bimson-2026", "NguyễnThịLan!!!", "toi la nguyen thi lan"])
def test_a_password_with_the_own_name_in_it_is_refused(password: str) -> None:
    assert _holds_name(password, "lan.bimson", "Nguyễn Thị Lan")
