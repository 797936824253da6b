"""Addresses of place pages."""

from collections.abc import Callable

from flask import url_for

_PLACEHOLDER = "CODE"


def link_to_place(**arguments: str) -> Callable[[str], str]:
    """Makes the address of a place's page from its code, with these query parameters.

    Built once for a whole list: `url_for` for each of a province's 170 communes costs more than the query.
    """
    before, after = url_for("figures.show_place", code=_PLACEHOLDER, **arguments).split(_PLACEHOLDER)  # type: ignore[arg-type]
    return lambda code: f"{before}{code}{after}"
