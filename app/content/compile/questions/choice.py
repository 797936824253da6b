"""Tick boxes: one tick is single, more are multiple, exactly {Đúng, Sai} is true_false."""

import hashlib

from app.content.compile.faults import FileFaults
from app.content.compile.questions.answers import AnswerKind, Answers, Entry, render_feedback
from app.content.compile.quiz import Option
from app.content.compile.render import Renderer
from app.content.compile.scan import Line

TICKS = frozenset("xXхХ×✓✔☑☒vV√")
"""Cyrillic х and × among them, as keyboards and Word give them."""
TRUE_FALSE = {"đúng", "sai"}


def option_key(words: str) -> str:
    """First 8 hex digits of SHA-256 over the option's words, single-spaced: the same in any order of options."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:8]


def _recognise(line: Line) -> str | None:
    box = line.box()
    return box[1] if box else None


def _read(entries: list[Entry], renderer: Renderer, faults: FileFaults) -> Answers | None:
    before = faults.serious
    ticked = [_is_ticked(entry, faults) for entry in entries]
    _check_words(entries, faults)
    if len(entries) < 2:
        faults.add(entries[0].line.number, "Câu hỏi chọn cần ít nhất hai phương án.")
    if not any(ticked):
        faults.add(entries[0].line.number, "Chưa có phương án đúng nào. Đánh dấu phương án đúng: - [x]")
    if faults.serious > before:
        return None
    options = tuple(_option(entry, is_right, renderer, faults) for entry, is_right in zip(entries, ticked, strict=True))
    return Answers(_type_of(options), options=options)


def _is_ticked(entry: Entry, faults: FileFaults) -> bool:
    inside, _ = entry.line.box() or ("", "")
    if inside and not (len(inside) == 1 and inside in TICKS):
        faults.add(entry.line.number, f"Trong ô chỉ để trống (sai) hoặc x (đúng), không để `{inside}`.")
    return inside != ""


def _check_words(entries: list[Entry], faults: FileFaults) -> None:
    seen: dict[str, int] = {}
    folded: dict[str, int] = {}
    for entry in entries:
        number = entry.line.number
        if not entry.text:
            faults.add(number, "Phương án này chưa có chữ.")
        elif entry.text in seen:
            faults.add(number, f"Phương án này giống hệt phương án ở dòng {seen[entry.text]}. Sửa hoặc bỏ một.")
        elif entry.text.casefold() in folded:
            line = folded[entry.text.casefold()]
            faults.warn(number, f"Phương án này chỉ khác chữ hoa chữ thường với dòng {line}. Người học khó phân biệt.")
        seen.setdefault(entry.text, number)
        folded.setdefault(entry.text.casefold(), number)


def _option(entry: Entry, is_right: bool, renderer: Renderer, faults: FileFaults) -> Option:
    html, text = renderer.phrase("\n".join(entry.words), entry.line.number, faults)
    return Option(
        key=option_key(entry.text),
        html=html,
        text=text or entry.text,
        weight=1.0 if is_right else 0.0,
        is_right=is_right,
        feedback_html=render_feedback(entry, renderer, faults),
    )


def _type_of(options: tuple[Option, ...]) -> str:
    right = sum(option.is_right for option in options)
    words = {option.text.casefold().strip(" .!") for option in options}
    if len(options) == 2 and right == 1 and words == TRUE_FALSE:
        return "true_false"
    return "single" if right == 1 else "multiple"


CHOICE = AnswerKind(recognises=_recognise, read=_read, wants_feedback=True)
