"""A drill file: a mock chat or call, told message by message; each reply leads on, and a wrong one explains."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from app.content.compile.faults import MEANT, FileFaults
from app.content.compile.fields import Fields
from app.content.compile.question_lines import Entry, SortedLines, sort_lines
from app.content.compile.question_read import TICKS
from app.content.compile.render import Renderer
from app.content.compile.scan import ARROW, Line, scan_lines
from app.content.compile.text import nearest, suggested_key
from app.shared.vietnamese import fold

KNOWN = ("channel", "from")
CHANNELS = ("zalo", "sms", "call")
MAXIMUM_MESSAGES = 40
_BOX = re.compile(r"(?:\\?_){3,}")


@dataclass(frozen=True, slots=True)
class Reply:
    html: str
    text: str
    is_good: bool
    asks_to_type: bool
    """Whether it shows a box to type in, like the one a swindler asks to fill. What is typed goes nowhere."""
    target: str
    """Key of the message it leads to."""
    feedback_html: str


@dataclass(frozen=True, slots=True)
class Message:
    key: str
    name: str
    parts: tuple[tuple[str, str], ...]
    """In order: ("said", HTML) by the other side, ("told", HTML) by the narrator."""
    replies: tuple[Reply, ...]
    """None: this is an end."""


@dataclass(frozen=True, slots=True)
class Drill:
    channel: str
    sender: str
    intro_html: str
    messages: tuple[Message, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Drill":
        messages = tuple(
            Message(
                key=message["key"],
                name=message["name"],
                parts=tuple((who, html) for who, html in message["parts"]),
                replies=tuple(Reply(**reply) for reply in message["replies"]),
            )
            for message in stored["messages"]
        )
        return cls(stored["channel"], stored["sender"], stored["intro_html"], messages)


@dataclass
class _Block:
    heading: Line
    name: str
    lines: list[Line] = field(default_factory=list)
    found: SortedLines = field(default_factory=SortedLines)
    targets: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return suggested_key(self.name)


def read_drill(fields: Fields, body: str, first_line: int, renderer: Renderer, faults: FileFaults) -> tuple[Drill, str]:
    """The drill and its plain text; after faults it must not be used."""
    channel = fields.choice("channel", CHANNELS)
    sender = fields.text("from", maximum=60, paste="Số lạ")
    intro, blocks = _split(scan_lines(body, first_line, faults))
    before = faults.serious
    if not blocks:
        faults.add(first_line, "Tình huống chưa có tin nhắn nào. Mỗi tin bắt đầu bằng: ## Tên đoạn")
    if len(blocks) > MAXIMUM_MESSAGES:
        faults.add(first_line, f"Tình huống có quá {MAXIMUM_MESSAGES} đoạn. Chia thành nhiều bài.")
        blocks = []
    _check_names(blocks, faults)
    for block in blocks:
        block.found = _sort(block, faults)
    if faults.serious == before:
        _find_targets(blocks, faults)
    if faults.serious == before:
        _check_paths(blocks, faults)
    if faults.serious > before:
        return Drill(channel, sender, "", ()), ""
    texts: list[str] = []
    intro_html = _rendered(intro, renderer, faults, texts)
    messages = tuple(_compile(block, renderer, faults, texts) for block in blocks)
    return Drill(channel, sender, intro_html, messages), " ".join(texts)


def _split(lines: list[Line]) -> tuple[list[Line], list[_Block]]:
    intro: list[Line] = []
    blocks: list[_Block] = []
    for line in lines:
        heading = line.heading()
        if heading is not None and heading[0] <= 2:
            blocks.append(_Block(line, heading[1]))
        else:
            (blocks[-1].lines if blocks else intro).append(line)
    return intro, blocks


def _check_names(blocks: list[_Block], faults: FileFaults) -> None:
    seen: dict[str, int] = {}
    for block in blocks:
        line = block.heading.number
        if not block.name:
            faults.add(line, "Đoạn này chưa có tên. Viết: ## Mở đầu")
        elif block.key in seen:
            faults.add(line, f"Tên đoạn giống dòng {seen[block.key]}. Đặt tên khác.")
        seen.setdefault(block.key, line)


def _sort(block: _Block, faults: FileFaults) -> SortedLines:
    """Replies are ticks; everything before them is said or told."""
    found = sort_lines(block.lines, faults)
    if found.shape not in ("", "box"):
        faults.add(found.entries[0].line.number, "Câu đáp viết bằng ô chọn: - [x] nên làm, - [ ] không nên.")
        return SortedLines()
    for note in found.notes:
        faults.add(note.lines[0].number, "Lời giải thích viết ngay dưới câu đáp, thụt vào 2 dấu cách: `  > …`")
    for entry in found.entries:
        inside = (entry.line.box() or ("", ""))[0]
        is_good = bool(inside)
        if is_good and inside not in TICKS:
            faults.add(entry.line.number, f"Trong ô chỉ để trống (không nên) hoặc x (nên làm), không để `{inside}`.")
        if not is_good and not entry.feedback:
            faults.add(entry.line.number, "Câu đáp không nên làm phải có lời giải thích ở dòng dưới: `  > Vì sao…`")
    if found.entries and not any((entry.line.box() or ("", ""))[0] for entry in found.entries):
        faults.add(found.entries[0].line.number, "Đoạn này chưa có câu đáp nên làm. Đánh dấu một câu: - [x]")
    return found


def _find_targets(blocks: list[_Block], faults: FileFaults) -> None:
    keys = {fold(block.name): block.key for block in blocks}
    for index, block in enumerate(blocks):
        following = blocks[index + 1].key if index + 1 < len(blocks) else ""
        for entry in block.found.entries:
            words, wanted = _words(entry)
            is_good = bool((entry.line.box() or ("", ""))[0])
            target = keys.get(fold(wanted), "") if wanted else (following if is_good else block.key)
            if not words:
                faults.add(entry.line.number, "Câu đáp này chưa có chữ.")
            if wanted and not target:
                meant = nearest(wanted, [other.name for other in blocks])
                advice = f"Có phải là “{meant}”?" if meant else "Viết đúng tên đoạn sau dấu ->."
                faults.add(entry.line.number, f"Không có đoạn “{wanted}”. {advice}", MEANT, wanted, meant or "")
            elif not target:
                faults.add(entry.line.number, "Câu đáp này không dẫn đi đâu. Viết: -> Tên đoạn")
            block.targets.append(target)


def _check_paths(blocks: list[_Block], faults: FileFaults) -> None:
    """Every message can be reached, and from every message some end can."""
    forward = {block.key: set(block.targets) for block in blocks}
    reached = _reach([blocks[0].key], forward) if blocks else set()
    ends = [block.key for block in blocks if not block.found.entries]
    backward: dict[str, set[str]] = {}
    for key, targets in forward.items():
        for target in targets:
            backward.setdefault(target, set()).add(key)
    ending = _reach(ends, backward)
    for block in blocks:
        line = block.heading.number
        if block.key not in reached:
            reason = f"Không câu đáp nào dẫn tới đoạn “{block.name}”. Thêm `-> {block.name}`, hoặc bỏ đoạn này."
            faults.add(line, reason)
        elif block.key not in ending:
            faults.add(line, f"Từ đoạn “{block.name}” không đi tới kết thúc nào. Thêm một đoạn không có câu đáp.")


def _reach(start: Iterable[str], steps: Mapping[str, set[str]]) -> set[str]:
    found = set(start)
    waiting = list(found)
    while waiting:
        for key in steps.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def _words(entry: Entry) -> tuple[str, str]:
    """The reply's words, and the name behind the arrow."""
    first = (entry.line.box() or ("", ""))[1]
    words = " ".join(" ".join([first, *(line.text for line in entry.more)]).split())
    arrow = ARROW.search(words)
    target = words[arrow.end() :].strip() if arrow else ""
    return (words[: arrow.start()].strip(), target) if arrow and target else (words, "")


