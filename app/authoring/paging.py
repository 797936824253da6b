"""Long lists in the workshop, page by page: `?page=2`."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list stands; `number` counts from 1 and never lies outside it."""

    number: int
    count: int
    size: int
    previous_href: str
    """Empty on the first page."""
    next_href: str
    """Empty on the last one."""

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


def pages_of(total: int, size: int, *, endpoint: str, **parameters: Any) -> Pages:
    """The page that the request asks for, of a list of `total` entries at `endpoint`; links keep the `parameters`."""
    count = max(1, -(-total // size))
    asked = request.args.get("page", 1, type=int)
    number = min(max(asked, 1), count, MOST_PAGES)

    def href(page: int) -> str:
        kept = {name: value for name, value in parameters.items() if value}
        return url_for(endpoint, **kept, page=page)

    return Pages(
        number=number,
        count=count,
        size=size,
        previous_href=href(number - 1) if number > 1 else "",
        next_href=href(number + 1) if number < count else "",
    )
