"""One item file → one compiled item: front matter first, then what its kind makes of the rest."""

import hashlib
import json
import re
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import unquote

from app.content.compile import ageing, drill, lesson, practice, quiz_file
from app.content.compile.ageing import Freshness
from app.content.compile.course_file import CourseHeader
from app.content.compile.faults import Fault, Faults, FileFaults
from app.content.compile.fields import Fields, read_front_matter
from app.content.compile.quiz import Quiz
from app.content.compile.render import Renderer
from app.content.compile.text import is_key, suggested_key
from app.shared.vietnamese import fold

ITEM_KEYS = ("kind", "key", "title", "minutes", "skills", *ageing.KNOWN)
KINDS = ("lesson", "quiz", "practice", "drill")
KNOWN = {
    "lesson": lesson.KNOWN,
    "quiz": tuple(name for name in quiz_file.KNOWN if name not in ITEM_KEYS),
    "practice": (),
    "drill": drill.KNOWN,
}
RESERVED_SLUGS = frozenset({"done"})
"""Addresses below a course that are no item."""
COMPILER = 1
"""Raise it when the same source compiles to something else: nothing compiled before is taken over then."""


@dataclass(frozen=True, slots=True)
class CompiledItem:
    position: int
    file: str
    """Name of its file in the folder."""
    kind: str
    key: str
    slug: str
    title: str
    minutes: int
    body: str
    """Sanitised HTML; empty for a quiz."""
    search_text: str
    """Folded title and text, with a space before each word so that search finds beginnings of words."""
    quiz: Quiz | None
    data: dict[str, Any] = field(default_factory=dict)
    """What the kinds need beyond this, as JSON values: practice, drill, words, has_phones, skills, freshness."""
    source_hash: str = ""
    """SHA-256 of everything it was compiled from."""


class ItemMemory:
    """Items that were compiled a moment ago, by address and `source_hash`, each with what was found in it.

    For who compiles a course again and again while it is written. Threads may share it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], tuple[CompiledItem, tuple[Fault, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, slug: str, source_hash: str) -> tuple[CompiledItem, tuple[Fault, ...]] | None:
        with self._lock:
            found = self._kept.get((slug, source_hash))
            if found is not None:
                self._kept.move_to_end((slug, source_hash))
            return found

    def keep(self, item: CompiledItem, faults: Iterable[Fault]) -> None:
        with self._lock:
            self._kept[item.slug, item.source_hash] = (item, tuple(faults))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


KnownItems = Mapping[str, CompiledItem]
"""Items that were compiled before, by `source_hash`."""
NOTHING_KNOWN: KnownItems = {}


class Sources:
    """What the items of one course are compiled from, besides their own text."""

    def __init__(self, slug: str, header: CourseHeader, renderer: Renderer) -> None:
        self.renderer = renderer
        self.common = [COMPILER, slug, sorted(header.terms.items()), sorted(header.pass_marks.items())]
        self.shown = {
            **{p.path: [p.address, p.width, p.height, p.webp_address] for p in renderer.pictures.values()},
            **{sound.path: [sound.address] for sound in renderer.sounds.values()},
        }

    def hash_of(self, text: str) -> str:
        """Changes with everything that the compiled item may depend on, and with little else."""
        words = re.findall(r"[a-z0-9.:-]+", text)
        reference = self.renderer.reference
        parts = [
            *self.common,
            text,
            {path: self.shown[path] for path in self._mentioned(text, self.shown)},
            {path: self.renderer.items[path] for path in self._mentioned(text, self.renderer.items)},
            sorted((reference.skills | reference.words) & set(words)),
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()

    def note_use(self, text: str) -> None:
        """Pictures that an item shows which is not rendered again."""
        self.renderer.used.update(self._mentioned(text, self.shown))

    @staticmethod
    def _mentioned(text: str, paths: Mapping[str, object]) -> list[str]:
        plain = unicodedata.normalize("NFC", unquote(text))
        return [path for path in sorted(paths) if path in plain]


def slug_of_file(name: str) -> str:
    return name.partition("-")[2].removesuffix(".md")


def check_item_name(name: str, faults: Faults) -> None:
    """Whether the name of the file can be an address. Apart from its content, which may be known from another name."""
    number, slug = name.partition("-")[0], slug_of_file(name)
    if not is_key(slug):
        better = f"{number}-{suggested_key(slug)}.md"
        faults.add(name, 1, f"Tên tệp chỉ dùng chữ a-z không dấu, số và gạch nối. Đổi thành: {better}")
    elif slug in RESERVED_SLUGS:
        better = f"{number}-bai-{slug}.md"
        faults.add(name, 1, f"Tên “{slug}” là địa chỉ của trang khác. Đổi tên tệp, ví dụ: {better}")


def read_item(name: str, position: int, text: str, renderer: Renderer, faults: Faults) -> CompiledItem:
    file_faults = faults.of(name)
    slug = slug_of_file(name)
    fields, body, first_line = read_front_matter(text, file_faults)
    if not fields.mapping and file_faults.serious:
        return CompiledItem(position, name, "lesson", slug, slug, "", 1, "", "", None)
    kind = fields.choice("kind", KINDS)
    fields.refuse_unknown(ITEM_KEYS + KNOWN[kind])
    key = fields.key(paste=suggested_key(slug))
    title = fields.text("title", paste="Tên bài")
    minutes = fields.whole("minutes", least=1, most=600, default=6, is_needed=True)
    skills = fields.texts("skills")
    renderer.check_skills(skills, fields.line_of("skills"), file_faults)
    freshness = ageing.read_freshness(fields)
    content = _read_content(kind, fields, title, body, first_line, renderer, file_faults)
    data = {**content.data, **_aside(skills, freshness)}
    search_text = f" {fold(title)} {fold(content.text)}"
    return CompiledItem(position, name, kind, key, slug, title, minutes, content.html, search_text, content.quiz, data)


@dataclass(frozen=True, slots=True)
class _Content:
    html: str = ""
    text: str = ""
    quiz: Quiz | None = None
    data: dict[str, Any] = field(default_factory=dict)


def _read_content(
    kind: str, fields: Fields, title: str, body: str, first_line: int, renderer: Renderer, faults: FileFaults
) -> _Content:
    if kind == "quiz":
        return _Content(quiz=quiz_file.read_quiz(fields, body, first_line, renderer, faults))
    if kind == "practice":
        acts, text = practice.read_practice(body, first_line, renderer, faults)
        return _Content(text=text, data={"practice": acts.to_json()})
    if kind == "drill":
        chat, text = drill.read_drill(fields, body, first_line, renderer, faults)
        return _Content(text=text, data={"drill": chat.to_json()})
    read = lesson.read_lesson(fields, title, body, first_line, renderer, faults)
    return _Content(read.html, read.text, data={"words": list(read.words), "has_phones": read.has_phones})


def _aside(skills: list[str], freshness: Freshness | None) -> dict[str, Any]:
    return {"skills": skills, "freshness": asdict(freshness) if freshness else None}
