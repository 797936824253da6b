"""A practice file: what is to be done, and three to seven acts that somebody else can see."""

from dataclasses import asdict, dataclass
from typing import Any

from app.content.compile.faults import FileFaults
from app.content.compile.question_lines import Entry, sort_lines
from app.content.compile.questions.answers import check_words, option_key
from app.content.compile.render import Renderer
from app.content.compile.scan import joined, scan_lines, trimmed

LEAST_ACTS, MOST_ACTS = 3, 7


@dataclass(frozen=True, slots=True)
class Act:
    """One act, known by its words."""

    key: str
    html: str
    text: str
    note_html: str
    """For the observer: what to look at."""


@dataclass(frozen=True, slots=True)
class Practice:
    intro_html: str
    acts: tuple[Act, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Practice":
        return cls(stored["intro_html"], tuple(Act(**act) for act in stored["acts"]))


def read_practice(body: str, first_line: int, renderer: Renderer, faults: FileFaults) -> tuple[Practice, str]:
    """The practice and its plain text; after faults it must not be used."""
    found = sort_lines(scan_lines(body, first_line, faults), faults)
    if found.shape not in ("", "box"):
        faults.add(found.entries[0].line.number, "Việc cần làm viết bằng ô trống: - [ ] tự quét mã")
        return Practice("", ()), ""
    for note in found.notes:
        faults.add(note.lines[0].number, f"Phần {note.name} không dùng trong bài thực hành. Lời dặn viết ở đầu bài.")
    acts = tuple(_read_act(entry, renderer, faults) for entry in found.entries)
    check_words([(entry.line.number, _words(entry)) for entry in found.entries], faults)
    if not LEAST_ACTS <= len(acts) <= MOST_ACTS:
        line = found.entries[0].line.number if found.entries else first_line
        reason = f"Bài thực hành có {len(acts)} việc; cần từ {LEAST_ACTS} đến {MOST_ACTS} việc nhìn thấy được: - [ ] …"
        faults.add(line, reason)
    stem = trimmed(found.stem)
    intro_html, intro = renderer.blocks(joined(stem), stem[0].number if stem else first_line, faults)
    return Practice(intro_html, acts), " ".join([intro, *(act.text for act in acts)])


def _read_act(entry: Entry, renderer: Renderer, faults: FileFaults) -> Act:
    inside, _ = entry.line.box() or ("", "")
    if inside:
        faults.add(entry.line.number, "Ô của việc cần làm để trống: - [ ]. Người xem đánh dấu khi nhìn thấy.")
    words = _words(entry)
    html, text = renderer.phrase(words, entry.line.number, faults)
    source = "\n".join((line.quote() or (0, line.text.strip()))[1] for line in entry.feedback)
    note = renderer.blocks(source, entry.feedback[0].number, faults)[0] if entry.feedback else ""
    return Act(option_key(words), html, text or words, note)


def _words(entry: Entry) -> str:
    first = (entry.line.box() or ("", ""))[1]
    return " ".join(" ".join([first, *(line.text for line in entry.more)]).split())
