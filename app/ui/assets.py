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
MODULES = "workshop"
"""A folder of scripts that import each other: sent file by file, below an address that carries the hash of them all."""
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
    return _asset(f"{stem}-{_digest(body)}.{extension}", body)


def _asset(name: str, body: bytes) -> Asset:
    encodings = {"br": brotli.compress(body, quality=11), "gzip": gzip.compress(body, 9, mtime=0), "identity": body}
    return Asset(name, CONTENT_TYPES[name.rpartition(".")[2]], encodings)


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=6).hexdigest()


@cache
def modules_hash() -> str:
    """Of all modules together: each imports others by relative names, so they change address together."""
    return _digest(b"\0".join(path.read_bytes() for _, path in sorted(_module_files().items())))


@cache
def _module_files() -> dict[str, Path]:
    """Name → file: only these are ever looked for, whatever a request asks for."""
    return {path.relative_to(STATIC / MODULES).as_posix(): path for path in (STATIC / MODULES).rglob("*.js")}


@cache
def _module(name: str) -> Asset:
    return _asset(name, _module_files()[name].read_bytes())


def _without_comments_and_indents(text: str) -> bytes:
    """Drop whole-line comments and leading spaces: cheap, and safe for CSS and for our JS."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*"))).encode()


def asset_url(bundle: str) -> str:
    return url_for("assets.send", name=assets()[bundle].name)


def module_url(name: str) -> str:
    return url_for("assets.send_module", digest=modules_hash(), name=name)


@blueprint.get(f"/static/{MODULES}-<digest>/<path:name>")
@public("scripts hold nothing personal")
def send_module(digest: str, name: str) -> Response:
    if digest != modules_hash() or name not in _module_files():
        raise NotFound
    return _sent(_module(name))


@blueprint.get("/static/<name>")
@public("styles and scripts hold nothing personal")
def send(name: str) -> Response:
    asset = next((asset for asset in assets().values() if asset.name == name), None)
    if asset is None:
        raise NotFound
    return _sent(asset)


def _sent(asset: Asset) -> Response:
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
