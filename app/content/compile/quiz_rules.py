"""What only all quizzes of a course together can tell: keys used twice, tests before and after on the same skills."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from app.content.compile.faults import MEANT, Faults
from app.content.compile.quiz import Quiz
from app.content.compile.text import nearest


class QuizItem(Protocol):
    """An item, as far as it matters here."""

    @property
    def file(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def quiz(self) -> Quiz | None: ...


def check_quizzes(items: Sequence[QuizItem], texts: Mapping[str, str], faults: Faults) -> None:
    """Faults of keys and pairs; lines are looked up in the texts of the files."""
    _refuse_shared_keys(items, texts, faults)
    quizzes = {item.key: item for item in items if item.quiz}
    for item in quizzes.values():
        if item.quiz and item.quiz.pretest:
            _check_pair(item, item.quiz, quizzes, texts, faults)


def _refuse_shared_keys(items: Sequence[QuizItem], texts: Mapping[str, str], faults: Faults) -> None:
    """A question keeps its history when it moves to another quiz, so its key is unique in the course."""
    owners: dict[str, str] = {}
    for item in items:
        for question in item.quiz.questions if item.quiz else ():
            owner = owners.setdefault(question.key, item.file)
            if owner != item.file:
                pattern = rf"\bkey\s*:\s*{re.escape(question.key)}(?![a-z0-9-])"
                reason = f"Khóa `{question.key}` đã dùng trong {owner}. Trong một khóa học, mỗi câu hỏi một khóa riêng."
                faults.add(item.file, _line_of(pattern, texts[item.file]), reason)


def _check_pair(
    item: QuizItem, quiz: Quiz, quizzes: Mapping[str, QuizItem], texts: Mapping[str, str], faults: Faults
) -> None:
    line = _line_of(r"^pretest\s*:", texts[item.file])
    before = quizzes.get(quiz.pretest)
    if before is None or before.quiz is None:
        meant = nearest(quiz.pretest, quizzes)
        advice = f" Có phải là `{meant}`?" if meant else ""
        faults.add(
            item.file,
            line,
            f"Không có bài kiểm tra nào mang khóa `{quiz.pretest}`.{advice}",
            MEANT,
            quiz.pretest,
            meant or "",
        )
        return
    if before.position >= item.position:
        faults.add(item.file, line, f"Bài kiểm tra trước khi học ({before.file}) phải đứng trước bài này.")
    if before.quiz.pass_mark:
        line_there = _line_of(r"^pass\s*:", texts[before.file])
        reason = f"Đây là bài kiểm tra trước khi học của {item.file}: làm là đủ. Viết: pass: 0"
        faults.add(before.file, line_there, reason)
    if _skills(quiz) != _skills(before.quiz):
        reason = f"Hai bài trước và sau khi học phải cùng kỹ năng. Sửa `skills:` cho giống {before.file}."
        faults.add(item.file, line, reason)


def _skills(quiz: Quiz) -> set[str]:
    return set(quiz.skills) | {skill for question in quiz.questions for skill in question.skills}


def _line_of(pattern: str, text: str) -> int:
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1
