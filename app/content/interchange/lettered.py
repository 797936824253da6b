"""Options that begin with a letter ("A. một", "b) hai") and what says which of them are right ("Đáp án: B, D")."""

import re

from app.content.interchange.report import RefusedQuestion, TakenQuestion
from app.content.quiz_source.model import SourceOption, SourceQuestion

Entry = TakenQuestion | RefusedQuestion
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FEW = "Câu hỏi chọn cần ít nhất hai phương án, mỗi phương án một dòng: A. … rồi B. …"
_SEPARATORS = re.compile(r"[\s,;/&+.]+|\bvà\b")
_LONGEST_LABEL = 80


def letters_in(text: str) -> list[str] | None:
    """The letters of "B", "b, D" or "BD"; None where the text says anything else."""
    parts = [part for part in _SEPARATORS.split(text.upper().strip(" ()[]*")) if part]
    if len(parts) == 1 and 1 < len(parts[0]) <= 6:
        parts = list(parts[0])
    is_list = bool(parts) and all(len(part) == 1 and part in LETTERS for part in parts)
    return list(dict.fromkeys(parts)) if is_list else None


def label_of(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_LABEL else words[: _LONGEST_LABEL - 1].rstrip() + "…"


def choice_type(options: tuple[SourceOption, ...]) -> str:
    """By our own rule: one tick is single, more are multiple, exactly Đúng and Sai is true_false."""
    right = sum(option.is_ticked for option in options)
    words = {option.words.casefold().strip(" .!") for option in options}
    if len(options) == 2 and right == 1 and words == {"đúng", "sai"}:
        return "true_false"
    return "single" if right == 1 else "multiple"


def choice(
    title: str, stem: str, options: tuple[SourceOption, ...], line: int, explanation: str = ""
) -> SourceQuestion:
    """A question with ticks; its key is made when the whole file is read."""
    kind = choice_type(options)
    return SourceQuestion(kind, title, stem=stem, options=options, explanation=explanation, line=line)
