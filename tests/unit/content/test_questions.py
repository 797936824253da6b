"""Questions as people write them, and every way of writing them wrong."""

import pytest

from app.content.compile.questions.choice import option_key
from tests.courses.folders import QUESTION, only_question, quiz_faults

HEAD = "## Hỏi?\n<!-- key: q-hoi -->\n"


class TestTicks:
    @pytest.mark.parametrize("tick", ["x", "X", "✓", "✔", "✔️", "×", "х", "v", " x ", "☑", "x\u200d"])
    def test_whatever_a_keyboard_or_word_gives_counts_as_tick(self, tick):
        question = only_question(f"{HEAD}- [ ] Sai\n- [{tick}] Phải\n")
        assert [option.is_right for option in question.options] == [False, True]

    @pytest.mark.parametrize("box", ["[]", "[ ]", "[  ]", "\\[ \\]", "\\[\\]", "[\u00a0]", "[\u200b]"])
    def test_an_empty_box_is_a_wrong_option(self, box):
        question = only_question(f"{HEAD}- {box} Sai\n- \\[x\\] Phải\n")
        assert [option.is_right for option in question.options] == [False, True]

    @pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "–", "—", "·", "1.", "2)", "●", "-\u00a0"])
    def test_every_bullet_will_do(self, bullet):
        question = only_question(f"{HEAD}{bullet} [ ] Sai\n{bullet} [x] Phải\n")
        assert [option.text for option in question.options] == ["Sai", "Phải"]

    @pytest.mark.parametrize("inside", ["?", "a", "✗", "đúng"])
    def test_other_things_in_the_box_are_refused(self, inside):
        faults = quiz_faults(f"{HEAD}- [ ] Sai\n- [{inside}] Phải\n- [x] Kia\n")
        assert [(fault.line, "ô chỉ để trống" in fault.reason) for fault in faults] == [(4, True)]

    def test_a_link_is_no_tick_box(self):
        faults = quiz_faults(f"{HEAD}- [x](https://example.vn)\n- [x] Phải\n- [ ] Sai\n")
        assert faults == []
        question = only_question(f"{HEAD}- [x](https://example.vn)\n\n- [x] Phải\n- [ ] Sai\n")
        assert 'href="https://example.vn"' in question.rest_html
        assert len(question.options) == 2


class TestTypes:
    def test_one_tick_is_single(self):
        assert only_question(QUESTION).type == "single"

    def test_more_ticks_are_multiple(self):
        assert only_question(f"{HEAD}- [x] A\n- [x] B\n- [ ] C\n").type == "multiple"

    @pytest.mark.parametrize("words", [("Đúng", "Sai"), ("sai.", "ĐÚNG!"), ("**Đúng**", "Sai")])
    def test_exactly_dung_and_sai_is_true_false(self, words):
        assert only_question(f"{HEAD}- [x] {words[0]}\n- [ ] {words[1]}\n").type == "true_false"

    def test_dung_with_other_words_is_single(self):
        assert only_question(f"{HEAD}- [x] Đúng rồi\n- [ ] Sai\n").type == "single"

    def test_typed_answers_are_text(self):
        question = only_question(f"{HEAD}- = 113\n•  =  một một ba\n- = 0113\n")
        assert question.type == "text"
        assert question.accepted == ("113", "một một ba", "0113")


class TestStem:
    def test_numbered_steps_may_stand_before_the_ticks(self):
        question = only_question(f"{HEAD}1. Mở máy\n2. Bấm\n- [ ] Sai\n- [x] Phải\n")
        assert "<ol>" in question.rest_html
        assert len(question.options) == 2

    @pytest.mark.parametrize("fence", ["```", "~~~", "````"])
    def test_code_may_hold_what_looks_like_questions(self, fence):
        question = only_question(f"{HEAD}{fence}\n## Không phải\n- [x] không\n- = 1\n{fence}\n- [ ] Sai\n- [x] Phải\n")
        assert "## Không phải\n- [x] không" in question.rest_html
        assert len(question.options) == 2

    def test_a_comment_as_question_text_survives(self):
        question = only_question(
            "## `<!-- -->` để làm gì?\n<!-- key: q-hoi -->\n<!-- giữ lại -->\n- [ ] Sai\n- [x] Phải\n"
        )
        assert question.stem_text == "<!-- --> để làm gì?"
        assert "&lt;!-- giữ lại --&gt;" in question.rest_html

    def test_an_option_that_begins_like_a_list_stays_a_line(self):
        question = only_question(f"{HEAD}- [ ] 1. Tháng một\n- [x] > 18 tuổi\n- [ ] # gì\n- [ ] + 84\n")
        assert [option.html for option in question.options] == ["1. Tháng một", "&gt; 18 tuổi", "# gì", "+ 84"]

    def test_heading_and_rest_make_the_whole_stem(self):
        question = only_question(f"{HEAD}Thêm chữ.\n- [ ] Sai\n- [x] Phải\n")
        assert question.stem_html == "<p>Hỏi?</p><p>Thêm chữ.</p>"

    def test_closing_hashes_belong_to_no_question(self):
        assert only_question("## Hỏi? ##\n<!-- key: q-hoi -->\n- [ ] Sai\n- [x] Phải\n").stem_text == "Hỏi?"


