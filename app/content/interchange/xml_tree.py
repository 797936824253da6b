"""XML → elements with their lines, and nothing else that XML can do: no document type, no entities, one encoding."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from app.content.interchange.report import FileUnreadable

MAXIMUM_BYTES = 20_000_000
MAXIMUM_ELEMENTS = 300_000
MAXIMUM_DEPTH = 40
_DECLARED = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{0,40})[\"']")
_KNOWN_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_DANGEROUS = "Tệp này có phần khai báo DOCTYPE hoặc ENTITY, có thể gây hại. Xuất lại tệp từ Moodle rồi thử lại."
_NOT_UTF8 = "Chữ trong tệp không phải kiểu UTF-8. Mở bằng Notepad, chọn Save As, Encoding: UTF-8, rồi lưu lại."


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def first(self, name: str) -> "Element | None":
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> "list[Element]":
        return [child for child in self.children if child.name == name]

    def value(self, name: str) -> str:
        """What stands in a child, or in its `<text>`, without outer space."""
        child = self.first(name)
        return child.own_text.strip() if child else ""

    @property
    def own_text(self) -> str:
        inner = self.first("text")
        return inner.text if inner else self.text


def parse(content: bytes) -> Element:
    """The root of the document.

    Raises:
        FileUnreadable: no well-formed XML in UTF-8, too large, or more than elements and text.
    """
    if len(content) > MAXIMUM_BYTES:
        raise FileUnreadable("Tệp lớn quá 20 MB. Xuất từng nhóm câu hỏi thành các tệp nhỏ hơn.")
    without_mark = content.removeprefix(b"\xef\xbb\xbf")
    lines_before = without_mark[: len(without_mark) - len(without_mark.lstrip())].count(b"\n")
    stripped = without_mark.lstrip()
    declared = _DECLARED.match(stripped)
    if declared and declared.group(1).strip().lower() not in _KNOWN_ENCODINGS:
        raise FileUnreadable(_NOT_UTF8)
    try:
        stripped.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileUnreadable(_NOT_UTF8, stripped.count(b"\n", 0, error.start) + lines_before + 1) from None
    return _Builder(lines_before).parsed(stripped)


class _Builder:
    def __init__(self, lines_before: int) -> None:
        self.lines_before = lines_before
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.UnparsedEntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.SkippedEntityHandler = self._refuse

    @property
    def line(self) -> int:
        return int(self.parser.CurrentLineNumber) + self.lines_before

    def parsed(self, content: bytes) -> Element:
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            raise FileUnreadable(
                "Tệp bị hỏng hoặc không phải XML: máy không đọc được từ dòng này. Xuất lại tệp từ Moodle rồi thử lại.",
                max(1, int(error.lineno)) + self.lines_before,
            ) from None
        if self.root is None:
            raise FileUnreadable("Tệp này trống.")
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAXIMUM_ELEMENTS or len(self.open) >= MAXIMUM_DEPTH:
            raise FileUnreadable("Tệp này nhiều phần quá hoặc lồng nhau sâu quá, máy không đọc.", self.line)
        element = Element(name, attributes, self.line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _characters(self, text: str) -> None:
        self.open[-1].parts.append(text)

    def _refuse(self, *_details: object) -> int:
        raise FileUnreadable(_DANGEROUS, self.line)
