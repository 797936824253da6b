"""Form fields about a person, the same wherever somebody is written down: name, phone, birth year."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Field, StringField
from wtforms.fields import choices
from wtforms.validators import Length, ValidationError

from app.shared.clock import today
from app.shared.vietnamese import clean, digits_only, parse_mobile, show_mobile

LONGEST_NAME = 120
OLDEST_BIRTH_YEAR = 1900
YOUNGEST_AGE = 6


def _cleaned(text: str | None) -> str:
    return clean(text or "")


def _holds_a_letter(_form: Any, field: Field) -> None:
    if not any(character.isalpha() for character in field.data or ""):
        raise ValidationError(gettext("Ghi họ và tên giúp, ví dụ: Nguyễn Thị Hoa."))


def _is_mobile(_form: Any, field: Field) -> None:
    if field.data and parse_mobile(field.data) is None:
        raise ValidationError(gettext("Số di động có 10 số, bắt đầu bằng số 0. Xem lại giúp."))


def _is_birth_year(_form: Any, field: Field) -> None:
    if not field.data:
        return
    digits = digits_only(field.data)
    latest = today().year - YOUNGEST_AGE
    if len(digits) != 4 or not OLDEST_BIRTH_YEAR <= int(digits) <= latest:
        raise ValidationError(gettext("Năm sinh có 4 số, ví dụ: 1957. Có thể bỏ trống."))


def name_field(label: Any, *, is_own: bool = False) -> Field:
    """Required: a name of at most 120 characters that holds a letter.

    `is_own`: people write about themselves, so the browser may fill it in (WCAG 1.3.5).
    """
    too_long = Length(max=LONGEST_NAME, message=lazy_gettext("Tên dài quá 120 chữ. Ghi ngắn lại giúp."))
    return StringField(
        label,
        filters=[_cleaned],
        validators=[_holds_a_letter, too_long],
        render_kw={"autocomplete": "name" if is_own else "off", "maxlength": str(LONGEST_NAME), "required": True},
    )


def phone_field(label: Any, *, is_own: bool = False) -> Field:
    """Optional; `read_phone` gives its value."""
    return StringField(
        label,
        filters=[_cleaned],
        validators=[_is_mobile],
        render_kw={
            "type": "tel",
            "inputmode": "tel",
            "autocomplete": "tel-national" if is_own else "off",
            "maxlength": "20",
        },
    )


def birth_year_field(label: Any, *, is_own: bool = False) -> Field:
    """Optional; `read_birth_year` gives its value."""
    return StringField(
        label,
        filters=[_cleaned],
        validators=[_is_birth_year],
        render_kw={"inputmode": "numeric", "autocomplete": "bday-year" if is_own else "off", "maxlength": "6"},
    )


def choice(value: str, label: object) -> Any:
    """One entry of a list or of radio buttons."""
    return choices.SelectChoice(value, str(label))  # type: ignore[attr-defined]


def is_offered(_form: Any, field: Any) -> None:
    """Validator for a list with `validate_choice=False`: says in Vietnamese what WTForms says in English."""
    if field.data not in {offered[0] for offered in field.iter_choices()}:
        raise ValidationError(gettext("Chọn một mục trong danh sách giúp."))


def tick_field(label: Any) -> Field:
    """A box that is never ticked beforehand."""
    return BooleanField(label)


def read_phone(field: Field) -> str | None:
    """The phone number of a valid form as E.164, or None where it was left empty."""
    return parse_mobile(field.data or "")


def read_birth_year(field: Field) -> int | None:
    """The year of a valid form, or None where it was left empty."""
    return int(digits_only(field.data)) if field.data else None


def shown_phone(phone: str | None) -> str:
    """What stands in the field for a number that is known."""
    return show_mobile(phone) if phone else ""
