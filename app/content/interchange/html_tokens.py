"""HTML → a stream of tags and words. Each character is looked at once, whatever the input: there is no tree to nest.

The parser of the standard library is not used: before Python 3.11.13 unclosed comments and tags cost it quadratic time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_QUOTE_OR_END = re.compile("[\"'>]")
_VALUE_BEFORE = re.compile(r"=\s*$")
_ATTRIBUTE = re.compile(r"([^\s=\"'/>]+)(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_RAW = frozenset({"script", "style", "iframe", "xmp", "noembed", "noframes", "title", "textarea"})
"""What stands in these is no HTML; it is left out with them."""
_NEEDED = frozenset(
    "href src alt start colspan rowspan style class id role aria-level data-aria-level cite datetime".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """Text between tags, entities decoded."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    is_end: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(html: str) -> Iterator[Words | Tag]:
    """The tags and words in their order; comments, scripts and the like are gone. A tag left open is words."""
    position = 0
    while (start := _TAG_START.search(html, position)) is not None:
        if start.start() > position:
            yield Words(unescape(html[position : start.start()]))
        inside = start.end()
        if html[inside] in "!?" or (html[inside] == "/" and not html[inside + 1 : inside + 2].isalpha()):
            position = _after_comment(html, inside)
            continue
        is_end = html[inside] == "/"
        name_match = _TAG_NAME.match(html, inside + is_end)
        end = _end_of_tag(html, inside)
        if name_match is None or end < 0:
            yield Words(unescape(html[start.start() :]))
            return
        name = name_match.group().lower()
        position = end + 1
        if is_end:
            yield Tag(name, is_end=True)
        elif name in _RAW:
            position = _after_raw(html, name, position)
        else:
            yield Tag(name, attributes=_attributes(html[name_match.end() : end]))
    if position < len(html):
        yield Words(unescape(html[position:]))


def _end_of_tag(html: str, position: int) -> int:
    """Where the ">" of a tag stands; one between quotes of an attribute is none."""
    while (found := _QUOTE_OR_END.search(html, position)) is not None:
        if found.group() == ">":
            return found.start()
        position = found.end()
        if _VALUE_BEFORE.search(html[max(0, found.start() - 10) : found.start()]):
            closing = html.find(found.group(), position)
            if closing < 0:
                return -1
            position = closing + 1
    return -1


def _after_comment(html: str, inside: int) -> int:
    ending = "-->" if html.startswith("!--", inside) else ">"
    end = html.find(ending, inside + (1 if ending == "-->" else 0))
    return end + len(ending) if end >= 0 else len(html)


def _after_raw(html: str, name: str, position: int) -> int:
    closing = re.compile(f"</{name}", re.IGNORECASE).search(html, position)
    if closing is None:
        return len(html)
    end = html.find(">", closing.end())
    return end + 1 if end >= 0 else len(html)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        name = match.group(1).lower()
        if name in _NEEDED and name not in found:
            found[name] = unescape(next((value for value in match.groups()[1:] if value is not None), ""))
    return found
