"""HTML as the editors of other programs write it → our Markdown. Any input ends, in time that grows with its length.

Kept: paragraphs, lists, quotes, tables, bold, italic, code, links, pictures. Headings become bold lines, since "##"
begins a question. The rest becomes its words; scripts, styles, frames and comments go. Nothing is nested deeper than
`MAXIMUM_DEPTH`: what stands deeper continues the level above. What comes out holds no HTML.
"""

from app.content.interchange.html_tokens import tokens
from app.content.interchange.markdown_writer import MarkdownWriter

MAXIMUM_HTML = 200_000
"""Letters; what stands behind them is cut off. Callers say so."""


def to_markdown(html: str) -> str:
    """Blocks of Markdown, NFC, without outer space. Three underscores or more become a blank ("____")."""
    return _converted(html, is_phrase=False)


def to_phrase(html: str) -> str:
    """The same on one line, without lists and tables: for a heading or an option."""
    return " ".join(_converted(html, is_phrase=True).split())


def _converted(html: str, *, is_phrase: bool) -> str:
    writer = MarkdownWriter(is_phrase)
    for token in tokens(html[:MAXIMUM_HTML]):
        writer.take(token)
    return writer.finished()
