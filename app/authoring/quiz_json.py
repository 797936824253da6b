"""Questions as the form sends and shows them (JSON) ↔ `SourceQuestion`. Pure but for translated sentences.

A question:

    {"type": "single", "key": "q-otp", "title": "Ai hỏi mã?", "stem": "", "points": 1, "skills": ["tt02:4.1"],
     "name": "", "exact": false, "shuffle": true, "hints": ["…"], "hint_cost": 0, "explanation": "",
     "options": [{"words": "Công an", "right": false, "weight": null, "feedback": "…", "gap": 0, "region": null}],
     "pairs": [["trái", "phải"]], "steps": ["…"]}

`weight` is percent (-100 to 100) or null; `region` [left, top, width, height] in percent of the picture or null; `gap`
counts from 1 in a question with gaps, else 0. All names must be there, and no others.
"""

import re
from dataclasses import replace
from typing import Any

from flask_babel import gettext

from app.content.compile.question_meta import LONGEST_NAME, MAXIMUM_POINTS
from app.content.compile.question_read import TRUE_FALSE
from app.content.compile.questions.gaps import MAXIMUM_GAPS
from app.content.compile.questions.ordering import MAXIMUM_STEPS
from app.content.compile.text import is_key, normalise
from app.content.quiz_source import escape
from app.content.quiz_source.escape import as_typed, one_line
from app.content.quiz_source.model import TYPES, Region, SourceOption, SourceQuestion
from app.shared.errors import Refusal

LONGEST_LINE = 1_000
LONGEST_TEXT = 10_000
MOST_OPTIONS = 50
MOST_HINTS = 10
MOST_SKILLS = 10
LONGEST_SKILL = 40
_NO_LETTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
"""Code points that no page may hold."""
NOWHERE = Region(0, 0, 0, 0)
"""What stands in the file for regions of a picture while none is marked: without a line it would be no question."""


class QuestionRefused(Refusal):
    """Something in a question cannot be kept. `part` is its place among the parts that were sent, from 0."""

    status = 422
    sentence = "Máy chủ không đọc được phần vừa gửi. Tải lại trang rồi thử lại; chữ đã viết vẫn còn trong máy."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or gettext(self.sentence))
        self.part: int | None = None


class Sent:
    """One JSON object as it came, read name by name; whatever is not as it must be raises QuestionRefused."""

    def __init__(self, value: object, names: tuple[str, ...]) -> None:
        if not isinstance(value, dict) or set(value) != set(names):
            raise QuestionRefused
        self.value: dict[str, Any] = value

    def line(self, name: str, what: str, longest: int = LONGEST_LINE) -> str:
        return one_line(checked_text(self.value[name], what, longest))

    def text(self, name: str, what: str) -> str:
        return checked_text(self.value[name], what, LONGEST_TEXT).strip()

    def flag(self, name: str) -> bool:
        if not isinstance(self.value[name], bool):
            raise QuestionRefused
        return bool(self.value[name])

    def whole(self, name: str, what: str, least: int, most: int) -> int:
        return checked_whole(self.value[name], what, least, most)

    def items(self, name: str, what: str, most: int) -> list[Any]:
        return checked_list(self.value[name], what, most)


def checked_text(value: object, what: str, longest: int) -> str:
    """A text in its normal form."""
    if not isinstance(value, str) or "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise QuestionRefused
    if len(value) > longest:
        raise QuestionRefused(gettext("%(what)s dài quá %(most)s chữ cái. Viết ngắn lại.", what=what, most=longest))
    return normalise(_NO_LETTERS.sub("", value).encode()).removesuffix("\n")


