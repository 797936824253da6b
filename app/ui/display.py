"""How a visitor wants to see the pages: language, text size, commune, kind of phone. One cookie, no person in it."""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from app.shared.endpoints import public
from app.shared.settings import settings

COOKIE = "display"
SIZES = (100, 125, 150, 200)
LANGUAGES = ("vi", "en")
PHONES = ("android", "iphone")
COMMUNE_CODE = re.compile(r"^\d{5}$")
ONE_YEAR = 365 * 24 * 3600
blueprint = Blueprint("display", __name__)


@dataclass(frozen=True, slots=True)
class Display:
    language: str = "vi"
    size: int = 100
    """Text size in percent."""
    commune: str = ""
    """Code of the commune that the visitor confirmed, or empty."""
    phone: str = ""
    """android or iphone, once the visitor has said so: lessons show what is for that phone only."""

    @property
    def next_size(self) -> int:
        """The size that the A+ button gives: round and round."""
        return SIZES[(SIZES.index(self.size) + 1) % len(SIZES)]

    @property
    def size_label(self) -> str:
        """A, A+, A++ or A+++: what the button shows."""
        return "A" + "+" * SIZES.index(self.size)


def current() -> Display:
    """The wishes of this visitor; whatever the cookie holds that makes no sense is left out."""
    if "display" not in g:
        g.display = _parse(request.cookies.get(COOKIE, ""))
    found: Display = g.display
    return found


def _parse(text: str) -> Display:
    fields = dict(parse_qsl(text[:200]))
    size = fields.get("s", "")
    return Display(
        language=fields["l"] if fields.get("l") in LANGUAGES else "vi",
        size=int(size) if size in {str(known) for known in SIZES} else 100,
        commune=fields["x"] if COMMUNE_CODE.match(fields.get("x", "")) else "",
        phone=fields["p"] if fields.get("p") in PHONES else "",
    )


def remember(response: Response, display: Display) -> None:
    """Set the cookie that brings these wishes back."""
    value = urlencode({"l": display.language, "s": display.size, "x": display.commune, "p": display.phone})
    response.set_cookie(COOKIE, value, max_age=ONE_YEAR, secure=settings().is_https, httponly=True, samesite="Lax")


def remember_commune(response: Response, code: str) -> None:
    """Keep the commune that the visitor has confirmed."""
    remember(response, replace(current(), commune=code))


def own_path(target: str | None) -> str:
    """`target` if it is a path of this site, else "/": no redirect ever leaves the host."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return "/"
    parts = urlsplit(target)
    has_odd_characters = any(c in " \\" or not c.isprintable() for c in target)
    return "/" if parts.netloc or parts.scheme or has_odd_characters else target


def here() -> str:
    """The address of the page that is shown, to come back to after a choice; "/" for one that no page of ours has."""
    return own_path(request.full_path if request.query_string else request.path)


@blueprint.post("/display")
@public("text size and language are nobody's secret; the cookie names no person")
def change() -> Response:
    """Take over the text size, language or phone that was pressed and go back to the page."""
    now = current()
    wanted = {
        "l": request.form.get("language", now.language),
        "s": request.form.get("size", now.size),
        "p": request.form.get("phone", now.phone),
        "x": now.commune,
    }
    response = redirect(own_path(request.form.get("next")), code=303)
    remember(response, _parse(urlencode(wanted)))
    return response
