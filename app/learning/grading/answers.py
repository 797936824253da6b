"""Reading an answer: from form fields or JSON to a response in the question's own terms."""

import re
from collections.abc import Sequence

from app.content.compile.quiz import Question
from app.learning.grading.numbers import AmbiguousNumber, read_number
from app.shared.errors import Refusal
from app.shared.vietnamese import clean

MAXIMUM_TYPED = 500
MAXIMUM_FREE = 3000
Response = list[str]
"""What an Answer row stores. Choice and hotspot: option keys, sorted. Text, number, free: one typed text. Matching:
"left=right" keys, sorted. Ordering: step keys in the order given. Gaps: "number=typed text or key", by number."""


class NothingAnswered(Refusal):
    status = 422
    sentence = "Bác chọn hoặc viết một câu trả lời, rồi bấm Trả lời giúp."


class AnswerNotUnderstood(Refusal):
    status = 422
    sentence = "Câu trả lời này không thuộc câu hỏi. Bác mở lại câu hỏi rồi chọn giúp."


class AnswerIncomplete(Refusal):
    """Some steps have no place yet, or two have the same."""

    status = 422
    sentence = "Bác chọn thứ tự cho từng việc, mỗi số một lần, rồi bấm Trả lời giúp."


class NumberNotUnderstood(Refusal):
    status = 422
    sentence = "Bác viết một con số, ví dụ 5 hoặc 0,5 hoặc 150000."


class NumberAmbiguous(Refusal):
    """1,000: a thousand to some, one to others."""

    status = 422
    sentence = "Số này đọc được hai cách. Một nghìn thì bác viết 1000, còn một thì bác viết 1."


def read_answer(question: Question, values: Sequence[object]) -> Response:
    """The response that `values` (what came under the field "answer") gives to `question`.

    Raises:
        NothingAnswered: nothing was chosen or typed.
        AnswerIncomplete: a step without a place, two steps in one place.
        NumberNotUnderstood, NumberAmbiguous: what was typed is no number, or may be two.
        AnswerNotUnderstood: anything that the question does not have.
    """
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) != len(values):
        raise AnswerNotUnderstood
    read = {
        "text": _read_text,
        "free": _read_free,
        "number": _read_number,
        "matching": _read_matching,
        "ordering": _read_ordering,
        "gaps": _read_gaps,
    }.get(question.type, _read_choice)
    return read(question, texts)


def as_entered(question: Question, values: Sequence[str]) -> Response:
    """What was entered, as far as it can be shown again after a refusal. Never raises."""
    try:
        return read_answer(question, values)
    except Refusal:
        return [clean(value)[:MAXIMUM_FREE] for value in values if clean(value)]


def _read_text(_question: Question, texts: list[str]) -> Response:
    if len(texts) > 1 or any(len(text) > MAXIMUM_TYPED for text in texts):
        raise AnswerNotUnderstood
    typed = clean(texts[0]) if texts else ""
    if not typed:
        raise NothingAnswered
    return [typed]


def _read_free(_question: Question, texts: list[str]) -> Response:
    if len(texts) > 1 or any(len(text) > MAXIMUM_FREE for text in texts):
        raise AnswerNotUnderstood
    lines = [clean(line) for line in texts[0].splitlines()] if texts else []
    typed = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not typed:
        raise NothingAnswered
    return [typed]


def _read_number(question: Question, texts: list[str]) -> Response:
    typed = _read_text(question, texts)
    try:
        if read_number(question, typed[0]) is None:
            raise NumberNotUnderstood
    except AmbiguousNumber:
        raise NumberAmbiguous from None
    return typed


def _read_choice(question: Question, texts: list[str]) -> Response:
    chosen = sorted({text for text in texts if text})
    if not chosen:
        raise NothingAnswered
    known = {option.key for option in question.options}
    if not known.issuperset(chosen) or (question.type != "multiple" and len(chosen) > 1):
        raise AnswerNotUnderstood
    return chosen


def _read_matching(question: Question, texts: list[str]) -> Response:
    """Pairs that were left open earn nothing; one at least must be made."""
    pairs = _pairs(texts)
    lefts = {side["key"] for side in question.details["lefts"]}
    rights = {side["key"] for side in question.details["rights"]}
    if any(left not in lefts or (right and right not in rights) for left, right in pairs.items()):
        raise AnswerNotUnderstood
    made = sorted(f"{left}={right}" for left, right in pairs.items() if right)
    if not made:
        raise NothingAnswered
    return made


def _read_ordering(question: Question, texts: list[str]) -> Response:
    """ "step=place" for each step, places from 1."""
    pairs = _pairs(texts)
    steps = [option.key for option in question.options]
    places = {str(number) for number in range(1, len(steps) + 1)}
    if any(step not in steps or (place and place not in places) for step, place in pairs.items()):
        raise AnswerNotUnderstood
    given = {step: place for step, place in pairs.items() if place}
    if not given:
        raise NothingAnswered
    if len(given) < len(steps) or len(set(given.values())) < len(steps):
        raise AnswerIncomplete
    return sorted(steps, key=lambda step: int(given[step]))


def _read_gaps(question: Question, texts: list[str]) -> Response:
    """ "number=words" for each gap; gaps that were left open earn nothing, one at least must be filled."""
    pairs = _pairs(texts)
    gaps = {str(gap["number"]): gap for gap in question.details["gaps"]}
    filled = []
    for number, words in pairs.items():
        if number not in gaps or len(words) > MAXIMUM_TYPED:
            raise AnswerNotUnderstood
        choices = [choice["key"] for choice in gaps[number]["choices"]]
        typed = clean(words)
        if typed and choices and typed not in choices:
            raise AnswerNotUnderstood
        if typed:
            filled.append((int(number), typed))
    if not filled:
        raise NothingAnswered
    return [f"{number}={words}" for number, words in sorted(filled)]


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        if not text:
            continue
        name, equals, value = text.partition("=")
        if not equals or name in pairs:
            raise AnswerNotUnderstood
        pairs[name] = value
    return pairs
