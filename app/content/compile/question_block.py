"""One question of a quiz file: heading, stem, answers with feedback, hint and explanation, told apart line by line."""

import re
from dataclasses import dataclass, field

from app.content.compile.faults import FileFaults
from app.content.compile.questions import KINDS
from app.content.compile.questions.answers import AnswerKind, Answers, Entry, render_feedback
from app.content.compile.quiz import Question
from app.content.compile.render import Renderer
from app.content.compile.scan import Line, joined, trimmed, warn_of_html
from app.content.compile.text import is_key, nearest, suggested_key

DEEPEST_ANSWER = 3
"""Columns before a bullet: from four on it would be a list in a list."""
META_KEYS = ("key", "points", "skill")
MAXIMUM_POINTS = 100
_COMMENT = re.compile(r"^\s*<!(?:--|[–—]-?)(.*?)(?:--|[–—]-?)>\s*$")
"""Word turns two hyphens into a dash."""
_BARE_BOX = re.compile(r"^\s*(?:[A-Za-zĐđ][.)]\s*)?\[\s?[xX✓✔]?\s?\]\s*\S")
_META = re.compile(r"^\s*[\w-]+\s*:")
_NOTE = re.compile(r"^\s*(?:\*\*)?(Giải thích|Gợi ý)(?:\*\*)?\s*:(?:\*\*)?\s*(.*)$", re.IGNORECASE)


@dataclass
class Block:
    """The lines of one question, sorted by what they are."""

    heading: Line
    title: str
    pool: str
    stem: list[Line] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    kind: AnswerKind | None = None
    notes: dict[str, list[Line]] = field(default_factory=dict)
    """By name (giải thích, gợi ý): the quoted lines, without the name."""


def read_question(block: Block, lines: list[Line], renderer: Renderer, faults: FileFaults) -> Question | None:
    """Compile the question whose heading stands in `block` and whose other lines are `lines`; None after a fault."""
    before = faults.serious
    meta, lines = _take_meta(lines, faults)
    _Sorter(block, faults).sort(lines)
    warn_of_html(block.stem, faults)
    if not block.title:
        faults.add(block.heading.number, "Sau ## chưa có câu hỏi. Viết: ## Câu hỏi?")
    answers = _read_answers(block, renderer, faults)
    question = _build(block, meta, answers, renderer, faults)
    return question if faults.serious == before else None


def _take_meta(lines: list[Line], faults: FileFaults) -> tuple[dict[str, str], list[Line]]:
    """The pairs of the comment directly under the heading, and the lines without it."""
    rest = trimmed(lines)
    match = _COMMENT.match(rest[0].text) if rest and not rest[0].is_code else None
    if not match or not _META.match(match.group(1)):
        return {}, lines
    meta: dict[str, str] = {}
    for pair in match.group(1).split(";"):
        name, colon, value = pair.partition(":")
        name = name.strip()
        if not pair.strip():
            continue
        if name not in META_KEYS or not colon:
            meant = nearest(name, META_KEYS) or ("key" if name == "id" else None)
            advice = f"Có phải là `{meant}`?" if meant else f"Dùng được: {', '.join(META_KEYS)}."
            faults.add(rest[0].number, f"Trong dòng <!-- --> không có `{name}`. {advice}")
        elif name in meta:
            faults.add(rest[0].number, f"`{name}` viết hai lần trong dòng <!-- -->.")
        meta[name] = value.strip()
    return meta, rest[1:]


