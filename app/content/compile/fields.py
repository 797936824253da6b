"""Reads typed values out of a mapping; every problem becomes a fault with the line to paste."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from urllib.parse import urlsplit

from app.content.compile.faults import MEANT, FileFaults
from app.content.compile.strict_yaml import Value, YamlRefused, load_mapping
from app.content.compile.text import is_key, nearest

_YES = frozenset({"yes", "true", "on", "có", "đúng", "1"})
_FENCES = ("---", "—", "—-", "–-")
"""Word turns three hyphens into a dash."""
_NO = frozenset({"no", "false", "off", "không", "sai", "0"})


class Fields:
    """One mapping of a file. `where` names it in sentences, e.g. "course.yml"."""

    def __init__(self, mapping: dict[str, Value], faults: FileFaults, line: int) -> None:
        self.mapping = mapping
        self.faults = faults
        self.line = line

    def refuse_unknown(self, known: Iterable[str]) -> None:
        names = list(known)
        for name, value in self.mapping.items():
            if name not in names:
                meant = nearest(name, names)
                advice = f"Có phải là `{meant}:`?" if meant else "Các tên dùng được: " + ", ".join(names) + "."
                self.faults.add(value.line, f"Không có tên `{name}:`. {advice}", MEANT, name, meant or "")

    def line_of(self, name: str) -> int:
        return self.mapping[name].line if name in self.mapping else self.line

    def text(self, name: str, *, maximum: int = 200, paste: str | None = None, default: str = "") -> str:
        """One line of words. Without `paste` it may be missing; with it, it is missed and `paste` is what to add."""
        value = self.mapping.get(name)
        if value is None or value.content == "":
            if paste is not None:
                reason = f"Thiếu `{name}:`. Dán dòng này vào: {name}: {paste}"
                self.faults.add(self.line_of(name), reason, "missing", name, paste)
            return default
        if not isinstance(value.content, str):
            self.faults.add(value.line, f"`{name}:` chỉ là một dòng chữ. Nếu chữ có dấu lạ, đặt trong ngoặc kép.")
            return default
        words = " ".join(value.content.split())
        if len(words) > maximum:
            self.faults.add(value.line, f"`{name}:` dài {len(words)} chữ cái, nhiều nhất {maximum}.")
        return words

    def paragraphs(self, name: str, *, maximum: int) -> str:
        """Several lines of words (YAML's "name: |"), or none."""
        value = self.mapping.get(name)
        if value is None:
            return ""
        if not isinstance(value.content, str):
            self.faults.add(
                value.line, f"`{name}:` là một đoạn chữ. Viết `{name}: |` rồi xuống dòng, thụt vào 2 dấu cách."
            )
            return ""
        if len(value.content) > maximum:
            self.faults.add(value.line, f"`{name}:` dài {len(value.content)} chữ cái, nhiều nhất {maximum}.")
        return value.content

    def key(self, paste: str) -> str:
        """The `key:` of a course or an item; unusable ones are faults and come back as they are."""
        found = self.text("key", paste=paste)
        if found and not is_key(found):
            reason = f"`key: {found}` chỉ được có chữ a-z không dấu, số và dấu gạch nối. Ví dụ: key: {paste}"
            self.faults.add(self.line_of("key"), reason, "key", found, paste)
        return found

    def whole(self, name: str, *, least: int, most: int, default: int, is_needed: bool = False) -> int:
        """A whole number between `least` and `most`; a percent sign behind it is welcome."""
        words = self.text(name, paste=str(default) if is_needed else None)
        if not words:
            return default
        digits = words.removesuffix("%").strip()
        if not re.fullmatch(r"\d{1,9}", digits) or not least <= int(digits) <= most:
            self.faults.add(self.line_of(name), f"`{name}:` phải là số từ {least} đến {most}, ví dụ: {name}: {default}")
            return default
        return int(digits)

    def choice(self, name: str, known: tuple[str, ...], *, default: str = "") -> str:
        """One of `known`. Without a default it must be there."""
        words = self.text(name, paste=None if default else known[0])
        if not words:
            return default or known[0]
        if words not in known:
            meant = nearest(words, known)
            advice = f" Có phải là `{meant}`?" if meant else ""
            reason = f"`{name}: {words}` không có. Chọn một: {', '.join(known)}.{advice}"
            self.faults.add(self.line_of(name), reason, MEANT, words, meant or "")
            return default or known[0]
        return words

    def yes_no(self, name: str, *, default: bool) -> bool:
        words = self.text(name).casefold()
        if not words:
            return default
        if words not in _YES | _NO:
            self.faults.add(self.line_of(name), f"`{name}:` viết yes hoặc no.")
        return words in _YES

    def texts(self, name: str) -> list[str]:
        """A list of words; one word alone is a list of one."""
        value = self.mapping.get(name)
        if value is None or value.content == "":
            return []
        items = value.content if isinstance(value.content, list) else [value]
        words = [item.content for item in items if isinstance(item.content, str)]
        if len(words) != len(items):
            self.faults.add(value.line, f"`{name}:` là danh sách các chữ, ví dụ: {name}: [một, hai]")
        return words

    def day(self, name: str) -> date | None:
        """A date as 2026-11-21 or 21/11/2026."""
        words = self.text(name)
        if not words:
            return None
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            with suppress(ValueError):
                return datetime.strptime(words, pattern).date()  # noqa: DTZ007 -- a calendar day has no zone
        self.faults.add(self.line_of(name), f"`{name}:` viết ngày như 2026-11-21.")
        return None


def read_sources(fields: Fields) -> list[dict[str, str]]:
    """`sources:` as title, url and checked (ISO date), each required: a fact without a checked source is a rumour."""
    value = fields.mapping.get("sources")
    if value is None or value.content in ("", []):
        return []
    if not isinstance(value.content, list):
        fields.faults.add(value.line, "`sources:` là danh sách; mỗi nguồn bắt đầu bằng gạch đầu dòng: - title: Tên bài")
        return []
    return [source for item in value.content if (source := _read_source(item, fields.faults))]


def _read_source(item: Value, faults: FileFaults) -> dict[str, str] | None:
    if not isinstance(item.content, dict):
        faults.add(item.line, "Mỗi nguồn có ba dòng: title, url, checked. Ví dụ: - title: Tên bài, cơ quan, ngày")
        return None
    fields = Fields(item.content, faults, item.line)
    fields.refuse_unknown(("title", "url", "checked"))
    title = fields.text("title", maximum=300, paste="Tên bài hoặc văn bản, cơ quan, ngày")
    url = fields.text("url", maximum=500, paste="https://…")
    fields.text("checked", paste="2026-11-21")
    day = fields.day("checked")
    if url and not is_https(url):
        faults.add(fields.line_of("url"), "Địa chỉ nguồn phải bắt đầu bằng https://")
    return {"title": title, "url": url, "checked": day.isoformat()} if day else None


def read_terms(fields: Fields) -> dict[str, str]:
    """`terms:` as name → explanation. Lessons link to them: `[mã OTP](#otp)`."""
    value = fields.mapping.get("terms")
    if value is None or value.content == "":
        return {}
    if not isinstance(value.content, dict):
        fields.faults.add(value.line, "`terms:` có mỗi dòng một từ, thụt vào 2 dấu cách. Ví dụ: otp: mã dùng một lần")
        return {}
    inner = Fields(value.content, fields.faults, value.line)
    terms: dict[str, str] = {}
    for name in value.content:
        explanation = inner.text(name, maximum=400, paste="lời giải nghĩa ngắn")
        if not is_key(name):
            reason = f"Tên từ `{name}` chỉ dùng chữ a-z không dấu, số và gạch nối, ví dụ: ma-otp"
            fields.faults.add(inner.line_of(name), reason)
        terms[name] = explanation
    return terms


def is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not re.search(r"[\s<>\"']", url)


def cut_front_matter(text: str) -> tuple[str, str, int] | None:
    """Front matter without its fences, body, and the line on which the body begins; None where it has no two fences."""
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in _FENCES), None)
    if lines[0].rstrip() not in _FENCES or end is None:
        return None
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def read_front_matter(text: str, faults: FileFaults) -> tuple[Fields, str, int]:
    """Split an item file into its front matter and its body; also the line on which the body begins.

    A file without readable front matter gives empty fields and a fault.
    """
    if text.split("\n", 1)[0].rstrip() not in _FENCES:
        faults.add(1, "Tệp phải bắt đầu bằng dòng ---, rồi phần khai báo (kind, key, title, minutes), rồi dòng ---.")
        return Fields({}, faults, 1), text, 1
    parts = cut_front_matter(text)
    if parts is None:
        faults.add(1, "Phần khai báo mở bằng --- ở dòng 1 mà không đóng. Thêm một dòng --- sau dòng khai báo cuối.")
        return Fields({}, faults, 1), "", len(text.split("\n"))
    front, body, first_line = parts
    try:
        mapping = load_mapping(front, first_line=2)
    except YamlRefused as refused:
        faults.add(refused.line, refused.reason)
        mapping = {}
    return Fields(mapping, faults, 1), body, first_line
