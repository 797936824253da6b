"""Tags and words → our Markdown, block by block. What comes out holds no HTML.

Headings become bold lines, since "##" begins a question. Nothing is nested deeper than `MAXIMUM_DEPTH`: what stands
deeper continues the level above.
"""

from unicodedata import normalize

from app.content.interchange.html_blocks import Container, code_lines, joined_blocks
from app.content.interchange.html_phrases import Run, paragraph_lines, raised
from app.content.interchange.html_tables import Table
from app.content.interchange.html_tokens import Tag, Words
from app.content.interchange.markdown_words import address, code, escaped, escaped_line, fenced, one_line

MAXIMUM_DEPTH = 5
SCHEMES = ("https:", "tel:", "mailto:")
_MUTE = frozenset({"svg", "object", "noscript", "template", "head", "applet"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "var", "dfn"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BLOCK = frozenset(
    "p div section article header footer main aside nav figure figcaption address form fieldset center dl dt dd hr "
    "details summary caption body html legend option table thead tbody tfoot tr".split()
)


class MarkdownWriter:
    """Takes tags and words in their order."""

    blanks = True
    """Whether three underscores or more are a blank to fill in."""

    def __init__(self, is_phrase: bool = False) -> None:
        self.is_phrase = is_phrase
        self.blocks: list[tuple[tuple[Container, ...], list[str], bool]] = []
        self.containers: list[Container] = []
        self.skipped: dict[str, int] = {}
        self.runs: list[Run] = []
        self.link = ""
        self.open = dict.fromkeys(("mute", "bold", "italic", "code", "sup", "sub"), 0)
        self.table: Table | None = None
        self.pre: list[str] | None = None

    # -- what comes in ---------------------------------------------------------------------------------------------

    def take(self, token: Tag | Words) -> None:
        if isinstance(token, Words):
            self.words(token.text)
        elif token.is_end:
            self.end(token.name)
        else:
            self.start(token)

    def words(self, text: str) -> None:
        if self.open["mute"]:
            return
        if self.pre is not None:
            self.pre.append(text)
            return
        text = one_line(text)
        if self.open["sup"] or self.open["sub"]:
            text = raised(text, "sup" if self.open["sup"] else "sub")
        style = self.link or next((name for name in ("code", "bold", "italic") if self.open[name]), "")
        if text:
            self.runs.append(Run(style, text))

    def start(self, tag: Tag) -> None:
        name = tag.name
        if name in _MUTE:
            self.open["mute"] += 1
        elif self.open["mute"]:
            return
        elif name == "img":
            self._picture(tag.attributes)
        elif name == "br":
            self._break()
        elif name == "a":
            url = "".join(tag.attributes.get("href", "").split())
            self.link = url if self.may_link(url) else ""
        elif name == "pre":
            self._paragraph_ends()
            self.pre = []
        elif self.pre is None:
            self._start_style(name)
            self._start_block(tag)

    def end(self, name: str) -> None:
        if name in _MUTE:
            self.open["mute"] = max(0, self.open["mute"] - 1)
        elif self.open["mute"]:
            return
        elif name == "a":
            self.link = ""
        elif name == "pre":
            self._pre_ends()
        elif self.pre is None:
            self._end_block(name)
            style = _style_of(name)
            if style:
                self.open[style] = max(0, self.open[style] - 1)

    def finished(self) -> str:
        self._pre_ends()
        if self.table is not None:
            self.table.depth = 1
            self._end_block("table")
        self._paragraph_ends()
        return normalize("NFC", joined_blocks(self.blocks)).strip()

    def may_link(self, url: str) -> bool:
        return url.lower().startswith(SCHEMES)

    # -- phrases ---------------------------------------------------------------------------------------------------

    def _start_style(self, name: str) -> None:
        style = _style_of(name)
        if style:
            if style == "bold" and name in _HEADING:
                self._paragraph_ends()
            self.open[style] += 1

    def _picture(self, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "").strip()
        alt = one_line(attributes.get("alt", "")).strip()
        if not source or source.lower().startswith(("data:", "javascript:")):
            self.words(f" {alt} ")
        else:
            self.runs.append(Run("picture", f"![{escaped(alt)}]({address(source)})"))

    def _break(self) -> None:
        if self.pre is not None:
            self.pre.append("\n")
        elif self.is_phrase or self.table is not None:
            self.runs.append(Run("", " "))
        else:
            self.runs.append(Run("break", ""))

    # -- blocks ----------------------------------------------------------------------------------------------------

    def _start_block(self, tag: Tag) -> None:
        name = tag.name
        if self.is_phrase:
            if name in _BLOCK | _LISTS | _HEADING | {"li", "td", "th", "blockquote"}:
                self.runs.append(Run("", " "))
        elif self.table is not None:
            self._in_table(tag)
        elif name in _LISTS:
            self._paragraph_ends()
            first = tag.attributes.get("start", "1")
            number = int(first) if first.isdecimal() and len(first) < 5 else 1
            self._open(Container("list", number=number if name == "ol" else None))
        elif name == "li":
            self._item()
        elif name == "blockquote":
            self._paragraph_ends()
            self._open(Container("blockquote", "> ", "> "))
        elif name == "table":
            self._paragraph_ends()
            self.table = Table()
        elif name in _BLOCK:
            self._paragraph_ends()

    def _end_block(self, name: str) -> None:
        if self.is_phrase:
            if name in _BLOCK | _LISTS | _HEADING | {"li", "td", "th", "blockquote"}:
                self.runs.append(Run("", " "))
        elif self.table is not None:
            if name == "table":
                self.table.depth -= 1
                if not self.table.depth:
                    self._table_ends(self.table)
            elif name in _BLOCK | {"li"}:
                self.runs.append(Run("", " "))
        elif name in _LISTS:
            self._close("list")
        elif name in ("li", "blockquote"):
            self._close(name)
        elif name in _BLOCK or name in _HEADING:
            self._paragraph_ends()

    def _item(self) -> None:
        inner = next((c for c in reversed(self.containers) if c.kind in ("list", "li")), None)
        if inner is not None and inner.kind == "li":
            self._close("li")
            inner = next((c for c in reversed(self.containers) if c.kind == "list"), None)
        self._paragraph_ends()
        if inner is None or inner.number is None:
            self._open(Container("li", "- ", "  "))
        else:
            marker = f"{inner.number}. "
            inner.number += 1
            self._open(Container("li", marker, " " * len(marker)))

    def _open(self, container: Container) -> None:
        deep = sum(c.kind == container.kind for c in self.containers) >= MAXIMUM_DEPTH
        if deep:
            self.skipped[container.kind] = self.skipped.get(container.kind, 0) + 1
        else:
            self.containers.append(container)

    def _close(self, kind: str) -> None:
        self._paragraph_ends()
        if self.skipped.get(kind):
            self.skipped[kind] -= 1
            return
        position = next((i for i in range(len(self.containers) - 1, -1, -1) if self.containers[i].kind == kind), -1)
        if position >= 0:
            del self.containers[position:]

    def _paragraph_ends(self) -> None:
        if self.table is not None:
            if self.runs:
                self.runs.append(Run("", " "))
            return
        runs, self.runs = self.runs, []
        lines = paragraph_lines(runs, blanks=self.blanks and not self.is_phrase)
        if not lines:
            return
        if not self.is_phrase:
            item = self.containers[-1] if self.containers else None
            begins_item = item is not None and item.kind == "li" and not item.is_begun
            lines = [escaped_line(line, in_item=begins_item and not n) for n, line in enumerate(lines)]
            lines = [line + "  " for line in lines[:-1]] + lines[-1:]
        self._write(lines, is_paragraph=True)

    def _pre_ends(self) -> None:
        if self.pre is None:
            return
        text = code_lines("".join(self.pre)).strip("\n")
        self.pre = None
        if not text.strip():
            return
        if self.is_phrase or self.table is not None:
            self.runs.append(Run("code", " ".join(text.split())))
        elif self.containers:
            lines = [code(line.strip()) for line in text.split("\n") if line.strip()]
            self._write([line + "  " for line in lines[:-1]] + lines[-1:], is_paragraph=True)
        else:
            self._write(fenced(text), is_paragraph=False)

    def _write(self, lines: list[str], *, is_paragraph: bool) -> None:
        first = "".join(c.rest if c.is_begun else c.first for c in self.containers)
        rest = "".join(c.rest for c in self.containers)
        begins_item = any(c.kind == "li" and not c.is_begun for c in self.containers)
        for container in self.containers:
            container.is_begun = True
        marked = [first + lines[0], *(rest + line for line in lines[1:])]
        self.blocks.append((tuple(self.containers), marked, is_paragraph and begins_item))

    # -- tables ----------------------------------------------------------------------------------------------------

    def _in_table(self, tag: Tag) -> None:
        table = self.table
        if table is None:
            return
        if tag.name == "table":
            table.depth += 1
        elif table.depth > 1 or tag.name not in ("tr", "td", "th"):
            if tag.name in _BLOCK or tag.name in ("li", "td", "th"):
                self.runs.append(Run("", " "))
        elif tag.name == "tr":
            self._cell_ends(table)
            table.row_begins()
        else:
            self._cell_ends(table)
            table.cell_begins(tag.attributes.get("colspan", "1"), tag.attributes.get("rowspan", "1"))

    def _cell_ends(self, table: Table) -> None:
        runs, self.runs = self.runs, []
        table.cell_ends(paragraph_lines(runs, blanks=self.blanks))

    def _table_ends(self, table: Table) -> None:
        self._cell_ends(table)
        self.table = None
        for lines in table.blocks():
            self._write(lines, is_paragraph=False)


def _style_of(name: str) -> str:
    if name in _BOLD or name in _HEADING:
        return "bold"
    if name in _ITALIC:
        return "italic"
    if name in _CODE:
        return "code"
    return name if name in ("sup", "sub") else ""
