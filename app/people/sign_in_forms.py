"""Forms of the ways in. What is wrong with a secret is found out by the actions, not here."""

from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.access.forms import BaseForm
from app.people.fields import birth_year_field, name_field, phone_field, tick_field
from app.people.pins import PIN_DIGITS
from app.people.staff_set_up import SIGN_IN_NAME
from app.shared.vietnamese import clean, digits_only, parse_mobile

LONGEST_TYPED = 200
REVEALABLE = {"data-reveal": lazy_gettext("Hiện ra xem"), "data-conceal": lazy_gettext("Che lại")}
"""Words of the button that shows what is typed, where scripts run."""


def _cleaned(text: str | None) -> str:
    return clean(text or "")


def _digits(text: str | None) -> str:
    return digits_only(text or "")


def _has_six_digits(_form: Any, field: Field) -> None:
    if len(field.data or "") != PIN_DIGITS:
        raise ValidationError(gettext("Mã PIN có đúng 6 số. Bác gõ lại giúp."))


def _repeats_pin(form: Any, field: Field) -> None:
    if field.data != form.pin.data:
        raise ValidationError(gettext("Hai lần gõ mã PIN chưa giống nhau. Bác gõ lại giúp."))


def _repeats_password(form: Any, field: Field) -> None:
    if field.data != form.password.data:
        raise ValidationError(gettext("Hai lần gõ mật khẩu chưa giống nhau. Anh chị gõ lại giúp."))


def _has_shape_of_sign_in_name(_form: Any, field: Field) -> None:
    if not SIGN_IN_NAME.match(field.data or ""):
        raise ValidationError(gettext("Tên đăng nhập có 3 đến 40 ký tự: chữ a-z không dấu, số, dấu chấm."))


def typed(field: Field) -> str:
    """What stands in a field of a valid form."""
    return field.data or ""


def pin_field(label: Any, *, is_new: bool = False, repeats: bool = False) -> Field:
    """Six digits, whatever stands between them. `repeats`: the same as the form's field `pin`."""
    return PasswordField(
        label,
        filters=[_digits],
        validators=[_repeats_pin if repeats else _has_six_digits],
        render_kw={
            "inputmode": "numeric",
            "autocomplete": "new-password" if is_new or repeats else "current-password",
            "maxlength": "20",
            "required": True,
            "class": "digits",
            **REVEALABLE,
        },
    )


class ExactPasswordField(PasswordField):
    """A password exactly as it was sent: not trimmed, and not in another Unicode form."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = request.form.get(self.name, "") if valuelist else ""


def password_field(label: Any, *, is_new: bool = False, repeats: bool = False) -> Field:
    """A staff password. `repeats`: the same as the form's field `password`."""
    return ExactPasswordField(
        label,
        validators=[
            InputRequired(lazy_gettext("Anh chị gõ mật khẩu giúp.")),
            *([_repeats_password] if repeats else []),
        ],
        render_kw={"autocomplete": "new-password" if is_new or repeats else "current-password", **REVEALABLE},
    )


def code_field(label: Any, missing: Any, *, digits_only_keys: bool = False) -> Field:
    """A code from paper, in any spacing."""
    return StringField(
        label,
        filters=[_cleaned],
        validators=[InputRequired(missing), Length(max=LONGEST_TYPED, message=missing)],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "inputmode": "numeric" if digits_only_keys else "text",
            "class": "digits",
        },
    )


def shared_device_field() -> Field:
    return BooleanField(lazy_gettext("Máy dùng chung: tự thoát sau 10 phút không bấm"))


class NextForm(BaseForm):
    """A form that goes on to the page from which the person came."""

    next = HiddenField()


class PhoneForm(NextForm):
    phone = phone_field(lazy_gettext("Số điện thoại"), is_own=True)
    pin = pin_field(lazy_gettext("Mã PIN 6 số"))
    is_shared_device = shared_device_field()

    def validate_phone(self, field: Field) -> None:
        if not parse_mobile(field.data or ""):
            raise ValidationError(gettext("Số di động có 10 số, bắt đầu bằng số 0. Bác xem lại giúp."))


class CardForm(NextForm):
    code = code_field(
        lazy_gettext("Mã trên thẻ, 12 chữ và số"),
        lazy_gettext("Bác gõ 12 chữ và số in trên thẻ giúp."),
    )
    pin = pin_field(lazy_gettext("Mã PIN 6 số"))
    is_shared_device = shared_device_field()


