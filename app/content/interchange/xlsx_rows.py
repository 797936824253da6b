"""One row of a spreadsheet → a question. Cells hold plain words: marks of Markdown show as typed."""

import re
from dataclasses import dataclass, field
from html import escape

from app.content.interchange.html_markdown import to_markdown, to_phrase
from app.content.interchange.moodle_numbers import centre_and_tolerance, points_of
from app.content.interchange.xlsx_columns import place_of
from app.content.quiz_source.model import SourceOption, SourceQuestion
from app.shared.vietnamese import fold

TYPES = {
    "single": ("chon mot", "mot dap an", "chon 1", "single", "single choice", "trac nghiem", "multiple choice", "mc"),
    "multiple": ("chon nhieu", "nhieu dap an", "multiple", "multiple answers", "multiple response", "checkbox"),
    "true_false": ("dung sai", "dung hoac sai", "true false", "true false", "truefalse", "tf"),
    "text": ("go chu", "tra loi ngan", "chu", "text", "short answer", "short text", "dien tu"),
    "number": ("go so", "so", "number", "numeric", "numerical"),
    "matching": ("ghep cap", "ghep", "noi", "matching", "match"),
    "ordering": ("xep thu tu", "thu tu", "sap xep", "ordering", "order"),
    "free": ("tu luan", "viet", "free", "essay", "open"),
}
_BY_NAME = {name: kind for kind, names in TYPES.items() for name in names}
_ARROW = re.compile(r"\s*(?:->|=>|→|⇒)\s*")
_SEPARATOR = re.compile(r"[;,/&+\s]+|\bvà\b|\band\b", re.IGNORECASE)
_SKILL = re.compile(r"[a-z]{2,6}\d{0,3}:[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)*")
_YES_NO = {"dung": "Đúng", "true": "Đúng", "d": "Đúng", "sai": "Sai", "false": "Sai", "s": "Sai"}


class RowRefused(Exception):
    """The row cannot be taken. The message is a sentence in Vietnamese that says what to do."""


@dataclass
class Row:
    """The words of a row by what they are; options from 1."""

    number: int
    fields: dict[str, str]
    options: dict[int, str]
    feedback: dict[int, str]
    changes: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.fields.get(name, "")


def question_of(row: Row) -> SourceQuestion:
    """The question without a checked key.

    Raises:
        RowRefused: something is missing or contradicts itself.
    """
    text = row.get("question")
    if not text:
        raise RowRefused("Dòng này chưa có câu hỏi. Viết câu hỏi vào cột Câu hỏi.")
    title, _, rest = text.partition("\n")
    kind = _kind(row)
    options, pairs, steps = _READERS[kind](row)
    points, change = points_of(row.get("points"))
    if change:
        row.changes.append(change)
    return SourceQuestion(
        kind,
        to_phrase(escape(title, quote=False)),
        key=row.get("key"),
        stem=_blocks(rest),
        options=options,
        pairs=pairs,
        steps=steps,
        points=points,
        skills=_skills(row),
        hints=(_blocks(row.get("hint")),) if row.get("hint") else (),
        explanation=_blocks(row.get("explanation")),
        line=row.number,
    )


Read = tuple[tuple[SourceOption, ...], tuple[tuple[str, str], ...], tuple[str, ...]]


def _blocks(text: str) -> str:
    return to_markdown("<p>" + "<p>".join(escape(part, quote=False) for part in text.split("\n")))


def _phrase(text: str) -> str:
    return to_phrase(escape(text, quote=False))


