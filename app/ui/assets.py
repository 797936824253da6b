"""One CSS and one JS file per kind of page: concatenated, named by content, compressed once a process."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from flask import Blueprint, Response, request, url_for

from app.shared.endpoints import public
from app.shared.errors import NotFound

STATIC = Path(__file__).parent / "static"
BUNDLES = {
    "learner.css": ("css/foundation.css", "css/components/*.css"),
    "staff.css": ("css/foundation.css", "css/components/*.css", "css/staff/*.css"),
    "learner.js": ("js/learner/*.js",),
}
CONTENT_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """A bundle as it is sent. `name` carries its content hash, so it may be kept for ever."""

    name: str
    content_type: str
    encodings: dict[str, bytes]
    """"br", "gzip" and "identity"."""


@cache
def assets() -> dict[str, Asset]:
    """Bundle → asset, read from disk once a process."""
    return {bundle: _build(bundle, patterns) for bundle, patterns in BUNDLES.items()}


def _build(bundle: str, patterns: tuple[str, ...]) -> Asset:
    files = [path for pattern in patterns for path in sorted(STATIC.glob(pattern))]
    body = b"\n".join(_without_comments_and_indents(path.read_text(encoding="utf-8")) for path in files)
    stem, extension = bundle.split(".")
    digest = hashlib.blake2b(body, digest_size=6).hexdigest()
    return Asset(
        name=f"{stem}-{digest}.{extension}",
        content_type=CONTENT_TYPES[extension],
        encodings={
            "br": brotli.compress(body, quality=11),
            "gzip": gzip.compress(body, 9, mtime=0),
            "identity": body,
        },
    )


def _without_comments_and_indents(text: str) -> bytes:
    """Drop whole-line comments and leading spaces: cheap, and safe for CSS and for our JS."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*"))).encode()


def asset_url(bundle: str) -> str:
    return url_for("assets.send", name=assets()[bundle].name)


@blueprint.get("/static/<name>")
@public("styles and scripts hold nothing personal")
def send(name: str) -> Response:
    asset = next((asset for asset in assets().values() if asset.name == name), None)
    if asset is None:
        raise NotFound
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((known for known in ("br", "gzip") if known in accepted), "identity")
    response = Response(asset.encodings[encoding], content_type=asset.content_type)
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.vary.add("Accept-Encoding")
    return response


@blueprint.get("/favicon.ico")
@blueprint.get("/favicon.svg")
@public("the browser asks for it by itself")
def send_favicon() -> Response:
    response = Response((STATIC / "favicon.svg").read_bytes(), content_type=CONTENT_TYPES["svg"])
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response
