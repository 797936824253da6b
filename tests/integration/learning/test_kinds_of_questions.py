"""Each kind of question over HTTP: answered right, wrong, and not at all."""

from collections.abc import Callable
from html import escape

import pytest

from app.devtools.right_answers import right_values
from app.progress.models import Answer, Attempt, HintUse
from tests.integration.learning.kinds import BEFORE, KINDS, Learner, count, form_of
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only
QUESTIONS = {
    "q-mot": "single",
    "q-nhieu": "multiple",
    "q-dung-sai": "true_false",
    "q-go": "text",
    "q-so": "number",
    "q-ghep": "matching",
    "q-thu-tu": "ordering",
    "q-dien": "gaps",
    "q-cham": "hotspot",
    "q-ke": "free",
}
GRADED = [key for key in QUESTIONS if key != "q-ke"]


@pytest.fixture
def quiz(learner: Learner) -> Learner:
    """Somebody who has just begun the quiz."""
    learner.start(KINDS)
    return learner


def shown(learner: Learner, question_key: str) -> str:
    return learner.client.get(learner.at(KINDS, learner.number_of(KINDS, question_key))).text


def test_the_sample_has_every_type_once(quiz: Learner) -> None:
    assert {question.key: question.type for question in quiz.questions(KINDS)} == QUESTIONS


@pytest.mark.parametrize("key", GRADED)
def test_a_right_answer_earns_all_points_and_says_so(quiz: Learner, key: str) -> None:
    assert quiz.answer(KINDS, key).status_code == 303
    stored = quiz.stored(KINDS, key)
    assert stored.score == stored.maximum > 0
    page = shown(quiz, key)
    assert "Đúng rồi." in page
    assert "Trả lời</button>" not in page


@pytest.mark.parametrize("key", GRADED)
def test_a_wrong_answer_says_so_and_shows_what_is_right(quiz: Learner, key: str) -> None:
    assert quiz.answer(KINDS, key, right=False).status_code == 303
    stored = quiz.stored(KINDS, key)
    assert stored.score < stored.maximum
    page = shown(quiz, key)
    assert "Chưa đúng." in page or "Đúng một phần." in page
    assert any(words in page for words in ("Đây là câu đúng", "Câu đúng là", "Đúng ra là", "Đúng là thứ"))


@pytest.mark.parametrize("key", QUESTIONS)
def test_an_empty_answer_is_asked_for_again_and_stores_nothing(quiz: Learner, key: str) -> None:
    refused = quiz.send(KINDS, key, [])
    assert refused.status_code == 422
    assert 'role="alert">Bác chọn hoặc viết một câu trả lời' in refused.text
    assert "Trả lời</button>" in refused.text
    assert count(Answer) == 0


@pytest.mark.parametrize(
    ("key", "values", "kept"),
    [
        ("q-so", ["một nghìn"], 'value="một nghìn"'),
        ("q-so", ["1,000"], 'value="1,000"'),
        ("q-dien", ["1=tên &<b>", "9=x"], 'value="tên &amp;&lt;b&gt;"'),
        ("q-nhieu", ["khong-co"], "không thuộc câu hỏi"),
    ],
)
def test_what_cannot_be_read_is_shown_again_with_the_reason(
    quiz: Learner, key: str, values: list[str], kept: str
) -> None:
    refused = quiz.send(KINDS, key, values)
    assert refused.status_code == 422
    assert 'id="answer-error" role="alert"' in refused.text
    assert kept in refused.text
    assert count(Answer) == 0


def test_steps_without_a_place_keep_the_places_that_were_chosen(quiz: Learner) -> None:
    question = quiz.questions(KINDS)[quiz.number_of(KINDS, "q-thu-tu") - 1]
    first, second, _ = [option.key for option in question.options]
    for values in ([f"{first}=2"], [f"{first}=2", f"{second}=2"], [f"{first}=2", f"{second}=2", "x"]):
        refused = quiz.send(KINDS, "q-thu-tu", [value for value in values if "=" in value])
        assert refused.status_code == 422
        assert "mỗi số một lần" in refused.text
        fields = refused.text.split(f'name="answer-{first}"')[1].split("</select>")[0]
        assert '<option value="2" selected>' in fields
    assert count(Answer) == 0


def test_pairs_left_open_are_kept_open_and_earn_nothing(quiz: Learner) -> None:
    question = quiz.questions(KINDS)[quiz.number_of(KINDS, "q-ghep") - 1]
    left, right = next(iter(question.details["matches"].items()))
    assert quiz.send(KINDS, "q-ghep", [f"{left}={right}"]).status_code == 303
    assert quiz.stored(KINDS, "q-ghep").score == 0.5
    page = shown(quiz, "q-ghep")
    assert "Đúng một phần." in page
    assert "Bác chưa chọn." in page


def test_an_expected_mistake_brings_its_own_words(quiz: Learner) -> None:
    quiz.send(KINDS, "q-go", ["114"])
    page = shown(quiz, "q-go")
    assert "114 là Cứu hỏa." in page
    assert "Câu đúng là: 113" in page
    assert "số của Công an là 113" in page


