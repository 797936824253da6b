"""The first wall against forged requests: unsafe methods must come from our own pages.

A request that says neither Sec-Fetch-Site nor Origin is refused: every browser since 2020 says one of them.
"""

from urllib.parse import urlsplit

from flask import request

from app.shared.errors import Refusal
from app.shared.settings import settings
from app.shared.transaction import SAFE_METHODS
from app.ui.front_door import host_of


class ForeignOrigin(Refusal):
    status = 403
    sentence = "Yêu cầu này đến từ một trang khác nên không được nhận. Bà con mở lại trang Học Số rồi làm lại giúp."


def refuse_foreign_origin() -> None:
    """Raise ForeignOrigin for an unsafe request that our own pages did not send."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site == "same-origin":
        return
    if site is None and origin is not None and _is_ours(origin):
        return
    raise ForeignOrigin


def _is_ours(origin: str) -> bool:
    """Whether the origin is the site's own; without PUBLIC_URL the host alone tells."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    public_url = settings().public_url
    if public_url and parts.scheme != urlsplit(public_url).scheme:
        return False
    return parts.netloc == (host_of(public_url) or request.host)
