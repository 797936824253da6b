"""Numbers as people in Vietnam type them: 150.000 and 150 000 are thousands, 0,5 and 0.5 are a half."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.content.compile.quiz import Question

_UNITS = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|₫|%|phần trăm|độ|lần|phút|giờ|ngày|tuổi)\.?$", re.IGNORECASE)
_DIGITS = re.compile(r"[-+−]?\d[\d.,]*")
_GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_LARGEST = 30
"""Digits: longer ones are no answer."""


class AmbiguousNumber(Exception):
    """The two readings would be marked differently."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a number earns."""

    share: float
    feedback_html: str


def read_number(question: Question, typed: str) -> Judged | None:
    """What the number earns; None if it is none.

    Raises:
        AmbiguousNumber: 1,000 where a thousand and one are marked differently.
    """
    readings = list(_readings(typed))
    if not readings:
        return None
    judged = [_judge(question, value) for value in readings]
    if any(one.share != judged[0].share for one in judged):
        raise AmbiguousNumber
    return judged[0]


def _readings(typed: str) -> Iterator[float]:
    text = _UNITS.sub("", typed.strip()).replace("−", "-")
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?:\D|$))", "", text)
    if not _DIGITS.fullmatch(text) or len(text) > _LARGEST or not text.isascii():
        return
    dots, commas = text.count("."), text.count(",")
    if re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", text) and not re.match(r"[-+]?0\.", text):
        yield float(text.replace(".", "").replace(",", "."))
    elif re.fullmatch(r"[-+]?\d{1,3}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)", text):
        yield float(text.replace(",", ""))
    elif dots + commas <= 1 and not text.endswith((".", ",")):
        yield float(text.replace(",", "."))
        if _GROUPED_BY_COMMA.fullmatch(text.lstrip("+-")):
            yield float(text.replace(",", ""))


def _judge(question: Question, value: float) -> Judged:
    fallback = Judged(0.0, "")
    for answer in question.details["answers"]:
        if answer["low"] is None:
            fallback = _judged(answer)
        elif _is_within(value, answer):
            return _judged(answer)
    return fallback


def _is_within(value: float, answer: dict[str, Any]) -> bool:
    slack = 1e-9 * max(1.0, abs(value))
    return bool(answer["low"] - slack <= value <= answer["high"] + slack)


def _judged(answer: dict[str, Any]) -> Judged:
    return Judged(max(0.0, answer["weight"]), answer["feedback_html"])
