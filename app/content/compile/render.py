"""Between a file's parser and the rendering process: renders fragments and turns what they refer to into faults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.content.compile.faults import FileFaults
from app.content.compile.fields import is_https
from app.content.compile.fragment import Answer, Pictures, picture_path
from app.content.compile.pictures import Picture
from app.content.compile.text import nearest

TOO_TANGLED = "Đoạn bắt đầu ở đây rối quá, máy không trình bày được. Bỏ bớt ngoặc, dấu và danh sách lồng nhau."
Render = Callable[[str, Pictures, bool], Answer]
"""(Markdown, pictures, inline) → html, text, images, links; or error. See `fragment.render_fragment`."""


@dataclass
class Renderer:
    """Renders the fragments of one course and remembers which pictures they showed."""

    render: Render
    pictures: Mapping[str, Picture]
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._table: Pictures = {p.path: (p.address, p.width, p.height, p.webp_address) for p in self.pictures.values()}

    def blocks(self, source: str, line: int, faults: FileFaults) -> tuple[str, str]:
        """HTML and plain text of paragraphs, lists and tables. `line` is where `source` begins in the file."""
        return self._rendered(source, line, faults, inline=False)

    def phrase(self, source: str, line: int, faults: FileFaults) -> tuple[str, str]:
        """HTML and plain text of one line of words."""
        return self._rendered(source, line, faults, inline=True)

    def _rendered(self, source: str, line: int, faults: FileFaults, *, inline: bool) -> tuple[str, str]:
        if not source.strip():
            return "", ""
        answer = self.render(source, self._table, inline)
        if "error" in answer:
            faults.add(line, TOO_TANGLED)
            return "", ""
        for address, alt in answer["images"]:
            self._check_image(address, alt, _line_of(address, source, line), faults)
        for address in answer["links"]:
            _check_link(address, _line_of(address, source, line), faults)
        return answer["html"], answer["text"]

    def _check_image(self, address: str, alt: str, line: int, faults: FileFaults) -> None:
        path = picture_path(address)
        if path in self.pictures:
            self.used.add(path)
        elif "://" in address or address.startswith(("//", "data:")):
            faults.add(line, "Hình phải nằm trong thư mục khóa học, không lấy từ nơi khác. Chép hình vào thư mục anh/.")
        else:
            meant = nearest(path, self.pictures)
            advice = f"Có phải là {meant}?" if meant else "Chép hình vào đúng thư mục, hoặc sửa tên."
            faults.add(line, f"Không có hình {path}. {advice}")
        if not alt.strip():
            faults.add(line, f"Hình này thiếu lời tả cho người không nhìn thấy. Viết: ![Trong hình có gì]({address})")


def _check_link(address: str, line: int, faults: FileFaults) -> None:
    if not is_https(address) and not address.startswith(("tel:", "mailto:")):
        reason = "không dùng được. Chỉ dùng địa chỉ bắt đầu bằng https://, tel: hoặc mailto:"
        faults.add(line, f"Đường dẫn {address} {reason}")


def _line_of(words: str, source: str, first_line: int) -> int:
    """The line of the file where `words` stand, or where the fragment begins."""
    position = source.find(words)
    return first_line + source.count("\n", 0, max(position, 0))
