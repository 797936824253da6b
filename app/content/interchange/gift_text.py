"""Texts of a GIFT file → our Markdown and back: escapes, the four formats, the place of a missing word."""

import re
from dataclasses import dataclass
from html import unescape

from app.content.interchange.html_markdown import MAXIMUM_HTML, to_markdown, to_phrase
from app.content.interchange.markdown_words import escaped, escaped_line
from app.content.quiz_source.model import GAP

CONTROLS = ":#={}~"
_HIDDEN = "\x01\x02\x03\x04\x05\x06"
"""Stand for controls that were escaped; the normal form of a text has none of these."""
_NEW_LINE = "\x07"
_BLANK = "\x08"
"""The missing word, until what stands around it is Markdown."""
_OPENING = "([\"'“‘«"
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_SHOWN = str.maketrans(_HIDDEN + _NEW_LINE, CONTROLS + "\n")
_HIDE = dict(zip("\\n" + CONTROLS, "\\" + _NEW_LINE + _HIDDEN, strict=True))
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_STARTS_BLOCK = re.compile(r"(?:[-*+•●▪◦·–—]|\d{1,9}[.)]|#{1,6})(?:[ \t]|$)|>|\||`{3}|~{3}|\*\*\*+$|---+$|___+$")
_ESCAPED_START = re.compile(r"(\d{0,9})(?:\\([-+#>.)])|(&#\d{1,7};))")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\(([^)\n]{0,500})\)")
_IN_MARKDOWN = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])|&(?:lt|gt|amp|#\d{1,7});")


def hidden(text: str) -> str:
    """The text with escaped controls hidden, so that those that are left mean something."""
    return _ESCAPE.sub(lambda found: _HIDE[found.group(1)], text)


def shown(text: str) -> str:
    """What the author meant: hidden controls as characters."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    return " ".join(shown(text).split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and the format that it says it has."""

    text: str
    format: str


def piece(text: str, default: str = "moodle") -> Piece:
    """`text` with its hidden controls; "[html]" and the like in front say the format."""
    text = text.strip()
    found = _FORMAT.match(text)
    return Piece(shown(text[found.end() :]).strip(), found.group(1)) if found else Piece(shown(text).strip(), default)


class Texts:
    """Makes Markdown of the texts of one question, and notes what was changed."""

    def __init__(self, changes: list[str]) -> None:
        self.changes = changes

    def note(self, change: str) -> None:
        if change not in self.changes:
            self.changes.append(change)

    def blocks(self, source: Piece) -> str:
        """Blocks of Markdown."""
        self._warn(source)
        if source.format == "html":
            return self._checked(to_markdown(source.text))
        if source.format == "markdown":
            return self._checked(source.text)
        return plain_blocks(source.text)

    def phrase(self, source: Piece) -> str:
        """Markdown on one line."""
        self._warn(source)
        if source.format == "html":
            return self._checked(to_phrase(source.text))
        if "\n" in source.text:
            self.note("Phương án hoặc vế ghép viết trên nhiều dòng được nối thành một dòng.")
        words = " ".join(source.text.split())
        return self._checked(_unguarded(words)) if source.format == "markdown" else escaped(words)

    def title_and_stem(self, source: Piece) -> tuple[str, str]:
        """The first line and the rest. The title is empty where the text begins with a list, a table or the like."""
        if source.format in ("plain", "moodle"):
            self._warn(source)
            first, _, rest = source.text.partition("\n")
            return _with_gap(escaped(" ".join(first.split()))), _with_gap(plain_blocks(rest))
        return split_title(self.blocks(source))

    def _warn(self, source: Piece) -> None:
        if source.format == "html":
            if len(source.text) > MAXIMUM_HTML:
                self.note("Phần HTML dài quá 200.000 chữ cái; đã cắt bỏ phần cuối.")
        elif _TAG.search(source.text):
            self.note("Trong câu có thẻ HTML; thẻ sẽ hiện nguyên chữ. Muốn trình bày theo thẻ, viết [html] ở đầu câu.")

    def _checked(self, markdown: str) -> str:
        for found in _PICTURE.finditer(markdown):
            name = found.group(1)[:80]
            self.note(f"Hình {name} không nằm trong tệp GIFT. Chép hình vào thư mục anh/ rồi sửa đường dẫn trong câu.")
        return markdown


def split_title(markdown: str) -> tuple[str, str]:
    """The first line of some Markdown as a heading, and the rest; no heading where a list or the like begins there."""
    first, _, rest = markdown.partition("\n")
    if _STARTS_BLOCK.match(first):
        return "", markdown
    return _unguarded(first).strip(), rest.strip()


def joined_title(title: str, stem: str) -> str:
    """The other way round: what `split_title` takes apart."""
    return f"{guarded(title)}\n\n{stem}" if stem else guarded(title)


def guarded(phrase: str) -> str:
    """A heading or option as other programs must read it: a paragraph that begins no list, quote or table."""
    if not _STARTS_BLOCK.match(phrase):
        return phrase
    at = len(phrase) - len(phrase.lstrip("0123456789"))
    guard = "\\" + phrase[at] if phrase[at] in "-+#>.)" else f"&#{ord(phrase[at])};"
    return phrase[:at] + guard + phrase[at + 1 :]


def _unguarded(phrase: str) -> str:
    found = _ESCAPED_START.match(phrase)
    if found is None:
        return phrase
    restored = f"{found.group(1)}{found.group(2) or unescape(found.group(3))}{phrase[found.end() :]}"
    return restored if _STARTS_BLOCK.match(restored) else phrase


def plain_blocks(text: str) -> str:
    """Lines of words → Markdown that shows the same lines."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(_plain_paragraph(paragraph) for paragraph in paragraphs)


def _plain_paragraph(text: str) -> str:
    return "  \n".join(escaped_line(escaped(" ".join(line.split()))) for line in text.split("\n"))


def bare(markdown: str) -> str:
    """What Markdown made by `escaped` says without its escapes."""
    return _IN_MARKDOWN.sub(lambda found: found.group(1) or unescape(found.group()), markdown)


def is_bare(markdown: str) -> bool:
    """Whether `bare` loses nothing but escapes: no bold, no links."""
    return escaped(bare(markdown)) == markdown


def with_blank(left: str, right: str, blank: str) -> str:
    """A text with the missing word between, apart from the words around it."""
    before = " " if left and not left[-1].isspace() and left[-1] not in _OPENING + _NEW_LINE else ""
    after = " " if right and (right[0].isalnum() or right[0] in "_" + _OPENING) else ""
    return f"{left}{before}{blank}{after}{right}"


def stem_piece(left: str, right: str) -> Piece:
    """The stem of a question whose answers stood between `left` and `right`."""
    if not right.strip():
        return piece(left)
    before, after = left.rstrip(), right.lstrip()
    # A line that ends at a brace ends there for the sake of the file.
    left = f"{before} " if "\n" in left[len(before) :] else left
    right = f" {after}" if "\n" in right[: len(right) - len(after)] else right
    marker = with_blank(left, right, _BLANK)
    source = piece(marker)
    is_plain = source.format in ("plain", "moodle")
    return source if is_plain else Piece(source.text.replace(_BLANK, GAP), source.format)


def _with_gap(markdown: str) -> str:
    return markdown.replace(_BLANK, GAP)
