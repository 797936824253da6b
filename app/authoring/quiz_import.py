"""A file or pasted text of questions, whatever program it comes from → what can be taken into a quiz, and what not.

The format is told by the content: a spreadsheet and XML by their first bytes, text by which reader gets most out of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext

from app.content.compile.text import normalise
from app.content.interchange import aiken, gift, moodle_xml, pasted, xlsx
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.interchange.text_input import read_text
from app.content.quiz_source.read import SourcePart, read_quiz_source
from app.shared.errors import Refusal

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_TEXT = 400 * 1024
MOST_LINES = 20_000
"""Of text: each of its readers has to look at all of it. A quiz holds half as much."""
LABEL_LENGTH = 80
NAMES = {
    "markdown": lazy_gettext("tệp của Học Số"),
    "gift": "GIFT",
    "aiken": "Aiken",
    "pasted": lazy_gettext("chữ soạn trong Word"),
    "moodle-xml": "Moodle XML",
    "xlsx": "Excel",
}


class ImportRefused(Refusal):
    status = 422


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds."""

    format: str
    imported: Imported

    @property
    def format_name(self) -> str:
        return str(NAMES[self.format])

    @property
    def taken(self) -> list[TakenQuestion]:
        return [entry for entry in self.imported.entries if isinstance(entry, TakenQuestion)]

    @property
    def refused(self) -> list[RefusedQuestion]:
        return [entry for entry in self.imported.entries if isinstance(entry, RefusedQuestion)]


def read_questions(content: bytes) -> Read:
    """Read a file by what it is.

    Raises:
        ImportRefused: empty, too large, or of no format that we know.
    """
    if not content.strip():
        raise ImportRefused(gettext("Chưa có gì để đọc. Chọn một tệp, hoặc dán các câu hỏi vào ô."))
    if len(content) > LARGEST_FILE:
        raise ImportRefused(gettext("Tệp nặng quá 20 MB. Chia thành nhiều tệp nhỏ."))
    try:
        if content.startswith(b"PK\x03\x04"):
            return Read("xlsx", xlsx.read(content))
        if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:5].lower() in (b"<?xml", b"<quiz"):
            return Read("moodle-xml", moodle_xml.read(content))
        return _best_of_text(content)
    except FileUnreadable as error:
        raise ImportRefused(gettext("Dòng %(line)s: %(reason)s", line=error.line, reason=error.reason)) from None


def _best_of_text(content: bytes) -> Read:
    if len(content) > LARGEST_TEXT or content.count(b"\n") > MOST_LINES:
        raise ImportRefused(gettext("Tệp chữ dài quá 400 KB hoặc 20.000 dòng. Chia thành nhiều tệp nhỏ."))
    found: list[Read] = []
    troubles: list[FileUnreadable] = []
    for name, reader in _TEXT_READERS:
        try:
            found.append(Read(name, reader(content)))
        except FileUnreadable as error:
            troubles.append(error)
    best = max(found, key=_yield, default=None)
    if best is not None and (best.taken or best.refused):
        return best
    if troubles and all(error.reason == troubles[0].reason for error in troubles):
        raise troubles[0]
    raise ImportRefused(
        gettext("Máy không thấy câu hỏi nào. Mỗi câu viết: Câu 1. …? rồi A. …, B. … và một dòng Đáp án: B")
    )


def _yield(read: Read) -> tuple[int, int, int]:
    """The most questions, then the fewest faults, then the least that had to be changed."""
    return len(read.taken), -len(read.refused), -sum(len(entry.changes) for entry in read.taken)


def _read_own(content: bytes) -> Imported:
    """Questions in our own Markdown, with or without the front matter of a file."""
    text = read_text(content).text
    body = text if text.startswith("---\n") else f"---\n---\n{text}"
    shift = 0 if body is text else 2
    source = read_quiz_source(normalise(body.encode()))
    if not source.questions:
        raise FileUnreadable("")
    return Imported(tuple(_own_entry(part, shift) for part in source.parts if not part.pool))


def _own_entry(part: SourcePart, shift: int) -> TakenQuestion | RefusedQuestion:
    line = max(1, part.line - shift)
    if part.question:
        return TakenQuestion(line, part.question)
    label = part.text.strip().split("\n")[0][:LABEL_LENGTH]
    reasons = [fault.reason for fault in part.faults if not fault.is_warning]
    return RefusedQuestion(line, label, reasons[0] if reasons else gettext("Đoạn chữ này không phải là câu hỏi."))


_TEXT_READERS: tuple[tuple[str, Callable[[bytes], Imported]], ...] = (
    ("markdown", _read_own),
    ("gift", gift.read),
    ("aiken", aiken.read),
    ("pasted", pasted.read),
)
