"""The part of JSON Schema 2020-12 that our API's description uses, strict about properties that it does not name."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


def faults(value: Any, schema: dict[str, Any], components: dict[str, Any], path: str = "$") -> Iterator[str]:
    """Each way in which `value` does not fit, with the place where."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        if all(any(True for _ in faults(value, each, components, path)) for each in schema["anyOf"]):
            yield f"{path}: {value!r} fits no choice"
        return
    allowed = schema.get("type", list(TYPES))
    kinds = [allowed] if isinstance(allowed, str) else allowed
    if not any(_is_a(value, kind) for kind in kinds):
        yield f"{path}: {value!r} is not {allowed}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is not one of {schema['enum']}"
    if isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{path}: {value} is below {schema['minimum']}"
    if isinstance(value, str):
        yield from _format_faults(value, schema.get("format"), path)
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from faults(item, schema["items"], components, f"{path}[{index}]")
    if isinstance(value, dict) and "properties" in schema:
        yield from _object_faults(value, schema, components, path)


def _object_faults(
    value: dict[str, Any], schema: dict[str, Any], components: dict[str, Any], path: str
) -> Iterator[str]:
    yield from (f"{path}: {name} is missing" for name in schema.get("required", []) if name not in value)
    for name, part in value.items():
        if name in schema["properties"]:
            yield from faults(part, schema["properties"][name], components, f"{path}.{name}")
        else:
            yield f"{path}: {name} is not described"


def _is_a(value: Any, kind: str) -> bool:
    is_flag = isinstance(value, bool)
    return isinstance(value, TYPES[kind]) and (kind == "boolean" or not is_flag)


def _format_faults(value: str, kind: str | None, path: str) -> Iterator[str]:
    try:
        if kind == "date":
            date.fromisoformat(value)
        elif kind == "date-time":
            datetime.fromisoformat(value)
        elif kind == "uri" and not urlsplit(value).netloc:
            yield f"{path}: {value!r} is not an address"
    except ValueError:
        yield f"{path}: {value!r} is not a {kind}"
