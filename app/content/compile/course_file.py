"""course.yml: what the course is called, for whom it is, and which items make a completion."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from app.content.compile import ageing
from app.content.compile.faults import Faults, FileFaults
from app.content.compile.fields import Fields, read_sources, read_terms
from app.content.compile.strict_yaml import YamlRefused, load_mapping
from app.content.compile.text import is_key

NAME = "course.yml"
AUDIENCES = ("resident", "team", "both")
ICONS = ("book", "shield", "qr", "phone", "people", "id", "card", "office", "chat")
KNOWN = (
    "key", "title", "goal", "summary", "audience", "language", "level", "minutes", "edition", "icon", "authors",
    "licence", "completion", "valid_for", "skills", "sources", "base", "prerequisites", "terms", "loudspeaker", "share",
    *ageing.KNOWN,
)  # fmt: skip
SPOKEN_WORDS = (150, 220)
"""What can be read out in 60 to 90 seconds."""
_BASE_LINE = re.compile(r"^base[ \t]*:.*\n?", re.MULTILINE)
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?|[a-z]{3}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CourseHeader:
    """course.yml as typed values."""

    key: str
    title: str
    goal: str
    summary: str
    audience: str
    language: str
    minutes: int
    edition: int
    valid_for_days: int | None
    completion: tuple[str, ...]
    """Keys of the items that make a completion; empty means all."""
    pass_marks: dict[str, int]
    """Percent asked of a quiz, by its key, in place of its own."""
    terms: dict[str, str]
    """Words that are explained, by the name under which lessons link to them."""
    base: str | None
    """Content hash of the version this folder was exported from."""
    meta: dict[str, Any]


def without_base(text: str) -> str:
    """course.yml without its `base:` line: it names where the folder came from and is no content."""
    rest = _BASE_LINE.sub("", text).rstrip("\n")
    return f"{rest}\n" if rest else ""


def with_base(text: str, content_hash: str) -> str:
    """course.yml in its normal form, which stays as it is: without the line again it has the same hash."""
    return f"{without_base(text)}base: {content_hash}\n"


def read_course_file(text: str, slug: str, faults: FileFaults) -> tuple[CourseHeader, Fields]:
    """Read course.yml; after faults the values are stand-ins and must not be used."""
    try:
        mapping = load_mapping(text)
    except YamlRefused as refused:
        faults.add(refused.line, refused.reason)
        silent = Fields({}, Faults().of(NAME), 1)
        return _header(silent, slug), silent
    fields = Fields(mapping, faults, 1)
    fields.refuse_unknown(KNOWN)
    return _header(fields, slug), fields


def _header(fields: Fields, slug: str) -> CourseHeader:
    completion, pass_marks = _read_completion(fields)
    freshness = ageing.read_freshness(fields)
    return CourseHeader(
        key=fields.key(paste=slug),
        title=fields.text("title", paste="Tên khóa học"),
        goal=fields.text("goal", paste="Việc bà con muốn làm được"),
        summary=fields.text("summary", maximum=1000, paste="Hai ba câu ngắn nói khóa học giúp được gì."),
        audience=fields.choice("audience", AUDIENCES),
        language=_read_language(fields),
        minutes=fields.whole("minutes", least=1, most=6000, default=30, is_needed=True),
        edition=fields.whole("edition", least=1, most=1000, default=1),
        valid_for_days=fields.whole("valid_for", least=1, most=36500, default=0) or None,
        completion=completion,
        pass_marks=pass_marks,
        terms=read_terms(fields),
        base=_read_base(fields),
        meta={
            "level": fields.whole("level", least=1, most=8, default=1),
            "icon": fields.choice("icon", ICONS, default="book"),
            "authors": fields.texts("authors"),
            "licence": fields.text("licence"),
            "skills": fields.texts("skills"),
            "sources": read_sources(fields),
            "prerequisites": _read_prerequisites(fields),
            "loudspeaker": _read_spoken(fields),
            "share": fields.paragraphs("share", maximum=500),
            "freshness": asdict(freshness) if freshness else None,
        },
    )


def _read_language(fields: Fields) -> str:
    language = fields.text("language", default="vi")
    if not _LANGUAGE.fullmatch(language):
        fields.faults.add(fields.line_of("language"), "`language:` là mã ngôn ngữ, ví dụ: language: vi")
    return language


def _read_completion(fields: Fields) -> tuple[tuple[str, ...], dict[str, int]]:
    """Keys of the items that make a completion, and the marks that are asked of some of them ("- key: 80")."""
    value = fields.mapping.get("completion")
    if value is None or value.content in ("", "all", []):
        return (), {}
    keys: list[str] = []
    marks: dict[str, int] = {}
    for item in value.content if isinstance(value.content, list) else [value]:
        if isinstance(item.content, dict) and len(item.content) == 1:
            key = next(iter(item.content))
            inner = Fields(item.content, fields.faults, item.line)
            marks[key] = inner.whole(key, least=1, most=100, default=80)
        else:
            key = item.content if isinstance(item.content, str) else ""
        if not is_key(key):
            reason = f"`{key}` không phải là khóa của mục nào. Viết completion: all, hoặc danh sách các khóa."
            fields.faults.add(item.line, reason)
        elif key in keys:
            fields.faults.add(item.line, f"`{key}` viết hai lần trong completion.")
        keys.append(key)
    return tuple(keys), marks


def _read_prerequisites(fields: Fields) -> list[str]:
    keys = fields.texts("prerequisites")
    for key in keys:
        if not is_key(key):
            fields.faults.add(fields.line_of("prerequisites"), f"`{key}` không phải là khóa (key) của một khóa học.")
    return keys


def _read_spoken(fields: Fields) -> str:
    words = fields.paragraphs("loudspeaker", maximum=3000)
    count = len(words.split())
    if words and not SPOKEN_WORDS[0] <= count <= SPOKEN_WORDS[1]:
        least, most = SPOKEN_WORDS
        reason = f"Lời đọc loa có {count} chữ; đọc trong 60 đến 90 giây thì cần từ {least} đến {most} chữ."
        fields.faults.warn(fields.line_of("loudspeaker"), reason)
    return words


def _read_base(fields: Fields) -> str | None:
    base = fields.text("base")
    if base and not _HASH.fullmatch(base):
        fields.faults.add(fields.line_of("base"), "`base:` do lệnh export ghi ra, không tự viết. Bỏ dòng này đi.")
    return base or None
