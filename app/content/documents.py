"""A .docx that somebody sends → the Markdown of a lesson. The file is opened in a process of its own, never here.

That process is started with the first file and has 10 seconds for each and 512 MB (see `limited_loop.py`). Nothing is
fetched: pictures that a file only links to stay behind.
"""

import base64
import re
from dataclasses import replace
from pathlib import Path

from app.content.compile.normal_photo import normal_size
from app.content.compile.pictures import picture_extension
from app.content.interchange.document import Document, document_from_html
from app.content.interchange.document_notes import Notes
from app.content.interchange.report import FileUnreadable
from app.content.interchange.word_file import TOO_TANGLED, check_word_file
from app.content.limited_process import LimitedProcess
from app.content.photos import normal_folder

SECONDS_PER_FILE = 10.0
PROGRAM = Path(__file__).parent / "interchange" / "docx_program.py"
"""Named, not imported: the library that it needs is loaded in that process only."""


class DocxWorker(LimitedProcess):
    """The process in which files of Word are opened."""

    def __init__(self, seconds: float = SECONDS_PER_FILE) -> None:
        super().__init__(PROGRAM, {"content": ""}, {"html": str, "formulas": bool}, seconds)


_worker = DocxWorker()


def document_from_docx(content: bytes, *, takes_title: bool = True) -> Document:
    """The text of the file with its pictures in their normal form.

    Raises:
        FileUnreadable: no .docx, or one that is too large or may do harm.
    """
    check_word_file(content)
    answer = _worker.ask({"content": base64.b64encode(content).decode()})
    if "error" in answer:
        raise FileUnreadable(TOO_TANGLED)
    notes = Notes()
    if answer["formulas"]:
        notes.add("formula")
    return with_normal_pictures(document_from_html(answer["html"], notes=notes, takes_title=takes_title))


def with_normal_pictures(document: Document) -> Document:
    """The same with each picture as phones need it; what cannot be opened goes, and is said."""
    pictures = normal_folder(document.pictures)
    lost = [path for path, content in pictures.items() if not normal_size(content, picture_extension(path) or "png")]
    if not lost:
        return replace(document, pictures=pictures)
    shown = re.compile(rf"!\[(?:\\.|[^\]\\])*+\]\((?:{'|'.join(map(re.escape, lost))})\)")
    notes = Notes()
    for _ in lost:
        notes.add("picture_lost")
    return Document(
        document.title,
        re.sub(r"\n{3,}", "\n\n", shown.sub("", document.markdown)).strip(),
        {path: content for path, content in pictures.items() if path not in lost},
        (*document.notes, *notes.sentences()),
    )
