"""Lines of a Markdown file: which are code, headings, answers.

Structure comes from here, never from what a Markdown library makes of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.content.compile.faults import FileFaults

_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})(.*)$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]|$)")
_STUCK_HEADING = re.compile(r"^ {0,3}#{2,6}[^\s#]")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_BULLET = r"(?:[-*+•●▪◦·–—]|\d{1,3}[.)])"
_PERCENT = r"[-+–]?\d{1,3}(?:[.,]\d{1,7})?[ ]?%"
_INSIDE = rf"\\?\[((?:{_PERCENT})|[^\[\]()\\\n]{{0,6}}?)\\?\](?![(\[:])[ \t]*(.*)$"
_BOX = re.compile(rf"^([ \t]*){_BULLET}[ \t]*{_INSIDE}")
_GAP = re.compile(rf"^[ \t]*{_BULLET}[ \t]*\((\d{{1,2}})\)[ \t]*(?:=[ \t]*(?P<accepted>.*)|(?P<box>\\?\[.*))$")
_GAP_BOX = re.compile(rf"^{_INSIDE}")
_BULLETED = re.compile(rf"^[ \t]*{_BULLET}")
ARROW = re.compile(r"(?<!-)-+>|(?<!=)=+>|→|⇒|➔|🡒")
_FREE = re.compile(rf"^[ \t]*{_BULLET}[ \t]*(?:\\?_){{3,}}[ \t]*$")
_STEP = re.compile(r"^ {0,3}\d{1,3}[.)](?:[ \t]+(.*))?$")
_ACCEPTED = re.compile(rf"^([ \t]*){_BULLET}[ \t]*=(?!=*>)[ \t]*(.*)$")
_QUOTE = re.compile(r"^([ \t]*)>[ \t]?(.*)$")
_LIST_ITEM = re.compile(rf"^ {{0,3}}{_BULLET}[ \t]+")
HTML = re.compile(r"<(?:!--|/?[a-zA-Z][^<>]*>)")
NO_HTML = re.compile(r"`[^`]*`|<https?:[^<>]*>")
_VARIATION = re.compile("[\ufe0e\ufe0f\u200d]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file. In fenced code everything is just text."""

    number: int
    text: str
    is_code: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def indent(self) -> int:
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip(" "))

    def heading(self) -> tuple[int, str] | None:
        """Level and words, for "## words"."""
        match = None if self.is_code else _HEADING.match(self.text)
        if match is None:
            return None
        words = self.text[match.end() :].strip()
        without_closing = words.rstrip("#")
        is_closed = without_closing == "" or without_closing[-1] in " \t"
        return len(match.group(1)), without_closing.rstrip() if is_closed else words

    def box(self) -> tuple[str, str] | None:
        """What stands in the tick box, and the words behind it: "- [x] words". A link is no box."""
        match = None if self.is_code else _BOX.match(self.text)
        return (_VARIATION.sub("", match.group(2)).strip(), match.group(3).strip()) if match else None

    def accepted(self) -> str | None:
        """The accepted answer: "- = words"."""
        match = None if self.is_code else _ACCEPTED.match(self.text)
        return match.group(2).strip() if match else None

    def gap(self) -> tuple[int, str | None, str] | None:
        """Number of the gap, what stands in the tick box (None where an answer is typed), words: "- (1) = words"."""
        match = None if self.is_code else _GAP.match(self.text)
        if match is None:
            return None
        if match["accepted"] is not None:
            return int(match[1]), None, match["accepted"].strip()
        box = _GAP_BOX.match(match["box"])
        return (int(match[1]), _VARIATION.sub("", box[1]).strip(), box[2].strip()) if box else None

    def pair(self) -> tuple[str, str] | None:
        """Left and right side of "- left -> right"; either may be empty."""
        bullet = None if self.is_code else _BULLETED.match(self.text)
        words = self.text[bullet.end() :] if bullet else ""
        arrow = ARROW.search(words)
        left = words[: arrow.start()] if arrow else ""
        if arrow is None or (left and left[0] not in " \t"):
            return None
        first, _, rest = left.strip().partition(" ")
        return (rest.strip() if first == "-" else left.strip()), words[arrow.end() :].strip()

    def step(self) -> str | None:
        """The words of "1. words"; empty where they are still missing."""
        match = None if self.is_code else _STEP.match(self.text)
        return (match[1] or "").strip() if match else None

    @property
    def is_blank_to_fill(self) -> bool:
        """A free answer: "- ____"."""
        return not self.is_code and _FREE.match(self.text) is not None

    def quote(self) -> tuple[int, str] | None:
        """Columns before the ">" and the words behind it."""
        match = None if self.is_code else _QUOTE.match(self.text)
        return (len(match.group(1).expandtabs(4)), match.group(2)) if match else None

    @property
    def is_list_item(self) -> bool:
        return not self.is_code and _LIST_ITEM.match(self.text) is not None


def scan_lines(body: str, first_number: int, faults: FileFaults) -> list[Line]:
    """Number the lines and tell code from text; faults for fences left open and headings that are none."""
    lines: list[Line] = []
    fence, opened_at = "", 0
    for number, text in enumerate(body.split("\n"), first_number):
        match = _FENCE.match(text)
        if not fence and match:
            fence, opened_at = match.group(1), number
            lines.append(Line(number, text, is_code=True))
            continue
        lines.append(Line(number, text, is_code=bool(fence)))
        if fence and match and match.group(1).startswith(fence) and not match.group(2).strip():
            fence = ""
    if fence:
        reason = f"Khối mã mở bằng {fence} ở đây mà không đóng. Thêm một dòng {fence} ở cuối khối."
        faults.add(opened_at, reason, "fence", fence)
    for fault_line, code, reason in _false_headings(lines):
        faults.add(fault_line, reason, code)
    return lines


def _false_headings(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    previous = Line(0, "")
    for line in lines:
        if not line.is_code and _STUCK_HEADING.match(line.text):
            yield line.number, "stuck", "Thiếu dấu cách sau ##. Viết: ## rồi một dấu cách rồi tới chữ."
        is_underlined = not (line.is_code or previous.is_code or previous.is_blank or "|" in previous.text)
        if is_underlined and _UNDERLINE.match(line.text):
            yield (
                line.number,
                "underlined",
                "Gạch dưới chữ không thành tiêu đề. Bỏ dòng gạch này; viết ## và dấu cách ở đầu dòng chữ.",
            )
        previous = line


def warn_of_html(lines: list[Line], faults: FileFaults) -> None:
    """HTML is shown as the words it is written with: say so once."""
    for line in lines:
        if not line.is_code and HTML.search(NO_HTML.sub("", line.text)):
            faults.warn(line.number, "Thẻ HTML không có tác dụng; nó sẽ hiện nguyên chữ trên trang.", "html")
            return


def trimmed(lines: list[Line]) -> list[Line]:
    """The same without blank lines at either end."""
    start, end = 0, len(lines)
    while start < end and lines[start].is_blank:
        start += 1
    while end > start and lines[end - 1].is_blank:
        end -= 1
    return lines[start:end]


def joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)
