"""A test client that behaves like a browser of a person, and refuses every page that breaks a rule of ours."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access.forms import TOKEN_FIELD, csrf_token
from app.extensions import db
from app.people.sessions import cookie_name
from app.shared.database import close_reader
from app.shared.transaction import SAFE_METHODS
from tests.page_rules import faults_in_headers, faults_in_page


class PageClient(FlaskClient):
    """One device. Says `Sec-Fetch-Site: same-origin`, sends the session's form token, and checks each answer.

    What the test itself has written is committed first: a request sees only what is stored.
    Other values: `headers={"Sec-Fetch-Site": "cross-site"}`, `with_token=False`.
    """

    checks_pages = True

    def open(self, *args: Any, with_token: bool = True, **kwargs: Any) -> TestResponse:
        db.session.commit()
        close_reader()
        if isinstance(args[0] if args else None, str):
            kwargs["headers"] = {"Sec-Fetch-Site": "same-origin", **dict(kwargs.get("headers") or {})}
            if with_token:
                self._add_token(kwargs)
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if self.checks_pages:
            self._check(response)
        return response

    def _add_token(self, kwargs: dict[str, Any]) -> None:
        token = self.form_token() if kwargs.get("method", "GET") not in SAFE_METHODS else ""
        if not token:
            return
        data = kwargs.get("data")
        if "json" in kwargs or isinstance(data, (str, bytes)):
            kwargs["headers"].setdefault("X-CSRF-Token", token)
        else:
            kwargs["data"] = {TOKEN_FIELD: token, **dict(data or {})}

    def form_token(self) -> str:
        """The token that this device finds in its forms; empty without a session."""
        with self.application.app_context(), self.application.test_request_context("/", headers=self.cookie_header()):
            return csrf_token()

    def cookie_header(self) -> dict[str, str]:
        """The header with this device's session cookie; empty without one."""
        with self.application.app_context():
            name = cookie_name()
        cookie = self.get_cookie(name)
        return {"Cookie": f"{name}={cookie.value}"} if cookie else {}

    def _check(self, response: TestResponse) -> None:
        faults = faults_in_headers(response.headers, response.status_code)
        is_redirect = 300 <= response.status_code < 400
        if response.mimetype == "text/html" and response.request.method in {"GET", "POST"} and not is_redirect:
            faults += faults_in_page(response.text)
        address = f"{response.request.method} {response.request.path} → {response.status_code}"
        assert not faults, f"{address}\n" + "\n".join(faults)