class LearningCodeForm(NextForm):
    code = code_field(
        lazy_gettext("Mã học, 12 số"), lazy_gettext("Mã học có 12 số. Bác gõ vào ô này giúp."), digits_only_keys=True
    )


class RegisterForm(NextForm):
    """`consent` is never ticked beforehand; without it nothing with a name is kept."""

    name = name_field(lazy_gettext("Họ và tên"), is_own=True)
    phone = phone_field(lazy_gettext("Số điện thoại"), is_own=True)
    pin = pin_field(lazy_gettext("Chọn mã PIN 6 số"), is_new=True)
    pin_again = pin_field(lazy_gettext("Gõ lại mã PIN"), repeats=True)
    birth_year = birth_year_field(lazy_gettext("Năm sinh (có thể bỏ trống)"), is_own=True)
    consent = tick_field("")
    is_shared_device = shared_device_field()

    def validate_consent(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Bác đánh dấu vào ô này thì Học Số mới được lưu tên và kết quả học."))


class FirstPinForm(NextForm):
    code = code_field(
        lazy_gettext("Mã dùng một lần, 10 chữ và số"), lazy_gettext("Bác gõ 10 chữ và số in trên thẻ giúp.")
    )
    pin = pin_field(lazy_gettext("Chọn mã PIN 6 số"), is_new=True)
    pin_again = pin_field(lazy_gettext("Gõ lại mã PIN"), repeats=True)
    consent = tick_field("")
    is_shared_device = shared_device_field()
    validate_consent = RegisterForm.validate_consent


class ChangePinForm(BaseForm):
    """`old_pin` is deleted from the form for staff, who have given password and second factor."""

    old_pin = pin_field(lazy_gettext("Mã PIN đang dùng"))
    pin = pin_field(lazy_gettext("Chọn mã PIN 6 số mới"), is_new=True)
    pin_again = pin_field(lazy_gettext("Gõ lại mã PIN mới"), repeats=True)


class StaffForm(NextForm):
    sign_in_name = StringField(
        lazy_gettext("Tên đăng nhập"),
        filters=[_cleaned],
        validators=[InputRequired(lazy_gettext("Anh chị gõ tên đăng nhập giúp."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": "40"},
    )
    password = password_field(lazy_gettext("Mật khẩu"))
    totp = StringField(
        lazy_gettext("Mã 6 số"),
        filters=[_cleaned],
        validators=[InputRequired(lazy_gettext("Anh chị gõ mã 6 số đang hiện trên điện thoại giúp."))],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "maxlength": "20",
            "class": "digits",
        },
    )


def totp_field() -> Field:
    """The six digits that the app shows after it has read the QR."""
    return StringField(
        lazy_gettext("Mã 6 số đang hiện trong ứng dụng"),
        filters=[_digits],
        validators=[InputRequired(lazy_gettext("Anh chị gõ mã 6 số đang hiện trong ứng dụng giúp."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "10", "class": "digits"},
    )


class FirstStaffForm(BaseForm):
    """Behind a link; `name` stays only for the first operator, who has none yet."""

    name = name_field(lazy_gettext("Họ và tên"), is_own=True)
    sign_in_name = StringField(
        lazy_gettext("Tên đăng nhập"),
        filters=[lambda text: _cleaned(text).lower()],
        validators=[_has_shape_of_sign_in_name],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": "40"},
    )
    password = password_field(lazy_gettext("Mật khẩu"), is_new=True)
    password_again = password_field(lazy_gettext("Gõ lại mật khẩu"), repeats=True)
    totp = totp_field()


class ResetAllForm(BaseForm):
    """A new password and a new second factor."""

    password = password_field(lazy_gettext("Mật khẩu mới"), is_new=True)
    password_again = password_field(lazy_gettext("Gõ lại mật khẩu mới"), repeats=True)
    totp = totp_field()


class ResetSecondFactorForm(BaseForm):
    """A new second factor; the password in use proves who holds the link."""

    password = password_field(lazy_gettext("Mật khẩu đang dùng"))
    totp = totp_field()


class ChangePasswordForm(BaseForm):
    old_password = password_field(lazy_gettext("Mật khẩu đang dùng"))
    password = password_field(lazy_gettext("Mật khẩu mới"), is_new=True)
    password_again = password_field(lazy_gettext("Gõ lại mật khẩu mới"), repeats=True)


class PasswordForm(BaseForm):
    password = password_field(lazy_gettext("Mật khẩu đang dùng"))
