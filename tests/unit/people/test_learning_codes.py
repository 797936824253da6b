"""What a typed learning code may look like, and what a mistyped one is told."""

import pytest
from flask import Flask

from app.people.learning_codes import UnreadableCode, check_digits, read_typed_code, spaced

GOOD = "4821739061" + check_digits("4821739061")


@pytest.fixture(autouse=True)
def vietnamese_screens() -> object:
    """Sentences are translated, which needs an app; it has no database."""
    from flask_babel import Babel

    app = Flask(__name__)
    Babel(app, default_locale="vi")
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    "typed", [GOOD, spaced(GOOD), spaced(GOOD).replace(" ", "-"), f"  Mã: {spaced(GOOD)} .", " ".join(GOOD)]
)
def test_digits_are_read_in_any_spacing(typed: str) -> None:
    assert read_typed_code(typed) == GOOD


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (GOOD[:-1], "Mã học có 12 số. Bác xem lại giúp, còn thiếu 1 số."),
        (GOOD[:5], "Mã học có 12 số. Bác xem lại giúp, còn thiếu 7 số."),
        (GOOD + "77", "Mã học có 12 số. Bác xem lại giúp, đang thừa 2 số."),
        ("không có số nào", "Mã học có 12 số. Bác gõ 12 số đã ghi lại hoặc đã chụp màn hình giúp."),
    ],
)
def test_a_wrong_length_is_told_in_digits(typed: str, sentence: str) -> None:
    with pytest.raises(UnreadableCode, match="^" + sentence.replace(".", r"\.") + "$"):
        read_typed_code(typed)


def test_every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed() -> None:
    wrong = {GOOD[:i] + digit + GOOD[i + 1 :] for i in range(12) for digit in "0123456789"}
    wrong |= {GOOD[:i] + GOOD[i + 1] + GOOD[i] + GOOD[i + 2 :] for i in range(11)}
    for typed in wrong - {GOOD}:
        with pytest.raises(UnreadableCode):
            read_typed_code(typed)
