import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.interchange import pasted
from app.content.interchange.report import FileUnreadable, RefusedQuestion, TakenQuestion


def read(text):
    return pasted.read(text.encode()).entries


def right(entry):
    assert isinstance(entry, TakenQuestion), entry
    return [option.words for option in entry.question.options if option.is_ticked]


@pytest.mark.parametrize(
    "start", ["Câu 1. ", "Câu 1: ", "CÂU 1) ", "Câu hỏi 1. ", "Bài 1: ", "1. ", "1) ", "**Câu 1.** ", ""]
)
def test_a_question_begins_in_many_ways(start):
    (entry,) = read(f"{start}Hỏi gì?\nA. một\nB. hai\nĐáp án: B\n")
    assert (entry.line, entry.question.title, right(entry)) == (1, "Hỏi gì?", ["hai"])


@pytest.mark.parametrize(
    ("wrong", "good"),
    [
        ("A. một", "B. hai ✓"),
        ("A. một", "B. hai ✔️"),
        ("A. một", "✓ B. hai"),
        ("A) một", "*B) hai"),
        ("a) một", "b) hai*"),
        ("A. một", "B. hai (x)"),
        ("A. [ ] một", "B. [x] hai"),
        ("[ ] A. một", "[x] B. hai"),
        ("A. một", "x B. hai"),
        ("A. một", "**B. hai**"),
        ("A. một", "B. **hai**"),
        ("A. một", "B. hai (đúng)"),
        ("- một", "- hai (đúng)"),
        ("- [ ] một", "- [x] hai"),
        ("• một", "• ✓ hai"),
        ("- một", "- **hai**"),
        ("+ một", "+ hai [x]"),
    ],
)
def test_a_mark_says_what_is_right(wrong, good):
    (entry,) = read(f"Câu 1. Hỏi?\n{wrong}\n{good}\n")
    assert [(o.words, o.is_ticked) for o in entry.question.options] == [
        (wrong.split()[-1], False),
        ("hai", True),
    ]
    assert entry.changes == ()


def test_several_answers_below_a_question_make_multiple():
    (entry,) = read("Câu 1. Hỏi?\nA. một\nB. hai\nC. ba\nĐáp án: A, C")
    assert (entry.question.type, right(entry)) == ("multiple", ["một", "ba"])
    assert len(entry.changes) == 1


@pytest.mark.parametrize(
    "table", ["Đáp án: 1-B 2-A", "ĐÁP ÁN\n1.B, 2.A", "Bảng đáp án:\n1-B\n2-A", "1B 2A", "Đáp án\nCâu 1: B; Câu 2: A"]
)
def test_a_table_at_the_end_says_what_is_right(table):
    first, second = read(f"Câu 1. Hỏi?\nA. một\nB. hai\nCâu 2. Nữa?\nA. ba\nB. bốn\n\n{table}\n")
    assert (right(first), right(second)) == (["hai"], ["ba"])


def test_a_table_for_two_questions_of_one_number_is_refused():
    text = "Câu 1. Hỏi?\nA. một\nB. hai\nCâu 1. Nữa?\nA. ba\nB. bốn\n\nĐáp án: 1-B 2-A\n"
    assert all("câu số 1" in entry.reason for entry in read(text))


def test_an_explanation_stays_with_its_question():
    first, second = read("Câu 1. Hỏi?\nA. một\nB. hai ✓\nGiải thích: vì\nthế\n\nCâu 2. Nữa?\nA. ba ✓\nB. bốn\n")
    assert first.question.explanation == "vì  \nthế"
    assert second.question.title == "Nữa?"


def test_options_on_one_line_are_taken_apart_and_that_is_said():
    (entry,) = read("Câu 1. Hỏi?\nA. một   B. hai\tC. ba\nĐáp án: C")
    assert right(entry) == ["ba"]
    assert "cùng một dòng" in entry.changes[0]


def test_lines_before_the_options_are_the_stem():
    (entry,) = read("Câu 1. Hỏi *gì*?\n1. một\n- hai\nA. x ✓\nB. y")
    assert entry.question.title == r"Hỏi \*gì\*?"
    assert entry.question.stem == "1\\. một  \n\\- hai"


def test_a_question_without_a_right_answer_is_refused_and_the_next_taken():
    first, second = read("Câu 1. Hỏi?\nA. một\nB. hai\nCâu 2. Nữa?\nA. ba ✓\nB. bốn\n")
    assert isinstance(first, RefusedQuestion)
    assert (first.line, first.label) == (1, "Hỏi?")
    assert "Đáp án: B" in first.reason
    assert right(second) == ["ba"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Câu 1. Hỏi?\nA. một ✓", "hai phương án"),
        ("Câu 1. Hỏi?\nA. một\nB. hai\nĐáp án: D", "D"),
        ("Câu 1. Hỏi?\nA. một ✓\nB. hai\nĐáp án: B", "một cách"),
        ("Câu 1. Hỏi?\nA. một ✓\nB. hai ✓", "Tất cả"),
    ],
)
def test_what_contradicts_itself_is_refused(text, word):
    (entry,) = read(text)
    assert word in entry.reason


def test_a_heading_is_said_to_be_left_out():
    heading, question = read("KIỂM TRA 15 PHÚT\n\nCâu 1. Hỏi?\nA. một ✓\nB. hai")
    assert isinstance(heading, RefusedQuestion) and heading.label == "KIỂM TRA 15 PHÚT"
    assert right(question) == ["một"]


@pytest.mark.parametrize("content", [b"", b"\x00", "chỉ là chữ".encode()])
def test_what_holds_no_question_is_said_to_hold_none(content):
    with pytest.raises(FileUnreadable):
        pasted.read(content)


PIECES = st.sampled_from(
    [
        "Câu 1. ",
        "2) ",
        "A. ",
        "B) ",
        "- ",
        "**",
        "*",
        "✓",
        "[x]",
        "(đúng)",
        "Đáp án: ",
        "1-B 2-C",
        "Giải thích: ",
        "\n",
        "\n\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_any_text_is_read_or_said_to_be_unreadable(text):
    try:
        entries = pasted.read(text.encode("utf-8", "surrogatepass")).entries
    except FileUnreadable:
        return
    assert all(entry.line >= 1 for entry in entries)


@pytest.mark.parametrize("piece", ["Câu 1. a\nA. b\nB. c ✓\n", "A. ", "**", "1-B ", "- ", "*", "  B. ", " ", "\\*\\*a"])
def test_time_grows_with_the_length_of_the_text(piece):
    try:
        pasted.read(("A. **" + piece * (100_000 // len(piece)) + "z\n").encode())
    except FileUnreadable as unreadable:
        told = unreadable.reason
        assert told
