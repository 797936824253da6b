"""One fragment of Markdown → sanitised HTML. Done in a process of its own, never in the server.

It knows nothing of the rest of the product on purpose: the rendering process starts in a tenth of a second with
20 MB, and an attack on the parser finds nothing there to steal. `app.content.worker` starts, limits and kills it.
"""

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from html import unescape
from typing import Any
from urllib.parse import unquote

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

Pictures = dict[str, tuple[str, int, int, str]]
"""Path in the course folder → (address under which it is served, width, height, address of its WebP or ""); width 0
is sound."""
Table = dict[str, Any]
"""pictures: Pictures; items: name of an item's file → its address; terms: names of words that are explained."""
Answer = dict[str, Any]
"""html; images [[src, alt]…], links [[href, words]…] as written. Or: error."""

BOXES = {
    "nhớ": "box remember",
    "cẩn thận": "box warn",
    "mẹo": "box tip",
    "các bước": "box steps",
    "android": "phone android",
    "iphone": "phone iphone",
}
FOLDED = "xem thêm"
MEDIA = re.compile(r"/media/[0-9a-f]{64}\.(svg|png|jpg|webp)")
SOUND = re.compile(r"/media/[0-9a-f]{64}\.(mp3|opus)")
INSIDE = re.compile(r"/courses/[a-z0-9-]+/[a-z0-9-]+|#tu-[a-z0-9-]+")
"""Links to another item, and to the explanation of a word."""
OUTSIDE = ("https:", "mailto:", "tel:")
UNUSED_BLOCKS = ("code", "setextheader", "reference")
UNUSED_INLINE = ("html", "reference", "short_reference", "image_reference", "short_image_ref")
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "audio": {"src", "controls", "preload", "title"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "source": {"type", "srcset"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
TAGS = set(
    "h2 h3 h4 h5 p br hr em strong del code pre blockquote ul ol li a img table thead tbody tr th td "
    "figure figcaption details summary abbr sup sub dl dt dd audio span picture source".split()
)


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    """A picture only from our own store, a link only out of it: another address could call any page of ours."""
    if tag == "img" and name == "src":
        return value if MEDIA.fullmatch(value) else None
    if tag == "audio" and name == "src":
        return value if SOUND.fullmatch(value) else None
    if tag == "source":
        is_ours = value == "image/webp" if name == "type" else MEDIA.fullmatch(value) and value.endswith(".webp")
        return value if is_ours else None
    if tag == "a" and name == "href":
        return value if value.lower().startswith(OUTSIDE) or INSIDE.fullmatch(value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=keep_attribute,
    allowed_classes={
        "blockquote": {"box", "remember", "warn", "tip", "steps", "phone", "android", "iphone"},
        "a": {"term"},
        "span": {"sound"},
    },
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

    def start(self, table: Table) -> None:
        self.pictures: Pictures = table.get("pictures", {})
        self.items: dict[str, str] = table.get("items", {})
        self.terms: list[str] = table.get("terms", [])
        self.images: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []

    def run(self, root: ElementTree.Element) -> None:
        for element in list(root.iter()):
            if element.tag == "img":
                self._place(element)
            elif element.tag == "a":
                self._lead(element)
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
        address, width, height, webp = picture
        if not width:
            _make_player(image, address)
            return
        for name, value in {"src": address, "width": width, "height": height, "loading": "lazy"}.items():
            image.set(name, str(value))
        if webp:
            _offer_webp(image, webp)

    def _lead(self, link: ElementTree.Element) -> None:
        address = _plain(link.get("href", ""))
        self.links.append((address, _plain("".join(link.itertext()))))
        item = self.items.get(picture_path(address))
        if item:
            link.set("href", item)
        elif address.startswith("#") and address[1:] in self.terms:
            link.set("href", f"#tu-{address[1:]}")
            link.set("class", "term")


def _offer_webp(image: ElementTree.Element, address: str) -> None:
    """Phones that know WebP load that; the others, and whoever copies the picture, what stands in <img>."""
    attributes, tail = dict(image.attrib), image.tail
    image.clear()
    image.tag, image.tail = "picture", tail
    ElementTree.SubElement(image, "source", {"type": "image/webp", "srcset": address})
    ElementTree.SubElement(image, "img", attributes)


def _plain(text: str) -> str:
    """What the library has put aside as an entity, as it was."""
    return unescape(text.replace(AMP_SUBSTITUTE, "&"))


def _make_player(image: ElementTree.Element, address: str) -> None:
    """What was written as a picture is sound: its text, and a player that loads nothing before it is asked to."""
    title = image.get("alt", "")
    tail = image.tail
    image.clear()
    image.tag, image.tail, image.text = "span", tail, f"{title} "
    image.set("class", "sound")
    player = ElementTree.SubElement(image, "audio")
    for name, value in {"src": address, "controls": "controls", "preload": "none", "title": title}.items():
        player.set(name, value)


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
    name = word.rstrip(": ").casefold()
    if name in BOXES:
        quote.set("class", BOXES[name])
    elif name == FOLDED:
        _fold(quote, first, strong)


def _fold(quote: ElementTree.Element, first: ElementTree.Element, strong: ElementTree.Element) -> None:
    """ "**Xem thêm:** title" and what stands below it: a part that opens."""
    title = (strong.tail or "").removeprefix(":").lstrip()
    first.remove(strong)
    first.text = title if title or len(first) else "Xem thêm"
    first.tag, quote.tag = "summary", "details"


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


def render_fragment(source: str, table: Table, *, inline: bool = False) -> Answer:
    """Render and sanitise. `inline` gives phrases only, without a paragraph around them.

    Unknown pictures lose their address and are reported in `images`; the caller refuses them.

    Raises:
        ValueError: sanitising twice gives another result: such input is an attack.
        RecursionError: nested too deeply.
    """
    parser, marks = INLINE if inline else BLOCKS
    marks.start(table)
    raw = parser.reset().convert(source)
    html = CLEANER.clean(raw)
    if CLEANER.clean(html) != html:
        raise ValueError("unstable under sanitising")
    if inline:
        html = html.removeprefix("<p>").removesuffix("</p>")
    return {"html": html, "images": marks.images, "links": marks.links}


def answer_to(request: Answer) -> Answer:
    """Answer one request; what cannot be rendered is an answer too."""
    try:
        return render_fragment(request["source"], request["table"], inline=request["inline"])
    except RecursionError:
        return {"error": "nested too deeply"}
    except (ValueError, ElementTree.ParseError) as error:
        return {"error": str(error)}
