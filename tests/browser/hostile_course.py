"""A course that says hostile words in every place where an author may write, hundreds in a file.

What the compiler refuses (with FILE:LINE) is taken out, as an author would have to; the rest is what learners get.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from app.content.compile.faults import CourseRefused, Fault
from app.content.compile.render import TOO_TANGLED
from app.content.interchange import aiken, gift
from app.content.quiz_source.model import SourceQuestion
from app.content.quiz_source.write import write_questions
from tests.courses.folders import SVG, compile_here, render_here

WORDS = Path(__file__).parents[1] / "hostile" / "words"
IN_A_FILE = 350
ROUNDS = 20
FRONT = "---\nkind: {kind}\nkey: {key}\ntitle: {title}\nminutes: 1\n{more}---\n"
COURSE = "key: loi-doc\ntitle: {0}\ngoal: {1}\nsummary: {2}\nshare: {3}\naudience: resident\nminutes: {minutes}\n"
GOOD = [
    '"><img src=x onerror=alert(1)>',
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "'-alert(1)-'",
    "%7B{7*7}<svg onload=alert(1)>",
    "</title></textarea></script><svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
]
Unit = Callable[[int, str], str]


def payloads() -> list[str]:
    """Every line of the collections that can be shown, once, shortest first."""
    found = set(json.loads((WORDS / "blns.json").read_text(encoding="utf-8")))
    for path in sorted(WORDS.glob("*.txt")):
        found.update(path.read_bytes().decode("utf-8", "replace").splitlines())
    lines = {line.strip() for line in found if line.strip()} | set(GOOD)
    return sorted(filter(_renders, lines), key=lambda line: (len(line), line))


def _renders(line: str) -> bool:
    """Whether the line alone can be shown at all; else its author is told, and nothing of it is."""
    return not any("error" in render_here(line, {}, is_phrase) for is_phrase in (False, True))


@dataclass
class HostileCourse:
    """The files that are sound, and how many of the words remained in each."""

    files: dict[str, bytes] = field(default_factory=lambda: {"anh/hinh.svg": SVG})
    kept: dict[str, int] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, head: str, unit: Unit, words: Sequence[str], tail: str = "") -> list[str]:
        """One file: `unit` says each of the words; those that are refused are left out, the others returned."""
        file = f"{len(self.kept) + 1:02}-{name}.md"
        said = {unit(number, each): each for number, each in enumerate(words)}
        self.tried[name] = len(words)
        units = _sound_units(file, head, [text for text in said if text], tail)
        self.files[file] = (head + "".join(units) + tail).encode("utf-8", "replace")
        self.kept[name] = len(units)
        return [said[text] for text in units]

    def write(self, folder: Path) -> Path:
        texts = [json.dumps(each, ensure_ascii=False) for each in GOOD]
        self.files["course.yml"] = COURSE.format(*texts, minutes=len(self.kept)).encode()
        compile_here(self.files)
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder


def _sound_units(file: str, head: str, units: list[str], tail: str) -> list[str]:
    told: set[str] = set()
    for _round in range(ROUNDS):
        faults = _faults(file, head + "".join(units) + tail)
        if not faults:
            return units
        reasons = {fault.reason for fault in faults}
        if TOO_TANGLED in reasons or reasons <= told:
            # Told of a whole part at its first line, or at a line that looks alike: halves tell which are to blame.
            units = _sound_halves(file, head, units, tail)
            continue
        told |= reasons
        lines = {fault.line for fault in faults}
        ends = list(accumulate((unit.count("\n") for unit in units), initial=head.count("\n") + 1))
        places = zip(units, ends, ends[1:], strict=False)
        units = [unit for unit, first, end in places if not lines & {*range(first, end)}]
    raise AssertionError(f"{file} is still refused: {faults[0]}")


def _sound_halves(file: str, head: str, units: list[str], tail: str) -> list[str]:
    if not units or not _faults(file, head + "".join(units) + tail):
        return units
    middle = len(units) // 2
    if not middle:
        return []
    return [unit for half in (units[:middle], units[middle:]) for unit in _sound_halves(file, head, half, tail)]


def _faults(file: str, text: str) -> list[Fault]:
    course = COURSE.format(*"abcd", minutes=1).encode()
    try:
        compile_here({"course.yml": course, file: text.encode("utf-8", "replace"), "anh/hinh.svg": SVG})
    except CourseRefused as refused:
        return [fault for fault in refused.faults if not fault.is_warning and fault.file == file]
    return []


def front(kind: str, key: str, more: str = "", title: str = "") -> str:
    return FRONT.format(kind=kind, key=key, title=json.dumps(title or key, ensure_ascii=False), more=more)


def make_course() -> HostileCourse:
    course, words = HostileCourse(), payloads()
    quarter = [words[start::4] for start in range(4)]
    phrases: list[str] = []
    for number, start in enumerate(range(0, len(words), 2 * IN_A_FILE)):
        part = words[start : start + 2 * IN_A_FILE]
        course.add(f"loi-{number}", front("lesson", f"loi-{number}"), lambda _n, each: f"{each}\n\n", part[::2])
        phrases += course.add(
            f"chon-{number}", quiz_front(f"chon-{number}"), say_option, part[1::2], "- [ ] Không phải\n"
        )
    course.add("muc", front("lesson", "muc"), lambda n, each: f"## {n} {each}\n\nXin.\n\n", quarter[0])
    course.add("hinh", front("lesson", "hinh"), lambda n, each: f"![{n} {each}](anh/hinh.svg)\n\n", quarter[1])
    course.add(
        "bang", front("lesson", "bang"), lambda _n, each: f"> **Nhớ:** {each}\n\n> **Xem thêm:** {each}\n\n", quarter[2]
    )
    terms = [each for each in phrases[::3] if each.isprintable() and len(each) <= 300]
    listed = "terms:\n" + "".join(f"  t{n}: {json.dumps(each, ensure_ascii=False)}\n" for n, each in enumerate(terms))
    course.add("tu", front("lesson", "tu", listed), lambda n, _each: f"Là [từ {n}](#t{n}).\n\n", terms)
    course.add("goi-y", quiz_front("goi-y"), lambda _n, each: f"> Gợi ý: {each}\n\n", quarter[0])
    add_question_kinds(course, quarter)
    add_chat_and_practice(course, quarter)
    return course


def quiz_front(key: str, question: str = "## Hỏi?\n<!-- key: q-{key}; type: multiple -->\n") -> str:
    text = front("quiz", key, "pass: 0\nshuffle: no\n") + question.format(key=key)
    return text + ("- [x] Phải\n- [ ] Trái\n\n" if key == "goi-y" else "")


def say_option(_number: int, each: str) -> str:
    return f"- [x] {each}\n  > {each}\n"


def add_question_kinds(course: HostileCourse, quarter: list[list[str]]) -> None:
    def stem(number: int, each: str) -> str:
        return f"## {each}\n<!-- key: q-hoi-{number} -->\n- = {each}\n\n> Giải thích: {each}\n\n"

    course.add("hoi", front("quiz", "hoi", "pass: 0\nfeedback: end\n"), stem, quarter[1][-150:])
    ends = "- Một -> Hai\n"
    course.add(
        "ghep",
        quiz_front("ghep", "## Ghép\n<!-- key: q-ghep -->\n"),
        lambda _n, e: f"- {e} -> {e}\n",
        quarter[2][-80:],
        ends,
    )
    course.add("nhap-gift", quiz_front("nhap-gift", ""), imported(gift.read, gift_of), quarter[3][-120:])
    course.add("nhap-aiken", quiz_front("nhap-aiken", ""), imported(aiken.read, aiken_of), quarter[0][-120:])


def gift_of(each: str) -> str:
    """Mostly as plain words: of HTML, the reader keeps little."""
    words = each
    for special in "\\~=#{}:":
        words = words.replace(special, "\\" + special)
    form = "[plain]" if len(each) % 4 else "[html]"
    return f"::{words}::{form}{words} {{ ={words}#{words} ~sai#{words} ####{words} }}\n"


def aiken_of(each: str) -> str:
    return f"{each}\nA. {each}\nB. sai\nANSWER: A\n"


def imported(read: Callable, say: Callable[[str], str]) -> Unit:  # type: ignore[type-arg]
    """A question as it comes out of a file of another program; nothing where that file is refused."""

    def unit(number: int, each: str) -> str:
        questions: list[SourceQuestion] = read(say(each).encode("utf-8", "replace")).questions
        name = read.__module__.rsplit(".", 1)[1].split("_")[0]
        kept = [replace(question, key=f"q-{name}-{number}", pool="") for question in questions[:1]]
        return write_questions(kept) + "\n" if kept else ""

    return unit


def add_chat_and_practice(course: HostileCourse, quarter: list[list[str]]) -> None:
    sender = f"channel: zalo\nfrom: {json.dumps(GOOD[0])}\n"
    start = front("drill", "chat", sender, GOOD[1]) + "Chuyện.\n\n## Mở đầu\n"
    replies = "".join(f"- [ ] {n} {each} -> Mở đầu\n  > {each}\n" for n, each in enumerate(GOOD))
    tail = f"{replies}- [x] Dừng lại -> Kết\n\n## Kết\nXong.\n"
    course.add("chat", start, lambda _n, each: f"> {each}\n\n", quarter[1], tail)
    acts = "".join(f"- [ ] {n} {each}\n  > {each}\n" for n, each in enumerate(GOOD))
    course.add("lam", front("practice", "lam", title=GOOD[4]), lambda _n, each: f"{each}\n\n", quarter[2], acts)
