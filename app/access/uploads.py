"""Views that take files say how large: `@takes_files`. Only who may use the view gets past the common limit."""

from collections.abc import Callable
from typing import Any, ParamSpec

from flask import current_app, request
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor
from app.access.permissions import Permission, allows

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


def takes_files(most: int) -> Callable[[View[P]], View[P]]:
    """The view takes request bodies of up to `most` bytes."""

    def decorate(view: View[P]) -> View[P]:
        view.largest_body = most  # type: ignore[attr-defined]
        return view

    return decorate


def let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before the form of a request is read: raise its limit where the view takes files from this actor."""
    view = current_app.view_functions.get(endpoint or "")
    most, access = getattr(view, "largest_body", 0), getattr(view, "access", None)
    if most and isinstance(access, Permission) and allows(current_actor(), access):
        request.max_content_length = request.max_form_memory_size = most
