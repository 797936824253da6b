"""Pictures and sound of courses, at addresses named by their content."""

from flask import Blueprint, Response, request

from app.shared import media
from app.shared.endpoints import public
from app.shared.errors import NotFound
from app.ui.headers import MEDIA_POLICY

blueprint = Blueprint("content", __name__)
FOREVER = "public, max-age=31536000, immutable"
SHA256_LENGTH = 64
SOUND = ("mp3", "opus")


@blueprint.get("/media/<sha256>.<extension>")
@public("pictures of lessons hold nothing personal, and their names cannot be guessed")
def show_media(sha256: str, extension: str) -> Response:
    """A picture or sound under the name of its content: it never changes, so it is kept for good.

    Sound is also served in parts: a phone asks for them to go on from the middle.
    """
    if extension not in media.CONTENT_TYPES or len(sha256) != SHA256_LENGTH or not sha256.isalnum():
        raise NotFound
    body = media.find(sha256, extension)
    if body is None:
        raise NotFound
    response = Response(body, content_type=media.CONTENT_TYPES[extension])
    response.headers["Cache-Control"] = FOREVER
    response.headers["Content-Security-Policy"] = MEDIA_POLICY
    response.headers["Content-Disposition"] = f'inline; filename="{_file_name(sha256, extension)}"'
    if extension in SOUND:
        response.set_etag(sha256)
        response.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return response


def _file_name(sha256: str, extension: str) -> str:
    return f"{'am-thanh' if extension in SOUND else 'hinh'}-{sha256[:12]}.{extension}"
