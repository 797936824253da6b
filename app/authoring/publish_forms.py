"""Forms of reviewing and publishing."""

import re
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.access.forms import BaseForm
from app.authoring.publishing import LONGEST_COMMENT
from app.shared.clock import VIETNAM, today
from app.shared.vietnamese import clean

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_HOUR = re.compile(r"(\d{1,2})[:hg.](\d{2})(?::\d{2})?")
USUAL_HOUR = "07:00"


def _one_line(text: str | None) -> str:
    return clean(text or "")


def _lines(text: str | None) -> str:
    return "\n".join(clean(line) for line in (text or "").splitlines()).strip()


def _words(label: Any, description: Any = "") -> TextAreaField:
    too_long = Length(max=LONGEST_COMMENT, message=lazy_gettext("Dài quá 1.000 chữ cái. Viết ngắn lại."))
    return TextAreaField(
        label,
        filters=[_lines],
        validators=[too_long],
        description=description,
        render_kw={"rows": "4", "maxlength": str(LONGEST_COMMENT)},
    )


class SubmitForm(BaseForm):
    note = _words(lazy_gettext("Lời nhắn cho người duyệt (có thể bỏ trống)"))


class SendBackForm(BaseForm):
    comment = _words(lazy_gettext("Cần sửa gì?"), lazy_gettext("Người soạn đọc lời này. Ghi rõ mục nào, sửa thế nào."))

    def validate_comment(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(gettext("Ghi vài lời cho người soạn biết cần sửa gì."))


class AddressForm(BaseForm):
    slug = StringField(
        lazy_gettext("Địa chỉ"),
        filters=[_one_line],
        validators=[Length(min=1, max=80, message=lazy_gettext("Địa chỉ dài từ 1 đến 80 chữ cái."))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": "80"},
    )


class PublishForm(BaseForm):
    """Publishing at once. `confirmed` is asked for the first time only."""

    confirmed = BooleanField(lazy_gettext("Địa chỉ và nơi của khóa học đã đúng"))


class ScheduleForm(PublishForm):
    day = StringField(lazy_gettext("Ngày"), filters=[_one_line], render_kw={"type": "date", "required": True})
    hour = StringField(lazy_gettext("Giờ"), filters=[_one_line], render_kw={"type": "time", "required": True})

    def validate_day(self, field: Any) -> None:
        if read_day(field.data or "") is None:
            raise ValidationError(gettext("Chọn ngày, ví dụ: 25/11/2026."))

    def validate_hour(self, field: Any) -> None:
        if read_hour(field.data or "") is None:
            raise ValidationError(gettext("Chọn giờ, ví dụ: 07:00."))

    @property
    def moment(self) -> datetime:
        """Of a valid form: that hour on a clock in Vietnam."""
        day, hour = read_day(self.day.data or ""), read_hour(self.hour.data or "")
        return datetime.combine(day or today(), hour or time(), VIETNAM)


def read_day(words: str) -> date | None:
    """2026-11-25 as browsers send it, or 25/11/2026 as people type it."""
    found = _DAY.fullmatch(words)
    if found is None:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_hour(words: str) -> time | None:
    found = _HOUR.fullmatch(words)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def tomorrow_morning() -> dict[str, str]:
    """What the fields propose."""
    return {"day": date.fromordinal(today().toordinal() + 1).isoformat(), "hour": USUAL_HOUR}
