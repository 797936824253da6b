"""One place that turns refusals and faults into pages: Vietnamese, with what to do, without a query."""

import logging

from flask import Flask, Response, g, jsonify, redirect, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from app.extensions import db
from app.shared.errors import Moved, NotFound, Refusal
from app.shared.transaction import SAFE_METHODS, StaleForm
from app.ui.problems import problem_details

logger = logging.getLogger(__name__)
FAULT = lazy_gettext("Máy chủ đang bận hoặc có trục trặc. Những gì đã lưu vẫn còn. Bà con đợi một phút rồi thử lại.")
SENTENCES = {
    400: lazy_gettext("Yêu cầu này không đọc được. Bà con quay lại trang trước rồi làm lại giúp."),
    403: lazy_gettext("Bà con chưa vào được phần này."),
    404: lazy_gettext(NotFound.sentence),
    405: lazy_gettext("Trang này không nhận cách gửi đó. Bà con quay lại trang trước giúp."),
    413: lazy_gettext("Tệp hoặc chữ gửi lên lớn quá. Bà con chọn bản nhỏ hơn giúp."),
    415: lazy_gettext("Trang này không nhận loại dữ liệu đó."),
    429: lazy_gettext("Bà con thử hơi nhanh. Đợi một phút rồi thử lại giúp."),
}
SECRET_FIELDS = frozenset(
    {"pin", "pin_again", "old_pin", "password", "password_again", "old_password", "totp", "code", "secret"}
)


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, show_refusal)
    app.register_error_handler(StaleForm, show_stale_form)
    app.register_error_handler(Moved, lead_on)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(Exception, show_fault)


def lead_on(moved: Moved) -> ResponseReturnValue:
    """308 keeps method and form: an answer typed on a page with the old address is not lost."""
    return redirect(moved.target, code=301 if request.method in SAFE_METHODS else 308)


def show_refusal(refusal: Refusal) -> Response:
    return _answer(refusal.status, gettext(refusal.message))


def show_stale_form(refusal: StaleForm) -> Response:
    """Everything that was typed, with a fresh token; only secrets must be typed again on their own page."""
    db.session.rollback()
    if _wants_json():
        return _json(401, gettext(refusal.message), stale=True)
    fields = [(k, v) for k, v in request.form.items(multi=True) if k not in SECRET_FIELDS and k != "csrf_token"]
    page = render_template("errors/stale_form.html", sentence=gettext(refusal.message), fields=fields)
    return Response(page, status=refusal.status)


def show_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    response = _answer(status, str(SENTENCES.get(status, FAULT if status >= 500 else SENTENCES[400])))
    for name, value in error.get_headers():
        if name in {"Allow", "Location", "Retry-After"}:
            response.headers[name] = value
    return response


def show_fault(error: Exception) -> Response:
    """A fault of ours or of the database: logged with its trace, shown without."""
    logger.exception("fault while answering %s", request.endpoint)
    is_database = isinstance(error, (OperationalError, DBAPIError))
    response = _answer(503 if is_database else 500, str(FAULT))
    if is_database:
        response.headers["Retry-After"] = "10"
    return response


def _answer(status: int, sentence: str) -> Response:
    """A page of ours; bare text for a request whose Host header is so broken that no address can be built."""
    g.is_error_page = True
    if request.path.startswith("/api/"):
        return problem_details(status, sentence)
    if _wants_json():
        return _json(status, sentence)
    if request_ctx.url_adapter is None:
        return Response(sentence, status=status, content_type="text/plain; charset=utf-8")
    return Response(render_template("errors/error.html", sentence=sentence, status=status), status=status)


def _wants_json() -> bool:
    """Whether one of our own scripts asks, which says so; browsers never do by themselves."""
    return request.headers.get("Accept", "") == "application/json"


def _json(status: int, sentence: str, **more: object) -> Response:
    answer = jsonify(error=sentence, **more)
    answer.status_code = status
    return answer
