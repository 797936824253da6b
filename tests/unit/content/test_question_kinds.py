"""Weights, typed text and numbers, pairs, steps, gaps, regions, hints and pools: what each means, what is refused."""

import pytest

from tests.courses.folders import (
    QUIZ_HEAD,
    SVG,
    compile_here,
    faults_in,
    only_question,
    quiz_faults,
    quiz_folder,
)

HEAD = "## Hỏi?\n<!-- key: q-hoi -->\n"
PICTURE = "![Một ô](anh/o.svg)\n"


def typed_head(kind: str) -> str:
    return f"## Hỏi?\n<!-- key: q-hoi; type: {kind} -->\n"


def weights(body: str) -> list[float]:
    return [round(option.weight, 4) for option in only_question(HEAD + body).options]


class TestWeights:
    @pytest.mark.parametrize(
        ("boxes", "kind", "found"),
        [
            (("x", " "), "single", [1, 0]),
            (("x", "50%", " "), "single", [1, 0.5, 0]),
            (("100%", "50%"), "single", [1, 0.5]),
            (("x", "-100%"), "single", [1, -1]),
            (("x", "x", " "), "multiple", [0.5, 0.5, -0.5]),
            (("x", "x", "x", " "), "multiple", [0.3333, 0.3333, 0.3333, -0.3333]),
            (("50%", "50%", "-100%"), "multiple", [0.5, 0.5, -1]),
            (("33,333%", "33.333%", "33,334 %", " "), "multiple", [0.3333, 0.3333, 0.3333, 0]),
            (("x", "x", "–50%"), "multiple", [1, 1, -0.5]),
        ],
    )
    def test_boxes_decide_type_and_weights(self, boxes, kind, found):
        body = "".join(f"- [{box}] phương án {number}\n" for number, box in enumerate(boxes))
        assert (only_question(HEAD + body).type, weights(body)) == (kind, found)

    def test_any_one_of_several_counts_where_the_author_says_single(self):
        question = only_question(typed_head("single") + "- [x] A\n- [x] B\n- [ ] C\n")
        assert (question.type, [option.weight for option in question.options]) == ("single", [1, 1, 0])

    def test_one_right_may_be_a_multiple(self):
        question = only_question(typed_head("multiple") + "- [x] A\n- [ ] B\n")
        assert (question.type, [option.weight for option in question.options]) == ("multiple", [1, -1])


class TestTyped:
    def test_answers_are_read_best_first_with_weight_and_feedback(self):
        question = only_question(f"{HEAD}- = 113\n- = [50%] một ba\n- = [0%] 114\n  > Cứu hỏa.\n- = [0%] *\n")
        answers = question.details["answers"]
        assert [(each["text"], each["weight"]) for each in answers] == [
            ("113", 1), ("một ba", 0.5), ("114", 0), ("*", 0),
        ]  # fmt: skip
        assert answers[2]["feedback_html"] == "<p>Cứu hỏa.</p>"
        assert question.accepted == ("113",)

    @pytest.mark.parametrize(
        ("written", "typed"), [("\\[x]", "[x]"), ("\\*", "*"), ("a \\_ b", "a _ b"), ("C:\\\\a", "C:\\a")]
    )
    def test_a_backslash_lets_a_letter_stand_for_itself(self, written, typed):
        assert only_question(f"{HEAD}- = {written}\n").details["answers"][0]["text"] == typed

    def test_exact_is_kept(self):
        assert only_question(f"{HEAD.replace(' -->', '; exact: có -->')}- = Ab1\n").details["exact"] is True

    @pytest.mark.parametrize(
        ("words", "low", "high"),
        [
            ("5 ± 0,5", 4.5, 5.5),
            ("5 +/- 0.5", 4.5, 5.5),
            ("5+-1", 4, 6),
            ("1..10", 1, 10),
            ("-3…-1", -3, -1),
            ("0,5 .. 1,5", 0.5, 1.5),
        ],
    )
    def test_tolerances_and_ranges_are_numbers(self, words, low, high):
        question = only_question(f"{HEAD}- = {words}\n")
        assert question.type == "number"
        answer = question.details["answers"][0]
        assert (answer["low"], answer["high"]) == (low, high)

    @pytest.mark.parametrize("body", ["- = 5\n", "- = 5 ± 1\n- = năm\n", "- = 113..\n"])
    def test_anything_else_is_text(self, body):
        assert only_question(HEAD + body).type == "text"

    def test_a_range_may_be_text_where_the_author_says_so(self):
        assert only_question(f"{typed_head('text')}- = 1..10\n").type == "text"


