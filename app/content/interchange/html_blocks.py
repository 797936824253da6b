"""The blocks of a text as they are found, with the quotes, lists and items around them, and how they are joined."""

from dataclasses import dataclass

from app.content.compile.text import normalise


@dataclass(eq=False)
class Container:
    """A quote, a list or an item: what its lines begin with."""

    kind: str
    first: str = ""
    rest: str = ""
    number: int | None = None
    is_begun: bool = False


def joined_blocks(blocks: list[tuple[tuple[Container, ...], list[str], bool]]) -> str:
    """Blocks with a blank line between, items of one list without."""
    parts: list[str] = []
    previous: tuple[Container, ...] = ()
    was_tight = False
    for containers, lines, is_tight in blocks:
        if parts:
            shared = [c for c, other in zip(containers, previous, strict=False) if c is other]
            in_list = any(c.kind in ("list", "li") for c in shared)
            if not (is_tight and was_tight and in_list):
                parts.append("".join(c.rest for c in shared).rstrip())
        parts.extend(lines)
        previous, was_tight = containers, is_tight
    return "\n".join(parts)


def code_lines(text: str) -> str:
    """Code as it stands, each line without what cannot be seen."""
    lines = text.replace("\r\n", "\n").expandtabs(4).split("\n")
    return "\n".join(
        " " * (len(line) - len(line.lstrip(" "))) + normalise(line.strip().encode("utf-8", "replace")).replace("\n", "")
        for line in lines
    )
