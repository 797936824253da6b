"""Text as authors save it (Word, Notepad, Zalo, a Mac) → one normal form: NFC, LF, plain spaces, nothing invisible."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

from app.shared.vietnamese import slugify

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAXIMUM_KEY = 80
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{_CONTROL}{_ZERO_WIDTH}]")
_UNUSABLE = re.compile(f"[{_CONTROL}\x0b\x0c\x85\ud800-\udfff]")


class UnreadableText(ValueError):
    """The bytes are not UTF-8. `line` is where the first strange byte stands."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def normalise(content: bytes) -> str:
    """The text in its normal form, ending with one line end (empty stays empty).

    Raises:
        UnreadableText: not UTF-8.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableText(1, "Tệp lưu kiểu Unicode 16 bit. Mở bằng Notepad, chọn Save As, Encoding: UTF-8.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        reason = "Chữ ở dòng này không đọc được. Mở bằng Notepad, chọn Save As, Encoding: UTF-8, rồi lưu lại."
        raise UnreadableText(line, reason) from None
    text = _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    without_end = unicodedata.normalize("NFC", text).rstrip("\n")
    return without_end + "\n" if without_end else ""


def usable(text: str) -> str:
    """Without control characters and halves of letters, which YAML and JSON can spell and nothing can show or store."""
    return _UNUSABLE.sub("", text)


def normalise_path(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def is_key(text: str) -> bool:
    """Whether `text` can be a key: a-z, 0-9 and single hyphens between them."""
    return len(text) <= MAXIMUM_KEY and KEY.fullmatch(text) is not None


def suggested_key(text: str, words: int = 6) -> str:
    """A key made from the first `words` of a text, for a line to paste."""
    parts = [part for part in re.sub(r"[^a-z0-9-]", "", slugify(text)).split("-") if part]
    return "-".join(parts[:words])[:60].rstrip("-") or "muc-moi"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that the author probably meant."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)
