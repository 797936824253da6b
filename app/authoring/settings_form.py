"""course.yml as a form: what the course is called, for whom it is, what makes a completion."""

import re
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional

from app.access.forms import BaseForm
from app.content.compile.course_file import AUDIENCES, ICONS
from app.content.compile.faults import Fault
from app.content.compile.text import is_key, suggested_key
from app.content.source_fields import Plain, name_at, read_plain, with_values
from app.people.fields import choice
from app.shared.vietnamese import clean

AUDIENCE_WORDS = {
    "resident": lazy_gettext("Bà con"),
    "team": lazy_gettext("Thành viên tổ công nghệ số"),
    "both": lazy_gettext("Cả hai"),
}
ICON_WORDS = {
    "book": lazy_gettext("Quyển sách"),
    "shield": lazy_gettext("Tấm khiên"),
    "qr": lazy_gettext("Mã QR"),
    "phone": lazy_gettext("Điện thoại"),
    "people": lazy_gettext("Nhiều người"),
    "id": lazy_gettext("Giấy tờ"),
    "card": lazy_gettext("Thẻ"),
    "office": lazy_gettext("Trụ sở"),
    "chat": lazy_gettext("Trò chuyện"),
}
_TERM = re.compile(r"^([^:]{1,80}):\s*(.+)$")


def _one_line(text: str | None) -> str:
    return clean(text or "")


def _lines(text: str | None) -> str:
    return "\n".join(clean(line) for line in (text or "").splitlines()).strip()


def _words(label: Any, longest: int, *, is_needed: bool = False, **options: Any) -> StringField:
    too_long = Length(max=longest, message=lazy_gettext("Dài quá %(max)d chữ cái. Viết ngắn lại."))
    return StringField(
        label,
        filters=[_one_line],
        validators=[*([_is_there] if is_needed else []), too_long],
        render_kw={"maxlength": str(longest), "autocomplete": "off"},
        **options,
    )


def _is_there(_form: Any, field: Any) -> None:
    if not field.data:
        raise ValidationError(gettext("Phần này cần điền."))


def _has_terms(_form: Any, field: Any) -> None:
    for line in (field.data or "").splitlines():
        if line and not _TERM.match(line):
            raise ValidationError(
                gettext("Mỗi dòng một từ: OTP: mã dùng một lần. Dòng chưa đúng: %(line)s", line=line[:60])
            )


class SettingsForm(BaseForm):
    title = _words(lazy_gettext("Tên khóa học"), 200, is_needed=True)
    goal = _words(
        lazy_gettext("Bà con muốn làm được việc gì?"),
        200,
        is_needed=True,
        description=lazy_gettext("Viết như lời bà con nói, ví dụ: Không bị lừa qua điện thoại"),
    )
    summary = TextAreaField(
        lazy_gettext("Giới thiệu trong hai ba câu ngắn"),
        filters=[_one_line],
        validators=[_is_there, Length(max=1000, message=lazy_gettext("Dài quá 1.000 chữ cái. Viết ngắn lại."))],
        render_kw={"rows": "3", "maxlength": "1000"},
    )
    audience = SelectField(lazy_gettext("Cho ai"), choices=[choice(k, w) for k, w in AUDIENCE_WORDS.items()])
    icon = SelectField(lazy_gettext("Hình nhỏ trong danh sách"), choices=[choice(k, w) for k, w in ICON_WORDS.items()])
    completion = SelectMultipleField(
        lazy_gettext("Học xong khóa là làm xong những mục nào?"), choices=[], validate_choice=False
    )
    share = TextAreaField(
        lazy_gettext("Lời gửi qua Zalo"),
        filters=[_lines],
        validators=[Length(max=500, message=lazy_gettext("Dài quá 500 chữ cái. Viết ngắn lại."))],
        render_kw={"rows": "3", "maxlength": "500"},
    )
    loudspeaker = TextAreaField(
        lazy_gettext("Lời đọc trên loa"),
        filters=[_lines],
        validators=[Length(max=3000, message=lazy_gettext("Dài quá 3.000 chữ cái. Viết ngắn lại."))],
        description=lazy_gettext("150 đến 220 chữ, đọc trong 60 đến 90 giây. Bỏ trống thì máy soạn từ bài học."),
        render_kw={"rows": "8", "maxlength": "3000"},
    )
    terms = TextAreaField(
        lazy_gettext("Từ cần giải nghĩa, dùng trong mọi bài"),
        filters=[_lines],
        validators=[_has_terms],
        description=lazy_gettext("Mỗi dòng một từ, ví dụ: otp: mã dùng một lần, gửi về điện thoại"),
        render_kw={"rows": "4"},
    )
    edition = IntegerField(
        lazy_gettext("Lần ban hành"),
        validators=[NumberRange(min=1, max=1000, message=lazy_gettext("Từ 1 đến 1.000."))],
        description=lazy_gettext("Tăng lên một khi ai đã học cũng phải học lại. Không lùi được."),
    )
    valid_for = IntegerField(
        lazy_gettext("Kết quả có giá trị mấy ngày"),
        validators=[Optional(), NumberRange(min=1, max=36500, message=lazy_gettext("Từ 1 đến 36.500 ngày."))],
        description=lazy_gettext("Bỏ trống: không hết hạn"),
    )
    prerequisites = SelectMultipleField(lazy_gettext("Nên học trước"), choices=[], validate_choice=False)
    checked = _words(lazy_gettext("Ngày đối chiếu nội dung"), 10, description=lazy_gettext("Ví dụ: 21/11/2026"))
    recheck = _words(lazy_gettext("Sau bao nhiêu ngày cần đối chiếu lại"), 10)
    source = _words(lazy_gettext("Nguồn đã đối chiếu"), 500, description=lazy_gettext("Địa chỉ bắt đầu bằng https://"))
    skills = _words(
        lazy_gettext("Mã kỹ năng"), 1000, description=lazy_gettext("Cách nhau dấu phẩy, ví dụ: tt02:4.2, dc2:4.2")
    )
    authors = _words(lazy_gettext("Người soạn"), 500, description=lazy_gettext("Cách nhau dấu phẩy"))
    licence = _words(lazy_gettext("Giấy phép dùng lại"), 200)
    is_shared = BooleanField(lazy_gettext("Người biên soạn khác cùng nơi được sửa"))


