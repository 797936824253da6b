"""Trying a quiz that is being written: the learner's pages and marks, and nothing of it is stored."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from app.authoring.models import CourseDraft
from app.extensions import db
from app.people.models import Person
from app.progress.models import Answer, Attempt
from tests.courses.folders import SAMPLE, read_sample
from tests.integration.authoring.drafts import FILES, QUIZ, file_at, make_draft
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
PATH = "02-kiem-tra.md"
TYPED = "\n## Số Công an?\n<!-- key: q-so; hint-cost: 50% -->\n- = 113\n\n> Gợi ý: ba số\n\n> Giải thích: một một ba\n"


def make(trainer: Person, quiz: str, slug: str = "thu") -> CourseDraft:
    return make_draft(trainer, files={**FILES, PATH: quiz.encode()}, slug=slug)


def address(draft: CourseDraft, path: str = PATH) -> str:
    return f"/workshop/drafts/{draft.id}/try/{file_at(draft, path).id}"


def go_on(device: PageClient, draft: CourseDraft, page: str, path: str = PATH, **fields: Any) -> str:
    state = re.search(r'name="state" value="([^"]*)"', page)
    number = re.search(r'name="number" value="(\d+)"', page)
    known = {"state": unescape(state[1]) if state else "", "number": number[1] if number else "1"}
    answer = device.post(address(draft, path), data={**known, **fields})
    assert answer.status_code == 200
    return answer.text


def value_of(page: str, words: str) -> str:
    found = re.search(rf'value="([0-9a-f]+)" id="(option-\d+)"[^>]*>\s*<label for="\2">\s*<span>[^<]*{words}', page)
    assert found, page
    return found[1]


def test_each_answer_is_told_at_once_and_the_result_at_the_end(device: PageClient, trainer: Person) -> None:
    draft = make(trainer, QUIZ.replace("pass: 50", "pass: 50\nshuffle: no") + TYPED)
    page = device.get(address(draft)).text
    assert "Câu 1 trong 2" in page
    page = go_on(device, draft, page, act="answer")
    assert "Bác chọn hoặc viết một câu trả lời" in page
    page = go_on(device, draft, page, act="answer", answer=value_of(page, "Không ai cả"))
    assert "Đúng rồi." in page
    page = go_on(device, draft, page, show="2")
    assert "Xem gợi ý" in page
    assert "ba số" not in page
    page = go_on(device, draft, page, act="hints")
    assert "ba số" in page
    page = go_on(device, draft, page, act="answer", answer="113")
    assert "một một ba" in page
    assert "Đúng một phần." in page
    page = go_on(device, draft, page, act="finish")
    assert "75 phần trăm" in page
    page = go_on(device, draft, page, show="1")
    assert "Đúng rồi." in page
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Attempt, Answer)]
    assert counts == [0, 0]


def test_where_learners_are_told_only_the_result_so_are_those_who_try(device: PageClient, trainer: Person) -> None:
    draft = make(trainer, QUIZ.replace("pass: 50", "pass: 50\nfeedback: none") + TYPED)
    page = device.get(address(draft)).text
    for _question in range(2):
        typed = 'id="typed"' in page
        page = go_on(device, draft, page, act="answer", answer="113" if typed else value_of(page, "Không ai cả"))
    assert "Bác đúng 2 trong 2 câu." in page
    assert "Đúng rồi." not in page


def test_unfinished_questions_are_left_out_and_told(device: PageClient, trainer: Person) -> None:
    draft = make(trainer, QUIZ + "\n## Chưa xong\n<!-- key: q-do -->\n- [ ] a\n- [ ]\n")
    assert "Còn 1 câu chưa viết xong" in device.get(address(draft)).text
    empty = make(trainer, QUIZ.partition("## Ai")[0], slug="trong")
    assert "Chưa có câu nào viết xong" in device.get(address(empty)).text


def test_every_kind_of_question_can_be_tried(device: PageClient, trainer: Person) -> None:
    folder = read_sample(SAMPLE.parent / "every-kind")
    path = "03-cac-loai.md"
    draft = make_draft(trainer, files=folder, slug="moi-loai")
    page = device.get(address(draft, path)).text
    count = int(re.search(r"Câu 1 trong (\d+)", page)[1])  # type: ignore[index]
    for number in range(1, count + 1):
        assert f"Câu {number} trong {count}" in go_on(device, draft, page, path, show=str(number))


FORGED = ["", "[", "[1]", '["a", {}, [], false]', '[1, {"q-ma": 5}, [], false]', "[1e999,{},[],true]", "[" * 5000]
HALF_A_LETTER = ['[7, {"q-so": ["\\ud83d"]}, [], false]', '[7, {"\\ud83d": []}, [], false]']


@pytest.mark.parametrize("state", [*FORGED, *HALF_A_LETTER, '[1, {"q-ma": ["x=y"], "q-so": [null]}, [1], 1]'])
def test_a_forged_state_begins_anew(device: PageClient, trainer: Person, state: str) -> None:
    draft = make(trainer, QUIZ + TYPED)
    answer = device.post(address(draft), data={"state": state, "number": "1", "act": "show"})
    assert answer.status_code == 200
    assert "Câu 1 trong 2" in answer.text
    assert device.post(address(draft), data={"state": state, "number": "9", "act": "show"}).status_code == 404
    assert device.post(address(draft), data={"state": state, "number": "x", "act": "drop"}).status_code == 404