def checked_whole(value: object, what: str, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise QuestionRefused
    if not least <= value <= most:
        raise QuestionRefused(gettext("%(what)s là số từ %(least)s đến %(most)s.", what=what, least=least, most=most))
    return value


def checked_list(value: object, what: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise QuestionRefused
    if len(value) > most:
        raise QuestionRefused(gettext("%(what)s: nhiều nhất %(most)s. Bỏ bớt giúp.", what=what, most=most))
    return value


def _finite(value: object, least: float, most: float) -> float:
    """Neither NaN nor infinity lies between two numbers."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        raise QuestionRefused
    return float(value)


QUESTION_NAMES = (
    "type", "key", "title", "stem", "points", "skills", "name", "exact", "shuffle", "hints", "hint_cost",
    "explanation", "options", "pairs", "steps",
)  # fmt: skip
OPTION_NAMES = ("words", "right", "weight", "feedback", "gap", "region")


def read_question_json(value: object) -> SourceQuestion:
    """The question that a form sent; an unusable key is empty.

    Raises:
        QuestionRefused: shapes, limits.
    """
    sent = Sent(value, QUESTION_NAMES)
    kind = sent.value["type"]
    if kind not in TYPES:
        raise QuestionRefused
    key = sent.line("key", gettext("Khóa"))
    options = tuple(_read_option(option, kind) for option in sent.items("options", gettext("Phương án"), MOST_OPTIONS))
    steps = sent.items("steps", gettext("Các bước"), MAXIMUM_STEPS)
    hints = [
        checked_text(hint, gettext("Gợi ý"), LONGEST_TEXT).strip()
        for hint in sent.items("hints", gettext("Gợi ý"), MOST_HINTS)
    ]
    question = SourceQuestion(
        type=kind,
        title=sent.line("title", gettext("Câu hỏi")),
        key=key if is_key(key) else "",
        stem=sent.text("stem", gettext("Phần dẫn")),
        options=options,
        pairs=tuple(_read_pair(pair) for pair in sent.items("pairs", gettext("Các cặp"), MOST_OPTIONS)),
        steps=tuple(one_line(checked_text(step, gettext("Bước"), LONGEST_LINE)) for step in steps),
        points=sent.whole("points", gettext("Điểm"), 1, MAXIMUM_POINTS),
        skills=tuple(_read_skill(code) for code in sent.items("skills", gettext("Kỹ năng"), MOST_SKILLS)),
        name=sent.line("name", gettext("Tên câu"), LONGEST_NAME),
        is_exact=sent.flag("exact"),
        shuffles=sent.flag("shuffle"),
        hints=tuple(hint for hint in hints if hint),
        hint_cost=sent.whole("hint_cost", gettext("Điểm trừ khi xem gợi ý"), 0, 100),
        explanation=sent.text("explanation", gettext("Lời giải thích")),
    )
    return _checked(question)


def _read_option(value: object, kind: str) -> SourceOption:
    sent = Sent(value, OPTION_NAMES)
    weight, region = sent.value["weight"], sent.value["region"]
    share = None if weight is None else round(_finite(weight, -100, 100) / 100, 9)
    return SourceOption(
        words=sent.line("words", gettext("Phương án")),
        is_ticked=sent.flag("right") if share is None else share > 0,
        weight=share,
        feedback=sent.text("feedback", gettext("Lời cho phương án")),
        gap=sent.whole("gap", gettext("Chỗ trống"), 1 if kind == "gaps" else 0, MAXIMUM_GAPS if kind == "gaps" else 0),
        region=_read_region(region) if kind == "hotspot" else None,
    )


def _read_region(value: object) -> Region:
    if not isinstance(value, list) or len(value) != 4:
        raise QuestionRefused
    left, top, width, height = (round(_finite(side, 0, 100), 2) for side in value)
    return Region(left, top, width, height)


def _read_pair(value: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise QuestionRefused
    left, right = (one_line(checked_text(side, gettext("Cặp"), LONGEST_LINE)) for side in value)
    return left, right


def _read_skill(value: object) -> str:
    code = one_line(checked_text(value, gettext("Kỹ năng"), LONGEST_SKILL))
    if not code or any(letter in code for letter in ",;<>") or "--" in code:
        raise QuestionRefused(gettext("Mã kỹ năng viết như tt02:4.2."))
    return code


def _checked(question: SourceQuestion) -> SourceQuestion:
    """With the rows that its kind needs; what other kinds need must be empty."""
    holds_options = question.type not in ("matching", "ordering", "free")
    is_mixed = (
        (question.options and not holds_options)
        or (question.pairs and question.type != "matching")
        or (question.steps and question.type != "ordering")
    )
    words = sorted(option.words.casefold().strip(" .!*") for option in question.options)
    is_odd = question.type == "true_false" and (
        words != sorted(TRUE_FALSE) or sum(option.is_ticked for option in question.options) != 1
    )
    if is_mixed or is_odd:
        raise QuestionRefused
    return _with_rows(question)


def _with_rows(question: SourceQuestion) -> SourceQuestion:
    """With so many lines that the file tells its kind, be they empty."""
    if question.type == "matching":
        return replace(question, pairs=question.pairs or (("", ""),))
    if question.type == "ordering":
        return replace(question, steps=(*question.steps, "", "")[: max(2, len(question.steps))])
    if question.options or question.type == "free":
        return question
    is_hotspot, is_gaps = question.type == "hotspot", question.type == "gaps"
    row = SourceOption(
        "",
        is_ticked=question.type in ("text", "number", "gaps"),
        gap=1 if is_gaps else 0,
        region=NOWHERE if is_hotspot else None,
    )
    return replace(question, options=(row,))


def question_json(question: SourceQuestion) -> dict[str, Any]:
    """The question for a form: words as they were typed, without what protects them in the file."""
    return {
        "type": question.type,
        "key": question.key,
        "title": as_typed(question.title, escape.heading),
        "stem": as_typed(question.stem, lambda text: escape.stem(text, question.type)),
        "points": question.points,
        "skills": list(question.skills),
        "name": question.name,
        "exact": question.is_exact,
        "shuffle": question.shuffles,
        "hints": [as_typed(hint, escape.note) for hint in question.hints],
        "hint_cost": question.hint_cost,
        "explanation": as_typed(question.explanation, escape.note),
        "options": [
            _option_json(option, question.type)
            for option in question.options
            if not (question.type == "hotspot" and option.region == NOWHERE and not option.words)
        ],
        "pairs": [[as_typed(left, escape.left_side), right] for left, right in question.pairs],
        "steps": [as_typed(step, escape.step) for step in question.steps],
    }


def _option_json(option: SourceOption, kind: str) -> dict[str, Any]:
    is_boxed = kind in ("single", "multiple", "true_false")
    region = option.region
    return {
        "words": as_typed(option.words, escape.option) if is_boxed else option.words,
        "right": option.is_ticked,
        "weight": None if option.weight is None else round(100 * option.weight, 7),
        "feedback": as_typed(option.feedback, escape.remark),
        "gap": option.gap,
        "region": [region.left, region.top, region.width, region.height] if region else None,
    }
