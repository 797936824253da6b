"""One fragment of Markdown → sanitised HTML. Run as a program it serves fragments over its standard streams.

It knows nothing of the rest of the product on purpose: the rendering process starts in a tenth of a second with
20 MB, and an attack on the parser finds nothing there to steal. `app.content.worker` starts, limits and kills it.
"""

import json
import re
import resource
import signal
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

Pictures = dict[str, tuple[str, int, int] | tuple[str, int, int, str]]
"""Path in the course folder → (address under which it is served, width, height, address of its WebP if it has one)."""
Answer = dict[str, Any]
"""html; text (what it says without marks); images [[src, alt]…] and links as the author wrote them. Or: error."""

MEMORY_LIMIT = 512 * 1024 * 1024
SECONDS_PER_FRAGMENT = 3
"""The process ends itself then, should nobody be left to kill it; the worker's own limit is shorter."""
BOXES = {"nhớ": "box remember", "cẩn thận": "box warn", "mẹo": "box tip"}
FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
ITEM = re.compile(r"^( *)([-*+•●▪◦·–—]|\d{1,3}[.)])[ \t]+(?=\S)(?:\\?\[([ xX✓✔]?)\\?\][ \t]+)?")
QUOTE = re.compile(r"^( {0,3}>[ ]?)(.*)$")
MEDIA = re.compile(r"/media/[0-9a-f]{64}\.(svg|png|jpg|webp)")
OUTSIDE = ("https:", "mailto:", "tel:")
UNUSED_BLOCKS = ("code", "setextheader", "reference")
UNUSED_INLINE = ("html", "reference", "short_reference", "image_reference", "short_image_ref")
INLINE_TAGS = frozenset({"a", "abbr", "code", "del", "em", "strong", "sub", "sup"})
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "source": {"type", "srcset"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
TAGS = set(
    "h2 h3 h4 h5 p br hr em strong del code pre blockquote ul ol li a img table thead tbody tr th td "
    "figure figcaption details summary abbr sup sub dl dt dd picture source".split()
)


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    """A picture only from our own store, a link only out of it: another address could call any page of ours."""
    if tag == "img" and name == "src":
        return value if MEDIA.fullmatch(value) else None
    if tag == "source":
        is_ours = value == "image/webp" if name == "type" else MEDIA.fullmatch(value) and value.endswith(".webp")
        return value if is_ours else None
    if tag == "a" and name == "href":
        return value if value.lower().startswith(OUTSIDE) else None
    return value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=keep_attribute,
    allowed_classes={"blockquote": {"box", "remember", "warn", "tip"}},
    url_schemes={scheme.rstrip(":") for scheme in OUTSIDE},
    link_rel="noopener noreferrer nofollow",
)


class SeparateQuotes(BlockQuoteProcessor):
    """Two quotes with a blank line between them are two boxes, as in every other Markdown."""

    def lastChild(self, parent: ElementTree.Element) -> ElementTree.Element | None:  # noqa: N802 -- the library's name
        last = super().lastChild(parent)
        return None if last is not None and last.tag == "blockquote" else last


