"""Faults of a course as its pages list them: in the words of the form, each with a way to the very field."""

import re
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from app.authoring.field_words import label_of, named_field, say_in_form
from app.authoring.item_text import ItemText, read_item_text
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.text_words import NO_ITEMS
from app.content.compile import course_file
from app.content.compile.faults import Fault
from app.content.quiz_source.read import read_quiz_source
from app.content.source_fields import name_at

ADDRESS = "address"
"""Code of a fault whose field stands on the page of publishing itself."""
IN_EDITOR = ("title", "minutes", "channel", "from")
"""Fields that stand above the text of an item."""
LONGEST_WORDS = 40
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[\s>#*+-]*(\[[ x]\]|\d+\.)?|[*`_]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FaultLine:
    where: str
    """What the form calls the place."""
    href: str
    """To the field; empty where there is none."""
    reason: str
    is_warning: bool
    fault: Fault
    mend: str = ""
    """What the button says that mends it at once; empty where there is none."""


def fault_line(draft: CourseDraft, fault: Fault, files: list[DraftFile]) -> FaultLine:
    """Where it is, what to do, and the page on which it can be put right."""
    file = next((file for file in files if file.path == fault.file), None)
    if fault.file == course_file.NAME:
        where, href = _in_settings(draft, fault, file)
    elif file is not None and file.text is not None:
        where, href = _in_item(draft, fault, file)
    else:
        where, href = _in_media(draft, fault, files)
    reason = say_in_form(fault.reason, is_course=fault.file == course_file.NAME)
    return FaultLine(where, href, reason, fault.is_warning, fault)


def _in_settings(draft: CourseDraft, fault: Fault, file: DraftFile | None) -> tuple[str, str]:
    if fault.code == ADDRESS:
        return gettext("Địa chỉ"), url_for("authoring.show_publication", draft_id=draft.id, _anchor="slug")
    if re.match(NO_ITEMS, fault.reason):
        return gettext("Các mục"), url_for("authoring.show_draft", draft_id=draft.id, _anchor="new-title")
    name = named_field(fault.reason) or name_at(file.text or "" if file else "", fault.line)
    label = label_of(name, is_course=True)
    href = url_for("authoring.edit_settings", draft_id=draft.id, _anchor=name if label else None)
    where = gettext("Thông tin khóa học")
    return (f"{where}, {label}" if label else where), href


def _in_item(draft: CourseDraft, fault: Fault, file: DraftFile) -> tuple[str, str]:
    text = file.text or ""
    content = read_item_text(text)
    title = content.title or gettext("Chưa có tên")
    line = max(0, fault.line - content.first_line + 1)
    name = named_field(fault.reason)
    anchor = f"editor-{name}" if line == 0 and content.kind != "quiz" and name in IN_EDITOR else None
    href = url_for("authoring.edit_item", draft_id=draft.id, file_id=file.id, line=line, _anchor=anchor)
    near = _question_at(text, fault.line) if content.kind == "quiz" else _words_at(content, line)
    return (f"{title}, {near}" if near else title), href


def _question_at(text: str, line: int) -> str:
    """ "câu 3", counted as the form shows them; empty above the first."""
    number = sum(part.question is not None and part.line <= line for part in read_quiz_source(text).parts)
    return gettext("câu %(number)s", number=number) if number else ""


def _words_at(content: ItemText, line: int) -> str:
    """The first words of a line without its marks: no form numbers its lines."""
    lines = content.body.splitlines()
    words = _MARKS.sub("", _LINK.sub(r"\1", lines[line - 1])).strip() if 0 < line <= len(lines) else ""
    if not words:
        return ""
    shown = words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rsplit(" ", 1)[0] + "…"
    return gettext("chỗ “%(words)s”", words=shown)


def _in_media(draft: CourseDraft, fault: Fault, files: list[DraftFile]) -> tuple[str, str]:
    """A picture or sound is put right where it is used."""
    for file in files:
        if file.text is not None and file.path != course_file.NAME and fault.file in file.text:
            content = read_item_text(file.text)
            line = file.text[: file.text.index(fault.file)].count("\n") + 2 - content.first_line
            href = url_for("authoring.edit_item", draft_id=draft.id, file_id=file.id, line=max(0, line))
            return f"{content.title or gettext('Chưa có tên')}, {fault.file}", href
    return fault.file, ""
