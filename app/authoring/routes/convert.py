"""`/workshop/convert`: a text of Word or Google Docs as Markdown, for the editor's paste. Nothing is stored."""

import base64

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app.access.declare import requires
from app.access.permissions import Permission
from app.access.uploads import takes_files
from app.authoring.blueprint import blueprint
from app.authoring.received_text import LARGEST_TEXT, read_received
from app.shared.database import only_reads
from app.shared.errors import Refusal


class NothingToConvert(Refusal):
    status = 422
    sentence = "Chưa có chữ nào để chuyển. Dán chữ vào, hoặc chọn tệp Word (.docx)."


@blueprint.post("/workshop/convert")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST_TEXT)
def convert() -> ResponseReturnValue:
    """`document` (a .docx), `html` or `text` → {"markdown", "title", "notes", "pictures"}.

    The title stays in the text as a heading, unless `title=apart`. Images whose `src` is a path of the course folder
    stay; pictures that came inside come back as {"path", "content" (base64)}.
    """
    only_reads()
    document = read_received(takes_title=request.form.get("title") == "apart")
    if document is None:
        raise NothingToConvert
    return jsonify(
        markdown=document.markdown,
        title=document.title,
        notes=list(document.notes),
        pictures=[
            {"path": path, "content": base64.b64encode(content).decode()} for path, content in document.pictures.items()
        ],
    )
