"""Between a file's parser and the rendering process: renders fragments and turns what they refer to into faults."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.content.compile.faults import MEANT, FileFaults
from app.content.compile.fields import is_https
from app.content.compile.fragment import Answer, Pictures, Table, picture_path
from app.content.compile.pictures import Picture
from app.content.compile.plain_text import plain_text
from app.content.compile.sounds import Sound
from app.content.compile.straighten import straighten
from app.content.compile.text import nearest

TOO_TANGLED = "Đoạn bắt đầu ở đây rối quá, máy không trình bày được. Bỏ bớt ngoặc, dấu và danh sách lồng nhau."
MOST_TANGLES = 5
"""Each costs its whole time; after so many the course is refused anyway and no more is rendered."""
Render = Callable[[str, Table, bool], Answer]
"""(Markdown, what its pictures and links mean, inline) → html, images, links; or error.

See `fragment.render_fragment`."""
_PICTURE = re.compile(r"!\[((?:\\.|[^\]\\]){0,1000}+)\]\([ \n]?<?([^)\s>]{1,500}+)>?[^)]{0,500}+\)")
"""No part is looked at twice: texts of strangers come here outside the process that has a limit."""
_WORD = re.compile(r"\{\{([^{}\n]{1,80})\}\}")


@dataclass(frozen=True, slots=True)
class Reference:
    """What the files of the product and of the operator say, for all courses."""

    skills: frozenset[str] = frozenset()
    """"tt02:4.2" …"""
    words: frozenset[str] = frozenset()
    """Names of the words that differ by province."""


@dataclass
class Renderer:
    """Renders the fragments of one course and remembers what they showed."""

    render: Render
    pictures: Mapping[str, Picture]
    sounds: Mapping[str, Sound] = field(default_factory=dict)
    reference: Reference = field(default_factory=Reference)
    items: Mapping[str, str] = field(default_factory=dict)
    """Name of an item's file → its address."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """Words that are explained in every lesson of the course, by their names."""
    used: set[str] = field(default_factory=set)
    """Paths of the pictures and sounds that stand in a text."""

    def __post_init__(self) -> None:
        self._tangles = 0
        self._pictures: Pictures = {
            p.path: (p.address, p.width, p.height, p.webp_address) for p in self.pictures.values()
        }
        self._pictures.update({sound.path: (sound.address, 0, 0, "") for sound in self.sounds.values()})

    def blocks(self, source: str, line: int, faults: FileFaults) -> tuple[str, str]:
        """HTML and plain text of paragraphs, lists and tables. `line` is where `source` begins in the file."""
        answer = self.rendered(source, line, faults)
        return answer["html"], answer["text"]

    def phrase(self, source: str, line: int, faults: FileFaults) -> tuple[str, str]:
        """HTML and plain text of one line of words."""
        answer = self.rendered(source, line, faults, inline=True)
        return answer["html"], answer["text"]

    def rendered(
        self,
        source: str,
        line: int,
        faults: FileFaults,
        *,
        inline: bool = False,
        terms: Iterable[str] = (),
        has_words: bool = False,
    ) -> Answer:
        """The whole answer: html, text, images, links. `terms` may be linked to, `has_words` allows `{{…}}`."""
        if not source.strip() or self._tangles >= MOST_TANGLES:
            return {"html": "", "text": "", "images": [], "links": []}
        table: Table = {"pictures": self._pictures, "items": dict(self.items), "terms": list(terms)}
        answer = self.render(source if inline else straighten(source), table, inline)
        if "error" in answer:
            self._tangles += 1
            faults.add(line, TOO_TANGLED)
            return {"html": "", "text": "", "images": [], "links": []}
        for address, alt in answer["images"]:
            self._check_image(address, alt, _line_of(address, source, line), faults)
        for address, _ in answer["links"]:
            self._check_link(address, list(terms), _line_of(address, source, line), faults)
        self._check_words(source, line, faults, has_words=has_words)
        return {**answer, "text": plain_text(answer["html"])}

    def first_picture(self, source: str) -> dict[str, Any] | None:
        """Address, width, height and alternative text of the first picture in a text, if the folder has it."""
        match = _PICTURE.search(source)
        picture = self.pictures.get(picture_path(match[2])) if match else None
        if match is None or picture is None:
            return None
        self.used.add(picture.path)
        return {"address": picture.address, "width": picture.width, "height": picture.height, "alt": match[1]}

    @staticmethod
    def without_first_picture(source: str) -> str:
        return _PICTURE.sub("", source, count=1)

    def check_skills(self, codes: Iterable[str], line: int, faults: FileFaults) -> None:
        """Each code is one of a framework that we know."""
        for code in codes:
            if code not in self.reference.skills:
                meant = nearest(code, self.reference.skills)
                advice = f"Có phải là `{meant}`?" if meant else "Viết như tt02:4.2, dc2:4.2 hoặc kns:1.1."
                faults.add(
                    line, f"Không có kỹ năng `{code}` trong các khung đã biết. {advice}", MEANT, code, meant or ""
                )

    def _check_image(self, address: str, alt: str, line: int, faults: FileFaults) -> None:
        path = picture_path(address)
        if path in self.pictures or path in self.sounds:
            self.used.add(path)
        elif "://" in address or address.startswith(("//", "data:")):
            faults.add(line, "Hình phải nằm trong thư mục khóa học, không lấy từ nơi khác. Chép hình vào thư mục anh/.")
        else:
            meant = nearest(path, self.pictures)
            advice = f"Có phải là {meant}?" if meant else "Chép hình vào đúng thư mục, hoặc sửa tên."
            faults.add(line, f"Không có hình {path}. {advice}", MEANT, address, meant or "")
        if not alt.strip():
            reason = f"Hình này thiếu lời tả cho người không nhìn thấy. Viết: ![Trong hình có gì]({address})"
            faults.add(line, reason, "alt", address)

    def _check_link(self, address: str, terms: list[str], line: int, faults: FileFaults) -> None:
        if is_https(address) or address.startswith(("tel:", "mailto:")):
            return
        path = picture_path(address)
        if path.endswith(".md"):
            if path not in self.items:
                meant = nearest(path, self.items)
                advice = f"Có phải là {meant}?" if meant else "Viết đúng tên tệp của bài, ví dụ: 02-bai-hai.md"
                faults.add(line, f"Không có bài {path} trong khóa này. {advice}", MEANT, address, meant or "")
        elif address.startswith("#"):
            if address[1:] not in terms:
                meant = nearest(address[1:], terms)
                advice = f"Có phải là #{meant}?" if meant else f"Thêm vào phần khai báo: terms: {{{address[1:]}: …}}"
                reason = f"Từ {address} chưa được giải nghĩa. {advice}"
                faults.add(line, reason, MEANT, address, f"#{meant}" if meant else "")
        else:
            reason = "không dùng được. Chỉ dùng địa chỉ bắt đầu bằng https://, tel: hoặc mailto:"
            faults.add(line, f"Đường dẫn {address} {reason}", "link", address)

    def _check_words(self, source: str, line: int, faults: FileFaults, *, has_words: bool) -> None:
        for match in _WORD.finditer(source):
            name, at = match[1], line + source.count("\n", 0, match.start())
            if not has_words:
                faults.add(at, f"{{{{{name}}}}} chỉ dùng được trong phần chữ của bài học.")
            elif name not in self.reference.words:
                meant = nearest(name, self.reference.words)
                advice = f"Có phải là {{{{{meant}}}}}?" if meant else "Dùng được: " + ", ".join(self.reference.words)
                found = f"{{{{{name}}}}}"
                reason = f"Không có từ theo tỉnh {found}. {advice}"
                faults.add(at, reason, MEANT, found, f"{{{{{meant}}}}}" if meant else "")


def _line_of(words: str, source: str, first_line: int) -> int:
    """The line of the file where `words` stand, or where the fragment begins."""
    position = source.find(words)
    return first_line + source.count("\n", 0, max(position, 0))
