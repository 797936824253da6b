"""The kinds of questions as trainers choose among them: a name, and when each is the right one."""

from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from app.content.quiz_source.model import TYPES


@dataclass(frozen=True, slots=True)
class QuestionKind:
    type: str
    name: LazyString | str
    when: LazyString | str


_WORDS = {
    "single": (lazy_gettext("Chọn một"), lazy_gettext("Một câu đúng trong vài câu. Dễ làm nhất.")),
    "multiple": (lazy_gettext("Chọn nhiều"), lazy_gettext("Khi có từ hai câu đúng trở lên.")),
    "true_false": (lazy_gettext("Đúng hay sai"), lazy_gettext("Một câu nói, người học bảo đúng hay sai.")),
    "text": (lazy_gettext("Gõ chữ"), lazy_gettext("Một từ ngắn hoặc số điện thoại, người học tự gõ.")),
    "number": (lazy_gettext("Gõ số"), lazy_gettext("Một con số, có thể cho lệch một chút.")),
    "matching": (lazy_gettext("Ghép cặp"), lazy_gettext("Mỗi việc hợp với một thứ, người học nối lại.")),
    "ordering": (lazy_gettext("Xếp thứ tự"), lazy_gettext("Các bước bị xáo trộn, người học xếp lại.")),
    "gaps": (lazy_gettext("Điền chỗ trống"), lazy_gettext("Một đoạn có chỗ trống để gõ hoặc chọn.")),
    "hotspot": (lazy_gettext("Chạm vào hình"), lazy_gettext("Chỉ đúng chỗ trên ảnh chụp màn hình.")),
    "free": (lazy_gettext("Tự viết"), lazy_gettext("Kể bằng lời của mình. Người dạy đọc và chấm.")),
}
KINDS = tuple(QuestionKind(kind, *_WORDS[kind]) for kind in TYPES)


def kind_name(kind: str) -> str:
    return str(_WORDS[kind][0])
