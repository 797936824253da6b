"""Caching and compression of pages.

Without a session a page depends only on its URL and the display cookie: it is public, revalidated by ETag and varies
by Cookie. With a session, or with a cookie being set, it is nobody else's.
"""

import gzip
import hashlib
from functools import lru_cache

import brotli
from flask import Response, g, request

COMPRESSIBLE = ("text/", "application/json", "application/problem+json", "image/svg+xml", "application/javascript")
WORTH_COMPRESSING = 600


def finish(response: Response) -> Response:
    """Give the answer its cache rules, its ETag and its encoding."""
    if response.is_streamed or response.direct_passthrough:
        return response
    if "Cache-Control" not in response.headers:
        _set_cache_rules(response)
    is_kept = response.status_code == 200 and "no-store" not in response.headers["Cache-Control"]
    if is_kept and request.method in {"GET", "HEAD"}:
        if not response.headers.get("ETag"):
            response.set_etag(hashlib.blake2b(response.get_data(), digest_size=12).hexdigest(), weak=True)
        response.make_conditional(request)
    _compress(response)
    return response


def _set_cache_rules(response: Response) -> None:
    is_personal = g.get("actor_has_session", False) or "Set-Cookie" in response.headers
    response.headers["Cache-Control"] = "private, no-store" if is_personal else "public, no-cache"
    response.vary.add("Cookie")


def _compress(response: Response) -> None:
    body = response.get_data() if response.status_code != 304 else b""
    content_type = response.headers.get("Content-Type", "")
    is_small = len(body) < WORTH_COMPRESSING
    if is_small or not content_type.startswith(COMPRESSIBLE) or "Content-Encoding" in response.headers:
        return
    response.vary.add("Accept-Encoding")
    is_shared = "public" in response.headers["Cache-Control"]
    if accepts("br"):
        response.set_data(_brotli_well(body) if is_shared else brotli.compress(body, quality=1))
        response.headers["Content-Encoding"] = "br"
    elif accepts("gzip"):
        response.set_data(gzip.compress(body, 6 if is_shared else 1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def accepts(coding: str) -> bool:
    """Whether the browser takes answers in this encoding: named, and not with q=0."""
    return request.accept_encodings.quality(coding) > 0


@lru_cache(maxsize=512)
def _brotli_well(body: bytes) -> bytes:
    """Shared pages come again and again: compressed once a process, keyed by their own bytes."""
    return bytes(brotli.compress(body, quality=9))
