"""The texts of a Moodle question → Markdown: its four formats, and the pictures that are embedded beside each text."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from app.content.compile.text import normalise
from app.content.interchange.embedded_pictures import PictureShelf
from app.content.interchange.html_markdown import MAXIMUM_HTML, to_markdown, to_phrase
from app.content.interchange.xml_tree import Element

PICTURE = re.compile(r"!\[((?:\\.|[^\[\]\\])*)\]\(([^()\s]*)\)")
_PLACE = "@@PLUGINFILE@@/"
_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_DATA_PICTURE = re.compile(r"data:image/[a-z+.-]{1,20};base64,([A-Za-z0-9+/=\s]+)")
_BLOCK_TAG = re.compile(r"<(?:p|br|div|ul|ol|table|h[1-6])\b", re.IGNORECASE)
_TAG = re.compile(r"<(?:!--|/?[a-zA-Z][^<>]*>)")
_LOST = re.compile(r"<(audio|video|iframe|object|embed|script|form|canvas|svg)\b", re.IGNORECASE)
_LOST_NAMES = {
    "audio": "âm thanh", "video": "phim", "iframe": "khung trang khác", "object": "tệp nhúng", "embed": "tệp nhúng",
    "script": "chương trình", "form": "ô nhập", "canvas": "hình vẽ động", "svg": "hình vẽ SVG",
}  # fmt: skip
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+([^\n]*)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_FORMULA = re.compile(r"\\\(|\\\[|\$\$")
_LAYOUT = re.compile(r"<(?:table|li)\b", re.IGNORECASE)


@dataclass
class Texts:
    """Converts the texts of one question, and notes what had to be changed."""

    shelf: PictureShelf
    title: str = ""
    """Stands in for a picture's missing description."""
    changes: list[str] = field(default_factory=list)

    def say(self, change: str) -> None:
        if change not in self.changes:
            self.changes.append(change)

    def blocks(self, element: Element | None, *, inherited: str = "html") -> str:
        """Blocks of Markdown; "" for what is not there."""
        return self._converted(element, inherited, is_phrase=False)

    def phrase(self, element: Element | None, *, inherited: str = "html") -> str:
        """One line of Markdown."""
        return self._converted(element, inherited, is_phrase=True)

    def plain(self, element: Element | None) -> str:
        """Words as typed, without Markdown: an answer to type in."""
        return " ".join(_normal(element.own_text).split()) if element is not None else ""

    def _converted(self, element: Element | None, inherited: str, *, is_phrase: bool) -> str:
        if element is None:
            return ""
        text = element.own_text.replace("\0", "")
        if not text.strip() and not element.all("file"):
            return ""
        form = format_of(element, inherited)
        files = _files(element)
        if form == "markdown":
            words = self._markdown(text)
            words = " ".join(words.split()) if is_phrase else words
        else:
            text = self._with_data_pictures(text, files)
            words = self._from_html(text, form, is_phrase=is_phrase)
        return self._with_pictures(words, files)

    def _markdown(self, text: str) -> str:
        words = _normal(text).strip()
        if _TAG.search(words):
            self.say("Trong chữ có thẻ HTML; trên trang nó hiện nguyên chữ. Mở câu hỏi ra và bỏ các thẻ ấy.")
        without_headings = _without_headings(words)
        if without_headings != words:
            self.say("Dòng tiêu đề (#) bên trong câu hỏi được đổi thành chữ đậm.")
        return without_headings

    def _from_html(self, text: str, form: str, *, is_phrase: bool) -> str:
        if len(text) > MAXIMUM_HTML:
            self.say("Một đoạn chữ dài quá 200.000 chữ cái; phần sau bị cắt. Chia nhỏ câu hỏi này trong Moodle.")
        if form == "plain_text":
            text = escape(text, quote=False)
        if _FORMULA.search(text):
            self.say(
                "Công thức toán chưa hiện được thành công thức; nó hiện nguyên chữ. Thay bằng hình hoặc viết bằng lời."
            )
        if is_phrase and _LAYOUT.search(text):
            self.say("Bảng hoặc danh sách trong một phương án được viết liền thành một dòng.")
        for found in _LOST.finditer(text):
            self.say(f"Bỏ {_LOST_NAMES[found.group(1).lower()]} nhúng trong chữ; trang câu hỏi chỉ có chữ và hình.")
        if form != "html" and not _BLOCK_TAG.search(text):
            text = re.sub(r"\n\s*\n", "<p>", text.replace("\r\n", "\n").strip()).replace("\n", "<br>")
        return to_phrase(text) if is_phrase else to_markdown(text)

    def _with_data_pictures(self, text: str, files: dict[str, bytes]) -> str:
        def placed(found: re.Match[str]) -> str:
            name = f"hinh-{len(files) + 1}.png"
            files[name] = _decoded(found.group(1))
            return _PLACE + name

        return _DATA_PICTURE.sub(placed, text)

    def _with_pictures(self, words: str, files: dict[str, bytes]) -> str:
        used: set[str] = set()

        def placed(found: re.Match[str]) -> str:
            alt, source = found.group(1), unquote(found.group(2))
            if not source.startswith(_PLACE):
                self.say(
                    f"Bỏ hình {source[:80]}: hình phải nằm trong khóa học. Chép hình vào thư mục anh/ rồi thêm lại."
                )
                return alt
            name = unquote(source.removeprefix(_PLACE)).split("?")[0].rsplit("/", 1)[-1]
            used.add(name)
            if name not in files:
                self.say(f"Bỏ hình {name}: trong tệp không có hình này. Chép hình vào thư mục anh/ rồi thêm lại.")
                return alt
            path = self.shelf.path_of(name, files[name])
            if path is None:
                self.say(f"Bỏ tệp {name}: chỉ nhận hình PNG, JPG hoặc WEBP.")
                return alt
            if not alt.strip():
                alt = self.title
                self.say(f"Hình {path} thiếu lời tả; tạm dùng chữ của câu hỏi. Sửa lại: trong hình có gì?")
            return f"![{alt}]({path})"

        result = PICTURE.sub(placed, words)
        for name in files:
            if name not in used:
                self.say(f"Bỏ tệp {name}: không phải hình hiện trong câu hỏi.")
        return result.strip()


def _without_headings(markdown: str) -> str:
    """A heading inside a question would begin another question."""
    lines: list[str] = []
    in_code = False
    for line in markdown.split("\n"):
        in_code ^= _FENCE.match(line) is not None
        found = None if in_code else _HEADING.fullmatch(line)
        words = found.group(1).rstrip(" \t#") if found else ""
        lines.append(line if found is None else f"**{words}**" if words else "")
    return "\n".join(lines)


def format_of(element: Element, inherited: str = "html") -> str:
    given = element.attributes.get("format", "") or inherited
    return _FORMATS.get(given, given)


def _normal(text: str) -> str:
    return normalise(text.encode("utf-8", "replace"))


def _files(element: Element) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for file in element.all("file"):
        if file.attributes.get("encoding", "base64") == "base64":
            name = file.attributes.get("name", "") or "hinh"
            files.setdefault(unquote(name).rsplit("/", 1)[-1], _decoded(file.text))
    return files


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return b""
