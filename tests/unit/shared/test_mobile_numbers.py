"""Mobile numbers as people write them become one number."""

import pytest

from app.shared.vietnamese import parse_mobile


@pytest.mark.parametrize(
    "typed", ["0912345678", "0912 345 678", "+84 912.345.678", "84912345678", "(09) 12-345-678", "09１２３４５６７８"]
)
def test_one_number_however_it_is_written(typed: str) -> None:
    assert parse_mobile(typed) == "+84912345678"


@pytest.mark.parametrize("typed", ["", "0212345678", "091234567", "09123456789", "0٩12345678", "abc"])
def test_what_is_no_mobile_number_is_none(typed: str) -> None:
    assert parse_mobile(typed) is None
