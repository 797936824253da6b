"""YAML as far as course authors need it: mappings, lists and plain words. Every value stays text and knows its line.

Refused: anchors, aliases, tags, a key given twice, more than 64 KB, more than 20 levels. Nothing is guessed from a
value's looks: `title: No` is the word No, `key: 0113` keeps its zero. The schema gives values their types.
"""

from dataclasses import dataclass
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from app.content.compile.text import usable

MAXIMUM_BYTES = 64 * 1024
MAXIMUM_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Value:
    """A text, a list or a mapping, and the line where it begins."""

    content: "str | list[Value] | dict[str, Value]"
    line: int


class YamlRefused(ValueError):
    """The text cannot be taken. `line` counts from 1; the reason says what to write instead."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class _StrictLoader(Reader, Scanner, Parser, Composer, BaseResolver):
    def __init__(self, stream: str, first_line: int) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self.first_line = first_line
        self.depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + self.first_line
        if isinstance(event, yaml.events.AliasEvent) or event.anchor is not None:
            raise YamlRefused(line, "Không dùng dấu & hoặc * ở đầu giá trị. Nếu là chữ, đặt trong ngoặc kép.")
        if event.tag not in (None, "!"):
            raise YamlRefused(line, "Không dùng dấu ! ở đầu giá trị. Nếu là chữ, đặt trong ngoặc kép.")
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise YamlRefused(line, f"Danh sách lồng nhau quá {MAXIMUM_DEPTH} tầng.")
        node = super().compose_node(parent, index)  # type: ignore[no-untyped-call]
        self.depth -= 1
        return node  # type: ignore[no-any-return]


def load_mapping(text: str, first_line: int = 1) -> dict[str, Value]:
    """Read a mapping. `first_line` is the line of the file on which `text` begins.

    Raises:
        YamlRefused: see above, or the text is no mapping.
    """
    if len(text.encode()) > MAXIMUM_BYTES:
        raise YamlRefused(first_line, "Phần khai báo dài quá 64 KB.")
    try:
        node = _StrictLoader(text, first_line).get_single_node()  # type: ignore[no-untyped-call]
        if node is None:
            return {}
        value = _convert(node, first_line)
    except YamlRefused:
        raise
    except yaml.YAMLError as error:
        raise _explained(error, text, first_line) from None
    except (RecursionError, ValueError):
        raise YamlRefused(first_line, "Phần khai báo không đọc được. Viết mỗi dòng một cặp: tên: giá trị.") from None
    if not isinstance(value.content, dict):
        raise YamlRefused(value.line, "Viết mỗi dòng một cặp: tên: giá trị. Ví dụ: title: Tên bài")
    return value.content


def _convert(node: Node, first_line: int) -> Value:
    line = node.start_mark.line + first_line
    if isinstance(node, ScalarNode):
        return Value(usable(str(node.value)).strip(), line)
    if isinstance(node, SequenceNode):
        return Value([_convert(child, first_line) for child in node.value], line)
    if not isinstance(node, MappingNode):
        raise ValueError("unknown node")
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + first_line
        if not isinstance(key_node, ScalarNode):
            raise YamlRefused(key_line, "Bên trái dấu hai chấm phải là một tên, ví dụ: title: Tên bài")
        name = usable(str(key_node.value))
        if name in mapping:
            raise YamlRefused(key_line, f"`{name}:` viết hai lần. Giữ lại một dòng.")
        value = _convert(value_node, first_line)
        mapping[name] = Value(value.content, key_line)
    return Value(mapping, line)


def _explained(error: yaml.YAMLError, text: str, first_line: int) -> YamlRefused:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.split("\n")
    index = min(mark.line, len(lines) - 1) if mark is not None else 0
    line, problem = lines[index], str(getattr(error, "problem", "") or "")
    name, _, rest = line.partition(":")
    if "\t" in line or "\\t" in problem:
        reason = "Dòng này thụt vào bằng phím Tab. Dùng dấu cách."
    elif "mapping values" in problem and rest.strip():
        escaped = rest.strip().replace('"', "'")
        reason = f'Giá trị có dấu hai chấm thì phải đặt trong ngoặc kép. Dán dòng này: {name}: "{escaped}"'
    else:
        reason = "Dòng này viết chưa đúng cách. Viết: tên: giá trị; nếu giá trị có dấu lạ, đặt trong ngoặc kép."
    return YamlRefused(first_line + index, reason)
