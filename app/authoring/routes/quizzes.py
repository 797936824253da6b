"""`/workshop/drafts/…/items/…/questions`: the questions of a quiz as its form shows, saves and previews them."""

from typing import Any
from uuid import UUID

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import drafts
from app.authoring.blueprint import blueprint
from app.authoring.draft_access import get_draft
from app.authoring.people_names import name_of
from app.authoring.quiz_drafts import get_quiz_file, keys_elsewhere, published_in, shown
from app.authoring.quiz_form import NewKey, quiz_text, read_quiz_json
from app.authoring.quiz_json import QuestionRefused
from app.authoring.quiz_preview import preview_question
from app.authoring.sent_json import read_sent
from app.shared.clock import local
from app.shared.database import close_reader, only_reads
from app.shared.transaction import commits
from app.shared.vietnamese import clock_time


@blueprint.get("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/questions")
@requires(Permission.USE_WORKSHOP)
def show_questions(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """{"revision", "settings", "faults", "parts", "published"}: see `quiz_shown`."""
    draft = get_draft(draft_id)
    file = get_quiz_file(draft, file_id)
    answer = jsonify(revision=file.revision, published=published_in(draft), **shown(draft, file, file.text or ""))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.put("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/questions")
@requires(Permission.USE_WORKSHOP)
@commits
def save_questions(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """What the form saves every few seconds (see `quiz_form`); the answer shows the quiz as it stands now."""
    close_reader()
    draft = get_draft(draft_id)
    file = get_quiz_file(draft, file_id)
    sent = _sent()
    try:
        quiz = read_quiz_json(sent)
        text, renewed = quiz_text(
            file.text or "", quiz, taken=keys_elsewhere(draft, file), published=published_in(draft)
        )
    except QuestionRefused as refused:
        return jsonify(error=refused.message, part=refused.part), refused.status
    try:
        saved = drafts.save_text(draft, file.id, text, _revision(sent), current_actor())
    except drafts.SaveConflict as conflict:
        file = conflict.file
        theirs = shown(draft, file, file.text or "")
        by, at = name_of(file.updated_by), clock_time(local(file.updated_at))
        is_own = file.updated_by == current_actor().person_id
        told = {"conflict": True, "revision": file.revision, "by": by, "is_own": is_own, "at": at}
        return jsonify(**told, **theirs), conflict.status
    return jsonify(
        revision=saved.revision,
        saved_at=clock_time(local(saved.at)),
        notes=[{"part": key.part, "reason": _renewed_words(key)} for key in renewed],
        **shown(draft, file, saved.text),
    )


def _renewed_words(key: NewKey) -> str:
    return gettext(
        "Câu này đã xuất bản với loại khác, nên từ nay là câu mới với khóa %(now)s. Kết quả cũ vẫn thuộc câu cũ.",
        now=key.now,
    )


@blueprint.post("/workshop/drafts/<uuid:draft_id>/items/<uuid:file_id>/questions/preview")
@requires(Permission.USE_WORKSHOP)
def preview_of_question(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """One question, {"question"} or {"markdown"}, as learners will have it: {"html", "faults", "markdown"}."""
    only_reads()
    draft = get_draft(draft_id)
    file = get_quiz_file(draft, file_id)
    quiz = read_quiz_json({"parts": [_sent()]})
    return jsonify(preview_question(draft, file, quiz))


def _sent() -> dict[str, Any]:
    sent = read_sent()
    if sent is None:
        raise QuestionRefused
    return sent


def _revision(sent: dict[str, Any]) -> int:
    revision = sent.get("revision")
    if not isinstance(revision, int) or isinstance(revision, bool):
        raise QuestionRefused
    return revision
