"""A text of Word or Google Docs, as HTML → the Markdown of a lesson with its pictures. Pure: nothing is fetched.

Any input ends, in time that grows with its length: at most `MAXIMUM_HTML` letters are read, pictures not counted.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from unicodedata import normalize

from app.content.interchange.document_frames import without_frames
from app.content.interchange.document_notes import Notes
from app.content.interchange.document_writer import DocumentWriter
from app.content.interchange.embedded_pictures import PictureShelf
from app.content.interchange.html_tokens import tokens
from app.content.interchange.markdown_words import plain_words
from app.content.interchange.office_html import OfficeReader

MAXIMUM_HTML = 2_000_000
MAXIMUM_TOKENS = 200_000
"""Tags and stretches of words between them: a text of 100 pages has half as many."""
MAXIMUM_PICTURES = 60
MAXIMUM_PICTURE = 5 * 1024 * 1024
_EMBEDDED = re.compile(r"data:image/[a-zA-Z0-9.+-]{1,40};base64,([A-Za-z0-9+/=]*)")
_LIFTED = re.compile(r"picture:(\d{1,9})")
_IN_FOLDER = re.compile(r"(?![/.])[^:?#\\]{1,190}\.(?:png|jpe?g|webp|svg|mp3|opus)", re.IGNORECASE)
_DRAWN = re.compile(r"(?:.*\.(?:emf|wmf|emz|wmz)|data:image/(?:x-)?[ew]mf.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    """Plain words; "" where the text says none."""
    markdown: str
    """The body of a lesson: headings from ## on."""
    pictures: dict[str, bytes]
    """Those that came inside the text, by the path in the course folder to which the Markdown points."""
    notes: tuple[str, ...]
    """What was changed or left behind, in sentences for the author."""


def document_from_html(
    html: str, pictures: Mapping[str, str] | None = None, notes: Notes | None = None, *, takes_title: bool = True
) -> Document:
    """`pictures` says for sources of images where they stand in the course folder. Sources that are such paths stay.

    With `takes_title` the title no longer stands in the text; else it is a heading of it.
    """
    notes = notes or Notes()
    shelf = _Pictures(pictures or {}, notes)
    lean = shelf.lift(html)
    if len(lean) > MAXIMUM_HTML:
        notes.add("cut")
        lean = lean[:MAXIMUM_HTML]
    for _ in range(lean.count("<v:textbox")):
        notes.add("text_box")
    writer = DocumentWriter(takes_title=takes_title)
    read = list(islice(tokens(lean), MAXIMUM_TOKENS + 1))
    if len(read) > MAXIMUM_TOKENS:
        notes.add("cut")
    for token in OfficeReader(shelf.path_of, notes).read(without_frames(read[:MAXIMUM_TOKENS])):
        writer.take(token)
    markdown = writer.finished()
    return Document(normalize("NFC", plain_words(writer.title)), markdown, shelf.used(), notes.sentences())


class _Pictures:
    """Where the pictures of one text go."""

    def __init__(self, known: Mapping[str, str], notes: Notes) -> None:
        self.known = known
        self.notes = notes
        self.shelf = PictureShelf()
        self.encoded: list[str] = []

    def lift(self, html: str) -> str:
        """The text without the pictures in it, which may be a hundred times as long."""
        return _EMBEDDED.sub(self._lifted, html)

    def _lifted(self, found: re.Match[str]) -> str:
        self.encoded.append(found[1] if len(self.encoded) < MAXIMUM_PICTURES else "")
        return f"picture:{len(self.encoded) - 1}"

    def path_of(self, source: str) -> str | None:
        if source in self.known:
            return self.known[source]
        lifted = _LIFTED.fullmatch(source)
        path = None
        if lifted and int(lifted[1]) < len(self.encoded):
            path = self._embedded(self.encoded[int(lifted[1])])
        elif _IN_FOLDER.fullmatch(source):
            return source
        if path is None:
            self.notes.add("picture_drawn" if _DRAWN.fullmatch(source) else "picture_lost")
        return path

    def _embedded(self, encoded: str) -> str | None:
        if not encoded or len(encoded) > MAXIMUM_PICTURE * 4 // 3:
            return None
        try:
            content = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            return None
        return self.shelf.path_of("hinh", content)

    def used(self) -> dict[str, bytes]:
        return self.shelf.pictures
