import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.interchange import aiken
from app.content.interchange.report import FileUnreadable, RefusedQuestion
from tests.unit.content.interchange.judge.remake import FILES


def read(text):
    return aiken.read(text.encode()).entries


def test_a_file_of_others_is_read_whole():
    questions = aiken.read((FILES / "first_questions.aiken.txt").read_bytes()).questions
    assert questions[0].title == "17090 - Is this the first question?"
    assert [[o.words for o in q.options if o.is_ticked] for q in questions] == [["YES!"], ["yes"], ["Storm Trooper!"]]
    assert {q.type for q in questions} == {"single"}


@pytest.mark.parametrize("mark", [".", ")"])
def test_options_have_a_point_or_a_bracket(mark):
    (entry,) = read(f"Hỏi?\nA{mark} một\nB{mark} hai\nANSWER: B\n")
    assert [(o.words, o.is_ticked) for o in entry.question.options] == [("một", False), ("hai", True)]
    assert (entry.question.key, entry.changes) == ("q-hoi", ())


def test_a_vietnamese_answer_line_and_blank_lines_are_understood():
    first, second = read("\n\nHỏi?\n\nthêm *một* dòng\n\nA. một\n\n\nB. hai\n\nĐáp án: b\nHai?\nA) x\nB) y\nANSWER: A")
    assert (first.line, first.question.title, first.question.stem) == (3, "Hỏi?", r"thêm \*một\* dòng")
    assert first.question.options[1].is_ticked
    assert "ANSWER" in first.changes[0]
    assert (second.line, second.question.title) == (13, "Hai?")


def test_a_missing_answer_is_refused_by_line_and_the_next_question_taken():
    first, second = read("Hỏi?\nA. một\nB. hai\n\nHai?\nA. x\nB. y\nANSWER: A\n")
    assert isinstance(first, RefusedQuestion)
    assert (first.line, first.label) == (1, "Hỏi?")
    assert "ANSWER: B" in first.reason
    assert second.question.title == "Hai?"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Hỏi?\nA. một\nANSWER: A", "hai phương án"),
        ("Hỏi?\nA. một\nB. hai\nANSWER: C", "A, B"),
        ("Hỏi?\nA. một\nB. hai\nANSWER: cả hai", "cả hai"),
        ("Hỏi?\nANSWER: A", "hai phương án"),
    ],
)
def test_what_makes_no_question_is_refused_with_advice(text, word):
    (entry,) = read(text)
    assert isinstance(entry, RefusedQuestion)
    assert word in entry.reason


def test_several_answers_make_multiple_and_that_is_said():
    (entry,) = read("Hỏi?\nA. một\nB. hai\nC. ba\nANSWER: A, C")
    assert entry.question.type == "multiple"
    assert len(entry.changes) == 1


def test_true_and_false_are_known():
    (entry,) = read("Hỏi?\nA. Đúng\nB. Sai\nANSWER: A")
    assert entry.question.type == "true_false"


@pytest.mark.parametrize("content", [b"", b"\x00", "chỉ là chữ".encode()])
def test_what_is_no_aiken_is_said_to_be_none(content):
    with pytest.raises(FileUnreadable):
        aiken.read(content)


PIECES = st.sampled_from(["A. a\n", "B) b\n", "ANSWER: A\n", "Đáp án: B\n", "\n", "chữ\n", "A.", ":", "\r\n"])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)
    | st.binary(max_size=99).map(lambda b: b.decode("latin-1"))
)
def test_any_text_is_read_or_said_to_be_unreadable(text):
    try:
        entries = aiken.read(text.encode("utf-8", "surrogatepass")).entries
    except FileUnreadable:
        return
    assert all(entry.line >= 1 for entry in entries)
