"""Markdown as trainers write it → Markdown as python-markdown wants it: lists above all."""

import re

FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
ITEM = re.compile(
    r"^( *)([-*+•●▪◦·–—]|\d{1,3}[.)])[ \t]+(?=\S)(?:\\?\[ ?([xXхХ×✓✔☑☒vV√]?)[\ufe0e\ufe0f]? ?\\?\][ \t]+)?"
)
QUOTE = re.compile(r"^( {0,3}>[ ]?)(.*)$")


def straighten(source: str) -> str:
    """Write lists the way python-markdown wants them: a blank line before, nested by four spaces, plain bullets.

    What trainers write (and what other viewers show as a list): no blank line, two spaces, bullets from Word.
    """
    out: list[str] = []
    levels: list[int] = []
    fence = previous_prefix = ""
    after_text = is_loose = False
    for line in source.split("\n"):
        mark = FENCE.match(line)
        if fence or mark:
            fence = _fence_after(fence, mark)
            out.append(line)
            after_text = False
            continue
        quoted = QUOTE.match(line)
        prefix, rest = quoted.groups() if quoted else ("", line.replace("\t", "    "))
        item = ITEM.match(rest)
        is_flush_text = rest.strip() and not rest.startswith(" ") and not item
        if prefix.strip() != previous_prefix.strip() or is_flush_text:
            levels = []
        if item and after_text and (is_loose or (not levels and item.group(2)[0] in "-*+•●▪◦·–—1")):
            out.append(prefix.rstrip())
        is_loose = bool(levels and not item and rest.strip() and (is_loose or not after_text))
        out.append(prefix + _reindent(rest, item, levels))
        after_text = bool(rest.strip())
        previous_prefix = prefix
    return "\n".join(out)


def _fence_after(fence: str, mark: re.Match[str] | None) -> str:
    """The fence that is open after this line."""
    if not fence:
        return mark.group(1) if mark else ""
    closes = mark is not None and mark.group(1)[0] == fence[0] and len(mark.group(1)) >= len(fence)
    return "" if closes else fence


def _reindent(rest: str, item: re.Match[str] | None, levels: list[int]) -> str:
    """`levels` holds, for each open list, the column where the text of its items starts."""
    indent = len(rest) - len(rest.lstrip(" "))
    if item is None:
        depth = min(len(levels), sum(1 for column in levels if column <= indent + 1))
        return "    " * depth + rest.lstrip(" ") if levels and rest.strip() else rest
    while levels and indent < levels[-1]:
        levels.pop()
    depth = len(levels)
    levels.append(indent + 2)
    marker = item.group(2).replace(")", ".")
    box = {None: "", "": "☐ "}.get(item.group(3), "☑ ")
    return f"{'    ' * depth}{marker if marker[-1] == '.' or marker in '*+' else '-'} {box}{rest[item.end() :]}"
