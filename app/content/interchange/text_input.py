"""The bytes of a text file from another program → text in the normal form. Unlike ours it need not be UTF-8."""

from dataclasses import dataclass

from app.content.compile.text import normalise
from app.content.interchange.report import FileUnreadable

MAXIMUM_BYTES = 5 * 1024 * 1024
MAXIMUM_QUESTIONS = 5_000
TOO_MANY = "Tệp có hơn 5.000 câu. Chia thành nhiều tệp nhỏ rồi nhập từng tệp."
NO_TEXT = "Đây không phải tệp chữ. Mở tệp bằng Notepad, chọn Save As, Encoding: UTF-8, rồi nhập lại."
GUESSED = "Tệp không lưu kiểu UTF-8; chữ có dấu được đoán theo Windows-1252. Đọc lại các chữ có dấu trong câu này."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class TextInput:
    text: str
    is_guessed: bool = False
    """Whether letters outside ASCII may be wrong: the file was not Unicode."""


def read_text(content: bytes) -> TextInput:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252.

    Raises:
        FileUnreadable: too large, or no text.
    """
    if len(content) > MAXIMUM_BYTES:
        raise FileUnreadable("Tệp lớn hơn 5 MB. Chia thành nhiều tệp nhỏ rồi nhập từng tệp.")
    is_guessed, is_wide = False, content.startswith(_UTF_16)
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        if is_wide:
            raise FileUnreadable(NO_TEXT) from None
        text, is_guessed = _guessed(content), True
    if "\x00" in text:
        raise FileUnreadable(
            "Đây không phải tệp chữ. Mở tệp bằng Notepad, chọn Save As, Encoding: UTF-8, rồi nhập lại."
        )
    return TextInput(normalise(text.encode("utf-8", "replace")), is_guessed)


def _guessed(content: bytes) -> str:
    try:
        return content.decode("windows-1252")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        reason = "Chữ ở dòng này không đọc được. Mở bằng Notepad, chọn Save As, Encoding: UTF-8, rồi nhập lại."
        raise FileUnreadable(reason, line) from None
