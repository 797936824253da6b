"""The buttons of the toolbar, by kind of item. What they do is said in `workshop/editor/button_commands.js`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from app.content.compile.fragment import BOXES, FOLDED

LABELS = {look.split()[1]: word.capitalize() for word, look in BOXES.items()} | {"iphone": "iPhone"}
"""How a box is begun in the text: part of the format, not translated."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One button. `name` is the word on it; `about` says more where the word alone is too short."""

    command: str
    icon: str
    name: str
    about: str = ""
    keys: str = ""
    """As people write them: "Ctrl+B"."""
    is_toggle: bool = False
    data: Mapping[str, str] = field(default_factory=dict)
    """What the command needs to know: data attributes."""


def tools_for(kind: str) -> list[list[Tool]]:
    """Groups of buttons, in the order of the toolbar."""
    middle = {"lesson": _lesson, "practice": _practice, "drill": _drill, "quiz": _quiz}[kind]()
    ends = [
        Tool("undo", "undo", gettext("Hoàn tác"), gettext("Bỏ việc vừa làm"), "Ctrl+Z"),
        Tool("redo", "redo", gettext("Làm lại"), gettext("Làm lại việc vừa bỏ"), "Ctrl+Shift+Z"),
        Tool("find", "search", gettext("Tìm"), gettext("Tìm và thay chữ"), "Ctrl+F"),
        Tool("help", "keys", gettext("Phím tắt")),
    ]
    return [_phrases(), middle[0], ends, *middle[1:]]


def _phrases() -> list[Tool]:
    hint = {"hint": gettext("chữ quan trọng")}
    return [
        Tool("bold", "bold", gettext("Đậm"), "", "Ctrl+B", is_toggle=True, data=hint),
        Tool("italic", "italic", gettext("Nghiêng"), "", "Ctrl+I", is_toggle=True, data=hint),
    ]


def _lists() -> list[Tool]:
    return [
        Tool("list", "list", gettext("Gạch đầu dòng"), "", "Ctrl+Shift+8", is_toggle=True),
        Tool("numbered", "numbered", gettext("Đánh số"), "", "Ctrl+Shift+7", is_toggle=True),
    ]


def _lesson() -> list[list[Tool]]:
    headings = [
        Tool("heading", "heading", gettext("Tiêu đề"), gettext("Tiêu đề mục"), "Ctrl+Alt+2", is_toggle=True),
        Tool("subheading", "subheading", gettext("Tiêu đề nhỏ"), "", "Ctrl+Alt+3", is_toggle=True),
    ]
    return [headings + _lists(), _boxes(), _inserts() + _lesson_inserts()]


def _boxes() -> list[Tool]:
    hints = {
        "remember": gettext("Điều bà con cần nhớ nhất."),
        "warn": gettext("Điều dễ bị lừa hoặc làm hỏng."),
        "tip": gettext("Cách làm cho dễ hơn."),
    }
    icons = {"remember": "pin", "warn": "warning", "tip": "tip"}
    names = {
        "remember": gettext("Khung nhớ"),
        "warn": gettext("Cẩn thận"),
        "tip": gettext("Mẹo"),
    }
    boxes = [
        Tool("box", icons[box], names[box], is_toggle=True, data={"box": box, "label": LABELS[box], "hint": hint})
        for box, hint in hints.items()
    ]
    steps = {"box": "steps", "label": LABELS["steps"], "hint": gettext("Mở ứng dụng.\nBấm vào nút.\nKiểm tra lại.")}
    folded = {
        "box": "folded",
        "label": FOLDED.capitalize(),
        "title": gettext("Câu hỏi hay điều muốn nói thêm"),
        "hint": gettext("Phần này gập lại, ai cần thì mở."),
    }
    phones = {
        "box": "phone",
        "labels": f"{LABELS['android']}|{LABELS['iphone']}",
        "hint": gettext("mở Cài đặt, rồi chọn mục cần chỉnh."),
    }
    return [
        *boxes,
        Tool("steps", "steps", gettext("Các bước"), gettext("Khung các bước"), is_toggle=True, data=steps),
        Tool("folded", "folded", gettext("Phần gập"), gettext("Phần gập lại: Xem thêm"), is_toggle=True, data=folded),
        Tool("phones", "phone", gettext("Hai loại máy"), gettext("Cách làm cho Android và iPhone"), data=phones),
    ]


def _inserts() -> list[Tool]:
    return [
        Tool("picture", "picture", gettext("Hình"), gettext("Thêm hình"), "Ctrl+Alt+P"),
        Tool("link", "link", gettext("Liên kết"), gettext("Liên kết tới trang khác hoặc bài khác"), "Ctrl+K"),
    ]


def _lesson_inserts() -> list[Tool]:
    why = {"hint": gettext("Vì sao?")}
    return [
        Tool("sound", "sound", gettext("Âm thanh"), gettext("Thêm tệp nghe")),
        Tool("term", "term", gettext("Giải nghĩa"), gettext("Giải nghĩa một từ khó")),
        Tool("question", "question", gettext("Câu hỏi"), gettext("Câu hỏi tự kiểm tra trong bài"), data=why),
    ]


def _practice() -> list[list[Tool]]:
    note = {"made": "  > " + gettext("Người xem nhìn:") + " …", "hint": "…"}
    acts = [
        Tool("tick", "tick", gettext("Việc phải làm"), gettext("Một việc người xem thấy được"), is_toggle=True),
        Tool("snippet", "eye", gettext("Người xem"), gettext("Dặn người xem điều cần nhìn"), data=note),
    ]
    return [_lists(), acts, _inserts()]


def _drill() -> list[list[Tool]]:
    name, said, reply = gettext("Tên đoạn"), gettext("Lời của họ"), gettext("Câu trả lời")
    end, why = gettext("Kết"), gettext("Vì sao không nên?")
    message = {"made": f"## {name}\n\n> {said}", "hint": name}
    bubble = {"made": f"> {said}", "hint": said}
    right = {"made": f"- [x] {reply} -> {end}", "hint": reply}
    wrong = {"made": f"- [ ] {reply}\n  > {why}", "hint": reply}
    parts = [
        Tool("snippet", "heading", gettext("Đoạn mới"), gettext("Một đoạn nói chuyện mới"), data=message),
        Tool("snippet", "bubble", gettext("Lời họ nói"), gettext("Một tin nhắn của bên kia"), data=bubble),
        Tool("snippet", "reply_right", gettext("Trả lời đúng"), data=right),
        Tool("snippet", "reply_wrong", gettext("Trả lời sai"), gettext("Trả lời sai, kèm vì sao"), data=wrong),
    ]
    return [parts]


def _quiz() -> list[list[Tool]]:
    option, why = gettext("Phương án"), gettext("Vì sao?")
    key = "<!-- key: q- -->"
    question = {
        "made": f"## {gettext('Câu hỏi?')}\n{key}\n\n- [x] {option}\n  > {why}\n- [ ] {option}\n  > {why}",
        "hint": gettext("Câu hỏi?"),
    }
    right = {"made": f"- [x] {option}\n  > {why}", "hint": option}
    wrong = {"made": f"- [ ] {option}\n  > {why}", "hint": option}
    parts = [
        Tool("snippet", "question", gettext("Câu hỏi"), gettext("Một câu hỏi chọn phương án"), data=question),
        Tool("snippet", "reply_right", gettext("Phương án đúng"), data=right),
        Tool("snippet", "reply_wrong", gettext("Phương án sai"), data=wrong),
    ]
    return [parts, _inserts()]
