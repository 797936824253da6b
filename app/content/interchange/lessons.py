"""A long text → proposals for lessons, cut at its headings. Pure.

A lesson is what can be read in one sitting: about `LONGEST` words. Sections that are short stay together, long ones
are cut at their own headings, and where there is none between two blocks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from app.content.compile.faults import Faults
from app.content.compile.scan import Line, scan_lines, trimmed
from app.content.interchange.markdown_words import plain_words

LONGEST = 600
SHORTEST = 90
"""A section with fewer words goes together with the next."""
MOST_LESSONS = 60
WORDS_A_MINUTE = 100
LEAST_MINUTES = 2
LONGEST_TITLE = 200
_WORD = re.compile(r"\w+")
_NOTE = re.compile(r"\\\[(\w{1,4})\\\] ")
_PICTURE = re.compile(r"!?\[((?:\\.|[^\]\\])*)\]\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson that is proposed."""

    title: str
    """Plain words; "" where the text says none."""
    markdown: str
    words: int

    @property
    def minutes(self) -> int:
        return max(LEAST_MINUTES, round(self.words / WORDS_A_MINUTE))


def count_words(markdown: str) -> int:
    """Vietnamese syllables, marks and addresses not counted."""
    return len(_WORD.findall(_PICTURE.sub(lambda found: found[1], markdown)))


def propose_lessons(markdown: str, title: str = "", longest: int = LONGEST) -> tuple[Lesson, ...]:
    """The text in its order, nothing lost; short texts are one lesson, called `title`."""
    body, notes = _without_notes(_lines_of(markdown))
    if _count(body) <= longest:
        return (_lesson(body, notes, title),) if body else ()
    parts = _joined_up([part for section in _cut(body, 2) for part in _short_enough(section, longest)], longest)
    if len(parts) > MOST_LESSONS:
        parts[MOST_LESSONS - 1 :] = [list(chain.from_iterable(parts[MOST_LESSONS - 1 :]))]
    return _named([_lesson(part, notes) for part in parts], title)


def _named(lessons: list[Lesson], title: str) -> tuple[Lesson, ...]:
    """Each with a title, where the text says one for it or for what stands before it."""
    named: list[Lesson] = []
    base, number = title, 1
    for lesson in lessons:
        if lesson.title:
            base, number = lesson.title, 1
            named.append(lesson)
        else:
            own = base if not named or not base else f"{base}, phần {number}"
            named.append(replace(lesson, title=own[:LONGEST_TITLE]))
        number += 1
    return tuple(named)


def join_lessons(lessons: Sequence[Lesson]) -> Lesson:
    """Several as one: the titles of the later ones become headings."""
    first, *others = lessons
    text = first.markdown
    for other in others:
        heading = f"## {other.title}\n\n" if other.title else ""
        text = f"{text}\n\n{heading}{other.markdown}".strip()
    return Lesson(first.title, text, count_words(text))


def _lines_of(markdown: str) -> list[Line]:
    return scan_lines(markdown, 1, Faults().of("text"))


def _without_notes(lines: list[Line]) -> tuple[list[Line], dict[str, str]]:
    """The text without the footnotes at its end, and these by what stands for them in the text."""
    notes: dict[str, str] = {}
    rest = trimmed(lines)
    while rest and not rest[-1].is_code and (found := _NOTE.match(rest[-1].text)):
        notes[found[0].strip()] = rest[-1].text
        rest = trimmed(rest[:-1])
    return rest, notes


def _count(lines: Sequence[Line]) -> int:
    return count_words("\n".join(line.text for line in lines))


def _cut(lines: list[Line], level: int) -> list[list[Line]]:
    """Cut before each heading of this level or above."""
    parts: list[list[Line]] = [[]]
    for line in lines:
        heading = line.heading()
        if heading is not None and heading[0] <= level:
            parts.append([])
        parts[-1].append(line)
    return [part for part in parts if trimmed(part)]


def _short_enough(section: list[Line], longest: int) -> list[list[Line]]:
    for level in (3, 4):
        if _count(section) <= longest:
            return [section]
        pieces = _cut(section, level)
        if len(pieces) > 1:
            return _joined_up([part for piece in pieces for part in _short_enough(piece, longest)], longest)
    return [section] if _count(section) <= longest else _joined_up(_blocks(section), longest, shortest=longest)


def _blocks(lines: list[Line]) -> list[list[Line]]:
    """Cut at blank lines outside code and lists; a heading stays with what follows it."""
    parts: list[list[Line]] = [[]]
    for before, line in zip([None, *lines], lines, strict=False):
        begins = before is not None and before.is_blank and not line.is_blank and not line.is_code and not line.indent
        only_heading = all(other.is_blank or other.heading() is not None for other in parts[-1])
        if begins and not only_heading:
            parts.append([])
        parts[-1].append(line)
    return parts


def _joined_up(parts: list[list[Line]], longest: int, shortest: int = SHORTEST) -> list[list[Line]]:
    """Parts that are too short go together with the next, as long as both are not too long; the last one backwards."""
    joined_parts: list[list[Line]] = []
    for part in parts:
        last = joined_parts[-1] if joined_parts else None
        is_last_and_short = part is parts[-1] and _count(part) < min(shortest, SHORTEST)
        if (
            last is not None
            and (_count(last) < shortest or is_last_and_short)
            and _count(last) + _count(part) <= longest
        ):
            joined_parts[-1] = last + part
        else:
            joined_parts.append(part)
    return joined_parts


def _lesson(part: list[Line], notes: dict[str, str], title: str = "") -> Lesson:
    lines = trimmed(part)
    heading = lines[0].heading()
    if heading is not None and not title:
        title, lines = plain_words(heading[1])[:LONGEST_TITLE], trimmed(lines[1:])
    text = "\n".join(_levelled(lines))
    said = [note for mark, note in notes.items() if mark in text]
    text = "\n\n".join([text, *reversed(said)])
    return Lesson(title, text, count_words(text))


def _levelled(lines: list[Line]) -> list[str]:
    """Headings without gaps, from ## on."""
    levels = sorted({heading[0] for line in lines if (heading := line.heading())})
    texts, above = [], 1
    for line in lines:
        heading = line.heading()
        if heading is None:
            texts.append(line.text)
            continue
        above = min(2 + levels.index(heading[0]), above + 1)
        texts.append(f"{'#' * above} {line.text.lstrip().lstrip('#').strip()}")
    return texts