def _kind(row: Row) -> str:
    given = fold(row.get("type"))
    if given:
        kind = _BY_NAME.get(given) or (given.replace(" ", "_") if given.replace(" ", "_") in TYPES else None)
        if kind is None:
            known = "chọn một, chọn nhiều, đúng sai, gõ chữ, gõ số, ghép cặp, xếp thứ tự, tự luận"
            raise RowRefused(f"Không có loại “{row.get('type')[:40]}”. Ghi một trong: {known}; hoặc để trống.")
        return kind
    words = list(row.options.values())
    right = row.get("right")
    if not words:
        if fold(right) in ("dung", "sai", "true", "false"):
            return "true_false"
        if right:
            return "text"
        raise RowRefused("Dòng này chưa có phương án và đáp án. Điền thêm, hoặc ghi loại: tự luận.")
    if not right and all(_ARROW.search(word) for word in words):
        return "matching"
    if not right:
        raise RowRefused("Chưa ghi đáp án đúng. Ghi chữ cái (B) hoặc số (2) của phương án vào cột Đúng.")
    if {fold(word) for word in words} == {"dung", "sai"} and len(words) == 2:
        return "true_false"
    return "multiple" if len(_right_places(row)) > 1 else "single"


def _right_places(row: Row) -> set[int]:
    """The options that the column names: by letter, number or their own words."""
    text = row.get("right")
    exact = {place for place, word in row.options.items() if word == text}
    folded = {place for place, word in row.options.items() if fold(text) and fold(word) == fold(text)}
    by_words = exact or (folded if len(folded) == 1 else set())
    parts = [part.strip("().: ").casefold() for part in _SEPARATOR.split(text) if part.strip("().: ")]
    is_list = bool(parts) and all(re.fullmatch(r"[1-8]|[a-h]", part) for part in parts)
    places = {place_of(part) for part in parts} if is_list else set()
    if by_words and places and by_words != places:
        raise RowRefused(
            f"“{text[:40]}” vừa là số thứ tự vừa là chữ của một phương án. Ghi chữ cái A, B, C vào cột Đúng."
        )
    found = places or by_words
    missing = sorted(found - set(row.options))
    if not found:
        raise RowRefused(
            f"Không rõ đáp án “{text[:40]}”. Ghi chữ cái (B) hoặc số (2); nhiều đáp án cách nhau dấu phẩy."
        )
    if missing:
        raise RowRefused(f"Đáp án là phương án {missing[0]} nhưng phương án {missing[0]} để trống. Sửa cột Đúng.")
    return found


def _choices(row: Row) -> Read:
    if len(row.options) < 2:
        raise RowRefused("Câu chọn cần ít nhất hai phương án.")
    words = {place: _phrase(word) for place, word in row.options.items()}
    if len(set(words.values())) < len(words):
        raise RowRefused("Hai phương án giống hệt nhau. Sửa hoặc bỏ một phương án.")
    right = _right_places(row)
    options = tuple(SourceOption(w, n in right, feedback=_feedback(row, n)) for n, w in words.items())
    return options, (), ()


def _feedback(row: Row, place: int) -> str:
    return _blocks(row.feedback.get(place, "")) if row.feedback.get(place) else ""


def _true_false(row: Row) -> Read:
    places = {_YES_NO.get(fold(word), ""): place for place, word in row.options.items()}
    if row.options and sorted(places) != ["Sai", "Đúng"]:
        raise RowRefused("Câu đúng sai chỉ có hai phương án Đúng và Sai. Sửa phương án, hoặc đổi loại thành chọn một.")
    right = _YES_NO.get(fold(row.get("right")), "")
    if not right and row.options:
        chosen = _right_places(row)
        right = next((word for word, place in places.items() if chosen == {place}), "")
    if not right:
        raise RowRefused("Ghi Đúng hoặc Sai vào cột Đúng.")
    order = sorted(("Đúng", "Sai"), key=lambda word: places.get(word, 0))
    slots = {"Đúng": places.get("Đúng", 1), "Sai": places.get("Sai", 2)}
    return tuple(SourceOption(word, word == right, feedback=_feedback(row, slots[word])) for word in order), (), ()


