"""The heads of the columns, in any order and in the usual spellings."""

import re
from dataclasses import dataclass, field

from app.shared.vietnamese import fold

OPTIONS = 8
HEADERS = (
    "Câu hỏi", "Loại", *(f"Phương án {n}" for n in range(1, OPTIONS + 1)), "Đúng",
    *(f"Lời cho phương án {n}" for n in range(1, OPTIONS + 1)), "Giải thích", "Gợi ý", "Điểm", "Kỹ năng", "Khóa",
)  # fmt: skip
_NAMES = {
    "question": ("cau hoi", "cau", "noi dung", "noi dung cau hoi", "question", "question text", "de bai"),
    "type": ("loai", "loai cau hoi", "loai cau", "kieu", "type", "question type"),
    "right": (
        "dung", "dap an", "dap an dung", "phuong an dung", "cau tra loi dung", "tra loi", "answer", "answers",
        "correct", "correct answer", "correct answers", "key answer", "right",
    ),
    "explanation": ("giai thich", "loi giai", "explanation", "feedback", "general feedback"),
    "hint": ("goi y", "hint", "hints"),
    "points": ("diem", "so diem", "points", "point", "score", "mark", "marks"),
    "skills": ("ky nang", "ma ky nang", "skill", "skills", "tags", "tag"),
    "key": ("khoa", "ma", "ma cau hoi", "key", "id"),
}  # fmt: skip
_BY_NAME = {name: field_name for field_name, names in _NAMES.items() for name in names}
_OPTION = re.compile(r"(?:phuong an|lua chon|dap an|option|choice|pa)? ?([1-8]|[a-h])")
_FEEDBACK = re.compile(
    r"(?:loi cho|loi|phan hoi|phan hoi cho|nhan xet|feedback)(?: phuong an| option| lua chon)? ([1-8]|[a-h])"
)


@dataclass
class Columns:
    """Which column holds what, from 0."""

    fields: dict[str, int] = field(default_factory=dict)
    options: dict[int, int] = field(default_factory=dict)
    feedback: dict[int, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        return "question" in self.fields and bool(self.options or "right" in self.fields)


def columns_of(heads: list[str]) -> Columns:
    """What each head means; unknown and doubled ones are listed."""
    columns = Columns()
    for place, head in enumerate(heads):
        name = fold(re.sub(r"\([^()]*\)", " ", head)) or fold(head)
        if not name:
            continue
        if name in _BY_NAME:
            target: dict[str, int] | dict[int, int] = columns.fields
            slot: str | int = _BY_NAME[name]
        elif found := _FEEDBACK.fullmatch(name):
            target, slot = columns.feedback, place_of(found.group(1))
        elif found := _OPTION.fullmatch(name):
            target, slot = columns.options, place_of(found.group(1))
        else:
            columns.unknown.append(head)
            continue
        if slot in target:
            columns.doubled.append(head)
        else:
            target[slot] = place  # type: ignore[index]  # slot is of the kind that target takes
    return columns


def place_of(letter_or_number: str) -> int:
    """ "b" and "2" → 2."""
    return int(letter_or_number) if letter_or_number.isdigit() else ord(letter_or_number) - ord("a") + 1