class OurMarks(Treeprocessor):
    """Give pictures their address and size, quotes their box, column heads their scope; note what was referred to."""

    def start(self, pictures: Pictures) -> None:
        self.pictures = pictures
        self.images: list[tuple[str, str]] = []
        self.links: list[str] = []

    def run(self, root: ElementTree.Element) -> None:
        for element in list(root.iter()):
            if element.tag == "img":
                self._place(element)
            elif element.tag == "a":
                self.links.append(unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&")))
            elif element.tag == "blockquote":
                _give_box(element)
            elif element.tag == "th":
                element.set("scope", "col")

    def _place(self, image: ElementTree.Element) -> None:
        source = image.get("src", "")
        self.images.append((source, image.get("alt", "")))
        picture = self.pictures.get(picture_path(source))
        image.attrib.pop("title", None)
        if picture is None:
            image.attrib.pop("src", None)
            return
        address, width, height, *webp = picture
        for name, value in {"src": address, "width": width, "height": height, "loading": "lazy"}.items():
            image.set(name, str(value))
        if any(webp):
            _offer_webp(image, webp[0])


def _offer_webp(image: ElementTree.Element, address: str) -> None:
    """Phones that know WebP load that; the others, and whoever copies the picture, what stands in <img>."""
    attributes, tail = dict(image.attrib), image.tail
    image.clear()
    image.tag, image.tail = "picture", tail
    ElementTree.SubElement(image, "source", {"type": "image/webp", "srcset": address})
    ElementTree.SubElement(image, "img", attributes)


def picture_path(source: str) -> str:
    """The path in the folder that an image address means: "./anh/a%20b.svg" → "anh/a b.svg"."""
    return unicodedata.normalize("NFC", unquote(source)).removeprefix("./")


def _give_box(quote: ElementTree.Element) -> None:
    first = next(iter(quote), None)
    strong = next(iter(first), None) if first is not None and first.tag == "p" else None
    if first is None or strong is None or strong.tag != "strong" or (first.text or "").strip():
        return
    word = (strong.text or "").strip()
    if not word.endswith(":") and not (strong.tail or "").startswith(":"):
        return
    box = BOXES.get(word.rstrip(": ").casefold())
    if box:
        quote.set("class", box)


Parser = tuple[Markdown, OurMarks]


def _block_parser() -> Parser:
    parser = Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="html")
    parser.preprocessors.deregister("html_block")
    for name in UNUSED_BLOCKS:
        parser.parser.blockprocessors.deregister(name)
    parser.parser.blockprocessors.register(SeparateQuotes(parser.parser), "quote", 20)
    return _with_our_marks(parser)


def _inline_parser() -> Parser:
    """For options and headings: "1. Gọi 113" stays a line of text and never becomes a list."""
    parser = Markdown(output_format="html")
    parser.preprocessors.deregister("html_block")
    for name in (*UNUSED_BLOCKS, "indent", "hashheader", "hr", "olist", "ulist", "quote"):
        parser.parser.blockprocessors.deregister(name)
    return _with_our_marks(parser)


def _with_our_marks(parser: Markdown) -> Parser:
    for name in UNUSED_INLINE:
        parser.inlinePatterns.deregister(name)
    marks = OurMarks(parser)
    parser.treeprocessors.register(marks, "our_marks", 15)
    return parser, marks


BLOCKS = _block_parser()
INLINE = _inline_parser()


def render_fragment(source: str, pictures: Pictures, *, inline: bool = False) -> Answer:
    """Render and sanitise. `inline` gives phrases only, without a paragraph around them.

    Unknown pictures lose their address and are reported in `images`; the caller refuses them.

    Raises:
        ValueError: sanitising twice gives another result: such input is an attack.
        RecursionError: nested too deeply.
    """
    parser, marks = INLINE if inline else BLOCKS
    marks.start(pictures)
    raw = parser.reset().convert(source if inline else straighten(source))
    html = CLEANER.clean(raw)
    if CLEANER.clean(html) != html:
        raise ValueError("unstable under sanitising")
    if inline:
        html = html.removeprefix("<p>").removesuffix("</p>")
    return {"html": html, "text": plain_text(html), "images": marks.images, "links": marks.links}


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
    box = {None: "", "": "☐ ", " ": "☐ "}.get(item.group(3), "☑ ")
    return f"{'    ' * depth}{marker if marker[-1] == '.' or marker in '*+' else '-'} {box}{rest[item.end() :]}"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE_TAGS:
            self.parts.append(" ")
        if tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE_TAGS:
            self.parts.append(" ")


def plain_text(html: str) -> str:
    """The words of a page, pictures by their alternative text, single spaces."""
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join("".join(words.parts).split())


def answer_to(request: Answer) -> Answer:
    """Answer one request as it stands on a line; what cannot be rendered is an answer too."""
    try:
        pictures = {path: tuple(found) for path, found in request["pictures"].items()}
        return render_fragment(request["source"], pictures, inline=request["inline"])
    except RecursionError:
        return {"error": "nested too deeply"}
    except (ValueError, ElementTree.ParseError) as error:
        return {"error": str(error)}


def serve() -> None:
    """One JSON request a line on standard input, one JSON answer a line on standard output, until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    for line in sys.stdin.buffer:
        signal.alarm(SECONDS_PER_FRAGMENT)
        answer = answer_to(json.loads(line))
        signal.alarm(0)
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve()