class TestPairsStepsGaps:
    def test_two_lefts_may_share_a_right(self):
        question = only_question(f"{HEAD}- Công an -> Gọi\n- Cứu hỏa -> Gọi\n- Zalo -> Nhắn\n")
        assert [side["text"] for side in question.details["rights"]] == ["Gọi", "Nhắn"]
        assert len(question.details["matches"]) == 3

    def test_steps_are_the_last_numbered_list(self):
        question = only_question(f"{HEAD}1. đọc\n2. kỹ\n\nRồi xếp:\n\n1. Mở\n2) Quét\n   mã\n")
        assert [option.text for option in question.options] == ["Mở", "Quét mã"]
        assert "<ol>" in question.rest_html

    def test_gaps_are_typed_or_chosen(self):
        question = only_question(
            f"{HEAD}Gọi (1) ____ rồi (2)___.\n"
            "- (1) = 113\n- (1) = [50%] 114\n- (2) [x] chờ\n- (2) [ ] đi\n- (2) [50%] ở\n"
        )
        first, second = question.details["gaps"]
        assert [answer["weight"] for answer in first["answers"]] == [1, 0.5]
        assert [choice["weight"] for choice in second["choices"]] == [1, 0, 0.5]

    def test_gaps_may_stand_in_the_heading(self):
        question = only_question("## Số (1) ____ là của Công an\n<!-- key: q-hoi -->\n- (1) = 113\n")
        assert [gap["number"] for gap in question.details["gaps"]] == [1]


class TestHotspot:
    def test_regions_are_percent_of_the_first_picture(self):
        folder = {
            **quiz_folder(f"{HEAD}{PICTURE}- [ ] A @ 10,5 80x20\n- [x] B @ 10.5;40 80 × 20,5\n"),
            "anh/o.svg": SVG,
        }
        quiz = compile_here(folder).items[1].quiz
        assert quiz is not None
        question = quiz.questions[0]
        assert list(question.details["regions"].values()) == [[10, 5, 80, 20], [10.5, 40, 80, 20.5]]
        assert question.details["picture"]["alt"] == "Một ô"
        assert "<img" not in question.rest_html

    @pytest.mark.parametrize(
        ("body", "line", "words"),
        [
            (f"{PICTURE}- [ ] A @ 10,5 80x20\n- [x] B\n", 5, "chưa có vùng"),
            (f"{PICTURE}- [ ] A @ 10,5 95x20\n- [x] B @ 0,50 10x10\n", 4, "ra ngoài hình"),
            (f"{PICTURE}- [ ] A @ 10,5 80x0\n- [x] B @ 0,50 10x10\n", 4, "ra ngoài hình"),
            (f"{PICTURE}- [ ] A @ 0,0 50x50\n- [x] B @ 49,49 50x50\n", 5, "chồm lên"),
            (f"{PICTURE}- [x] A @ 0,0 50x50\n", 4, "ít nhất hai vùng"),
            (f"{PICTURE}- [ ] A @ 0,0 50x50\n- [ ] B @ 50,0 50x50\n", 4, "trong đó có vùng đúng"),
            ("- [ ] A @ 0,0 50x50\n- [x] B @ 50,0 50x50\n", 1, "cần một hình"),
        ],
    )
    def test_regions_that_nobody_could_touch_are_refused(self, body, line, words):
        shift = QUIZ_HEAD.count("\n")
        folder = {**quiz_folder(HEAD + body), "anh/o.svg": SVG}
        faults = [(fault.line - shift, fault.reason) for fault in faults_in(folder) if not fault.is_warning]
        assert any(found == line and words in reason for found, reason in faults), faults

    def test_an_at_sign_that_is_no_region_warns(self):
        faults = quiz_faults(f"{HEAD}- [x] Mở @ 10 giờ\n- [ ] Đóng\n")
        assert [(fault.line, fault.is_warning) for fault in faults] == [(3, True)]


