"""The base of every WTForms form: normalised text, and a token bound to the session where there is one."""

import hashlib
import hmac
from typing import Any

from flask import g, request
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.access.declare import current_actor
from app.shared.transaction import SAFE_METHODS, StaleForm, form_is_stale
from app.shared.vietnamese import nfc

TOKEN_FIELD = "csrf_token"  # noqa: S105 -- the field's name, not a token


class BaseForm(Form):
    """A form over the request's fields, in NFC. Use with `@commits_or_shows_again` and `csrf_field()` in the template.

    Fields are never trimmed here: a password is compared exactly. Text fields trim by their own filters.
    """

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(_in_nfc(formdata) if formdata is not None else None, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all fields hold; false for a form that lacks its session's token, with everything kept."""
        is_valid: bool = super().validate(extra_validators)
        if form_is_stale():
            self.form_errors.append(gettext(StaleForm.sentence))
            return False
        return is_valid


def _in_nfc(formdata: Any) -> Any:
    return MultiDict([(name, nfc(value)) for name, value in formdata.items(multi=True)])


def csrf_token() -> str:
    """The token of this session's forms; empty without a session (then Origin and SameSite guard)."""
    secret = current_actor().csrf_secret
    return token_of(secret) if secret else ""


def token_of(csrf_secret: str) -> str:
    """The form token of the session with this secret."""
    return hmac.new(csrf_secret.encode(), b"form", hashlib.sha256).hexdigest()[:32]


def csrf_field() -> Markup:
    """The hidden field for templates; nothing where there is no session."""
    token = csrf_token()
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, token) if token else Markup("")


def note_stale_forms() -> None:
    """Before each request: mark a form that comes without its session's token. `commits` refuses what is marked."""
    expected = csrf_token() if request.method not in SAFE_METHODS else ""
    if not expected:
        return
    sent = request.headers.get("X-CSRF-Token") or request.form.get(TOKEN_FIELD) or ""
    g.form_is_stale = not hmac.compare_digest(expected.encode(), sent.encode())
