"""What all ways in share: where one goes on to, and how a refused form is shown again."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from app.access.actor import Actor, WayIn
from app.people.sign_in_learning import find_guest_to_ask_about
from app.people.throttle import TooManyTries
from app.shared.errors import Refusal
from app.ui import display

OWN_PAGE = "/me"
STAFF_PAGE = "/staff"


def next_page(target: str | None = None) -> str:
    """The page of ours to go on to: `target`, by default what `?next=` says, else the own page."""
    wanted = target if target is not None else request.args.get("next")
    return display.own_path(wanted) if wanted else OWN_PAGE


def go_on(actor: Actor, target: str | None) -> AnyResponse:
    """After coming in: first the question whose learning this device holds, where there is one.

    Staff who wanted nothing in particular begin with their work.
    """
    wanted = next_page(target or "")
    if actor.way_in == WayIn.STAFF and wanted == OWN_PAGE:
        wanted = STAFF_PAGE
    if find_guest_to_ask_about(actor):
        return redirect(url_for("people.ask_whose_learning", next=wanted), code=303)
    return redirect(wanted, code=303)


def show_again(template: str, page: Any, refusal: Refusal | None = None, field: str | None = None) -> Response:
    """The form of `page` with what is wrong: at `field`, or at its top."""
    response = Response(status=422)
    if refusal:
        _add_sentence(page.form, gettext(refusal.message), field)
        response.status_code = refusal.status
    if isinstance(refusal, TooManyTries):
        response.headers["Retry-After"] = str(refusal.seconds)
    response.set_data(render_template(template, page=page))
    return response


def _add_sentence(form: Any, sentence: str, field: str | None) -> None:
    if field is None:
        form.form_errors.append(sentence)
    else:
        form[field].errors = [*form[field].errors, sentence]


def private(response: str | Response) -> Response:
    """A page that shows or takes a secret: no cache keeps it, not even for its own reader."""
    answer = Response(response) if isinstance(response, str) else response
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
