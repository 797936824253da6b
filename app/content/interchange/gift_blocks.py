"""A GIFT file → its questions as pieces of text, told apart by braces and blank lines.

Moodle knows only the blank line: questions without one between them become one there, silently. Here they are found.
What stands in a piece is not looked at; `gift_read` does.
"""

import re
from dataclasses import dataclass, field
from enum import Enum

UNCLOSED = "Dấu { của câu này không có dấu } đóng lại. Thêm dấu } sau phương án cuối."
STRAY = "Có dấu } mà không có dấu { mở ra trước nó. Thêm dấu {, hoặc viết \\} nếu là chữ."
NESTED = "Trong cặp { } của câu này còn một dấu { nữa. Đóng ngoặc bằng dấu }, hoặc viết \\{ và \\} nếu là chữ."
TWICE = "Câu này có hai cặp { }. Tách thành hai câu, mỗi câu một cặp, hoặc viết \\{ và \\} nếu là chữ."
GLUED = "Giữa câu này và phần đứng trước thiếu một dòng trống; đã tách ra. Moodle sẽ gộp chúng làm một."
BLANK_INSIDE = "Đã bỏ dòng trống trong cặp { }. Moodle sẽ ngắt câu ở đó."
CATEGORY = "$CATEGORY:"
_BRACE = re.compile("[{}]")
_NAMED = re.compile(r"\s*::.*?::")


class _State(Enum):
    BEFORE = "before the answers"
    INSIDE = "in the answers"
    AFTER = "behind the answers"
    BROKEN = "waiting for a blank line"


@dataclass
class Block:
    """One question, or what stands in its place."""

    line: int
    lines: list[str] = field(default_factory=list)
    """Without comments."""
    comments: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    trouble: str = ""
    """Why it cannot be read."""

    @property
    def category(self) -> str | None:
        """What stands behind "$CATEGORY:", for a block that only says so."""
        first = self.lines[0].strip()
        return first.removeprefix(CATEGORY).strip() if first.startswith(CATEGORY) else None


def blocks(text: str) -> list[Block]:
    """The pieces of `text`, in which control characters that are text already stand as something else."""
    splitter = _Splitter(text.split("\n"))
    for index, line in enumerate(splitter.lines):
        splitter.take(index, line)
    splitter.finish()
    return splitter.done


class _Splitter:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.next_brace, self.next_in_paragraph = _braces_ahead(lines)
        self.done: list[Block] = []
        self.block: Block | None = None
        self.state = _State.BEFORE
        self.pending: list[str] = []
        """Comments that belong to whatever comes next."""
        self.is_glued = False

    def take(self, index: int, line: str) -> None:
        if _is_comment(line):
            self.pending.append(line.strip())
        elif not line.strip():
            self._take_blank(index)
        elif line.lstrip().startswith(CATEGORY) and self.state is not _State.INSIDE:
            self._begin_again()
            self.done.append(Block(index + 1, [line]))
            self.is_glued = True
        else:
            self._take_text(index, line)

    def finish(self) -> None:
        """The block ends here."""
        if self.block is not None:
            if self.state is _State.INSIDE:
                self.block.trouble = UNCLOSED
            self.block.comments += self.pending
            self.done.append(self.block)
        self.block, self.state, self.pending, self.is_glued = None, _State.BEFORE, [], False

    def _take_blank(self, index: int) -> None:
        if self.state is _State.INSIDE and self.block is not None and self.next_brace[index] == "}":
            if BLANK_INSIDE not in self.block.changes:
                self.block.changes.append(BLANK_INSIDE)
        else:
            self.finish()

    def _take_text(self, index: int, line: str) -> None:
        if self.block is not None and self._begins_another(index, line):
            self._begin_again()
        if self.block is None:
            self.block = Block(index + 1, changes=[GLUED] if self.is_glued else [])
        self.block.lines.append(line)
        self.block.comments += self.pending
        self.pending = []
        for brace in _BRACE.findall(line):
            self._pass(brace, self.block)

    def _begins_another(self, index: int, line: str) -> bool:
        if self.state is _State.INSIDE:
            return _NAMED.match(line) is not None and self.next_brace[index] == "{"
        if self.state is _State.AFTER and self.next_in_paragraph[index] == "{":
            return True
        return _NAMED.match(line) is not None

    def _begin_again(self) -> None:
        """What comes next is another block, though no blank line says so."""
        comments, self.pending = self.pending, []
        had_block = self.block is not None
        self.finish()
        self.pending, self.is_glued = comments, had_block

    def _pass(self, brace: str, block: Block) -> None:
        if self.state is _State.BROKEN:
            return
        if self.state is _State.BEFORE and brace == "{":
            self.state = _State.INSIDE
        elif self.state is _State.INSIDE and brace == "}":
            self.state = _State.AFTER
        else:
            block.trouble = STRAY if brace == "}" else NESTED if self.state is _State.INSIDE else TWICE
            self.state = _State.BROKEN


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("//")


def _braces_ahead(lines: list[str]) -> tuple[list[str], list[str]]:
    """For each line the first brace on it or below it: in the whole file, and up to the next blank line."""
    in_file, in_paragraph = [""] * len(lines), [""] * len(lines)
    ahead = near = ""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        found = None if _is_comment(line) or line.lstrip().startswith(CATEGORY) else _BRACE.search(line)
        if not line.strip():
            near = ""
        if found:
            ahead = near = found.group()
        in_file[index], in_paragraph[index] = ahead, near
    return in_file, in_paragraph
