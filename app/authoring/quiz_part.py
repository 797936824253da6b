"""What the form of a quiz needs from its page: addresses, kinds of questions, pictures of the course."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.access.declare import current_actor
from app.authoring.arranging import items_of
from app.authoring.drafts import live_files
from app.authoring.item_text import ItemText, read_item_text
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.question_kinds import KINDS, QuestionKind
from app.authoring.quiz_asked import Asked, find_asked, pieces_of


@dataclass(frozen=True, slots=True)
class QuizPart:
    """For `authoring/_quiz_builder.html`."""

    pieces: tuple[str, str, str]
    """The body as text, for who has no scripts: before what is asked for, that itself, and behind."""
    asked: Asked | None
    """The part to begin with."""
    is_gone: bool
    """A question was asked for that the draft no longer has."""
    title: str
    minutes: str
    revision: int
    keep_key: str
    """By which unsent work is kept in the browser: the person and the file, and that it is the form's: the editor of
    texts keeps its own, and neither can read the other's."""
    save_url: str
    """Of the plain form."""
    questions_url: str
    preview_url: str
    try_url: str
    import_url: str
    undo_import_url: str
    media_url: str
    session_url: str
    sign_in_url: str
    media: Mapping[str, str]
    """Pictures of the draft: path → address."""
    earlier: tuple[tuple[str, str], ...]
    """Other quizzes of the course: key, title."""

    @property
    def kinds(self) -> tuple[QuestionKind, ...]:
        return KINDS

    @property
    def asked_json(self) -> str:
        return json.dumps({"place": self.asked.place, "field": self.asked.field}) if self.asked else ""

    @property
    def media_json(self) -> str:
        return json.dumps(dict(self.media), ensure_ascii=False)


def make_quiz_part(
    draft: CourseDraft, file: DraftFile, content: ItemText, body: str, *, line: int | None = None, question: str = ""
) -> QuizPart:
    """For a quiz that stands in the draft as `content`, and in the plain form as `body`; a link asks for a `line` of
    the body or for the key of a `question`.
    """

    def to(endpoint: str) -> str:
        return url_for(f"authoring.{endpoint}", draft_id=draft.id, file_id=file.id)

    files = live_files(draft)
    others = [read_item_text(other.text or "") for other in items_of(files) if other.id != file.id]
    asked = find_asked(file.text or "", content, line=line, key=question)
    return QuizPart(
        pieces=pieces_of(body, asked),
        asked=asked,
        is_gone=bool(question) and asked is None,
        title=content.title,
        minutes=content.word("minutes"),
        revision=file.revision,
        keep_key=f"form/{current_actor().person_id}/{file.id}",
        save_url=to("save_form"),
        questions_url=to("show_questions"),
        preview_url=to("preview_of_question"),
        try_url=to("try_item"),
        import_url=to("show_import"),
        undo_import_url=to("take_back_import"),
        media_url=url_for("authoring.upload_media", draft_id=draft.id),
        session_url=url_for("authoring.show_session"),
        sign_in_url=url_for("people.show_staff_sign_in"),
        media={other.path: f"/media/{other.media}" for other in files if other.media},
        earlier=tuple(
            (other.word("key"), other.title) for other in others if other.kind == "quiz" and other.word("key")
        ),
    )
