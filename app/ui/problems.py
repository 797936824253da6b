"""RFC 9457 problem details: the one error shape of the API."""

import json
from http import HTTPStatus

from flask import Response


def problem_details(status: int, detail: str, **members: object) -> Response:
    """The error as `application/problem+json`; `detail` is a sentence for a person, `members` what a program needs."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **members}
    return Response(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")
