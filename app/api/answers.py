"""How the API answers: the blueprint, JSON in Vietnamese letters, and cursors for lists that can grow."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from flask_babel import gettext

from app.shared.errors import Refusal
from app.shared.settings import settings
from app.shared.vietnamese import digits_only

PREFIX = "/api/v1"
DEFAULT_PAGE = 50
LARGEST_PAGE = 200
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
Entry = TypeVar("Entry")


class BadParameter(Refusal):
    """A query parameter that cannot be used."""

    status = 400
    sentence = "Tham số không đọc được. Xem lại /api/v1/openapi.json."


def json_answer(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")


def absolute(path: str) -> str:
    """The address of a page or resource of ours as another program must write it."""
    return f"{settings().base_url}{path}"


def page_of(entries: Sequence[Entry], key: Callable[[Entry], str]) -> tuple[list[Entry], str | None]:
    """The part of `entries` (sorted by `key`, unique) that `limit` and `cursor` ask for, and the cursor that follows.

    A cursor names the last entry that was sent, so that entries added meanwhile shift nothing.

    Raises:
        BadParameter: `limit` is not a number from 1 to 200, or the cursor is not one of ours.
    """
    limit, after = _limit(), _cursor()
    rest = [entry for entry in entries if after is None or key(entry) > after]
    page = rest[:limit]
    return page, _encode(key(page[-1])) if len(rest) > limit else None


def _limit() -> int:
    text = request.args.get("limit", str(DEFAULT_PAGE))
    if text != digits_only(text) or len(text) > 3 or not 1 <= int(text or 0) <= LARGEST_PAGE:
        raise BadParameter(gettext("limit là số từ 1 đến %(most)s.", most=LARGEST_PAGE))
    return int(text)


def _cursor() -> str | None:
    text = request.args.get("cursor")
    if not text:
        return None
    try:
        return base64.urlsafe_b64decode(text.encode("ascii")).decode("utf-8")
    except ValueError:
        raise BadParameter(gettext("cursor phải lấy từ trường next của lần gọi trước.")) from None


def _encode(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode("ascii")
