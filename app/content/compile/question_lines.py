"""The lines of one question of a quiz file, sorted: stem, answers with feedback, hints, explanation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.content.compile.faults import FileFaults
from app.content.compile.scan import Line, trimmed

DEEPEST_ANSWER = 3
"""Columns before a bullet: from four on it would be a list in a list."""
_BARE_BOX = re.compile(r"^\s*(?:[A-Za-zĐđ][.)]\s*)?\[\s?[xX✓✔]?\s?\]\s*\S")
NOTE = re.compile(r"^\s*(?:\*\*)?(Giải thích|Gợi ý)(?:\*\*)?\s*:(?:\*\*)?\s*(.*)$", re.IGNORECASE)
HINT, EXPLANATION = "gợi ý", "giải thích"


@dataclass
class Entry:
    """One line of the answers, with the lines that belong to it."""

    line: Line
    more: list[Line] = field(default_factory=list)
    """Lines that go on with its words."""
    feedback: list[Line] = field(default_factory=list)


@dataclass
class Note:
    """A hint or the explanation: its quoted lines, without its name."""

    name: str
    lines: list[Line]


@dataclass
class SortedLines:
    stem: list[Line] = field(default_factory=list)
    shape: str = ""
    """gap, box, accepted, free, pair or step; empty where there is no answer."""
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def shape_of(line: Line) -> str:
    """Which kind of answer this line would be; empty for none. Pairs and steps count only where nothing else does."""
    if line.gap() is not None:
        return "gap"
    if line.box() is not None:
        return "box"
    if line.accepted() is not None:
        return "accepted"
    if line.is_blank_to_fill:
        return "free"
    if line.pair() is not None:
        return "pair"
    return "step" if line.step() is not None else ""


def sort_lines(lines: Sequence[Line], faults: FileFaults) -> SortedLines:
    """Walk down the lines. Before the first answer everything is stem; what has no place afterwards is a fault."""
    sorter = _Sorter(_answer_lines(lines), faults)
    for line in lines:
        sorter.take(line)
    return sorter.found


def is_bare_box(line: Line) -> bool:
    """A tick box without a bullet before it, which no viewer shows as one."""
    return not line.is_code and _BARE_BOX.match(line.text) is not None


def _answer_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Number of the line → shape, for the lines that are answers."""
    shapes = {line.number: shape for line in lines if (shape := shape_of(line))}
    certain = {number: shape for number, shape in shapes.items() if shape not in ("pair", "step")}
    if certain:
        return certain
    pairs = {number: shape for number, shape in shapes.items() if shape == "pair"}
    return pairs or _last_numbered_list(lines)


def _last_numbered_list(lines: Sequence[Line]) -> dict[int, str]:
    """The steps of the last numbered list, if nothing but notes stands after it."""
    steps: dict[int, str] = {}
    for line in trimmed(list(lines)):
        if line.step() is not None and not line.is_code:
            steps[line.number] = "step"
        elif steps and not line.is_blank and line.quote() is None and line.indent < 2:
            is_lazy = _is_note_going_on(lines, line)
            steps = steps if is_lazy else {}
    return steps if len(steps) > 1 else {}


def _is_note_going_on(lines: Sequence[Line], line: Line) -> bool:
    """Text right below a quote still belongs to it."""
    above = next((other for other in reversed(lines) if other.number == line.number - 1), None)
    return above is not None and above.quote() is not None


class _Sorter:
    def __init__(self, answers: dict[int, str], faults: FileFaults) -> None:
        self.answers = answers
        self.faults = faults
        self.found = SortedLines()
        self.note: Note | None = None
        self.after_blank = True
        self.is_complaining = False
        """Inside a run of lines that were refused once: say it once."""

    def take(self, line: Line) -> None:
        if line.is_blank and not line.is_code:
            self.after_blank, self.is_complaining = True, False
            if not self.found.entries:
                self.found.stem.append(line)
            return
        shape = self.answers.get(line.number)
        if shape:
            self._start_entry(line, shape)
        elif not self.found.entries:
            self.found.stem.append(line)
        elif line.is_code:
            self._place_code(line)
        elif line.quote() is not None:
            self._place_quote(line)
        else:
            self._place_text(line)
        self.after_blank = False

    def _start_entry(self, line: Line, shape: str) -> None:
        found = self.found
        if line.indent > DEEPEST_ANSWER:
            self._refuse(line, "Phương án này thụt vào quá sâu. Đưa dấu gạch đầu dòng ra sát lề.")
        elif self.note is not None:
            self._refuse(line, "Phương án đứng sau phần Giải thích. Chuyển phần Giải thích xuống cuối câu hỏi.")
        elif found.shape not in ("", shape):
            self._refuse(
                line, "Một câu hỏi chỉ có một kiểu trả lời: ô chọn `- [ ]`, hoặc câu gõ vào `- =`, hoặc `- (1) =`."
            )
        else:
            found.shape = shape
            found.entries.append(Entry(line))
            self.is_complaining = False

    def _place_code(self, line: Line) -> None:
        if line.indent >= 2 and self.note is None and not self.found.entries[-1].feedback:
            self.found.entries[-1].more.append(line)
        else:
            self._refuse(line, "Khối mã này không rõ của phần nào. Đưa lên câu hỏi, hoặc thụt vào dưới phương án.")

    def _place_quote(self, line: Line) -> None:
        columns, words = line.quote() or (0, "")
        named = NOTE.match(words) if columns == 0 else None
        if named:
            self._start_note(named[1].casefold(), Line(line.number, f"> {named[2]}"))
        elif self.note is not None and not self.after_blank:
            self.note.lines.append(line)
        elif self.note is None and (columns > 0 or not self.after_blank):
            self.found.entries[-1].feedback.append(line)
        else:
            self._refuse(
                line,
                "Không rõ lời này của phương án nào. Lời cho một phương án thụt vào 2 dấu cách: `  > …`; "
                "lời chung cuối câu viết: `> Giải thích: …`",
            )

    def _start_note(self, name: str, line: Line) -> None:
        if name == EXPLANATION and any(note.name == name for note in self.found.notes):
            self._refuse(line, "Phần Giải thích viết hai lần. Gộp lại làm một.")
        self.note = Note(name, [line])
        self.found.notes.append(self.note)

    def _place_text(self, line: Line) -> None:
        entry = self.found.entries[-1]
        if line.is_list_item and self.note is None:
            self._refuse(line, "Dòng này thiếu ô chọn. Viết: - [ ] phương án; lời giải thích viết: `  > …`")
        elif self.note is not None and not self.after_blank:
            self.note.lines.append(line)
        elif line.indent >= 2 and not self.after_blank and self.note is None:
            (entry.feedback if entry.feedback else entry.more).append(line)
        else:
            self._refuse(line, "Có chữ rời sau phương án. Đưa lên phần câu hỏi, hoặc viết: > Giải thích: …")

    def _refuse(self, line: Line, reason: str) -> None:
        if not self.is_complaining:
            self.faults.add(line.number, reason)
        self.is_complaining = True
