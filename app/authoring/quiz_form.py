"""What the form of a quiz sends → the text of its file. Lines that nobody touched stay as they are.

    {"revision": 7, "settings": {"pass": 80},
     "parts": [{"markdown": "…"}, {"question": {…}}, {"pool": {"name": "Dễ", "draw": 2}}]}

A part that came as `markdown` goes back letter by letter; one that came as values is written anew. Of the settings only
those that were changed are sent.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext

from app.authoring.quiz_json import QuestionRefused, Sent, checked_list, checked_text, read_question_json
from app.authoring.quiz_settings import read_settings_json
from app.content.compile.quiz_file import LONGEST_POOL, MAXIMUM_QUESTIONS, read_pool
from app.content.compile.scan import Line
from app.content.interchange.keys import unique_key
from app.content.quiz_source.model import SourcePool, SourceQuestion
from app.content.quiz_source.read import MOST_PARTS, read_quiz_source
from app.content.quiz_source.write import write_pool, write_question, write_quiz_source
from app.content.source_fields import Plain, with_front_values

LONGEST_MARKDOWN = 100_000
_KEY = re.compile(r"\bkey\s*:\s*([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class SentQuiz:
    """A whole quiz as the form sent it."""

    parts: tuple[str | SourceQuestion | SourcePool, ...]
    """Source text, or what it is to be written from."""
    settings: Mapping[str, Plain | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A question that got another key than the form asked for, because its kind is another than was published."""

    part: int
    before: str
    now: str


def read_quiz_json(sent: Mapping[str, Any]) -> SentQuiz:
    """Check and read what the form sent.

    Raises:
        QuestionRefused: shapes and limits; it says which part.
    """
    parts: list[str | SourceQuestion | SourcePool] = []
    number = 0
    for place, value in enumerate(checked_list(sent.get("parts"), gettext("Số câu"), MOST_PARTS)):
        number += 0 if _is_pool(value) else 1
        try:
            parts.append(_read_part(value))
        except QuestionRefused as refused:
            told = QuestionRefused(gettext("Câu %(number)s: %(reason)s", number=number, reason=refused.message))
            told.part = place
            raise told from None
    return SentQuiz(tuple(parts), read_settings_json(sent.get("settings", {})))


def _is_pool(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    heading = Line(1, str(value.get("markdown", "")).partition("\n")[0]).heading()
    return "pool" in value or (heading is not None and heading[0] == 1)


def _read_part(value: object) -> str | SourceQuestion | SourcePool:
    if not isinstance(value, dict) or len(value) != 1:
        raise QuestionRefused
    if "markdown" in value:
        return _verbatim(value["markdown"])
    if "question" in value:
        return read_question_json(value["question"])
    if "pool" not in value:
        raise QuestionRefused
    pool = Sent(value["pool"], ("name", "draw"))
    draw = pool.whole("draw", gettext("Số câu lấy từ nhóm"), 0, MAXIMUM_QUESTIONS)
    found = read_pool(pool.line("name", gettext("Tên nhóm"), LONGEST_POOL), 0)
    return SourcePool(found.name, draw or found.draw)


def _verbatim(value: object) -> str:
    """Source text with the blank lines behind it; what was typed without any gets one."""
    text = checked_text(value, gettext("Phần này"), LONGEST_MARKDOWN).rstrip("\n")
    raw = str(value)
    ends = len(raw) - len(raw.rstrip("\n")) or 2
    return text + "\n" * ends if text.strip() else ""


def quiz_text(
    current: str, sent: SentQuiz, *, taken: Collection[str], published: Mapping[str, str]
) -> tuple[str, list[NewKey]]:
    """The file with these parts and settings in place of its own.

    `taken` are keys in other files of the course, `published` the kinds under which keys were ever published.
    """
    used = {*taken, *(key for part in sent.parts if isinstance(part, str) for key in _KEY.findall(part))}
    written: list[str] = []
    renewed: list[NewKey] = []
    for place, part in enumerate(sent.parts):
        if isinstance(part, SourceQuestion):
            question = _with_key(part, used, published)
            if part.key and part.key != question.key and part.key in published:
                renewed.append(NewKey(place, part.key, question.key))
            written.append(_question_text(question, place))
        elif isinstance(part, SourcePool):
            written.append(write_pool(part) + "\n")
        else:
            written.append(part)
    text = write_quiz_source(read_quiz_source(current).front, written)
    return with_front_values(text, sent.settings) if sent.settings else text, renewed


def _with_key(question: SourceQuestion, used: set[str], published: Mapping[str, str]) -> SourceQuestion:
    """With a key that no other question has and that was never published for another kind. It becomes used."""
    is_free = question.key not in used and published.get(question.key, question.type) == question.type
    key = question.key if question.key and is_free else unique_key(question.key, question.title, used | set(published))
    used.add(key)
    return replace(question, key=key)


def _question_text(question: SourceQuestion, place: int) -> str:
    """Its lines, if they are read again as the same question: whatever is typed, no word of it may get lost."""
    text = write_question(question) + "\n"
    parts = read_quiz_source(f"---\n---\n{text}").parts
    read = parts[0].question if len(parts) == 1 else None
    if read is None or read.type != question.type:
        refused = QuestionRefused(
            gettext("Câu “%(title)s” có chữ mà máy chưa ghi được. Bỏ bớt dấu lạ ở đầu dòng.", title=question.title[:60])
        )
        refused.part = place
        raise refused
    return text