_SHOWN = frozenset({"title", "goal", "summary", "audience", "icon", "completion", "share", "loudspeaker", "terms"}) | {
    "edition", "valid_for", "prerequisites", "checked", "recheck", "source", "skills", "authors", "licence",
}  # fmt: skip
TEXTS = ("title", "goal", "summary", "icon", "share", "loudspeaker", "checked", "recheck", "source", "licence")


def values_of(text: str) -> dict[str, Any]:
    """course.yml as the form shows it."""
    known = read_plain(text)
    values: dict[str, Any] = {name: _shown(known.get(name)) for name in TEXTS}
    values["icon"] = values["icon"] if values["icon"] in ICONS else "book"
    audience = _shown(known.get("audience"))
    values["audience"] = audience if audience in AUDIENCES else "resident"
    values["edition"] = _whole(known.get("edition")) or 1
    values["valid_for"] = _whole(known.get("valid_for"))
    terms = known.get("terms")
    values["terms"] = "\n".join(f"{name}: {_shown(t)}" for name, t in terms.items()) if isinstance(terms, dict) else ""
    for name in ("skills", "authors"):
        values[name] = ", ".join(_list(known.get(name)))
    values["prerequisites"] = _list(known.get("prerequisites"))
    values["completion"] = [key for key, _ in required_of(text)]
    return values


def required_of(text: str) -> list[tuple[str, str]]:
    """Keys of the items that make a completion, each with the mark asked of it, or ""; empty means all."""
    value = read_plain(text).get("completion")
    entries = value if isinstance(value, list) else [value] if value not in (None, "", "all") else []
    found = []
    for entry in entries:
        if isinstance(entry, dict):
            found += [(key, _shown(mark)) for key, mark in entry.items()]
        elif isinstance(entry, str):
            found.append((entry, ""))
    return found


def faults_by_field(text: str, faults: list[Fault]) -> dict[str, list[Fault]]:
    """What checking says of course.yml, by the field of the form that it is about; "" for the file as a whole."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        name = name_at(text, fault.line)
        missing = next((field for field in _SHOWN if f"`{field}:`" in fault.reason), "")
        found.setdefault(missing or (name if name in _SHOWN else ""), []).append(fault)
    return found


def with_settings(text: str, form: SettingsForm, item_keys: list[str]) -> str:
    """course.yml with what the form says; what it does not show stays as it is."""
    changes: dict[str, Plain | None] = {name: getattr(form, name).data or None for name in TEXTS}
    changes["audience"] = form.audience.data
    changes["edition"] = None if form.edition.data in (None, 1) else str(form.edition.data)
    changes["valid_for"] = str(form.valid_for.data) if form.valid_for.data else None
    changes["terms"] = _terms(form.terms.data or "") or None
    for name in ("skills", "authors"):
        changes[name] = _parts(getattr(form, name).data or "") or None
    changes["prerequisites"] = [key for key in form.prerequisites.data or [] if is_key(key)] or None
    changes["completion"] = _completion(
        text, [key for key in form.completion.data or [] if key in item_keys], item_keys
    )
    return with_values(text, _unless_same(text, changes))


def _unless_same(text: str, changes: dict[str, Plain | None]) -> dict[str, Plain | None]:
    """Without what means the same already, so that lines keep the form that their author gave them."""
    known, shown = read_plain(text), values_of(text)
    return {
        name: value
        for name, value in changes.items()
        if not (name in known and name in shown and _as_shown(name, value) == shown[name])
    }


def _as_shown(name: str, value: Plain | None) -> Any:
    return values_of(with_values("", {name: value}))[name]


def _completion(text: str, chosen: list[str], item_keys: list[str]) -> Plain | None:
    marks = dict(required_of(text))
    if not chosen or (chosen == item_keys and not any(marks.values())):
        return None
    return [{key: marks[key]} if marks.get(key) else key for key in chosen]


def _terms(typed: str) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for line in typed.splitlines():
        if match := _TERM.match(line):
            name = match[1].strip()
            found[name if is_key(name) else suggested_key(name)] = match[2].strip()
    return found


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    words = _shown(value).removesuffix("d").strip()
    return int(words) if words.isdecimal() and len(words) < 7 else None


def _list(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _parts(typed: str) -> list[Plain]:
    return [part.strip() for part in typed.split(",") if part.strip()]
