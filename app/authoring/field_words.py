"""Faults of the fields above a text, and of course.yml, said with the names that these fields have in forms."""

import re
from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from app.authoring.form_words import in_form_words
from app.authoring.settings_form import SettingsForm

ITEM_FIELDS: Mapping[str, LazyString] = {
    "title": lazy_gettext("Tên mục"),
    "minutes": lazy_gettext("Số phút"),
    "channel": lazy_gettext("Nhắn bằng"),
    "from": lazy_gettext("Người nhắn"),
    "pass": lazy_gettext("Đạt khi đúng từ"),
    "feedback": lazy_gettext("Báo đúng sai"),
    "draw": lazy_gettext("Mỗi lần làm lấy"),
    "attempts": lazy_gettext("Mỗi người được làm"),
    "wait": lazy_gettext("Làm lại phải chờ"),
    "pretest": lazy_gettext("So kết quả với bài làm trước khi học"),
    "terms": lazy_gettext("Giải nghĩa"),
    "skills": lazy_gettext("Mã kỹ năng"),
    "checked": lazy_gettext("Ngày đối chiếu nội dung"),
    "recheck": lazy_gettext("Sau bao nhiêu ngày cần đối chiếu lại"),
    "source": lazy_gettext("Nguồn đã đối chiếu"),
}
FIELD = r"`(?P<field>[a-z_]+)"
SAYINGS = (
    (rf"Thiếu {FIELD}:`", lazy_gettext("Ô “%(field)s” còn trống. Điền rồi bấm Lưu.")),
    (
        rf"{FIELD}:` dài (?P<count>\d+) chữ cái, nhiều nhất (?P<most>\d+)",
        lazy_gettext("Ô “%(field)s” dài %(count)s chữ cái, nhiều nhất %(most)s. Viết ngắn lại."),
    ),
    (
        rf"{FIELD}:` phải là số từ (?P<least>\d+) đến (?P<most>\d+)",
        lazy_gettext("Ô “%(field)s” là số từ %(least)s đến %(most)s."),
    ),
    (rf"{FIELD}:` viết ngày như", lazy_gettext("Ô “%(field)s” ghi ngày, ví dụ 21/11/2026.")),
    (rf"{FIELD}:` là số ngày", lazy_gettext("Ô “%(field)s” là số ngày, ví dụ 180.")),
    (rf"{FIELD}: .*` không có\. Chọn một", lazy_gettext("Ô “%(field)s” có chữ lạ. Chọn lại rồi bấm Lưu.")),
    (
        rf"Có `[a-z]+:` thì phải có {FIELD}:`",
        lazy_gettext("Ô “%(field)s” còn trống mà ô cùng nhóm đã điền. Điền cả hai."),
    ),
    (
        rf"{FIELD}:` (viết yes hoặc no|chỉ là một dòng chữ|là (danh sách|một đoạn chữ)|có mỗi dòng một từ)",
        lazy_gettext("Ô “%(field)s” viết chưa đúng cách. Xem lại rồi bấm Lưu."),
    ),
)
"""What the compiler says of a field → what is said with its name in the form."""


def say_in_form(reason: str, *, is_course: bool) -> str:
    """A fault of course.yml or of an item, in the words of its form; what no form shows is said as well as can be."""
    for pattern, saying in SAYINGS:
        match = re.match(pattern, reason)
        label = label_of(match["field"], is_course=is_course) if match else ""
        if match and label:
            return str(saying) % {**match.groupdict(), "field": label}
    return in_form_words(reason)


def label_of(name: str, *, is_course: bool) -> str:
    """What the form calls a field; empty for one that it does not have."""
    if not is_course:
        return str(ITEM_FIELDS.get(name, ""))
    bound = getattr(SettingsForm, name, None)
    return str(bound.args[0]) if bound is not None and hasattr(bound, "field_class") else ""


def named_field(reason: str) -> str:
    """The field that a sentence of the compiler is about; empty where it names none."""
    match = next((match for pattern, _ in SAYINGS if (match := re.match(pattern, reason))), None)
    return match["field"] if match else ""
