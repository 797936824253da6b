"""Forms on the pages of one's own account."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field, PasswordField
from wtforms.validators import ValidationError

from app.access.forms import BaseForm
from app.people.fields import birth_year_field, name_field, phone_field, tick_field
from app.people.sign_in_forms import REVEALABLE
from app.shared.vietnamese import digits_only


def _digits(text: str | None) -> str:
    return digits_only(text or "")


def _pin_field(label: Any) -> Field:
    """The PIN in use. Whether it is needed, and right, is found out by the action."""
    return PasswordField(
        label,
        filters=[_digits],
        render_kw={
            "inputmode": "numeric",
            "autocomplete": "current-password",
            "maxlength": "20",
            "class": "digits",
            **REVEALABLE,
        },
    )


class DetailsForm(BaseForm):
    name = name_field(lazy_gettext("Họ và tên"), is_own=True)
    birth_year = birth_year_field(lazy_gettext("Năm sinh (có thể bỏ trống)"), is_own=True)
    phone = phone_field(lazy_gettext("Số điện thoại"), is_own=True)
    pin = _pin_field(lazy_gettext("Mã PIN đang dùng"))
    """Deleted for who has none."""


class EraseForm(BaseForm):
    pin = _pin_field(lazy_gettext("Mã PIN đang dùng"))
    """Deleted for who has none, or came in with password and second factor."""
    sure = tick_field(lazy_gettext("Tôi hiểu là xóa rồi thì không lấy lại được."))

    def validate_sure(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Bác đánh dấu vào ô “Tôi hiểu” giúp, nếu thật sự muốn xóa."))
