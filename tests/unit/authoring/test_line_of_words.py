"""Finding the line of a text in which a paragraph of its page is written."""

import pytest

from app.authoring.item_text import line_of_words

BODY = """Học xong bài này, bác biết tắt máy.

## Đừng bấm

- Chữ xanh dẫn tới **trang giả** của kẻ gian.
- Không trả lời tin nhắn.

Giữ [mã OTP](#otp) cho mình, không đưa cho ai cả.
![Bàn tay cầm điện thoại](anh/tay.jpg)
"""


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Học xong bài này, bác biết tắt máy.", 1),
        ("Chữ xanh dẫn tới trang giả của kẻ gian.", 5),
        ("không TRẢ LỜI tin nhắn", 6),
        ("Giữ mã OTP cho mình, không đưa cho ai cả.", 8),
        ("Bàn tay cầm điện thoại", 9),
        ("Không có câu nào như vậy ở đây", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_paragraph_is_found_by_how_it_begins(words: str, line: int | None) -> None:
    assert line_of_words(BODY, words) == line