@pytest.mark.parametrize("key", QUESTIONS)
def test_nothing_of_the_answer_is_in_the_page_before_it_was_given(quiz: Learner, key: str) -> None:
    question = quiz.questions(KINDS)[quiz.number_of(KINDS, key) - 1]
    page = shown(quiz, key)
    secret = [option.feedback_html for option in question.options] + [question.explanation_html]
    if question.type in {"text", "number"}:
        secret += [f">{answer}<" for answer in question.accepted]
    assert not [html for html in secret if html and html in page]
    assert "Đây là câu đúng" not in page


def test_what_was_typed_is_shown_as_text(quiz: Learner) -> None:
    typed = '"><img src=x onerror=alert(1)>{{7*7}}'
    quiz.send(KINDS, "q-go", [typed])
    quiz.send(KINDS, "q-ke", [f"</textarea>{typed}"])
    for key in ("q-go", "q-ke"):
        page = shown(quiz, key)
        assert "<img src=x" not in page
        assert escape("<img src=x onerror=alert(1)>{{7*7}}") in page


def test_a_free_hint_is_shown_and_costs_nothing(quiz: Learner) -> None:
    page = shown(quiz, "q-nhieu")
    assert "nghĩ xem ai cần mã của bác" in page
    quiz.answer(KINDS, "q-nhieu")
    assert quiz.stored(KINDS, "q-nhieu").score == 1
    assert count(HintUse) == 0


def test_a_hint_that_costs_points_is_hidden_until_it_is_opened(quiz: Learner) -> None:
    assert "càng dài càng khó đoán" not in shown(quiz, "q-mot")
    assert "mất 50 phần trăm điểm câu này" in shown(quiz, "q-mot")
    hints = quiz.at(KINDS, quiz.number_of(KINDS, "q-mot")) + "/hints"
    assert quiz.client.get(hints).status_code == 405
    for _tap in range(2):
        assert quiz.client.post(hints).status_code == 303
    assert "càng dài càng khó đoán" in shown(quiz, "q-mot")
    assert count(HintUse) == 1
    quiz.answer(KINDS, "q-mot")
    assert quiz.stored(KINDS, "q-mot").score == 1
    assert "Đúng một phần." in shown(quiz, "q-mot")


def test_a_hint_is_opened_by_the_learner_alone(quiz: Learner, new_learner: Callable[[], Learner]) -> None:
    other = new_learner()
    other.start(KINDS)
    hints = quiz.at(KINDS, quiz.number_of(KINDS, "q-mot")) + "/hints"
    assert other.client.post(hints).status_code == 404
    assert quiz.client.post(quiz.at(KINDS, 99) + "/hints").status_code == 404
    assert quiz.client.post(quiz.at(KINDS, quiz.number_of(KINDS, "q-go")) + "/hints").status_code == 404
    assert count(HintUse) == 0


def test_answering_first_and_opening_the_hint_afterwards_changes_nothing(quiz: Learner) -> None:
    quiz.answer(KINDS, "q-mot")
    quiz.client.post(quiz.at(KINDS, quiz.number_of(KINDS, "q-mot")) + "/hints")
    quiz.answer(KINDS, "q-mot")
    assert quiz.stored(KINDS, "q-mot").score == 2


def test_the_result_names_each_question_and_what_waits(learner: Learner) -> None:
    learner.take(KINDS, but=("q-so", "q-ghep"))
    page = learner.client.get(learner.at(KINDS)).text
    assert "Bác đúng 7 trong 10 câu." in page
    assert "Câu 5: chưa đúng" in page
    assert "Câu 6: chưa đúng" in page
    assert "Câu 10: đang chờ chấm" in page
    assert "Tập lại câu chưa đúng" in page


def test_the_wrong_ones_are_tried_again_in_their_own_kind_and_nothing_is_kept(learner: Learner) -> None:
    learner.take(KINDS, right=False)
    before = (count(Answer), count(Attempt))
    for question in learner.questions(KINDS):
        number = learner.number_of(KINDS, question.key)
        practice = learner.at(KINDS, f"practice/{number}")
        if question.type == "free":
            assert learner.client.get(practice).status_code == 404
            continue
        assert "không tính điểm" in learner.client.get(practice).text
        empty = learner.client.post(practice, data={})
        assert (empty.status_code, "Bác chọn hoặc viết" in empty.text) == (422, True)
        tried = try_again(learner.client, practice, learner, question.key)
        assert "Đúng rồi." in tried
    assert (count(Answer), count(Attempt)) == before


def try_again(client: PageClient, practice: str, learner: Learner, key: str) -> str:
    question = learner.questions(KINDS)[learner.number_of(KINDS, key) - 1]
    return client.post(practice, data=form_of(question, right_values(question))).text


def test_a_right_answer_is_not_tried_again(learner: Learner) -> None:
    learner.take(KINDS, but=("q-go",))
    assert learner.client.get(learner.at(KINDS, "practice/1")).status_code == 404
    learner.start(BEFORE)
    assert learner.client.get(learner.at(BEFORE, "practice/1")).status_code == 404


@pytest.mark.parametrize("name", ["answer", "answer-", "answer-x", "answer-9", "answer-__proto__"])
def test_fields_that_no_form_has_are_refused_in_a_sentence(quiz: Learner, name: str) -> None:
    for number, kind in enumerate(QUESTIONS.values(), start=1):
        if name != "answer" and kind in {"text", "free"}:
            continue
        response = quiz.client.post(quiz.at(KINDS, number), data={name: ["x=y", "a" * 5000, "{{7*7}}"]})
        assert response.status_code == 422
        assert 'role="alert"' in response.text
    assert count(Answer) == 0
