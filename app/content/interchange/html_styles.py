"""What the style, class and role of an element say about its words: Word and Google Docs say most things there."""

import re
from functools import lru_cache

from app.content.interchange.html_tokens import Tag

DROPPED_PARTS = ("header", "footer", "comment", "comment-list", "footnote-separator", "endnote-separator")
DEEPEST_HEADING = 9
_LEVEL = re.compile(r"\blevel(\d)")
_TITLE = frozenset({"msotitle", "title"})
_QUOTE = frozenset({"msoquote", "msointensequote"})
_CONTENTS = re.compile(r"msotoc\d|msotocheading")


@lru_cache(maxsize=512)
def declarations(style: str) -> dict[str, str]:
    """Name → value of a style attribute, in lower case."""
    found: dict[str, str] = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip()] = value.strip()
    return found


def style_of(tag: Tag) -> dict[str, str]:
    return declarations(tag.attributes.get("style", "")[:2_000])


def classes(tag: Tag) -> frozenset[str]:
    return frozenset(tag.attributes.get("class", "")[:500].lower().split())


def is_hidden(tag: Tag) -> bool:
    style = style_of(tag)
    return style.get("display") == "none" or style.get("mso-hide") == "all"


def is_page_part(tag: Tag) -> bool:
    """Headers, footers and the list of comments: not what the text says."""
    return style_of(tag).get("mso-element", "") in DROPPED_PARTS


def is_marker(tag: Tag) -> bool:
    """The bullet or number that Word writes in front of the words of an item."""
    return style_of(tag).get("mso-list") == "ignore"


def is_comment_mark(tag: Tag) -> bool:
    return bool(classes(tag) & {"msocommentreference", "msocomanchor"})


def is_contents(tag: Tag) -> bool:
    """A line of the table of contents."""
    return any(_CONTENTS.fullmatch(name) for name in classes(tag))


def is_quote(tag: Tag) -> bool:
    return bool(classes(tag) & _QUOTE)


def heading_level(tag: Tag) -> int | None:
    """1 to 9 for a true heading, 0 for the title of the document; None for anything that only looks like one."""
    if tag.name == "p" and classes(tag) & _TITLE:
        return 0
    if len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1] in "123456":
        return 0 if "title" in classes(tag) else int(tag.name[1])
    said = style_of(tag).get("mso-outline-level", "")
    if not said and tag.attributes.get("role", "").lower() == "heading":
        said = tag.attributes.get("aria-level", "2")
    return int(said) if len(said) == 1 and said in "123456789" else None


def list_level(tag: Tag) -> int | None:
    """How deep Word has put this paragraph into a list; None if it is in none."""
    said = _LEVEL.search(style_of(tag).get("mso-list", ""))
    return max(1, int(said[1])) if said else None


def item_level(tag: Tag) -> int:
    """How deep an item says it is: Word in the browser writes each into a list of its own."""
    said = tag.attributes.get("data-aria-level") or tag.attributes.get("aria-level") or "1"
    return max(1, int(said)) if len(said) == 1 and said in "123456789" else 1


def marks_of(tag: Tag) -> list[str]:
    """The marks that an element within a paragraph gives its words: b, i, sup, sub, struck."""
    style, marks = style_of(tag), []
    weight = style.get("font-weight", "")
    is_bold = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight[:4]) >= 600)
    if is_bold or (tag.name in ("b", "strong") and not weight):
        marks.append("b")
    slant = style.get("font-style", "")
    if slant in ("italic", "oblique") or (tag.name in ("i", "em", "cite", "var", "dfn") and not slant):
        marks.append("i")
    if tag.name in ("sup", "sub"):
        marks.append(tag.name)
    elif (raised := style.get("vertical-align")) in ("super", "sub"):
        marks.append("sup" if raised == "super" else "sub")
    lines = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}"
    if tag.name in ("s", "strike") or "line-through" in lines:
        marks.append("struck")
    return marks
