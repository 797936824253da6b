"""What a new item begins with: front matter that is complete, and text that shows what to write."""

from collections.abc import Callable

from flask_babel import gettext

from app.content.source_fields import Plain, join_item, written

MINUTES = {"lesson": 6, "quiz": 5, "practice": 10, "drill": 8}


def new_item_text(kind: str, key: str, title: str) -> str:
    """The file of a new item of this kind."""
    front: dict[str, Plain] = {"kind": kind, "key": key, "title": title, "minutes": MINUTES[kind]}
    if kind == "quiz":
        front |= {"pass": 70, "feedback": "each"}
    if kind == "drill":
        front |= {"channel": "zalo", "from": gettext("Số lạ")}
    return join_item(written(front), _BODIES[kind]())


def _lesson() -> str:
    return gettext(
        "Mở đầu bằng một chuyện gần gũi: bác hay gặp việc này khi nào?\n\n"
        "## Việc thứ nhất\n\nMỗi ý một câu ngắn.\n\n"
        "> **Nhớ:** điều bà con cần nhớ nhất.\n"
    )


def _practice() -> str:
    return gettext(
        "Bác làm trên máy của mình. Người xem không cầm máy hộ.\n\n"
        "- [ ] Mở ứng dụng\n- [ ] Tự làm từng bước\n- [ ] Kiểm tra lại kết quả\n"
    )


def _drill() -> str:
    return gettext(
        "Bác đang ở nhà thì có tin nhắn.\n\n"
        "## Mở đầu\n\n> Chào bác, tài khoản của bác bị khóa. Bác gửi mã về máy cho cháu nhé.\n\n"
        "- [ ] Gửi mã -> Mất tiền\n  > Mã này mở được tài khoản của bác.\n"
        "- [x] Không trả lời, gọi số in trên thẻ -> Kết\n\n"
        "## Mất tiền\n\n> Cảm ơn bác.\n\n- [x] Gọi ngân hàng ngay -> Kết\n\n"
        "## Kết\n\nBác đã gọi đúng số. Ngân hàng không bao giờ hỏi mã.\n"
    )


_BODIES: dict[str, Callable[[], str]] = {"lesson": _lesson, "quiz": str, "practice": _practice, "drill": _drill}
