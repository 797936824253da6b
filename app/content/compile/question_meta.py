"""The comment directly under the heading of a question: `<!-- key: q-mot; points: 2 -->`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.content.compile.faults import MEANT, FileFaults
from app.content.compile.scan import Line, trimmed
from app.content.compile.text import is_key, nearest, suggested_key
from app.content.quiz_source.model import TYPES

KNOWN = ("key", "points", "skill", "type", "exact", "shuffle", "hint-cost", "name")
MAXIMUM_POINTS = 100
LONGEST_NAME = 200
COMMENT = re.compile(r"^\s*<!(?:--|[–—]-?)(.*?)(?:--|[–—]-?)>\s*$")
"""Word turns two hyphens into a dash."""
_PAIR = re.compile(r"^\s*[\w-]+\s*:")
_YES = {"yes": True, "no": False, "có": True, "không": False}


@dataclass(frozen=True, slots=True)
class Meta:
    key: str = ""
    points: int = 1
    skills: tuple[str, ...] = ()
    type: str = ""
    is_exact: bool = False
    shuffles: bool = True
    hint_cost: int = 0
    name: str = ""
    line: int = 0


def read_meta(
    title: str, heading: int, lines: list[Line], faults: FileFaults, missing: FileFaults, *, needs_key: bool = True
) -> tuple[Meta, list[Line]]:
    """What the comment says, and the lines without it. A missing key is a fault with the line to paste.

    What is wrong with the key goes to `missing`, the rest to `faults`.
    """
    rest = trimmed(lines)
    match = COMMENT.match(rest[0].text) if rest and not rest[0].is_code else None
    pairs: dict[str, str] = {}
    line = heading
    if match and _PAIR.match(match[1]):
        line = rest[0].number
        pairs = _read_pairs(match[1], line, faults)
        lines = rest[1:]
    if needs_key or "key" in pairs:
        _check_key(pairs, title, heading, missing)
    wanted = pairs.get("type", "").replace("-", "_")
    if wanted and wanted not in TYPES:
        faults.add(line, f"Không có `type: {wanted}`. Dùng được: {', '.join(TYPES)}.")
        wanted = ""
    return Meta(
        key=pairs.get("key", ""),
        points=_whole(pairs, "points", 1, MAXIMUM_POINTS, 1, line, faults),
        skills=tuple(code.strip() for code in pairs.get("skill", "").split(",") if code.strip()),
        type=wanted,
        is_exact=_yes(pairs, "exact", line, faults, default=False),
        shuffles=_yes(pairs, "shuffle", line, faults, default=True),
        hint_cost=_whole(pairs, "hint-cost", 0, 100, 0, line, faults),
        name=pairs.get("name", "")[:LONGEST_NAME],
        line=line,
    ), lines


def _read_pairs(comment: str, line: int, faults: FileFaults) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for part in comment.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip()
        if not part.strip():
            continue
        if name not in KNOWN or not colon:
            meant = nearest(name, KNOWN) or ("key" if name == "id" else None)
            advice = f"Có phải là `{meant}`?" if meant else f"Dùng được: {', '.join(KNOWN)}."
            faults.add(line, f"Trong dòng <!-- --> không có `{name}`. {advice}", MEANT, name, meant or "")
        elif name in pairs:
            faults.add(line, f"`{name}` viết hai lần trong dòng <!-- -->.")
        pairs[name] = value.strip()
    return pairs


def _check_key(pairs: Mapping[str, str], title: str, heading: int, faults: FileFaults) -> None:
    key = pairs.get("key", "")
    paste = f"<!-- key: q-{suggested_key(title, words=4)} -->"
    if not key:
        others = "; ".join(f"{name}: {value}" for name, value in pairs.items() if name in KNOWN and name != "key")
        paste = paste.replace(" -->", f"; {others} -->") if others else paste
        faults.add(heading, f"Câu hỏi thiếu khóa. Dán dòng này ngay dưới câu hỏi: {paste}", "question", "", paste)
    elif not is_key(key):
        faults.add(
            heading, f"Khóa `{key}` chỉ được có chữ a-z không dấu, số và gạch nối. Ví dụ: {paste}", "question", key
        )


def _whole(
    pairs: Mapping[str, str], name: str, least: int, most: int, default: int, line: int, faults: FileFaults
) -> int:
    words = pairs.get(name, str(default)).removesuffix("%").strip()
    if not re.fullmatch(r"[0-9]{1,3}", words) or not least <= int(words) <= most:
        faults.add(line, f"`{name}` là số từ {least} đến {most}, ví dụ: {name}: {max(least, 2)}")
        return default
    return int(words)


def _yes(pairs: Mapping[str, str], name: str, line: int, faults: FileFaults, *, default: bool) -> bool:
    words = pairs.get(name, "").casefold()
    if words and words not in _YES:
        faults.add(line, f"`{name}` viết yes hoặc no.")
    return _YES.get(words, default)
