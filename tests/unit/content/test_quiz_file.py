"""Settings and pools of a quiz."""

import pytest

from app.content.compile.quiz import Quiz
from tests.courses.folders import QUESTION, QUIZ_HEAD, compile_here, quiz_faults, quiz_folder, read_sample


def quiz_of(folder) -> Quiz:
    quiz = compile_here(folder).items[1].quiz
    assert quiz is not None
    return quiz


def with_setting(line: str) -> str:
    name = line.partition(":")[0]
    kept = [old for old in QUIZ_HEAD.splitlines() if not old.startswith(f"{name}:")]
    return "\n".join([*kept[:-1], line, "---\n"])


def test_the_sample_holds_every_type_and_both_pools():
    quiz = quiz_of(read_sample())
    assert [(question.type, question.pool) for question in quiz.questions] == [
        ("single", "Chọn"),
        ("multiple", "Chọn"),
        ("true_false", "Khác"),
        ("text", "Khác"),
    ]
    assert (quiz.pass_mark, quiz.draw, quiz.feedback, quiz.shuffle, quiz.attempts) == (60, 3, "each", True, 0)


def test_a_quiz_survives_being_stored():
    quiz = quiz_of(read_sample())
    assert Quiz.from_json(quiz.to_json()) == quiz


def test_what_is_left_out_has_a_sensible_value():
    quiz = quiz_of(quiz_folder(QUESTION, with_setting("feedback:")))
    assert (quiz.draw, quiz.feedback, quiz.shuffle, quiz.attempts) == (0, "each", True, 0)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("pass: 101", "từ 0 đến 100"),
        ("pass: -1", "từ 0 đến 100"),
        ("pass: bảy mươi", "từ 0 đến 100"),
        ("pass:", "Dán dòng này vào: pass: 70"),
        ("draw: 2", "nhiều hơn số câu hỏi (1)"),
        ("draw: -1", "từ 0"),
        ("feedback: eahc", "Có phải là `each`?"),
        ("shuffle: maybe", "yes hoặc no"),
        ("attempts: [1]", "một dòng chữ"),
        ("passs: 70", "Có phải là `pass:`?"),
        ("sources: []", "Không có tên `sources:`"),
    ],
)
def test_a_quiz_that_nobody_could_take_as_meant_is_refused(setting, words):
    head = with_setting(setting)
    assert any(words in fault.reason for fault in quiz_faults(QUESTION, head))


def test_a_draw_as_large_as_the_quiz_is_all_of_it():
    assert quiz_of(quiz_folder(QUESTION, with_setting("draw: 1"))).draw == 1


def test_missing_feedback_is_only_a_warning():
    faults = quiz_faults(QUESTION, with_setting("feedback: each"))
    assert [fault.is_warning for fault in faults] == [True, True]
