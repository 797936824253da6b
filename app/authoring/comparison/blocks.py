"""A text cut into what is compared: headings, paragraphs, points, pictures; each without the marks of Markdown."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

HEADING, TEXT, POINT, TICKED, UNTICKED, BOX, CODE, TABLE, PICTURE, SOUND = (
    "heading", "text", "point", "ticked", "unticked", "box", "code", "table", "picture", "sound",
)  # fmt: skip
_GOES_ON = (TEXT, POINT, TICKED, UNTICKED)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?=\s)")
_POINT = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)$")
_TICK = re.compile(r"^\[([ xX]?)\]\s+")
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_PICTURE_ALONE = re.compile(r"^!\[([^\[\]]*)\]\(([^()]*)\)$")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
_MARKS = re.compile(r"\*\*|__|\*|(?<!\w)_|_(?!\w)|`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that is the same or not. Two blocks are alike when all of this is."""

    look: str
    """What it is: heading, text, point …; in questions and settings which part of them."""
    raw: str
    """As its author wrote it."""
    media: str = ""
    """Of a picture or sound: "SHA256.ext"."""

    @property
    def words(self) -> str:
        """As somebody reads it."""
        return self.raw if self.look == CODE else plain(self.raw)


def plain(text: str) -> str:
    """Phrases of Markdown without their marks; a link to elsewhere keeps its address."""
    text = _LINK.sub(_said, _PICTURE.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", _MARKS.sub("", text))


def _said(link: re.Match[str]) -> str:
    return f"{link[1]} ({link[2]})" if "://" in link[2] else link[1]


def blocks_of(body: str, media: Mapping[str, str]) -> list[Block]:
    """The blocks of a Markdown text; `media` names what lies behind the paths of its pictures and sounds."""
    return [_with_media(block, media) for block in _cut(body.split("\n"))]


def _cut(lines: list[str]) -> Iterator[Block]:
    """Blocks in their order. Lines go on with the paragraph or point above them; a quote is cut like a text."""
    flowing: Block | None = None
    index = 0
    while index < len(lines):
        line, start = lines[index], index
        index += 1
        begun = _beginning(line)
        if fence := _FENCE.match(line):
            index = _end_of_fence(lines, index, fence[1])
            begun = Block(CODE, "\n".join(lines[start + 1 : index - 1]))
        elif begun is None and _QUOTE.match(line):
            index = _end_of_quote(lines, index)
            yield from _none_or(flowing)
            flowing = None
            yield from _in_box(_cut([_QUOTE.sub("", quoted) for quoted in lines[start:index]]))
            continue
        elif begun is None and line.strip():
            raw = f"{flowing.raw} {line.strip()}" if flowing else line.strip()
            flowing = replace(flowing, raw=raw) if flowing else Block(TEXT, raw)
            continue
        yield from _none_or(flowing)
        flowing = begun if begun and begun.look in _GOES_ON else None
        yield from _none_or(begun if flowing is None else None)
    yield from _none_or(flowing)


def _none_or(block: Block | None) -> Iterable[Block]:
    return [block] if block and block.raw else []


def _in_box(blocks: Iterable[Block]) -> Iterator[Block]:
    return (replace(block, look=BOX) if block.look == TEXT else block for block in blocks)


def _beginning(line: str) -> Block | None:
    """The block that this line begins whatever stands above it."""
    words = line.strip()
    if heading := _HEADING.match(line):
        return Block(HEADING, line[heading.end() :].strip().rstrip("#").rstrip())
    if point := _POINT.match(line):
        return _point(point[1])
    if words.startswith("|"):
        cells = [cell.strip() for cell in words.strip("|").split("|")]
        return Block(TABLE, " · ".join(cells) if any(cell.strip(":- ") for cell in cells) else "")
    return Block(PICTURE, words) if _PICTURE_ALONE.match(words) else None


def _point(words: str) -> Block:
    tick = _TICK.match(words)
    if tick is None:
        return Block(POINT, words)
    return Block(TICKED if tick[1].strip() else UNTICKED, words[tick.end() :])


def _end_of_fence(lines: list[str], index: int, fence: str) -> int:
    """The line behind the one that closes it."""
    while index < len(lines):
        words = lines[index].strip()
        index += 1
        if words.startswith(fence) and not words.strip(fence[0]):
            return index
    return index + 1


def _end_of_quote(lines: list[str], index: int) -> int:
    while index < len(lines) and _QUOTE.match(lines[index]):
        index += 1
    return index


def _with_media(block: Block, media: Mapping[str, str]) -> Block:
    alone = _PICTURE_ALONE.match(block.raw) if block.look == PICTURE else None
    if alone is None:
        return block
    path = unquote(alone[2].strip("<> ")).removeprefix("./")
    is_sound = path.lower().endswith((".mp3", ".opus"))
    return replace(block, look=SOUND if is_sound else PICTURE, media=media.get(path, ""))
