"""`/workshop/drafts/…/mend`: the one mend of a fault, at one press."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring.blueprint import blueprint
from app.authoring.compiling import check_draft
from app.authoring.draft_access import get_draft
from app.authoring.mending import carry_out, find_fault
from app.shared.transaction import commits


@blueprint.post("/workshop/drafts/<uuid:draft_id>/mend")
@requires(Permission.USE_WORKSHOP)
@commits
def mend(draft_id: UUID) -> ResponseReturnValue:
    """Mend the fault that stands in `file` at `line`, with this `code` and `about`.

    The course is shown again, or the lesson that was cut off.
    """
    draft = get_draft(draft_id)
    asked = request.form
    fault = find_fault(
        check_draft(draft),
        asked.get("file", ""),
        asked.get("line", 0, type=int),
        asked.get("code", ""),
        asked.get("about", ""),
    )
    made = carry_out(draft, fault, current_actor())
    if made:
        return redirect(url_for("authoring.edit_item", draft_id=draft.id, file_id=made.id), 303)
    return redirect(url_for("authoring.show_draft", draft_id=draft.id, _anchor="next-steps"), 303)
