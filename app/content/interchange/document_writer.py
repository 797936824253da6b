"""Tags of a whole text → Markdown of a lesson: with headings, and a title where the text has one."""

import re
from dataclasses import dataclass

from app.content.interchange.document_links import ITEM
from app.content.interchange.html_phrases import Run, paragraph_lines
from app.content.interchange.html_tokens import Tag
from app.content.interchange.markdown_writer import MarkdownWriter

HIGHEST, DEEPEST = 2, 4
"""Levels of headings in a lesson: its title stands above, outside the text."""
LONGEST_TITLE = 200
_HEADING = re.compile(r"h\d")
_CLOSING = re.compile(r"#+$")


@dataclass(slots=True)
class _Heading:
    level: int
    """As the text has it, 0 for its title."""
    words: str
    block: int


class DocumentWriter(MarkdownWriter):
    """`finished` gives the text; its title stands in `title` then."""

    blanks = False

    def __init__(self, *, takes_title: bool = True) -> None:
        super().__init__()
        self.takes_title = takes_title
        self.title = ""
        self.level: int | None = None
        self.headings: list[_Heading] = []

    def may_link(self, url: str) -> bool:
        return super().may_link(url) or ITEM.fullmatch(url) is not None

    def start(self, tag: Tag) -> None:
        if _HEADING.fullmatch(tag.name) and not (self.open["mute"] or self.table or self.containers or self.pre):
            self._paragraph_ends()
            self.level = int(tag.name[1])
        elif not _HEADING.fullmatch(tag.name):
            super().start(tag)

    def end(self, name: str) -> None:
        if not _HEADING.fullmatch(name):
            super().end(name)
        else:
            self._paragraph_ends()

    def finished(self) -> str:
        self._pre_ends()
        self._paragraph_ends()
        self._find_title()
        self._write_headings()
        return super().finished()

    def words(self, text: str) -> None:
        """Code cannot say "{{": there it would stand for a word that differs by province."""
        was_code = self.open["code"]
        if "{{" in text:
            self.open["code"] = 0
        super().words(text)
        self.open["code"] = was_code

    def _paragraph_ends(self) -> None:
        if self.level is None:
            super()._paragraph_ends()
            return
        runs, self.runs = self.runs, []
        level, self.level = self.level, None
        words = " ".join(paragraph_lines([run for run in runs if run.style != "picture"], blanks=False))
        if words:
            self.headings.append(_Heading(level, words, len(self.blocks)))
            self.blocks.append(((), [words], False))
        self.runs = [run for run in runs if run.style == "picture"]
        super()._paragraph_ends()

    def _pre_ends(self) -> None:
        if self.pre is not None and any("{{" in part for part in self.pre):
            lines, self.pre = "".join(self.pre).splitlines(), None
            for line in lines:
                self.runs.append(Run("", line))
                self.runs.append(Run("break", ""))
            self._paragraph_ends()
        super()._pre_ends()

    def _find_title(self) -> None:
        """What the text calls its title, else a first heading that stands alone on the highest level."""
        titles = [heading for heading in self.headings if heading.level == 0]
        if not titles and self.headings and self.headings[0].block == 0:
            highest = min(heading.level for heading in self.headings)
            titles = [heading for heading in self.headings if heading.level == highest]
            titles = titles if len(titles) == 1 and titles[0].block == 0 and len(self.blocks) > 1 else []
        if titles and len(titles[0].words) <= LONGEST_TITLE:
            self.title = titles[0].words
            if not self.takes_title:
                return
            self.headings.remove(titles[0])
            self.blocks[titles[0].block] = ((), [], False)

    def _write_headings(self) -> None:
        """Levels without gaps, from ## on."""
        levels = sorted({max(1, heading.level) for heading in self.headings})
        above = HIGHEST - 1
        for heading in self.headings:
            level = min(HIGHEST + levels.index(max(1, heading.level)), DEEPEST, above + 1)
            self.blocks[heading.block] = ((), [f"{'#' * level} {_heading_words(heading.words)}"], False)
            above = level
        self.blocks = [block for block in self.blocks if block[1]]


def _heading_words(words: str) -> str:
    """Without what would end the heading early or make a question of it."""
    words = _CLOSING.sub(lambda marks: "\\#" * len(marks.group()), words)
    return f"&#63;{words[1:]}" if words.startswith("?") else words
