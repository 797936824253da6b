"""The form of a quiz: what it shows, what it saves, and that no line is touched that nobody touched."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.access.actor import Role, WayIn
from app.authoring.models import CourseDraft
from app.content.queries import find_course
from app.extensions import db
from app.people.models import Person
from tests.factories import make_staff, sign_in
from tests.integration.authoring.drafts import FILES, HEADER, QUIZ, file_at, make_draft
from tests.integration.content.folders_on_disk import publish, write_course
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
JSON = {"Accept": "application/json"}
PATH = "02-kiem-tra.md"
ODD = (
    QUIZ.replace("- [ ] Công an", "*   [ ]   Công an")
    + "\n\n# Nhóm: Khó (lấy 1)\n## Gõ số\n<!-- key: q-so -->\n- = 113\n"
)
WRONG_SETTINGS: list[Any] = [
    [], {"kind": "lesson"}, {"pass": 101}, {"shuffle": 1}, {"feedback": "often"}, {"title": "a\x00"}, {"draw": None},
]  # fmt: skip


@pytest.fixture
def draft(trainer: Person) -> CourseDraft:
    return make_draft(trainer, files={**FILES, PATH: ODD.encode()})


def address(draft: CourseDraft) -> str:
    return f"/workshop/drafts/{draft.id}/items/{file_at(draft, PATH).id}/questions"


def shown(device: PageClient, draft: CourseDraft) -> dict[str, Any]:
    answer = device.get(address(draft), headers=JSON)
    assert answer.status_code == 200
    return answer.json  # type: ignore[return-value]


def save(device: PageClient, draft: CourseDraft, parts: list[Any], *, revision: int = 1, **more: Any) -> Any:
    return device.put(address(draft), json={"revision": revision, "parts": parts, **more}, headers=JSON)


def as_written(quiz: dict[str, Any]) -> list[Any]:
    return [{"markdown": part["markdown"]} for part in quiz["parts"]]


def text_of(draft: CourseDraft) -> str:
    return file_at(draft, PATH).text or ""


def test_the_form_shows_settings_questions_pools_and_what_is_wrong(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    assert quiz["settings"]["pass"] == 50
    assert [part["kind"] for part in quiz["parts"]] == ["question", "pool", "question"]
    assert quiz["parts"][0]["question"]["options"][1]["right"] is True
    assert quiz["parts"][1]["pool"] == {"name": "Khó", "draw": 1}
    assert quiz["faults"] == []


def test_what_nobody_touched_keeps_every_letter(device: PageClient, draft: CourseDraft) -> None:
    answer = save(device, draft, as_written(shown(device, draft)))
    assert (answer.status_code, answer.json["revision"]) == (200, 1)
    assert text_of(draft) == ODD


def test_a_changed_question_is_written_anew_and_the_others_stay(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    parts = as_written(quiz)
    parts[2] = {"question": {**quiz["parts"][2]["question"], "points": 3}}
    answer = save(device, draft, parts, settings={"pass": 80, "title": 'Tên: mới "hay"'})
    assert answer.status_code == 200
    assert answer.json["settings"]["title"] == 'Tên: mới "hay"'
    assert "*   [ ]   Công an" in text_of(draft)
    assert "<!-- key: q-so; points: 3 -->" in text_of(draft)
    assert "pass: 80\n" in text_of(draft)


def test_new_questions_get_keys_that_are_free_in_the_whole_course(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    question = {**quiz["parts"][0]["question"], "key": "", "title": "Mật khẩu nào tốt?"}
    other = file_at(draft, "01-bai-mot.md")
    other.text = (other.text or "") + "\n<!-- key: q-mat-khau-nao-tot -->\n"
    db.session.commit()
    parts = [
        *as_written(quiz),
        {"question": question},
        {"question": question},
        {"question": {**question, "key": "q-ma"}},
    ]
    answer = save(device, draft, parts)
    keys = [part["question"]["key"] for part in answer.json["parts"] if part["kind"] == "question"]
    assert keys == ["q-ma", "q-so", "q-mat-khau-nao-tot-2", "q-mat-khau-nao-tot-3", "q-ma-2"]


def test_a_published_question_of_another_kind_becomes_a_new_one_and_says_so(
    device: PageClient, draft: CourseDraft, tmp_path: Path
) -> None:
    publish(write_course(tmp_path, slug="khoa-nhap", course=HEADER, quiz=QUIZ))
    head = find_course("khoa-nhap")
    assert head is not None
    draft.course_id = head.id
    quiz = shown(device, draft)
    assert quiz["published"] == {"q-ma": "single"}
    free = {**quiz["parts"][0]["question"], "type": "free", "options": []}
    answer = save(device, draft, [{"question": free}])
    assert answer.json["parts"][0]["question"]["key"] == "q-ma-2"
    assert "khóa q-ma-2" in answer.json["notes"][0]["reason"]
    assert answer.json["notes"][0]["part"] == 0


def test_two_people_are_told_apart_and_the_same_again_does_no_harm(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    mine = [{"question": {**quiz["parts"][0]["question"], "title": "Của chị Lan"}}]
    assert save(device, draft, mine).json["revision"] == 2
    assert save(device, draft, mine).json["revision"] == 2
    refused = save(device, draft, as_written(quiz))
    assert refused.status_code == 409
    assert refused.json["revision"] == 2
    assert refused.json["by"] == "Phạm Văn Cán"
    assert refused.json["parts"][0]["question"]["title"] == "Của chị Lan"


def test_faults_stand_beside_the_field_and_in_words_of_a_form(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    question = quiz["parts"][0]["question"]
    same = [{**question["options"][0], "feedback": ""}, question["options"][0]]
    wrong = {**question, "key": "", "title": "", "options": [{**option, "right": False} for option in same]}
    faults = save(device, draft, [{"question": wrong}]).json["parts"][0]["faults"]
    assert ("title", "Chưa có câu hỏi. Viết vào ô Câu hỏi.") in [(fault["place"], fault["reason"]) for fault in faults]
    wrong["title"] = "Ai?"
    faults = save(device, draft, [{"question": wrong}], revision=2).json["parts"][0]["faults"]
    assert {fault["place"] for fault in faults} == {"answer-0", "answer-1"}
    assert not any("[x]" in fault["reason"] or "dòng" in fault["reason"] for fault in faults)


def test_text_that_cannot_be_read_stays_a_part_of_its_own(device: PageClient, trainer: Person) -> None:
    text = (
        QUIZ + "\n## Câu lạ\n<!-- key: q-la; màu: đỏ -->\n- [x] a\n- [ ] b\n\n## Câu sau\n<!-- key: q-sau -->\n- ____\n"
    )
    draft = make_draft(trainer, files={**FILES, PATH: text.encode()}, slug="la")
    quiz = shown(device, draft)
    assert [part["kind"] for part in quiz["parts"]] == ["question", "raw", "question"]
    assert "không có `màu`" in quiz["parts"][1]["faults"][0]["reason"]
    parts = as_written(quiz)
    parts[2] = {"question": {**quiz["parts"][2]["question"], "points": 2}}
    assert save(device, draft, parts).status_code == 200
    assert "<!-- key: q-la; màu: đỏ -->" in text_of(draft)
    parts = as_written(shown(device, draft))
    parts[1] = {"markdown": parts[1]["markdown"].replace("; màu: đỏ", "")}
    assert [part["kind"] for part in save(device, draft, parts, revision=2).json["parts"]] == ["question"] * 3


@pytest.mark.parametrize(
    "sent",
    [
        None, [], {}, {"revision": 1}, {"revision": "1", "parts": []}, {"revision": True, "parts": []},
        {"revision": 1, "parts": {}}, {"revision": 1, "parts": [1]}, {"revision": 1, "parts": [{}]},
        {"revision": 1, "parts": [{"markdown": "a", "pool": {}}]}, {"revision": 1, "parts": [{"markdown": 5}]},
        {"revision": 1, "parts": [{"pool": {"name": "a", "draw": -1}}]}, {"revision": 1, "parts": [{"question": {}}]},
        {"revision": 1, "parts": [{"markdown": "x"}] * 401}, {"revision": 1, "parts": [{"markdown": "a" * 100_001}]},
        {"revision": 1, "parts": [{"markdown": "a\x00"}]},
        *({"revision": 1, "parts": [], "settings": settings} for settings in WRONG_SETTINGS),
    ],
)  # fmt: skip
def test_what_no_form_sends_is_refused_and_changes_nothing(
    device: PageClient, draft: CourseDraft, sent: object
) -> None:
    answer = device.put(address(draft), json=sent, headers=JSON)
    assert answer.status_code == 422
    assert answer.json["error"]
    assert text_of(draft) == ODD


def test_half_a_symbol_is_dropped_and_all_that_stands_around_it_saved(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    parts = as_written(quiz)
    parts[2] = {"question": {**quiz["parts"][2]["question"], "title": "Gọi \U0001f46e\ud83d số nào?"}}
    saved = save(device, draft, parts, settings={"title": "Kiểm\udc6e tra"})
    assert saved.status_code == 200
    assert "## Gọi \U0001f46e số nào?\n" in text_of(draft)
    assert "title: Kiểm tra\n" in text_of(draft)
    assert device.post(f"{address(draft)}/preview", json=parts[2], headers=JSON).status_code == 200


def test_too_long_a_text_is_said_with_the_number_of_its_question(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    parts = as_written(quiz)
    parts[2] = {"question": {**quiz["parts"][2]["question"], "explanation": "a" * 10_001}}
    answer = save(device, draft, parts)
    assert answer.json == {"error": "Câu 2: Lời giải thích dài quá 10000 chữ cái. Viết ngắn lại.", "part": 2}


def test_settings_change_only_their_own_lines(device: PageClient, draft: CourseDraft) -> None:
    quiz = shown(device, draft)
    save(device, draft, as_written(quiz), settings={"feedback": "end", "offline": False, "draw": 1, "pretest": ""})
    head = text_of(draft).split("---\n")[1]
    lines = "kind: quiz\nkey: kiem-tra\ntitle: Bài kiểm tra\nminutes: 5\npass: 50\n"
    assert head.startswith(lines)
    assert set(head.removeprefix(lines).splitlines()) == {"feedback: end", "offline: no", "draw: 1"}
    assert text_of(draft).split("---\n")[2] == ODD.split("---\n")[2]


def test_one_question_is_previewed_as_learners_will_have_it(device: PageClient, draft: CourseDraft) -> None:
    question = shown(device, draft)["parts"][0]["question"]
    hostile = {**question, "stem": "<img src=x onerror=alert(1)>", "title": "</script><script>alert(1)</script>"}
    preview = device.post(f"{address(draft)}/preview", json={"question": hostile}, headers=JSON).json
    assert "&lt;script&gt;" in preview["html"]
    assert "<img" not in preview["html"]
    assert 'type="radio"' in preview["html"]
    assert "Bác chọn đúng" not in preview["html"]
    empty = {**question, "title": ""}
    preview = device.post(f"{address(draft)}/preview", json={"question": empty}, headers=JSON).json
    assert preview["html"] == ""
    assert preview["faults"][0]["place"] == "title"
    assert text_of(draft) == ODD


def test_a_text_of_fifty_thousand_headings_is_shown_within_reason(device: PageClient, trainer: Person) -> None:
    draft = make_draft(trainer, files={**FILES, PATH: (QUIZ + "## \n" * 50_000).encode()}, slug="dai")
    began = time.monotonic()
    assert len(shown(device, draft)["parts"]) == 400
    assert time.monotonic() - began < 20


def test_strangers_and_other_items_have_no_questions(
    device: PageClient, new_client: Callable[[], PageClient], draft: CourseDraft
) -> None:
    lesson = f"/workshop/drafts/{draft.id}/items/{file_at(draft, '01-bai-mot.md').id}/questions"
    assert device.get(lesson, headers=JSON).status_code == 404
    stranger = new_client()
    sign_in(stranger, make_staff(Role.TRAINER, None, name="Người khác"), WayIn.STAFF)
    assert stranger.get(address(draft), headers=JSON).status_code == 404
    assert stranger.put(address(draft), json={"revision": 1, "parts": []}, headers=JSON).status_code == 404
    assert new_client().get(address(draft), headers=JSON).status_code == 401
