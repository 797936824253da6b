"""Pages that many people see alike, but for the token in their forms: rendered once, put together for each.

A lesson at the same point of a course is the same page for everybody. It is kept in pieces around the places where
the token stands, plain and deflated; an answer joins the pieces with this session's token, and nothing is rendered
or compressed for it again.
"""

import struct
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.ui import display
from app.ui.caching import accepts

KEPT = 512
"""Pages in the memory of a worker, some 10 KB each."""
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""RFC 1952: deflate, no name, no time, slowest and best, unknown system."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    plain: tuple[bytes, ...]
    deflated: tuple[bytes, ...]

    @classmethod
    def of(cls, html: bytes, token: bytes) -> "_Pieces":
        plain = tuple(html.split(token)) if token else (html,)
        compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        # A full flush ends on a whole byte and forgets what came before, so that any token may stand between.
        ends = [zlib.Z_FULL_FLUSH] * (len(plain) - 1) + [zlib.Z_FINISH]
        deflated = [compressor.compress(p) + compressor.flush(end) for p, end in zip(plain, ends, strict=True)]
        return cls(plain, tuple(deflated))

    def join(self, token: bytes) -> bytes:
        return token.join(self.plain)

    def join_gzipped(self, token: bytes) -> bytes:
        whole = self.join(token)
        # RFC 1951, 3.2.4: a stored block that is not the last.
        stored = struct.pack("<BHH", 0, len(token), len(token) ^ 0xFFFF) + token
        return GZIP_HEAD + stored.join(self.deflated) + struct.pack("<II", zlib.crc32(whole), len(whole))


def render_alike(template: str, depends_on: Hashable, make_page: Callable[[], Any], token: str) -> ResponseReturnValue:
    """The page of a template that depends on nothing but `depends_on`, this address and the display.

    `make_page` makes the template's `page` when it is not known yet. `token` is this session's form token, or empty:
    the one thing in it that differs between people.
    """
    kept: dict[Hashable, _Pieces] = current_app.extensions.setdefault("alike", {})
    key = (template, depends_on, request.full_path, display.current(), bool(token))
    pieces = kept.get(key)
    if pieces is None:
        html = render_template(template, page=make_page())
        pieces = _Pieces.of(html.encode(), token.encode())
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = pieces
    if not token or not accepts("gzip"):
        return Response(pieces.join(token.encode()), mimetype="text/html")
    response = Response(pieces.join_gzipped(token.encode()), mimetype="text/html")
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