class TestFeedback:
    @pytest.mark.parametrize(
        "feedback",
        ["  > Vì thế.", "    > Vì thế.", "\t> Vì thế.", "\n\t> Vì thế.", "\n  > Vì thế.", "> Vì thế.", "  >Vì thế."],
        ids=["two", "four", "tab", "tab-after-blank", "two-after-blank", "flush", "no-space"],
    )
    def test_a_quote_under_an_option_is_its_feedback(self, feedback):
        question = only_question(f"{HEAD}- [ ] Sai\n{feedback}\n- [x] Phải\n")
        assert [option.feedback_html for option in question.options] == ["<p>Vì thế.</p>", ""]

    def test_feedback_may_take_several_lines(self):
        question = only_question(f"{HEAD}- [ ] Sai\n  > Một.\n  > Hai.\n    ba.\n- [x] Phải\n")
        assert question.options[0].feedback_html == "<p>Một.\nHai.\nba.</p>"

    def test_an_option_may_take_several_lines(self):
        question = only_question(f"{HEAD}- [ ] Sai\n  rành rành\n- [x] Phải\n")
        assert question.options[0].text == "Sai rành rành"

    def test_explanation_and_hint_stand_apart(self):
        question = only_question(f"{QUESTION}\n> Gợi ý: nhìn kỹ.\n\n> **Giải thích:** một.\n> hai.\n")
        assert question.hint_html == "<p>nhìn kỹ.</p>"
        assert question.explanation_html == "<p>một.\nhai.</p>"


