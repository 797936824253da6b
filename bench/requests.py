"""The bytes that a phone's browser sends, made before the clock runs."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import uuid4

from app.devtools.last_question import ReadyLearner

BROWSER = "Accept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: vi"


def get(path: str, cookie: str = "") -> bytes:
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n{BROWSER}\r\n{extra}\r\n".encode()


def post(path: str, fields: Mapping[str, object], cookie: str = "") -> bytes:
    body = urlencode(fields, doseq=True)
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\n{BROWSER}\r\nSec-Fetch-Site: same-origin\r\n"
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{extra}{kind}\r\n{body}".encode()


def last_answer(learner: ReadyLearner, cookie_name: str) -> bytes:
    """The submission that completes a course."""
    fields = {"answer": learner.values, "submission": str(uuid4()), "csrf_token": learner.form_token}
    return post(learner.path, fields, f"{cookie_name}={learner.session_token}")
