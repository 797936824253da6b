"""Questions as a form sends them: strictly read, and shown again as they were typed."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.authoring.quiz_json import QuestionRefused, question_json, read_question_json
from app.content.quiz_source.model import SourceQuestion
from tests.unit.content.source_questions import questions
from tests.unit.content.test_quiz_source import again, unruly

WITHIN_REASON = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTION = {"words": "Không ai", "right": True, "weight": None, "feedback": "Đúng.", "gap": 0, "region": None}
QUESTION: dict[str, Any] = {
    "type": "single", "key": "q-ma", "title": "Ai hỏi mã?", "stem": "", "points": 1, "skills": [], "name": "",
    "exact": False, "shuffle": True, "hints": [], "hint_cost": 0, "explanation": "",
    "options": [OPTION, {**OPTION, "words": "Công an", "right": False}], "pairs": [], "steps": [],
}  # fmt: skip


def changed(*path: object, value: object) -> dict[str, Any]:
    made = copy.deepcopy(QUESTION)
    place: Any = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return made


@WITHIN_REASON
@given(questions())
def test_a_question_survives_the_form(question: SourceQuestion) -> None:
    assert again(read_question_json(question_json(question))) == again(question)


@WITHIN_REASON
@given(unruly())
def test_what_was_typed_is_shown_again_as_it_was_typed(question: SourceQuestion) -> None:
    typed = question_json(read_question_json(question_json(question)))
    shown = question_json(again(question))
    for name in ("title", "explanation", "hints", "steps"):
        assert shown[name] == typed[name]
    assert [option["feedback"] for option in shown["options"]] == [option["feedback"] for option in typed["options"]]
    if question.type in ("single", "multiple", "hotspot"):
        assert [option["words"] for option in shown["options"]] == [option["words"] for option in typed["options"]]


@pytest.mark.parametrize(
    "sent",
    [
        None, [], "x", {}, {**QUESTION, "more": 1}, {name: value for name, value in QUESTION.items() if name != "key"},
        changed("type", value="essay"), changed("type", value=["single"]), changed("title", value=5),
        changed("title", value="a" * 1001), changed("title", value="a\x00b"), changed("title", value="\ud800"),
        changed("stem", value="a" * 10_001), changed("points", value=0), changed("points", value=101),
        changed("points", value=True), changed("points", value=1.5), changed("points", value="1"),
        changed("hint_cost", value=-1), changed("exact", value="yes"), changed("skills", value=["a;b"]),
        changed("skills", value=["x"] * 11), changed("hints", value=["x"] * 11), changed("hints", value={}),
        changed("options", value=[OPTION] * 51), changed("options", value=[None]),
        changed("options", 0, "gap", value=1),
        changed("options", 0, "weight", value=101), changed("options", 0, "weight", value=float("nan")),
        changed("options", 0, "weight", value=float("inf")), changed("options", 0, "weight", value=10**400),
        changed("options", 0, "right", value=1), changed("pairs", value=[["a", "b"]]), changed("steps", value=["a"]),
        {**QUESTION, "type": "matching"}, {**QUESTION, "type": "free"}, {**QUESTION, "type": "true_false"},
        {**QUESTION, "type": "hotspot"}, {**QUESTION, "type": "gaps"},
        {**QUESTION, "type": "matching", "options": [], "pairs": [["a"]]},
        {**QUESTION, "type": "hotspot", "options": [{**OPTION, "region": [1, 2, 3]}]},
        {**QUESTION, "type": "hotspot", "options": [{**OPTION, "region": [1, 2, 3, "4"]}]},
        {**QUESTION, "type": "hotspot", "options": [{**OPTION, "region": [1, 2, 3, 400]}]},
        {**QUESTION, "type": "ordering", "options": [], "steps": ["a"] * 13},
    ],
)  # fmt: skip
def test_what_is_not_as_it_must_be_is_refused_in_words(sent: object) -> None:
    with pytest.raises(QuestionRefused) as refused:
        read_question_json(sent)
    assert refused.value.message


@pytest.mark.parametrize(
    "kind", ["single", "multiple", "text", "number", "matching", "ordering", "gaps", "hotspot", "free"]
)
def test_a_question_with_nothing_in_it_yet_keeps_its_kind(kind: str) -> None:
    empty = {**QUESTION, "type": kind, "title": "", "options": []}
    assert again(read_question_json(empty)).type == kind


def test_a_key_that_is_none_is_left_to_be_made() -> None:
    assert read_question_json(changed("key", value="Khóa lạ")).key == ""