class TestMeta:
    def test_points_and_skill_are_read(self):
        question = only_question("## Hỏi?\n\n<!-- key: q-hoi; points: 2; skill: tt02:4.1 -->\n- [ ] Sai\n- [x] Phải\n")
        assert (question.key, question.points, question.skill) == ("q-hoi", 2, "tt02:4.1")

    def test_hyphens_that_word_made_a_dash_are_understood(self):
        assert only_question("## Hỏi?\n<!– key: q-hoi –>\n- [ ] Sai\n- [x] Phải\n").key == "q-hoi"

    def test_a_missing_key_prints_the_line_to_paste(self):
        faults = quiz_faults("## Số lạ gọi đến thì sao?\n<!-- points: 2 -->\n- [ ] Sai\n- [x] Phải\n")
        assert [fault.line for fault in faults] == [1]
        assert faults[0].reason.endswith("<!-- key: q-so-la-goi-den; points: 2 -->")

    @pytest.mark.parametrize(
        ("meta", "words"),
        [
            ("kye: q-hoi", "Có phải là `key`?"),
            ("id: q-hoi", "Có phải là `key`?"),
            ("key: q-hoi; points: 0", "từ 1 đến 100"),
            ("key: q-hoi; points: hai", "từ 1 đến 100"),
            ("key: Câu Hỏi", "chữ a-z không dấu"),
            ("key: q-hoi; key: q-kia", "hai lần"),
            ("key: q-hoi; mau: xanh", "Dùng được: key, points, skill"),
        ],
    )
    def test_a_wrong_comment_says_what_is_right(self, meta, words):
        faults = quiz_faults(f"## Hỏi?\n<!-- {meta} -->\n- [ ] Sai\n- [x] Phải\n")
        assert any(words in fault.reason for fault in faults)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (f"{QUESTION}\n{QUESTION}", 6, "Khóa `q-hoi` đã dùng cho câu hỏi ở dòng 9"),
        (f"{HEAD}- [ ] A\n- [ ] B\n", 3, "Chưa có phương án đúng nào"),
        (f"{HEAD}- [x] A\n", 3, "ít nhất hai phương án"),
        (f"{HEAD}- [x] A\n- [ ] A\n", 4, "giống hệt phương án ở dòng 11"),
        (f"{HEAD}- [x] A\n- [ ]\n", 4, "chưa có chữ"),
        ("- [ ] A\n- [x] B\n", 1, "ngoài câu hỏi"),
        ("##Hỏi?\n- [ ] A\n- [x] B\n", 1, "Thiếu dấu cách sau ##"),
        ("Hỏi?\n----\n- [ ] A\n- [x] B\n", 2, "Gạch dưới chữ"),
        (f"{QUESTION}##Hỏi nữa?\n- [ ] A\n- [x] B\n", 5, "Thiếu dấu cách sau ##"),
        ("Chào bà con.\n\n" + QUESTION, 1, "không thuộc câu hỏi nào"),
        ("# Nhóm: A\n- [x] B\n" + QUESTION, 2, "ngoài câu hỏi"),
        (f"{QUESTION}Chữ rời.\n", 5, "chữ rời sau phương án"),
        (f"{QUESTION}\nChữ rời.\n", 6, "chữ rời sau phương án"),
        (f"{QUESTION}\n> Không rõ của ai.\n", 6, "Không rõ lời này"),
        (f"{QUESTION}\n> Giải thích: a\n\n> Giải thích: b\n", 8, "hai lần"),
        (f"{QUESTION}\n> Giải thích: a\n\n- [ ] C\n", 8, "sau phần Giải thích"),
        (f"{HEAD}- [ ] A\n  - vì sao\n- [x] B\n", 4, "thiếu ô chọn"),
        (f"{HEAD}- [ ] A\n- vì sao\n- [x] B\n", 4, "thiếu ô chọn"),
        (f"{HEAD}- [ ] A\n    - [x] B\n", 4, "thụt vào quá sâu"),
        (f"{HEAD}- [ ] A\n- = B\n- [x] C\n", 4, "một kiểu trả lời"),
        (f"{HEAD}- [ ] A\n- [x] B\n```\nmã\n```\n", 5, "Khối mã"),
        (f"{HEAD}- [ ] A\n\n  thêm\n- [x] B\n", 5, "chữ rời"),
        (f"{HEAD}Chỉ có chữ.\n", 1, "chưa có phương án"),
        (f"{HEAD}- một\n- hai\n", 3, "chưa có phương án"),
        (f"{HEAD}1. một\n", 3, "chưa có phương án"),
        (f"{HEAD}A. [ ] một\nB. [x] hai\n", 3, "chưa có phương án"),
        (f"{HEAD}- =\n", 3, "chưa có câu trả lời"),
        (f"{HEAD}- = {'a' * 101}\n", 3, "dài quá"),
        ("##\n<!-- key: q-hoi -->\n- [ ] A\n- [x] B\n", 1, "chưa có câu hỏi"),
        (f"{HEAD}```\n- [ ] A\n- [x] B\n", 3, "không đóng"),
        ("", 1, "chưa có câu hỏi nào"),
        (f"{HEAD}![](anh/a.svg)\n- [ ] A\n- [x] B\n", 3, "thiếu lời tả"),
        (f"{HEAD}- [ ] A ![tả](anh/thieu.svg)\n- [x] B\n", 3, "Không có hình anh/thieu.svg"),
        (f"{HEAD}- [ ] A [trang](http://a.vn)\n- [x] B\n", 3, "không dùng được"),
    ],
)
def test_every_fault_has_its_line_and_a_plain_reason(body, line, words):
    faults = [fault for fault in quiz_faults(body) if not fault.is_warning]
    assert any(fault.line == line and words in fault.reason for fault in faults), faults


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"{HEAD}- [x] gehaltszahlung\n- [ ] GehaltsZahlung\n", "chữ hoa chữ thường"),
        (f"{HEAD}<b>đậm</b>\n- [x] A\n- [ ] B\n", "Thẻ HTML"),
    ],
)
def test_what_is_only_doubtful_warns_and_stops_nothing(body, words):
    faults = quiz_faults(body)
    assert [fault.is_warning for fault in faults] == [True]
    assert words in faults[0].reason


def test_a_run_of_loose_text_is_said_once():
    assert len(quiz_faults(f"{QUESTION}một\nhai\nba\n")) == 1


def test_an_options_key_depends_on_its_words_alone():
    first = only_question(f"{HEAD}- [ ] Sai\n- [x] Phải  rồi\n").options
    second = only_question(f"{HEAD}- [x] Phải rồi\n  > thêm\n- [ ] Sai\n").options
    assert {option.key for option in first} == {option.key for option in second}
    assert first[0].key == option_key("Sai")
    assert len(first[0].key) == 8
