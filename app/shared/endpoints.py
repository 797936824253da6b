"""Every endpoint says who may use it (`access.requires`), or why everybody may (`public`). Else no start."""

from collections.abc import Callable
from typing import ParamSpec

from flask import Flask
from flask.typing import ResponseReturnValue

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


class UndeclaredEndpoint(RuntimeError):
    """A route carries neither `@requires` nor `@public`."""


def public(reason: str) -> Callable[[View[P]], View[P]]:
    """Everybody may use the view, because of `reason`."""

    def decorate(view: View[P]) -> View[P]:
        view.access = f"public: {reason}"  # type: ignore[attr-defined]
        return view

    return decorate


def refuse_undeclared_endpoints(app: Flask) -> None:
    """Raise UndeclaredEndpoint for the first route without a declaration. Called when all routes are known."""
    for rule in app.url_map.iter_rules():
        if not hasattr(app.view_functions[rule.endpoint], "access"):
            raise UndeclaredEndpoint(f"{rule.endpoint} ({rule.rule}) carries neither @requires nor @public")
