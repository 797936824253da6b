"""HTML of Word, Google Docs and their like → plain tags that say the same: h0 to h9, p, b, i, lists, tables, a, img.

What Word says in styles becomes a tag: outline levels, lists that are paragraphs with a bullet typed before them, bold
and italic words. Each token is looked at once, and nothing is remembered deeper than `DEEPEST`.
"""

import re
from collections.abc import Iterable

from app.content.interchange import html_styles as styles
from app.content.interchange.document_notes import Notes
from app.content.interchange.html_tokens import Tag, Words
from app.content.interchange.office_phrases import PathOf, PhraseReader, Token

_VOID = frozenset("img br hr input meta link col wbr area base embed source track param".split())
_DROPPED = frozenset({"xml", "v:textbox", "select", "button", "o:smarttagtype"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset("div section article main blockquote pre hr dl dt dd figure figcaption center address".split())
_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_INLINE = frozenset("b strong i em cite var dfn span font u s strike ins sup sub small big label mark".split())
_REFERENCE_BACK = re.compile(r"#(?:foot|end)note-ref-")
_NOTE_BODY = re.compile(r"(?:foot|end)note-\w+")


class OfficeReader(PhraseReader):
    """Takes the tokens of one text; `plain` holds what they became."""

    def __init__(self, path_of: PathOf, notes: Notes) -> None:
        super().__init__(path_of, notes)
        self.dropped = ""
        self.dropped_depth = 0
        self.paragraph_at = 0
        self.footnotes = 0
        self.is_note_begun = False
        """Whether the number of a footnote was just written, so that its first paragraph is open."""

    def read(self, tokens: Iterable[Token]) -> list[Token]:
        for token in tokens:
            if isinstance(token, Words):
                self._words(token)
            elif token.is_end:
                self._end(token.name)
            else:
                self._start(token)
        self._paragraph_ends()
        self.lists.close_all()
        return self.plain

    # -- words -----------------------------------------------------------------------------------------------------

    def _words(self, words: Words) -> None:
        if self.dropped:
            return
        if self.marker is not None:
            self.marker.append(words.text[:20])
        else:
            self._say(words)

    # -- elements --------------------------------------------------------------------------------------------------

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if self.dropped:
            if name == "p" == self.dropped:
                self.dropped = ""
            else:
                self.dropped_depth += name == self.dropped
                return
        if self.marker is not None:
            self.marker_depth += name == "span"
        elif self._drop(tag):
            return
        elif name in _PARAGRAPHS:
            self._start_paragraph(tag)
        elif name in ("ul", "ol", "menu", "dir", "li"):
            self._start_list(tag)
        elif name == "a":
            self._start_link(tag)
        elif name == "img":
            self._picture(tag)
        elif name in _INLINE:
            self._start_inline(tag)
        elif name in _TABLES:
            self._start_table(tag)
        elif name in _BLOCKS or name == "br":
            self._start_block(tag)
        else:
            self.plain.append(tag)

    def _drop(self, tag: Tag) -> bool:
        """Whether the element goes with all that stands in it."""
        kind = ""
        if tag.name == "del":
            kind = "deleted"
        elif styles.is_comment_mark(tag) or (tag.name == "a" and tag.attributes.get("href", "").startswith("#cmnt")):
            kind = "comment"
            if tag.attributes.get("href", "").startswith("#cmnt_ref"):
                self._forget_paragraph()
                self.dropped, self.dropped_depth = "p", 1
                return True
        elif tag.name == "p" and styles.is_contents(tag):
            kind = "contents"
        elif tag.name == "v:textbox":
            kind = "text_box"
        elif not (tag.name in _DROPPED or styles.is_hidden(tag) or styles.is_page_part(tag)):
            is_back = tag.name == "a" and _REFERENCE_BACK.match(tag.attributes.get("href", ""))
            if not is_back:
                return False
        if kind:
            self.notes.add(kind)
        if tag.name not in _VOID:
            self.dropped, self.dropped_depth = tag.name, 1
        return True

    def _end(self, name: str) -> None:
        if self.dropped:
            self.dropped_depth -= name == self.dropped
            if self.dropped_depth <= 0:
                self.dropped = ""
                if name == "p":
                    self._paragraph_ends()
        elif self.marker is not None:
            self.marker_depth -= name == "span"
            if self.marker_depth <= 0 or name in _PARAGRAPHS:
                self._marker_ends()
            if name in _PARAGRAPHS:
                self._paragraph_ends()
        elif name in _PARAGRAPHS:
            self._paragraph_ends()
        elif name in ("ul", "ol", "menu", "dir"):
            if not self.tables:
                self.lists.html_list_ends()
        elif name in _INLINE or name == "a":
            self._end_inline(name)
        elif name in _TABLES:
            self._end_table(name)
        elif name != "li":
            self.plain.append(Tag(name, is_end=True))

    # -- paragraphs ------------------------------------------------------------------------------------------------

    def _start_paragraph(self, tag: Tag) -> None:
        if self.is_note_begun:
            self.is_note_begun = False
            return
        self._paragraph_ends()
        level = styles.heading_level(tag)
        word_level = styles.list_level(tag) if level is None else None
        if self.tables:
            self.paragraph = "p" if level is None else "b"
            self.plain.extend([Tag("p"), Tag("b")] if level is not None else [Tag("p")])
            return
        self.paragraph_at = len(self.plain)
        if word_level is not None:
            self.paragraph, self.pending_item = "li", word_level
            return
        if level is not None or not self.lists.is_in_html_item:
            self.lists.close_all()
        self.paragraph_at = len(self.plain)
        self.paragraph = f"h{level}" if level is not None else "blockquote" if styles.is_quote(tag) else "p"
        self.plain.append(Tag(self.paragraph))

    def _paragraph_ends(self) -> None:
        while self.inline:
            self._close_inline(self.inline.pop())
        self.pending_item = None
        if self.paragraph == "li":
            self.lists.word_item_ends()
        elif self.paragraph == "b":
            self.plain.extend([Tag("b", is_end=True), Tag("p", is_end=True)])
        elif self.paragraph:
            self.plain.append(Tag(self.paragraph, is_end=True))
        self.paragraph = ""

    def _forget_paragraph(self) -> None:
        if self.paragraph not in ("", "li") and not self.tables:
            del self.plain[self.paragraph_at + 1 :]
            self.inline.clear()

    # -- lists -----------------------------------------------------------------------------------------------------

    def _start_list(self, tag: Tag) -> None:
        if self.tables:
            self.plain.append(Words(" • " if tag.name == "li" else " "))
        elif tag.name != "li":
            self._paragraph_ends()
            start = tag.attributes.get("start", "")
            number = int(start) if start.isdecimal() and len(start) < 5 else 1
            self.lists.html_list_begins(is_ordered=tag.name == "ol", start=number)
        elif _NOTE_BODY.fullmatch(tag.attributes.get("id", "")):
            self._paragraph_ends()
            self.lists.close_all()
            self.footnotes += 1
            self.notes.add("footnote")
            self.plain.extend([Tag("p"), Words(f"[{self.footnotes}] ")])
            self.paragraph, self.is_note_begun = "p", True
        else:
            self._paragraph_ends()
            self.lists.html_item(styles.item_level(tag))

    # -- tables and other blocks -----------------------------------------------------------------------------------

    def _start_table(self, tag: Tag) -> None:
        if tag.name == "table":
            self._paragraph_ends()
            if self.tables:
                self.notes.add("nested_table")
            elif not self.lists.is_in_html_item:
                self.lists.close_all()
            self.tables += 1
        elif not self.tables:
            return
        else:
            self._paragraph_ends()
        if any(tag.attributes.get(name, "1").strip() not in ("", "0", "1") for name in ("colspan", "rowspan")):
            self.notes.add("merged")
        self.plain.append(tag)

    def _end_table(self, name: str) -> None:
        if not self.tables:
            return
        self._paragraph_ends()
        self.tables -= name == "table"
        self.plain.append(Tag(name, is_end=True))

    def _start_block(self, tag: Tag) -> None:
        if tag.name == "br":
            self._begin_item()
        else:
            self._paragraph_ends()
            if not self.tables and tag.name not in ("div", "dl"):
                self.lists.leave_unless_inside()
        self.plain.append(tag)
