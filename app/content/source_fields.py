"""Changing single values of course.yml and of front matter, leaving every other line as its author wrote it. Pure."""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from yaml.emitter import Emitter
from yaml.representer import SafeRepresenter
from yaml.resolver import BaseResolver
from yaml.serializer import Serializer

from app.content.compile.fields import cut_front_matter
from app.content.compile.strict_yaml import Value, YamlRefused, load_mapping
from app.content.compile.text import usable

Plain = str | int | list[Any] | dict[str, Any]
_TOP_NAME = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)
_FENCE = "---"


class _Dumper(Emitter, Serializer, SafeRepresenter, BaseResolver):
    """Writes words as they are: our reader guesses no types, so nothing needs quotes to stay a word."""

    def __init__(self, stream: Any, **_options: Any) -> None:
        Emitter.__init__(self, stream, allow_unicode=True, width=10_000, indent=2)
        Serializer.__init__(self)
        SafeRepresenter.__init__(self, default_flow_style=False, sort_keys=False)
        BaseResolver.__init__(self)

    def ignore_aliases(self, _data: Any) -> bool:
        """The same words twice are written twice: the reader takes no aliases."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002
        return super().increase_indent(flow, False)  # type: ignore[no-untyped-call]


def _word(dumper: SafeRepresenter, text: str) -> yaml.ScalarNode:
    text = usable(text)
    style = "|" if "\n" in text.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _word)
_Dumper.add_representer(int, lambda dumper, number: _word(dumper, str(number)))


def written(mapping: Mapping[str, Plain]) -> str:
    """The mapping as lines of YAML in its order."""
    return str(yaml.dump(dict(mapping), Dumper=_Dumper)) if mapping else ""  # type: ignore[arg-type]


def plain(value: Value) -> Plain:
    """A value that was read, without its lines."""
    if isinstance(value.content, list):
        return [plain(item) for item in value.content]
    if isinstance(value.content, dict):
        return {name: plain(item) for name, item in value.content.items()}
    return value.content


def read_plain(text: str) -> dict[str, Plain]:
    """course.yml as a plain mapping; what cannot be read is an empty one."""
    try:
        return {name: plain(value) for name, value in load_mapping(text).items()}
    except YamlRefused:
        return {}


def with_values(text: str, changes: Mapping[str, Plain | None]) -> str:
    """course.yml with other values for some names; None takes a name away. Other lines stay as they are.

    A text that cannot be read is replaced by what is given: there is nothing in it that a form could keep.
    """
    known = read_plain(text)
    wanted = {name: value for name, value in changes.items() if known.get(name) != value}
    if not wanted:
        return text
    spans = _spans(text, known)
    if spans is None:
        merged = {**known, **wanted}
        return written({name: value for name, value in merged.items() if value is not None})
    lines = text.rstrip("\n").split("\n")
    parts: list[str] = lines[: min((first for first, _ in spans.values()), default=0)]
    for name, (first, behind) in spans.items():
        if name not in wanted:
            parts += lines[first:behind]
        else:
            value = wanted[name]
            parts += written({name: value}).rstrip("\n").split("\n") if value is not None else []
            parts += [line for line in lines[first + 1 : behind] if line.startswith("#")]
    for name, value in wanted.items():
        if name not in spans and value is not None:
            parts += written({name: value}).rstrip("\n").split("\n")
    return "\n".join(parts).rstrip("\n") + "\n"


def _spans(text: str, known: Mapping[str, Plain]) -> dict[str, tuple[int, int]] | None:
    """Name → its first line and the one behind its last; None where names and lines do not fit together."""
    lines = text.rstrip("\n").split("\n")
    starts = [(match[1], text.count("\n", 0, match.start())) for match in _TOP_NAME.finditer(text)]
    if [name for name, _ in starts] != list(known):
        return None
    if not starts:
        return {}
    behind = [line for _, line in starts[1:]] + [len(lines)]
    return {name: (first, last) for (name, first), last in zip(starts, behind, strict=True)}


def name_at(text: str, line: int) -> str:
    """The top-level name of course.yml to which a line belongs, counting from 1; "" where there is none."""
    names = [(text.count("\n", 0, match.start()) + 1, match[1]) for match in _TOP_NAME.finditer(text)]
    return next((name for first, name in reversed(names) if first <= line), "")


def split_item(text: str) -> tuple[str, str, int]:
    """Front matter without its fences, body, and the line on which the body begins (1 where there is no front)."""
    parts = cut_front_matter(text)
    if parts is None:
        return "", text, 1
    front, body, first_line = parts
    return front + "\n" if front else "", body, first_line


def join_item(front: str, body: str) -> str:
    """An item file from its two parts."""
    return f"{_FENCE}\n{front.rstrip(chr(10))}\n{_FENCE}\n{body}"


def with_front_values(text: str, changes: Mapping[str, Plain | None]) -> str:
    """`with_values` for the front matter of an item file."""
    front, body, _ = split_item(text)
    return join_item(with_values(front, changes), body)


def front_of(text: str) -> dict[str, Plain]:
    """The front matter of an item file as a plain mapping."""
    return read_plain(split_item(text)[0])
