"""What a rendered fragment says, without its marks."""

from html.parser import HTMLParser

INLINE_TAGS = frozenset({"a", "abbr", "code", "del", "em", "strong", "sub", "sup"})


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
