"""What a lesson offers to be handed on: its boxes ("Nhớ", "Các bước", …), first words, headings, steps. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.authoring.hand_on.html_tree import Node, read_html

KINDS = ("remember", "steps", "warn", "tip")
"""Of boxes, as the class of the quote that makes one says."""
ASIDE = frozenset({"terms", "sources", "try"})


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    number: int = 0
    """In a numbered list; 0 for a paragraph."""
    is_bullet: bool = False

    @property
    def words(self) -> str:
        """As it is read where there is no list: "2. Gọi ngân hàng"."""
        return f"{self.number}. {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Box:
    kind: str
    label: str
    """As the author wrote it, without the colon: "Nhớ"."""
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.words for line in self.lines)


@dataclass(frozen=True, slots=True)
class LessonParts:
    boxes: tuple[Box, ...] = ()
    opening: str = ""
    """The first paragraph."""
    headings: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    """Of the first numbered list, boxes included."""
    pictures: tuple[str, ...] = ()
    """What each shows, in words."""
    question: str = ""
    """The first that the lesson asks by the way."""

    def boxes_of(self, kind: str) -> list[Box]:
        return [box for box in self.boxes if box.kind == kind]


def read_lesson_parts(html: str) -> LessonParts:
    """The parts of a compiled lesson, words of the province already in their places."""
    root = read_html(html)
    taught = list(_taught(root))
    lists = [[item.text for item in node.nodes if item.tag == "li"] for node in taught if node.tag == "ol"]
    return LessonParts(
        boxes=tuple(box for node in taught if (box := _read_box(node))),
        opening=next((node.text for node in root.nodes if node.tag == "p" and node.text), ""),
        headings=tuple(node.text for node in root.nodes if node.tag in {"h2", "h3"}),
        steps=tuple(lists[0]) if lists else (),
        pictures=tuple(words for node in taught if node.tag == "img" and (words := node.attributes.get("alt", ""))),
        question=next((node.text for ask in _asked(root) for node in ask.nodes if node.tag == "h2"), ""),
    )


def _asked(root: Node) -> list[Node]:
    return [node for node in root.nodes if node.tag == "section" and "try" in node.classes]


def _taught(node: Node) -> Iterator[Node]:
    """Everything that is part of the lesson: without its questions, explained words and sources."""
    for child in node.nodes:
        if not child.classes & ASIDE:
            yield child
            yield from _taught(child)


def _read_box(node: Node) -> Box | None:
    kind = next((kind for kind in KINDS if {"box", kind} <= node.classes), None)
    first = next(iter(node.nodes), None)
    if node.tag != "blockquote" or kind is None or first is None:
        return None
    label = next((child for child in first.nodes if child.tag == "strong"), None)
    if label is None:
        return None
    first.children.remove(label)
    lines = [line for child in node.nodes for line in _lines(child) if line.text]
    if lines:
        lines[0] = replace(lines[0], text=lines[0].text[:1].upper() + lines[0].text[1:])
    return Box(kind, label.text.rstrip(": "), tuple(lines)) if lines else None


def _lines(node: Node) -> list[Line]:
    if node.tag in {"ul", "ol"}:
        begin = int(node.attributes.get("start", "1")) if node.attributes.get("start", "1").isdecimal() else 1
        items = [item.text for item in node.nodes if item.tag == "li"]
        is_numbered = node.tag == "ol"
        return [
            Line(text, begin + place if is_numbered else 0, is_bullet=not is_numbered)
            for place, text in enumerate(items)
        ]
    return [Line(node.text.lstrip(": "))]
