"""The page on which one item is written."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext

from app.authoring.arranging import items_of
from app.authoring.drafts import live_files
from app.authoring.editor_part import EditorPart, make_editor_part
from app.authoring.item_text import ItemText, read_item_text
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.people_names import name_of
from app.authoring.quiz_part import QuizPart, make_quiz_part

ITEM_KINDS = {
    "lesson": lazy_gettext("Bài học"),
    "quiz": lazy_gettext("Bài kiểm tra"),
    "practice": lazy_gettext("Thực hành"),
    "drill": lazy_gettext("Tình huống"),
}


@dataclass(frozen=True, slots=True)
class OtherItem:
    """An item of the same course, for links to it and for the way from one to the next."""

    title: str
    path: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    draft_id: UUID
    file_id: UUID
    course_title: str
    kind: str
    kind_name: str
    revision: int
    content: ItemText
    body: str
    """What stands in the editor: as stored, or as it was typed when it could not be saved."""
    items: list[OtherItem]
    editor: EditorPart | None
    """None for a quiz that is built by form."""
    quiz: QuizPart | None
    """For a quiz that is built by form."""
    saved_at: datetime
    saved_by: str
    refusal: str = ""
    theirs: str = ""
    """The text that somebody else saved meanwhile."""

    @property
    def title(self) -> str:
        return self.content.title


def make_item_page(
    draft: CourseDraft,
    file: DraftFile,
    body: str | None = None,
    refusal: str = "",
    *,
    is_conflict: bool = False,
    as_text: bool = False,
    line: int | None = None,
    question: str = "",
) -> ItemPage:
    """`as_text`: a quiz in the editor of texts, for who prefers Markdown to the form. `line`, or the key of a
    `question`: where the form of a quiz begins.
    """
    content = read_item_text(file.text or "")
    body = content.body if body is None else body
    items = [
        OtherItem(
            title=read_item_text(other.text or "").title or other.path,
            path=other.path,
            href=url_for("authoring.edit_item", draft_id=draft.id, file_id=other.id),
            is_here=other.id == file.id,
        )
        for other in items_of(live_files(draft))
    ]
    others = [(item.title, item.path) for item in items if not item.is_here]
    by_form = content.kind == "quiz" and not as_text
    return ItemPage(
        draft_id=draft.id,
        file_id=file.id,
        course_title=draft.title,
        kind=content.kind,
        kind_name=str(ITEM_KINDS[content.kind]),
        revision=file.revision,
        content=content,
        body=body,
        items=items,
        editor=None if by_form else make_editor_part(draft, file, content, body, others),
        quiz=make_quiz_part(draft, file, content, body, line=line, question=question) if by_form else None,
        saved_at=file.updated_at,
        saved_by=name_of(file.updated_by),
        refusal=refusal,
        theirs=content.body if is_conflict else "",
    )
