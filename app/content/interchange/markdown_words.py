"""Words → Markdown that shows them as they are: marks of Markdown and of our answers are escaped."""

import re
from html import unescape
from urllib.parse import quote

from app.content.compile.text import normalise
from app.content.quiz_source.model import GAP

_ALWAYS = re.compile(r"[\\`*\[\]]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_BRACE = re.compile(r"\{(?=\{)")
_BLANK = re.compile(r"_{3,}")
_TAG_LIKE = re.compile(r"<(?=[a-zA-Z/!?])")
_ENTITY_LIKE = re.compile(r"&(?=#?\w+;)")
_BULLET = re.compile(r"[-*+•●▪◦·–—](?=[ \t]|\\?\[|$)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_RULE = re.compile(r"[-=:|~][-=:|~ ]*$")
_FENCE = re.compile("~~~|:::")
_ARROW = re.compile("->|=>|→|⇒")
_ANSWER = re.compile(r"(?:=|\\?\[|____|\(\d+\))")
_SPACES = re.compile(r"\s+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])")
_BACKTICKS = re.compile("`+")


def one_line(text: str) -> str:
    """NFC, nothing invisible, single spaces; a space at either end stays."""
    return normalise(_SPACES.sub(" ", text).encode("utf-8", "replace")).removesuffix("\n")


def escaped(words: str, *, blanks: bool = False) -> str:
    """Words in the middle of a line. With `blanks` three underscores or more are a blank to fill in."""
    parts = _BLANK.split(words) if blanks else [words]
    return GAP.join(_escaped_part(part) for part in parts)


def _escaped_part(words: str) -> str:
    marked = _ALWAYS.sub(r"\\\g<0>", words)
    marked = _UNDERSCORE.sub(r"\\_", marked)
    return _BRACE.sub("&#123;", _TAG_LIKE.sub("&lt;", _ENTITY_LIKE.sub("&amp;", marked)))


def escaped_line(line: str, *, in_item: bool = False) -> str:
    """A line of text that is escaped already: it begins no list, heading, quote or fence, and in an item no answer."""
    if in_item:
        line = _ARROW.sub(lambda found: found.group()[:-1] + _entity(found.group()[-1]), line)
        if found := _ANSWER.match(line):
            bare = line[found.group().startswith("\\") :]
            return _entity(bare[0]) + bare[1:]
    if numbered := _NUMBERED.match(line):
        return f"{numbered.group(1)}\\{line[numbered.end(1) :]}"
    if line.startswith((">", "#")):
        return "\\" + line
    if _BULLET.match(line) or _RULE.match(line) or _FENCE.match(line):
        return ("\\" + line) if line[0] in "-+" else _entity(line[0]) + line[1:]
    return line


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def code(words: str) -> str:
    """A code span, whatever backticks stand in it."""
    fence = "`" * (max((len(run) for run in _BACKTICKS.findall(words)), default=0) + 1)
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def fenced(text: str) -> list[str]:
    """The lines of a block of code."""
    fence = "`" * max(3, max((len(run) for run in _BACKTICKS.findall(text)), default=0) + 1)
    return [fence, *text.split("\n"), fence]


def address(url: str) -> str:
    """An address as it can stand between the brackets of a link."""
    return quote(_SPACES.sub(" ", url).strip().encode("utf-8", "replace"), safe="/:?#@!$&'+,;=%~-._*")


def plain_words(markdown: str) -> str:
    """A phrase without its escapes, for a place where Moodle shows plain words."""
    return unescape(_ESCAPED.sub(r"\1", markdown))
