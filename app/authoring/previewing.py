"""The editor's preview: the learner's page of what is being written, with its faults."""

from typing import Any
from uuid import UUID

from flask import url_for

from app.authoring.arranging import slug_of
from app.authoring.compiling import compile_item, draft_items
from app.authoring.drafts import live_files
from app.authoring.field_words import say_in_form
from app.authoring.item_text import lines_in_body, read_item_text
from app.authoring.mending import known_of
from app.authoring.mends import Known, mend_for
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.quiz_preview import questions_html
from app.content.compile.faults import Fault
from app.content.compile.item import CompiledItem
from app.learning.previewing import led_elsewhere, preview_item
from app.shared.errors import NotFound


def preview_of(draft: CourseDraft, file: DraftFile, text: str) -> dict[str, Any]:
    """{"html", "faults"} for the editor. Of a quiz all questions come, one below the other."""
    compiled, header, faults = compile_item(draft, file, text)
    content = read_item_text(text)
    known = known_of(live_files(draft))
    if compiled.kind == "quiz":
        html = questions_html(compiled, header, draft.slug)
    else:
        html = preview_item(compiled, header, draft.slug, _others(draft, compiled, file))
    return {
        "html": led_elsewhere(html, {}, "#"),
        "faults": [
            _fault_json(fault, line, file.path, text, content.first_line, known)
            for line, fault in lines_in_body(sorted(faults), content.first_line)
        ],
    }


def _fault_json(fault: Fault, line: int, path: str, text: str, first_line: int, known: Known) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "line": line,
        "reason": say_in_form(fault.reason, is_course=False),
        "is_warning": fault.is_warning,
    }
    mend = mend_for(fault, path, text, known) if fault.file == path else None
    mend_json = mend.to_json(fault, text, first_line) if mend else None
    return {**shown, "mend": mend_json} if mend_json else shown


def page_to_try(draft: CourseDraft, file: DraftFile, path: str) -> str:
    """The learner's page as it stands in the draft. Its links and buttons lead on to other pages to try.

    Raises:
        NotFound: a path that the drill does not have.
    """
    compiled, header, _ = compile_item(draft, file)
    if compiled.kind == "drill" and "drill" not in compiled.data:
        raise NotFound
    items = draft_items(draft)
    addresses = {f"/courses/{draft.slug}/{slug_of(item.path)}": _address(draft, item.id) for item in items}
    position = next((index for index, item in enumerate(items) if item.id == file.id), 0)
    following = items[position + 1] if position + 1 < len(items) else None
    otherwise = _address(draft, following.id) if following else url_for("authoring.show_draft", draft_id=draft.id)
    html = preview_item(compiled, header, draft.slug, _others(draft, compiled, file), path=path)
    return led_elsewhere(html, addresses, otherwise)


def _address(draft: CourseDraft, file_id: UUID) -> str:
    return url_for("authoring.try_item", draft_id=draft.id, file_id=file_id)


def _others(draft: CourseDraft, compiled: CompiledItem, file: DraftFile) -> list[CompiledItem]:
    """All items of the course in order, as far as the frame of a page needs them."""
    return [compiled if item.id == file.id else _stand_in(item) for item in draft_items(draft)]


def _stand_in(file: DraftFile) -> CompiledItem:
    text = read_item_text(file.text or "")
    slug = slug_of(file.path)
    return CompiledItem(0, file.path, text.kind, text.word("key") or slug, slug, text.title, 1, "", "", None)
