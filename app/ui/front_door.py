"""What a request must be before anything looks at it: through our own proxies, for our host, readable."""

from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, request
from flask_babel import gettext
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from app.shared.errors import Refusal
from app.shared.settings import settings
from app.shared.transaction import SAFE_METHODS

PROBES = frozenset({"/healthz", "/readyz"})
"""Asked by supervisors and load balancers, which know the node's own address only."""
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class ForeignHost(Refusal):
    status = 400

    def __init__(self, own_address: str) -> None:
        super().__init__(gettext("Học Số không ở địa chỉ này. Bà con mở %(address)s giúp.", address=own_address))


def believe_proxies(app: Flask) -> None:
    """Take address, scheme and host from as many reverse proxies as TRUSTED_PROXIES says, and from nobody else."""
    count = app.extensions["settings"].trusted_proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def refuse_foreign_host() -> None:
    """Raise ForeignHost for a request to another host than PUBLIC_URL, where that is set."""
    own_address = settings().public_url
    if own_address and request.path not in PROBES and request.host.lower() != host_of(own_address):
        raise ForeignHost(own_address)


def host_of(url: str) -> str:
    """Host and port as a browser writes them: lower case, without the port that the scheme implies."""
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(DEFAULT_PORTS.get(parts.scheme, ""))


def refuse_nul() -> None:
    """Raise BadRequest for a NUL byte in the address: nobody types one, and PostgreSQL stores none."""
    if "\0" in request.path or b"\0" in unquote_to_bytes(request.query_string):
        raise BadRequest


def refuse_nul_in_form() -> None:
    """The same for the form. It reads the body, so it comes when it is known how much the view takes."""
    if request.method not in SAFE_METHODS and any(
        "\0" in text for field in request.form.items(multi=True) for text in field
    ):
        raise BadRequest
