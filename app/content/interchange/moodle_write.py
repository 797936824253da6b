"""Our questions → Moodle XML. What Moodle cannot say is found by reading back what was written."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from app.content.interchange.moodle_numbers import centre_and_tolerance
from app.content.interchange.moodle_question_xml import TYPES, QuestionWriter, shares_of, xml_text
from app.content.interchange.moodle_read import read
from app.content.interchange.report import Exported
from app.content.quiz_source.model import SourceQuestion

_NAMES = {
    "type": "loại câu", "title": "tiêu đề", "stem": "chữ dưới tiêu đề", "options": "các phương án", "pairs": "các cặp",
    "steps": "các bước", "points": "điểm", "skills": "kỹ năng", "name": "tên ở chương trình khác",
    "is_exact": "so từng chữ cái (exact)", "shuffles": "giữ thứ tự phương án (shuffle)", "hints": "gợi ý",
    "hint_cost": "điểm trừ khi mở gợi ý (hint-cost)", "explanation": "giải thích", "pool": "nhóm", "key": "mã (key)",
}  # fmt: skip


def write(questions: Sequence[SourceQuestion], pictures: Mapping[str, bytes]) -> Exported:
    """The same bytes for the same questions. `pictures` by their path in the course folder."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    losses: list[str] = []
    pool = ""
    for question in questions:
        if question.type not in TYPES:
            losses.append(
                f"{question.key}: câu chạm vào hình không ghi được vào tệp Moodle. Làm lại câu này trong Moodle."
            )
            continue
        if question.pool != pool:
            pool = question.pool
            parts.append(_category(pool))
        written = QuestionWriter(question, pictures)
        xml = written.xml()
        parts.append(xml)
        losses += [f"{question.key}: {loss}" for loss in written.losses]
        losses += _losses(question, _category(pool) + xml)
    parts.append("</quiz>\n")
    return Exported("\n".join(parts).encode(), tuple(losses))


def _category(pool: str) -> str:
    path = "$course$/top" + (f"/{pool.replace('/', '//')}" if pool else "")
    return f'<question type="category">\n<category><text>{xml_text(path)}</text></category>\n</question>'


def _losses(question: SourceQuestion, xml: str) -> list[str]:
    entries = read(f"<quiz>{xml}</quiz>".encode()).entries
    back = getattr(entries[0], "question", None) if entries else None
    if not isinstance(back, SourceQuestion):
        return [
            f"{question.key}: Moodle có thể không nhận câu này. {getattr(entries[0], 'reason', '') if entries else ''}"
        ]
    meant, found = comparable(question), comparable(back)
    return [
        f"{question.key}: tệp Moodle không ghi được {_NAMES[field.name]}."
        for field in fields(SourceQuestion)
        if field.name in _NAMES and getattr(meant, field.name) != getattr(found, field.name)
    ]


def comparable(question: SourceQuestion) -> SourceQuestion:
    """Questions that mean the same become equal: written weights, spellings of numbers, the line."""
    options = tuple(
        replace(
            option,
            weight=round(share, 4),
            words=_number_meant(option.words) if question.type == "number" else option.words,
        )
        for option, share in zip(question.options, shares_of(question), strict=True)
    )
    shuffles = question.shuffles if question.type in ("single", "multiple", "matching", "gaps") else True
    return replace(question, options=options, shuffles=shuffles, line=0)


def _number_meant(words: str) -> str:
    found = centre_and_tolerance(words)
    return words if found is None else f"{found[0].normalize():f} ± {found[1].normalize():f}"
