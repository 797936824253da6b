"""Every route of ours as the rules see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

DUMMIES = {
    "unicode": "khong-co",
    "path": "khong-co",
    "integer": 1,
    "uuid": "019a0000-0000-7000-8000-000000000000",
}
"""A value that fits each converter and names nothing."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: str
    rule: Rule
    access: str
    """What the view declares: a permission's name, or "public: reason"."""
    commits: bool

    @property
    def path_of_nothing(self) -> str:
        """The route's path for an object that does not exist."""
        values = {name: DUMMIES[kind] for name, kind in self.converters().items()}
        built = self.rule.build(values, append_unknown=False)
        if built is None:
            raise ValueError(f"no dummy value fits {self.rule.rule}")
        return built[1]

    def converters(self) -> dict[str, str]:
        """Variable → name of its converter."""
        found: dict[str, Any] = self.rule._converters
        return {name: type(converter).__name__.removesuffix("Converter").lower() for name, converter in found.items()}


def list_endpoints(app: Flask) -> Iterator[Endpoint]:
    """Each route × method, HEAD and OPTIONS left out, in the order of the URLs."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            access = str(getattr(view, "access", "undeclared"))
            yield Endpoint(method, rule, access, getattr(view, "commits", False))
