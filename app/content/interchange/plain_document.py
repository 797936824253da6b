"""Plain text, as Notepad and Zalo have it, → the Markdown of a lesson. Each line is a paragraph.

Only what people type to mean it is structure: "- " or "• " before an item, "1. " before a step, "## " before a
heading. Everything else shows as it was typed.
"""

import re
from html import escape

from app.content.interchange.document import Document, document_from_html

_HEADING = re.compile(r"(#{1,4})[ \t]+(\S.*)")
_BULLET = re.compile(r"([ \t]*)[-*+•●▪◦·–—][ \t]+(\S.*)")
_STEP = re.compile(r"([ \t]*)(\d{1,3})[.)][ \t]+(\S.*)")
_INDENTED = 2


def document_from_text(text: str, *, takes_title: bool = True) -> Document:
    """As `document_from_html`."""
    return document_from_html("".join(map(_line, text.splitlines())), takes_title=takes_title)


def _line(line: str) -> str:
    if found := _HEADING.match(line):
        return f"<h{len(found[1])}>{escape(found[2])}</h{len(found[1])}>"
    if found := _BULLET.match(line):
        return f"<p style='mso-list:l0 level{_level(found[1])}'>{escape(found[2])}</p>"
    if found := _STEP.match(line):
        marker = f"<span style='mso-list:Ignore'>{found[2]}.</span>"
        return f"<p style='mso-list:l1 level{_level(found[1])}'>{marker}{escape(found[3])}</p>"
    return f"<p>{escape(line)}</p>" if line.strip() else ""


def _level(indent: str) -> int:
    return 2 if len(indent.expandtabs(4)) >= _INDENTED else 1