class _Sorter:
    """Walks down the lines of a question. Before the first answer everything is stem."""

    def __init__(self, block: Block, faults: FileFaults) -> None:
        self.block = block
        self.faults = faults
        self.note: list[Line] | None = None
        self.after_blank = True
        self.is_complaining = False
        """Inside a run of lines that were refused once: say it once."""

    def sort(self, lines: list[Line]) -> None:
        for line in lines:
            if line.is_blank and not line.is_code:
                self.after_blank, self.is_complaining = True, False
                if not self.block.entries:
                    self.block.stem.append(line)
                continue
            self._place(line)
            self.after_blank = False

    def _place(self, line: Line) -> None:
        kind = next((kind for kind in KINDS if kind.recognises(line) is not None), None)
        if kind is not None:
            self._start_entry(line, kind)
        elif not self.block.entries:
            self.block.stem.append(line)
        elif line.quote() is not None:
            self._place_quote(line)
        else:
            self._place_text(line)

    def _start_entry(self, line: Line, kind: AnswerKind) -> None:
        if line.indent > DEEPEST_ANSWER:
            self._refuse(line, "Phương án này thụt vào quá sâu. Đưa dấu gạch đầu dòng ra sát lề.")
        elif self.note is not None:
            self._refuse(line, "Phương án đứng sau phần Giải thích. Chuyển phần Giải thích xuống cuối câu hỏi.")
        elif self.block.kind not in (None, kind):
            self._refuse(line, "Một câu hỏi chỉ có một kiểu trả lời: ô chọn `- [ ]` hoặc câu gõ vào `- =`.")
        else:
            self.block.kind = kind
            self.block.entries.append(Entry(line, [kind.recognises(line) or ""]))
            self.is_complaining = False

    def _place_quote(self, line: Line) -> None:
        columns, words = line.quote() or (0, "")
        named = _NOTE.match(words) if columns == 0 else None
        if named:
            name = named.group(1).casefold()
            if name in self.block.notes:
                self._refuse(line, f"Phần {named.group(1)} viết hai lần. Gộp lại làm một.")
            self.note = self.block.notes.setdefault(name, [])
            self.note.append(Line(line.number, f"> {named.group(2)}"))
        elif self.note is not None and not self.after_blank:
            self.note.append(line)
        elif self.note is None and (columns > 0 or not self.after_blank):
            self.block.entries[-1].feedback.append(line)
        else:
            self._refuse(
                line,
                "Không rõ lời này của phương án nào. Lời cho một phương án thụt vào 2 dấu cách: `  > …`; "
                "lời chung cuối câu viết: `> Giải thích: …`",
            )

    def _place_text(self, line: Line) -> None:
        entry = self.block.entries[-1]
        if line.is_code:
            self._refuse(line, "Phương án không chứa khối mã. Đưa khối mã lên phần câu hỏi.")
        elif line.is_list_item and self.note is None:
            self._refuse(line, "Dòng này thiếu ô chọn. Viết: - [ ] phương án; lời giải thích viết: `  > …`")
        elif self.note is not None and not self.after_blank:
            self.note.append(line)
        elif line.indent >= 2 and not self.after_blank and self.note is None:
            if entry.feedback:
                entry.feedback.append(line)
            else:
                entry.words.append(line.text.strip())
        else:
            self._refuse(line, "Có chữ rời sau phương án. Đưa lên phần câu hỏi, hoặc viết: > Giải thích: …")

    def _refuse(self, line: Line, reason: str) -> None:
        if not self.is_complaining:
            self.faults.add(line.number, reason)
        self.is_complaining = True


def _read_answers(block: Block, renderer: Renderer, faults: FileFaults) -> Answers | None:
    if block.kind is None:
        listed = next((line for line in block.stem if line.is_list_item or _is_bare_box(line)), None)
        reason = "Câu hỏi này chưa có phương án. Thêm các dòng `- [ ] sai`, `- [x] đúng`, hoặc câu gõ vào `- = 113`."
        faults.add(listed.number if listed else block.heading.number, reason)
        return None
    return block.kind.read(block.entries, renderer, faults)


def _is_bare_box(line: Line) -> bool:
    return not line.is_code and _BARE_BOX.match(line.text) is not None


def _build(
    block: Block, meta: dict[str, str], answers: Answers | None, renderer: Renderer, faults: FileFaults
) -> Question | None:
    number = block.heading.number
    heading_html, stem_text = renderer.phrase(block.title, number, faults)
    stem = trimmed(block.stem)
    rest_html = renderer.blocks(joined(stem), stem[0].number, faults)[0] if stem else ""
    key, points = _read_key(block, meta, faults), _read_points(meta, number, faults)
    notes = {name: render_feedback(Entry(lines[0], [], lines), renderer, faults) for name, lines in block.notes.items()}
    if answers is None:
        return None
    return Question(
        key=key,
        type=answers.type,
        stem_html=f"<p>{heading_html}</p>{rest_html}",
        stem_text=stem_text,
        options=answers.options,
        accepted=answers.accepted,
        points=points,
        explanation_html=notes.get("giải thích", ""),
        pool=block.pool,
        heading_html=heading_html,
        rest_html=rest_html,
        hint_html=notes.get("gợi ý", ""),
        skill=meta.get("skill", ""),
        details=answers.details,
    )


def _read_key(block: Block, meta: dict[str, str], faults: FileFaults) -> str:
    key = meta.get("key", "")
    paste = f"<!-- key: q-{suggested_key(block.title, words=4)} -->"
    if not key:
        others = "; ".join(f"{name}: {value}" for name, value in meta.items() if name in META_KEYS and name != "key")
        paste = paste.replace(" -->", f"; {others} -->") if others else paste
        faults.add(block.heading.number, f"Câu hỏi thiếu khóa. Dán dòng này ngay dưới câu hỏi: {paste}")
    elif not is_key(key):
        faults.add(block.heading.number, f"Khóa `{key}` chỉ được có chữ a-z không dấu, số và gạch nối. Ví dụ: {paste}")
    return key


def _read_points(meta: dict[str, str], line: int, faults: FileFaults) -> int:
    words = meta.get("points", "1")
    if not re.fullmatch(r"\d{1,3}", words) or not 1 <= int(words) <= MAXIMUM_POINTS:
        faults.add(line, f"`points` là số từ 1 đến {MAXIMUM_POINTS}, ví dụ: points: 2")
        return 1
    return int(words)
