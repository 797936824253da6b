"""What stands within a paragraph of Word or Google Docs: bold and italic words, links, pictures, and Word's bullets.

A bullet or number comes before the words of an item and says what kind of list it is, so the item is written only when
its words come.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.content.interchange import html_styles as styles
from app.content.interchange.document_links import clean_link
from app.content.interchange.document_notes import Notes
from app.content.interchange.html_tokens import Tag, Words
from app.content.interchange.office_lists import Lists

Token = Tag | Words
PathOf = Callable[[str], str | None]
"""The source of an image → its path in the course folder, or None for one that did not come along."""

DEEPEST = 200
LONGEST_ALT = 300
_MARKER_NUMBER = re.compile(
    r"[\[(]?(?:(?:\d{1,3}\.)*(\d{1,4})[.)\]:]*|(?:[a-zđ]|[ivxlcdm]{1,7})[.)\]:]+)", re.IGNORECASE
)
"""A letter alone is a bullet: Word draws them with letters of its symbol fonts."""
_ALT_OF_PROGRAMS = re.compile(
    r".*(?:description automatically generated|mô tả được tạo tự động)\.?|"
    r"(?:picture|image|graphic|hình|ảnh|img|screenshot|z)[ _-]*\d*(?:_\w+)?(?:\.\w{3,4})?|"
    r"\S+\.(?:png|jpe?g|gif|bmp|webp|emf|wmf)|[a-z]:\\.*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE_LINK = re.compile(r"#(?:_ftn|_edn|ftnt|(?:foot|end)note-)(?!ref)")


@dataclass(slots=True)
class _Open:
    """An element that is open: what has to be written when it ends."""

    name: str
    tags: list[Tag]
    is_written: bool


class PhraseReader:
    """What a reader of a whole text needs to remember of the paragraph it is in."""

    def __init__(self, path_of: PathOf, notes: Notes) -> None:
        self.path_of = path_of
        self.notes = notes
        self.plain: list[Token] = []
        self.lists = Lists(self.plain)
        self.inline: list[_Open] = []
        self.marker: list[str] | None = None
        self.marker_depth = 0
        self.paragraph = ""
        """What the open paragraph became: "p", "h2", "blockquote", "li", or "" where none is open."""
        self.pending_item: int | None = None
        """Level of the item whose words are still to come, and what its marker says."""
        self.is_ordered = False
        self.number: int | None = None
        self.tables = 0

    def _begin_item(self) -> None:
        """The item of Word's that waited for its marker, now that its words come."""
        if self.pending_item is None:
            return
        level, self.pending_item = self.pending_item, None
        self.lists.word_item(level, is_ordered=self.is_ordered, number=self.number)
        self.is_ordered, self.number = False, None
        for element in self.inline:
            self._write(element)

    def _say(self, words: Words) -> None:
        if words.text.strip():
            self._begin_item()
            self._leave_list()
        self.plain.append(words)

    def _leave_list(self) -> None:
        if not self.tables:
            self.lists.leave_unless_inside()

    def _marker_ends(self) -> None:
        said = "".join(self.marker or []).replace("\u00a0", " ").strip()[:20]
        self.marker = None
        found = _MARKER_NUMBER.fullmatch(said)
        if self.pending_item is not None:
            self.is_ordered = found is not None
            self.number = int(found[1]) if found and found[1] else None
        elif self.paragraph and said:
            self.plain.append(Words(f"{said} " if found else "• "))

    def _start_inline(self, tag: Tag) -> None:
        if styles.is_marker(tag):
            self.marker, self.marker_depth = [], 1
            return
        marks = styles.marks_of(tag)
        if "struck" in marks:
            self.notes.add("struck")
        is_heading = self.paragraph.startswith("h") or self.paragraph == "b"
        names = tuple(mark for mark in marks if mark in ("i", "sup", "sub") or (mark == "b" and not is_heading))
        self._open_inline(tag.name, [Tag(name) for name in names])

    def _open_inline(self, name: str, tags: list[Tag]) -> None:
        if len(self.inline) >= DEEPEST:
            return
        element = _Open(name, tags, is_written=False)
        if self.pending_item is None:
            self._write(element)
        self.inline.append(element)

    def _write(self, element: _Open) -> None:
        self.plain.extend(element.tags)
        element.is_written = True

    def _end_inline(self, name: str) -> None:
        for position in range(len(self.inline) - 1, -1, -1):
            if self.inline[position].name == name:
                self._close_inline(self.inline.pop(position))
                return

    def _close_inline(self, element: _Open) -> None:
        if element.is_written:
            self.plain.extend(Tag(tag.name, is_end=True) for tag in reversed(element.tags))

    def _start_link(self, tag: Tag) -> None:
        href = tag.attributes.get("href", "")
        if _NOTE_LINK.match(href):
            if "footnote" not in self.notes:
                self.notes.add("footnote")
            self._open_inline("a", [])
            return
        address = clean_link(href, self.notes)
        self._open_inline("a", [Tag("a", attributes={"href": address})] if address else [])

    def _picture(self, tag: Tag) -> None:
        alt = " ".join(tag.attributes.get("alt", "").split())[:LONGEST_ALT]
        if alt and len(alt) <= 8 and not any(character.isalnum() for character in alt):
            self._say(Words(alt))
            return
        path = self.path_of(tag.attributes.get("src", "").strip())
        if path is None:
            return
        if _ALT_OF_PROGRAMS.fullmatch(alt):
            alt = ""
        if not alt:
            self.notes.add("picture_bare")
        self._begin_item()
        self._leave_list()
        self.plain.append(Tag("img", attributes={"src": path, "alt": alt}))
