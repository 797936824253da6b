"""Advice on plain writing: warnings only, nothing here stops a course."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from app.content.compile.faults import FileFaults
from app.content.compile.scan import Line

LONGEST_SENTENCE = 30
"""Words (Vietnamese syllables). Lower-secondary readers lose longer ones."""
LONGEST_LESSON = 900
MOST_FOREIGN_WORDS = 5
"""Named in one warning."""
_DATA = Path(__file__).parent.parent / "data"
_MARKUP = re.compile(
    r"https?://\S+|!?\[([^\[\]]*)\]\([^()]*\)|[*_`>#|]|\{\{[^{}]*\}\}|^\s*(?:[-+•]|\d+[.)])\s+|\[[ xX]\]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…;:])\s+")
_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\(#")
_SAID_TOO = re.compile(r"\(([^()]{1,40})\)|gọi[^.]{0,40} là ([a-z-]+)", re.IGNORECASE)
"""A word in brackets behind the Vietnamese one, or introduced by it."""


@lru_cache(maxsize=1)
def _foreign_words() -> frozenset[str]:
    """English words that many readers do not know, without those that everybody does."""
    known = (_DATA / "known_loanwords.txt").read_text(encoding="utf-8").split()
    return frozenset((_DATA / "loanwords.txt").read_text(encoding="utf-8").split()) - frozenset(known)


def advise_on_lesson(lines: list[Line], terms: Collection[str], faults: FileFaults) -> None:
    """Warn of long sentences, unexplained English words and a lesson that is too long."""
    explained = {word for name in terms for word in name.split("-")}
    for line in lines:
        texts = [*_LINK.findall(line.text), *("".join(found) for found in _SAID_TOO.findall(line.text))]
        explained.update(word.casefold() for text in texts for word in _WORD.findall(text))
    foreign: dict[str, int] = {}
    count = 0
    for number, paragraph in _paragraphs(lines):
        for sentence in _SENTENCE_END.split(paragraph):
            length = len(sentence.split())
            count += length
            if length > LONGEST_SENTENCE:
                faults.warn(number, f"Câu này dài {length} chữ. Tách ra, mỗi câu một ý: “{_beginning(sentence)}…”")
        for word in _WORD.findall(paragraph):
            is_name = word[:1].isupper() and not word.isupper()
            if not is_name and word.casefold() in _foreign_words() and word.casefold() not in explained:
                foreign.setdefault(word.casefold(), number)
    if foreign:
        named = ", ".join(list(foreign)[:MOST_FOREIGN_WORDS])
        reason = f"Từ nước ngoài chưa giải nghĩa: {named}. Thay bằng tiếng Việt, hoặc thêm vào `terms:`."
        faults.warn(next(iter(foreign.values())), reason)
    if count > LONGEST_LESSON:
        reason = f"Bài dài {count} chữ; trên {LONGEST_LESSON} chữ người học mỏi. Chia thành hai bài."
        faults.warn(lines[0].number, reason, "long")


def _beginning(sentence: str) -> str:
    return " ".join(sentence.split()[:6])


def _paragraphs(lines: list[Line]) -> Iterator[tuple[int, str]]:
    """First line and plain words of each paragraph, list item or heading; code is left out."""
    parts: list[str] = []
    number = 0
    for line in lines:
        begins = line.is_blank or line.is_list_item or line.heading() is not None or "|" in line.text
        if (begins or line.is_code) and parts:
            yield number, " ".join(parts)
            parts = []
        if line.is_code or line.is_blank:
            continue
        if not parts:
            number = line.number
        parts.append(" ".join(_MARKUP.sub(lambda found: found[1] or "", line.text).split()))
    if parts:
        yield number, " ".join(parts)