def _compile(block: _Block, renderer: Renderer, faults: FileFaults, texts: list[str]) -> Message:
    parts = []
    for is_said, lines in _runs(block.found.stem):
        source = [Line(line.number, (line.quote() or (0, line.text))[1]) if is_said else line for line in lines]
        parts.append(("said" if is_said else "told", _rendered(source, renderer, faults, texts)))
    replies = []
    for entry, target in zip(block.found.entries, block.targets, strict=True):
        words, _ = _words(entry)
        html = _dead_links(_BOX.sub("", words).strip(), entry.line.number, renderer, faults, texts, inline=True)
        feedback = [Line(line.number, (line.quote() or (0, line.text.strip()))[1]) for line in entry.feedback]
        is_good = bool((entry.line.box() or ("", ""))[0])
        replies.append(
            Reply(html, texts[-1], is_good, bool(_BOX.search(words)), target, _rendered(feedback, renderer, faults, []))
        )
    return Message(block.key, block.name, tuple(parts), tuple(replies))


def _runs(lines: list[Line]) -> list[tuple[bool, list[Line]]]:
    """Runs of quoted and of plain lines; a blank line ends a quote, so that two quotes are two messages."""
    runs: list[tuple[bool, list[Line]]] = []
    after_blank = True
    for line in lines:
        if line.is_blank:
            after_blank = True
            if runs and not runs[-1][0]:
                runs[-1][1].append(line)
            continue
        is_said = line.quote() is not None
        if not runs or runs[-1][0] != is_said or (is_said and after_blank):
            runs.append((is_said, []))
        runs[-1][1].append(line)
        after_blank = False
    return runs


def _rendered(lines: list[Line], renderer: Renderer, faults: FileFaults, texts: list[str]) -> str:
    if not any(not line.is_blank for line in lines):
        return ""
    return _dead_links("\n".join(line.text for line in lines), lines[0].number, renderer, faults, texts)


def _dead_links(
    source: str, line: int, renderer: Renderer, faults: FileFaults, texts: list[str], *, inline: bool = False
) -> str:
    """A link in a drill would be the very thing it warns of."""
    answer = renderer.rendered(source, line, faults, inline=inline)
    if answer["links"]:
        faults.add(line, "Trong tình huống không đặt đường dẫn bấm được. Viết địa chỉ như chữ thường.")
    texts.append(answer["text"])
    return str(answer["html"])
