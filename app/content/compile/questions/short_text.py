"""A short answer that is typed: "- = 113", one line for each answer that counts."""

import re

from app.content.compile.faults import FileFaults
from app.content.compile.questions.answers import AnswerKind, Answers, Entry
from app.content.compile.render import Renderer
from app.content.compile.scan import Line

MAXIMUM_LENGTH = 100
_RANGE = re.compile(r"[-+]?\d[\d.,]*\s*(?:±|\+/-|\.\.)\s*[-+]?\d[\d.,]*")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")


def _recognise(line: Line) -> str | None:
    return line.accepted()


def _read(entries: list[Entry], _renderer: Renderer, faults: FileFaults) -> Answers | None:
    accepted: list[str] = []
    for entry in entries:
        number = entry.line.number
        if not entry.text:
            faults.add(number, "Sau dấu = chưa có câu trả lời. Ví dụ: - = 113")
        elif len(entry.text) > MAXIMUM_LENGTH:
            faults.add(number, f"Câu trả lời dài quá {MAXIMUM_LENGTH} chữ cái; người học gõ trên điện thoại.")
        if entry.feedback:
            reason = "Câu trả lời gõ vào không có lời riêng cho từng dòng. Viết ở cuối câu hỏi: > Giải thích: …"
            faults.add(entry.feedback[0].number, reason)
        accepted.append(entry.text)
    if all(_RANGE.fullmatch(words) for words in accepted):
        faults.add(entries[0].line.number, "Chưa dùng được khoảng số (± hoặc ..). Viết từng câu trả lời: - = 5")
    for entry in entries:
        if _GROUPED.fullmatch(entry.text) and entry.text.replace(".", "") not in accepted:
            bare = entry.text.replace(".", "")
            faults.warn(entry.line.number, f"Nhiều người sẽ gõ {bare}. Thêm dòng: - = {bare}")
    if not all(accepted):
        return None
    return Answers("text", accepted=tuple(dict.fromkeys(accepted)))


SHORT_TEXT = AnswerKind(recognises=_recognise, read=_read, wants_feedback=False)
