"""Drawings: a closed list of what an SVG may hold. Nothing that runs, fetches or styles from outside."""

import re
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
MAXIMUM_DEPTH = 50
MAXIMUM_ELEMENTS = 5_000
ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs symbol use marker "
    "clipPath mask linearGradient radialGradient stop pattern".split()
)
_UNSAFE_VALUE = re.compile(r"(?:javascript|data|vbscript)\s*:|url\(\s*['\"]?(?!#)|@import|expression\(", re.I)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")


class SvgRefused(ValueError):
    """The drawing cannot be taken; `line` is in the SVG file."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class _Reader:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.ProcessingInstructionHandler = self.refuse_instruction
        self.depth = self.count = 0
        self.root: dict[str, str] = {}

    def refuse(self, reason: str) -> None:
        raise SvgRefused(self.parser.CurrentLineNumber, reason)

    def refuse_doctype(self, *_parts: object) -> None:
        self.refuse("Bỏ dòng <!DOCTYPE …>. Trong Inkscape: lưu kiểu Plain SVG.")

    def refuse_instruction(self, *_parts: object) -> None:
        self.refuse("Bỏ dòng <?…?> này khỏi hình.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, element = name.rpartition(" ")
        self.depth += 1
        self.count += 1
        if self.depth > MAXIMUM_DEPTH or self.count > MAXIMUM_ELEMENTS:
            self.refuse("Hình quá rối (quá nhiều nét). Vẽ đơn giản hơn.")
        if self.depth == 1:
            if element != "svg" or namespace != _SVG:
                self.refuse('Hình phải bắt đầu bằng <svg xmlns="http://www.w3.org/2000/svg" …>.')
            self.root = attributes
        if namespace != _SVG or element not in ELEMENTS:
            self.refuse(f"Hình không được chứa <{element}>. Trong Inkscape: lưu kiểu Plain SVG.")
        for attribute, value in attributes.items():
            self.check_attribute(attribute, value)

    def check_attribute(self, name: str, value: str) -> None:
        namespace, _, attribute = name.rpartition(" ")
        if namespace not in ("", _XLINK, _XML):
            self.refuse(f"Bỏ thuộc tính `{attribute}` của chương trình vẽ. Trong Inkscape: lưu kiểu Plain SVG.")
        if attribute.lower().startswith("on") or attribute == "style":
            self.refuse(f"Hình không được có thuộc tính `{attribute}`.")
        if attribute in ("href", "src") and not value.startswith("#"):
            self.refuse("Hình không được trỏ ra ngoài (href).")
        if _UNSAFE_VALUE.search(value):
            self.refuse(f"Thuộc tính `{attribute}` trỏ ra ngoài hoặc chạy lệnh. Bỏ đi.")

    def end(self, _name: str) -> None:
        self.depth -= 1


def read_svg(content: bytes) -> tuple[int, int]:
    """Check a drawing and give its width and height in pixels.

    Raises:
        SvgRefused: with the line and what to do.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise SvgRefused(error.lineno, "Hình SVG viết sai, không mở được. Lưu lại từ chương trình vẽ.") from None
    width, height = (_NUMBER.fullmatch(reader.root.get(name, "")) for name in ("width", "height"))
    if width and height:
        return round(float(width.group(1))), round(float(height.group(1)))
    box = reader.root.get("viewBox", "").replace(",", " ").split()
    if len(box) == 4 and all(re.fullmatch(r"-?\d{1,6}(?:\.\d+)?", part) for part in box):
        return round(float(box[2])), round(float(box[3]))
    raise SvgRefused(1, 'Thẻ <svg> thiếu kích thước. Thêm: width="360" height="220"')