def _accepted(row: Row) -> dict[int, str]:
    """Accepted answers: the options, else what stands in the column of right ones, with semicolons between."""
    if row.options:
        if row.get("right"):
            chosen = _right_places(row)
            left_out = [word for place, word in row.options.items() if place not in chosen]
            if left_out:
                row.changes.append(f"Chỉ nhận đáp án ghi ở cột Đúng; bỏ: {', '.join(left_out)[:200]}.")
            return {place: word for place, word in row.options.items() if place in chosen}
        return row.options
    parts = [" ".join(part.split()) for part in re.split(r"[;|\n]", row.get("right"))]
    found = dict(enumerate(dict.fromkeys(part for part in parts if part), 1))
    if not found:
        raise RowRefused("Chưa ghi đáp án. Ghi đáp án vào cột Đúng; nhiều cách viết cách nhau dấu chấm phẩy.")
    return found


def _text(row: Row) -> Read:
    accepted = _accepted(row)
    return (
        tuple(SourceOption(" ".join(w.split()), True, feedback=_feedback(row, n)) for n, w in accepted.items()),
        (),
        (),
    )


def _number(row: Row) -> Read:
    accepted = _accepted(row)
    for words in accepted.values():
        if centre_and_tolerance(words) is None:
            raise RowRefused(f"Đáp án “{words[:40]}” không phải là số. Viết 5, hoặc 5 ± 0,5, hoặc 1..10.")
        if re.search(r"\d[.,]\d{3}(?!\d)", words):
            raise RowRefused(
                f"“{words[:40]}” không rõ là số nghìn hay số lẻ. Viết 1000, hoặc 1,0 (thêm hay bớt số lẻ)."
            )
    return tuple(SourceOption(words, True, feedback=_feedback(row, n)) for n, words in accepted.items()), (), ()


def _matching(row: Row) -> Read:
    pairs: list[tuple[str, str]] = []
    for word in row.options.values():
        left, arrow, right = word.partition(found.group()) if (found := _ARROW.search(word)) else (word, "", "")
        if not arrow or not right.strip():
            raise RowRefused(f"“{word[:40]}” chưa có hai vế. Viết mỗi ô một cặp: vế trái -> vế phải.")
        pairs.append((_phrase(left.strip()), _phrase(right.strip())))
    lefts = [left for left, _ in pairs if left]
    if len(lefts) < 2 or len(set(lefts)) < len(lefts):
        raise RowRefused("Câu ghép cần ít nhất hai cặp có vế trái khác nhau. Mỗi ô phương án một cặp: trái -> phải.")
    return (), tuple(pairs), ()


def _ordering(row: Row) -> Read:
    steps = tuple(_phrase(word) for word in row.options.values())
    if len(steps) < 2 or len(set(steps)) < len(steps):
        raise RowRefused("Câu xếp thứ tự cần ít nhất hai bước khác nhau, ghi theo thứ tự đúng, mỗi ô một bước.")
    if row.get("right"):
        row.changes.append("Bỏ cột Đúng: câu xếp thứ tự lấy thứ tự của các ô.")
    return (), (), steps


def _free(row: Row) -> Read:
    left_out = [*row.options.values(), row.get("right")]
    if any(left_out):
        row.changes.append(f"Bỏ phương án và đáp án của câu tự luận: {', '.join(w for w in left_out if w)[:200]}.")
    return (), (), ()


def _skills(row: Row) -> tuple[str, ...]:
    found = [part for part in re.split(r"[;,\s]+", row.get("skills")) if part]
    unknown = [part for part in found if not _SKILL.fullmatch(part)]
    if unknown:
        row.changes.append(f"Bỏ mã kỹ năng {', '.join(unknown)[:100]}. Viết như tt02:4.2, nhiều mã cách nhau dấu phẩy.")
    return tuple(dict.fromkeys(part for part in found if _SKILL.fullmatch(part)))


_READERS = {
    "single": _choices, "multiple": _choices, "true_false": _true_false, "text": _text, "number": _number,
    "matching": _matching, "ordering": _ordering, "free": _free,
}  # fmt: skip
