"""A quiz file → what its form shows: each part with its values, its own lines, and what is wrong with it."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.authoring.form_words import NO_KEY, in_form_words
from app.authoring.quiz_json import NOWHERE, question_json
from app.authoring.quiz_settings import SETTINGS, settings_json
from app.content.compile.faults import Fault
from app.content.compile.question_read import Places
from app.content.quiz_source.read import QuizSource, SourcePart, read_quiz_source


@dataclass(frozen=True, slots=True)
class ShownQuiz:
    """The JSON of a whole quiz, without its revision."""

    settings: dict[str, Any]
    faults: list[dict[str, Any]]
    """Of the settings and of the quiz as a whole: {"place": name of a setting or "", "reason", "is_warning"}."""
    parts: list[dict[str, Any]]
    """{"kind": question, pool or raw; "markdown"; "question" or "pool"; "faults": [{"place", "reason", …}]}"""

    def to_json(self) -> dict[str, Any]:
        return {"settings": self.settings, "faults": self.faults, "parts": self.parts}


def show_quiz(text: str, faults: Iterable[Fault]) -> ShownQuiz:
    """`faults` are those of this very text."""
    source = read_quiz_source(text)
    told = sorted(set(faults), key=lambda fault: fault.line)
    parts: list[dict[str, Any]] = []
    around = list(told)
    for part in source.parts:
        first = bisect_left(told, part.line, key=_line)
        own = told[first : bisect_left(told, part.line + max(1, part.text.count("\n")), key=_line)]
        parts.append(_part_json(part, own, is_last=part is source.parts[-1]))
    if source.parts:
        around = told[: bisect_left(told, source.parts[0].line, key=_line)]
    return ShownQuiz(settings_json(source.fields), [_front_fault(fault, source) for fault in around], parts)


def _line(fault: Fault) -> int:
    return fault.line


def _part_json(part: SourcePart, faults: list[Fault], *, is_last: bool) -> dict[str, Any]:
    """The lines end with a blank one also where the part is the last, so that another can follow."""
    shown: dict[str, Any] = {
        "kind": "question" if part.question else "pool" if part.pool else "raw",
        "markdown": part.text + "\n" if is_last else part.text,
        "faults": [fault_json(fault, place_of(fault.line, part)) for fault in faults],
    }
    if part.question:
        shown["question"] = question_json(part.question)
    elif part.pool:
        shown["pool"] = {"name": part.pool.name, "draw": part.pool.draw}
    return shown


def fault_json(fault: Fault, place: str) -> dict[str, Any]:
    """A key is no field: one that is missing has a button instead ("mend": "key")."""
    told = {"place": place, "reason": in_form_words(fault.reason), "is_warning": fault.is_warning}
    return {**told, "place": "", "mend": "key"} if re.match(NO_KEY, fault.reason) else told


def place_of(line: int, part: SourcePart) -> str:
    """The field of the form for which this line of the file stands: title, more, stem, answer-0, feedback-0, hint-0…"""
    if part.question is None or part.places is None:
        return "raw"
    begins = sorted(_beginnings(part.places), key=lambda found: found[0])
    place = next((name for start, name in reversed(begins) if start <= line), "title")
    is_placeholder = part.question.type == "hotspot" and part.question.options[0].region == NOWHERE
    return "answers" if is_placeholder and place.startswith("answer") else place


def _beginnings(places: Places) -> list[tuple[int, str]]:
    found = [(places.heading, "title"), (places.heading + 1, "more")]
    found += [(places.stem, "stem")] if places.stem > places.heading else []
    for number, (line, said) in enumerate(zip(places.answers, places.feedback, strict=True)):
        found.append((line, f"answer-{number}"))
        found += [(said, f"feedback-{number}")] if said != line else []
    found += [(line, f"hint-{number}") for number, line in enumerate(places.hints)]
    return found + ([(places.explanation, "explanation")] if places.explanation else [])


def _front_fault(fault: Fault, source: QuizSource) -> dict[str, Any]:
    name = next((name for name in SETTINGS if source.fields.line_of(name) == fault.line != 1), "")
    return fault_json(fault, name)
