"""Mends in a draft: which there are for its faults, and carrying one out."""

import re
from collections.abc import Iterable

from app.access.actor import Actor
from app.authoring import arranging, deleting, drafts
from app.authoring.compiling import Check
from app.authoring.mending_headings import split_at, words_at
from app.authoring.mending_lines import free_key
from app.authoring.mends import Known, Mend, applied, mend_for
from app.authoring.models import CourseDraft, DraftFile
from app.content.compile.faults import Fault
from app.shared.errors import Refusal

_KEY = re.compile(r"\bkey\s*:\s*([a-z0-9-]{1,80})")


class NothingToMend(Refusal):
    status = 409
    sentence = "Chỗ này đã được sửa rồi, hoặc bài đã khác trước. Xem lại danh sách lỗi."


def known_of(files: Iterable[DraftFile]) -> Known:
    """What mends have to know of a draft."""
    return Known(frozenset(key for file in files for key in _KEY.findall(file.text or "")))


def mend_of(fault: Fault, files: Iterable[DraftFile], known: Known) -> Mend | None:
    """The mend of a fault of the draft with these files; none for what only the editor can ask for."""
    file = next((file for file in files if file.path == fault.file), None)
    if file is None:
        return None
    return mend_for(fault, file.path, file.text or "", known)


def find_fault(check: Check, file: str, line: int, code: str, about: str) -> Fault:
    """The fault that a page showed.

    Raises:
        NothingToMend: it is not there any more.
    """
    for fault in check.faults:
        if (fault.file, fault.line, fault.code, fault.about) == (file, line, code, about):
            return fault
    raise NothingToMend


def carry_out(draft: CourseDraft, fault: Fault, by: Actor) -> DraftFile | None:
    """Mend the fault. Returns the item that a lesson was cut into, where it was.

    Raises:
        NothingToMend: there is no mend that needs no answer.
    """
    files = drafts.live_files(draft)
    mend = mend_of(fault, files, known_of(files))
    file = next((file for file in files if file.path == fault.file), None)
    if mend is None or mend.ask or file is None:
        raise NothingToMend
    if mend.kind == "delete":
        deleting.delete_file(draft, file.id, by)
        return None
    if mend.kind == "split":
        return _split(draft, file, mend, by)
    drafts.save_text(draft, file.id, applied(file.text or "", mend), file.revision, by)
    drafts.note_event(draft, "mend", by, file=file.path, line=mend.start_line)
    return None


def _split(draft: CourseDraft, file: DraftFile, mend: Mend, by: Actor) -> DraftFile:
    """The lesson as two; the second one stands behind it."""
    text = file.text or ""
    taken = known_of(drafts.live_files(draft)).keys
    first, title, second = split_at(text, mend.start_line, free_key(words_at(text, mend.start_line), taken))
    drafts.save_text(draft, file.id, first, file.revision, by)
    made = arranging.add_item(draft, "lesson", title, by, text=second, after=file.id)
    drafts.note_event(draft, "split_item", by, file=file.path, into=made.path)
    return made
