"""The one blueprint of the workshop; its routes stand in `routes/`, one file per subject."""

from flask import Blueprint, Response

from app.ui.headers import WORKSHOP_POLICY

blueprint = Blueprint("authoring", __name__, template_folder="templates")


@blueprint.after_request
def let_previews_be_shown(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", WORKSHOP_POLICY)
    return response
