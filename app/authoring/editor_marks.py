"""The marks that stand in the plain text of an item, each in everyday words: for phones, whose editor draws nothing."""

from flask_babel import gettext


def marks_for(kind: str) -> list[tuple[str, str]]:
    """(mark, what it makes), the most common first."""
    own = {"lesson": _lesson, "practice": _practice, "drill": _drill, "quiz": _quiz}[kind]()
    return [*own, ("**…**", gettext("chữ đậm"))]


def _lesson() -> list[tuple[str, str]]:
    return [
        ("##", gettext("ở đầu dòng: tiêu đề")),
        (">", gettext("ở đầu dòng: khung màu, như Nhớ, Cẩn thận, Các bước")),
        ("-   1.", gettext("ở đầu dòng: danh sách")),
        ("![…](…)", gettext("một tấm hình: lời tả, rồi tên tệp hình")),
        ("[…](…)", gettext("liên kết: chữ để bấm, rồi địa chỉ")),
        ("- [x]   - [ ]", gettext("phương án đúng, phương án sai của câu hỏi trong bài")),
    ]


def _practice() -> list[tuple[str, str]]:
    return [
        ("- [ ]", gettext("một việc phải làm")),
        (">", gettext("lời dặn người xem, ngay dưới việc ấy")),
    ]


def _drill() -> list[tuple[str, str]]:
    return [
        ("##", gettext("ở đầu dòng: tên đoạn")),
        (">", gettext("ở đầu dòng: lời họ nói")),
        ("- [x]   - [ ]", gettext("trả lời đúng, trả lời sai")),
        ("->", gettext("cuối câu trả lời: đi tới đoạn mang tên ấy")),
    ]


def _quiz() -> list[tuple[str, str]]:
    return [
        ("##", gettext("ở đầu dòng: câu hỏi")),
        ("<!-- … -->", gettext("mã riêng của câu hỏi, giữ nguyên")),
        ("- [x]   - [ ]", gettext("phương án đúng, phương án sai")),
        (">", gettext("lời giải thích, ngay dưới phương án ấy")),
    ]