PAIRS = "- A -> 1\n- B -> 2\n"
STEPS = "1. A\n2. B\n"


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (HEAD + "- [50%] A\n- [ ] B\n", 3, "chỉ được 50 phần trăm"),
        (HEAD + "- [50%] A\n- [40%] B\n", 3, "chỉ được 90 phần trăm"),
        (HEAD + "- [120%] A\n- [x] B\n", 3, "từ -100% đến 100%"),
        (typed_head("number") + "- [x] A\n- [ ] B\n", 1, "không hợp với các phương án"),
        (typed_head("true-false") + "- [x] A\n- [ ] B\n", 1, "không hợp"),
        (typed_head("choice") + "- [x] A\n- [ ] B\n", 2, "Không có `type: choice`"),
        (HEAD.replace(" -->", "; shuffle: maybe -->") + "- [x] A\n- [ ] B\n", 2, "yes hoặc no"),
        (HEAD.replace(" -->", "; hint-cost: 101 -->") + "- [x] A\n- [ ] B\n", 2, "từ 0 đến 100"),
        (HEAD.replace(" -->", "; points: 101 -->") + "- [x] A\n- [ ] B\n", 2, "từ 1 đến 100"),
        (HEAD.replace(" -->", "; skill: tt02:4.3 -->") + "- [x] A\n- [ ] B\n", 2, "Không có kỹ năng `tt02:4.3`"),
        (HEAD + "- = [50%] A\n", 3, "chỉ được 50 phần trăm"),
        (HEAD + "- = A\n- = *\n", 4, "không thể được điểm"),
        (HEAD + "- = [0%]\n- = A\n", 3, "chưa có câu trả lời"),
        (typed_head("number") + "- = năm\n", 3, "không phải là số"),
        (HEAD + "- = 10..1\n", 3, "từ nhỏ đến lớn"),
        (HEAD + "- = 1..10\n- = *\n", 4, "không thể được điểm"),
        (HEAD + "- A -> 1\n- -> 2\n", 3, "ít nhất hai cặp"),
        (HEAD + "- A -> 1\n- B -> 1\n", 3, "ai cũng ghép đúng"),
        (HEAD + PAIRS + "- A -> 3\n", 5, "Bên trái giống dòng 11"),
        (HEAD + PAIRS + "- -> 2\n", 5, "lại hợp với một dòng khác"),
        (HEAD + PAIRS + "- C ->\n", 5, "chưa có chữ"),
        (HEAD + "- A -> 1\n  > vì\n- B -> 2\n", 4, "không có lời riêng"),
        (HEAD + "".join(f"{n}. việc {n}\n" for n in range(1, 14)), 3, "từ 2 đến 12"),
        (HEAD + "1. A\n2. A\n", 4, "giống hệt phương án ở dòng 11"),
        (HEAD + "1. A\n   > vì\n2. B\n", 4, "không có lời riêng"),
        (HEAD + STEPS + "\nChữ sau.\n", 3, "chưa có phương án"),
        (HEAD + "- ____\n- ____\n", 4, "chỉ có một dòng"),
        (HEAD + "- ____\n  > vì\n", 4, "không có lời riêng"),
        (HEAD + "- (1) = A\n", 3, "không có chỗ trống (1)"),
        (HEAD + "(1) ____ (3) ____\n- (1) = A\n- (3) = B\n", 1, "đánh số 1, 2, 3"),
        (HEAD + "(1) ____ (2) ____\n- (1) = A\n", 1, "Chỗ trống (2) chưa có câu trả lời"),
        (HEAD + " ".join(f"({n}) ____" for n in range(1, 22)) + "\n- (1) = A\n", 1, "quá 20 chỗ trống"),
        (HEAD + "(1) ____\n- (1) = A\n- (1) [ ] B\n", 5, "không cả hai"),
        (HEAD + "(1) ____\n- (1) [x] A\n- (1) [x] B\n", 4, "chưa có phương án sai"),
        (HEAD + "(1) ____\n- (1) [ ] A\n- (1) [ ] B\n", 4, "chỉ được 0 phần trăm"),
        (HEAD + "(1) ____\n- (1) = A\n- (1) = A\n", 5, "giống hệt"),
        (HEAD + "(1) ____\n- (1) = A\n- (1) = *\n", 5, "không thể được điểm"),
        (HEAD + "(1) ____\n- (1) = A\n- [x] B\n", 5, "một kiểu trả lời"),
        (HEAD + "- ____\n- = A\n", 4, "một kiểu trả lời"),
        (HEAD + "- [x] A [mã](#otp)\n- [ ] B\n", 3, "Từ #otp chưa được giải nghĩa"),
        (HEAD + "{{app-cua-tinh}}\n- [x] A\n- [ ] B\n", 3, "chỉ dùng được trong phần chữ"),
    ],
)
def test_every_fault_of_a_kind_has_its_line(body, line, words):
    faults = [fault for fault in quiz_faults(body) if not fault.is_warning]
    assert any(fault.line == line and words in fault.reason for fault in faults), faults


def test_hints_come_in_turn_and_the_explanation_once():
    question = only_question(
        f"{HEAD.replace(' -->', '; hint-cost: 25%; shuffle: không -->')}- [x] A\n- [ ] B\n\n"
        "> Gợi ý: một\n\n> **Gợi ý**: hai\n\n> Giải thích: ba\n"
    )
    assert question.hints == ("<p>một</p>", "<p>hai</p>")
    assert (question.hint_cost, question.shuffles, question.explanation_html) == (25, False, "<p>ba</p>")


def test_a_bare_blank_of_another_kind_shows_as_one():
    assert "____" in only_question(f"{HEAD}Số ________ là của Công an.\n- = 113\n").rest_html


def test_a_choice_worth_part_of_the_points_is_not_the_right_one():
    question = only_question("## Hỏi?\n<!-- key: q-hoi -->\n- [ ] Sai\n- [50%] Gần đúng\n- [x] Đúng nhất\n")
    assert [(option.weight, option.is_right) for option in question.options] == [(0, False), (0.5, False), (1, True)]
