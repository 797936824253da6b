"""`/workshop/drafts/…/try/…`: a quiz of a draft as a learner takes it. The page carries what was answered."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access.declare import requires
from app.access.permissions import Permission
from app.authoring.blueprint import blueprint
from app.authoring.draft_access import get_readable_draft
from app.authoring.quiz_drafts import get_quiz_file
from app.authoring.trying import Step, try_quiz
from app.learning.answer_form import answer_values
from app.shared.database import only_reads


@blueprint.post("/workshop/drafts/<uuid:draft_id>/try/<uuid:file_id>")
@requires(Permission.USE_WORKSHOP)
def go_on_trying(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """One step further: an answer, hints, another question, the end. Nothing is stored."""
    only_reads()
    draft = get_readable_draft(draft_id)
    file = get_quiz_file(draft, file_id)
    number = request.form.get("number", 1, type=int)
    shown = request.form.get("show", type=int)
    step = Step("show", shown) if shown else Step(request.form.get("act", "show"), number, answer_values(request.form))
    return render_template("authoring/try_quiz.html", page=try_quiz(draft, file, request.form.get("state", ""), step))
