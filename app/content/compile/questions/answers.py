"""What every kind of question makes of its answers."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.content.compile.faults import FileFaults
from app.content.compile.question_read import PlacedQuestion
from app.content.compile.quiz import Option
from app.content.compile.render import Renderer

FULL = 0.9995
"""Three times 33.333 % is all: shares from here on count as 1."""


@dataclass(frozen=True, slots=True)
class Answers:
    """See `quiz.Question` for what each kind puts where."""

    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


Compile = Callable[[PlacedQuestion, Renderer, FileFaults], Answers | None]
"""None after a fault."""


def option_key(words: str) -> str:
    """First 8 hex digits of SHA-256 over the option's words, single-spaced: the same in any order of options."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:8]


def check_words(words: Iterable[tuple[int, str]], faults: FileFaults, *, compares_case: bool = True) -> None:
    """Every line has words and no two have the same; (line, words) of each."""
    seen: dict[str, int] = {}
    folded: dict[str, int] = {}
    for line, text in words:
        if not text:
            faults.add(line, "Phương án này chưa có chữ.")
            continue
        if text in seen:
            faults.add(line, f"Phương án này giống hệt phương án ở dòng {seen[text]}. Sửa hoặc bỏ một.")
        elif compares_case and text.casefold() in folded:
            other = folded[text.casefold()]
            faults.warn(line, f"Phương án này chỉ khác chữ hoa chữ thường với dòng {other}. Người học khó phân biệt.")
        seen.setdefault(text, line)
        folded.setdefault(text.casefold(), line)


def refuse_unreachable(best: float, line: int, faults: FileFaults) -> None:
    """A question of which nobody can get all points."""
    if best < FULL:
        reason = f"Trả lời hay nhất cũng chỉ được {round(100 * best)} phần trăm. Các phần đúng phải cộng lại 100%."
        faults.add(line, reason)
