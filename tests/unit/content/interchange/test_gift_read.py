import pytest
from hypothesis import HealthCheck, settings

from app.content.interchange import gift
from app.content.interchange.report import RefusedQuestion
from app.content.quiz_source.model import SourceOption
from tests.unit.content.interchange.gift_entries import entries, options, question, refused, taken

WITHIN_REASON = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_one_right_answer_among_others_is_single():
    found = taken("::Q1::Hỏi gì?{~sai#vì sao =đúng#tốt ~cũng sai}")
    assert found.question.type == "single"
    assert (found.question.title, found.question.name, found.question.key) == ("Hỏi gì?", "Q1", "q-hoi-gi")
    assert found.question.options == (
        SourceOption("sai", False, feedback="vì sao"),
        SourceOption("đúng", True, feedback="tốt"),
        SourceOption("cũng sai", False),
    )
    assert found.changes == ()


def test_several_right_answers_with_wrong_ones_stay_single_and_any_counts():
    assert question("A?{=a =b ~c}").type == "single"
    assert options("A?{=a =b ~c}") == [("a", True, None, ""), ("b", True, None, ""), ("c", False, None, "")]


def test_a_part_of_the_points_is_a_share():
    assert options("A?{=a ~%50%b ~%-25%c ~%33.33333%d}")[1:] == [
        ("b", True, 0.5, ""),
        ("c", False, -0.25, ""),
        ("d", True, 0.3333333, ""),
    ]


def test_only_percentages_make_multiple():
    found = question("A?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~d ~%-50%e}")
    assert found.type == "multiple"
    assert [o.weight for o in found.options] == [0.3333333, 0.3333333, 0.3333333, 0.0, -0.5]


def test_equal_parts_for_and_against_are_ticks():
    assert options("A?{~%50%a ~%50%b ~%-50%c}") == [
        ("a", True, None, ""),
        ("b", True, None, ""),
        ("c", False, None, ""),
    ]


def test_thirds_of_thirty_three_are_mended_and_said():
    found = taken("A?{~%33%a ~%33%b ~%33%c ~d}")
    assert [o.weight for o in found.question.options] == [0.3333333, 0.3333333, 0.3333333, 0.0]
    assert "100 %" in found.changes[0]


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ("~%50%a ~%25%b", "75"),
        ("~a ~b", "đúng"),
        ("=%50%a ~b", "100 %"),
        ("~%150%a =b", "quá lớn"),
        ("=a -> b =c", "->"),
        ("=a -> b", "hai cặp"),
        ("#năm", "không phải số"),
        ("#1,000", "không phải số"),
        ("#=%50%5", "100 %"),
        ("=%50%a", "100 %"),
        ("~a", "hai phương án"),
        (">3 ALL VERTICAL ABSOLUTE_POSITION SHOW none\na", "hai bước"),
        ("=", "chưa có câu trả lời"),
        ("#", "chưa có câu trả lời"),
    ],
)
def test_answers_that_cannot_be_taken_are_refused_with_advice(answers, word):
    found = refused("\n\nHỏi gì?{" + answers + "}")
    assert found.line == 3
    assert found.label.startswith("Hỏi gì?")
    assert word in found.reason


@pytest.mark.parametrize(("word", "is_true"), [("T", True), ("TRUE", True), ("F", False), ("FALSE", False)])
def test_true_and_false_have_their_feedback_where_it_belongs(word, is_true):
    found = question(f"A.{{{word}#chọn nhầm#chọn đúng####vì}}")
    assert found.type == "true_false"
    right, wrong = found.options if is_true else reversed(found.options)
    assert [o.words for o in found.options] == ["Đúng", "Sai"]
    assert (right.is_ticked, right.feedback, wrong.is_ticked, wrong.feedback) == (True, "chọn đúng", False, "chọn nhầm")
    assert found.explanation == "vì"


def test_true_written_otherwise_is_understood_and_said():
    found = taken("A.{Sai}")
    assert found.question.type == "true_false"
    assert found.question.options[1].is_ticked
    assert "{Sai}" in found.changes[0]


def test_only_right_answers_are_typed():
    found = question("Số?{=113 =%50%115#gần đúng =%0%114#đó là cứu hỏa =%0%*#sai}")
    assert found.type == "text"
    assert [(o.words, o.is_ticked, o.weight, o.feedback) for o in found.options] == [
        ("113", True, None, ""),
        ("115", True, 0.5, "gần đúng"),
        ("114", False, 0.0, "đó là cứu hỏa"),
        ("*", False, 0.0, "sai"),
    ]


def test_an_answer_without_a_mark_is_typed():
    assert options("Nước nào?{Việt Nam}") == [("Việt Nam", True, None, "")]


def test_a_star_within_an_answer_is_kept_and_said():
    found = taken(r"A?{=a*b =c\\*d}")
    assert [o.words for o in found.question.options] == ["a*b", "c*d"]
    assert len(found.changes) == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("#5", "5"),
        ("#5:0.5", "5 ± 0,5"),
        ("#5:0", "5"),
        ("#1..2", "1..2"),
        ("#-1.5..2.25", "-1,5..2,25"),
        ("#3.141", "3,1410"),
        ("#3,5", "3,5"),
        ("#1e3", "1000"),
        ("#*", "*"),
    ],
)
def test_numbers_are_written_as_we_do(answers, words):
    found = question("Bao nhiêu?{" + answers + "}")
    assert found.type == "number"
    assert found.options[0].words == words


def test_several_numbers_have_shares_and_feedback_and_a_word_for_all_others():
    assert options("Năm?{#\n=1822:0#đúng\n=%50%1822:2#gần\n~#sai rồi}") == [
        ("1822", True, None, "đúng"),
        ("1822 ± 2", True, 0.5, "gần"),
        ("*", False, 0.0, "sai rồi"),
    ]


def test_pairs_match_and_a_right_side_may_be_left_over():
    found = question("Ghép{=Công an -> 113\n=Cứu hỏa->114 = -> 116 ####vì}")
    assert (found.type, found.pairs) == ("matching", (("Công an", "113"), ("Cứu hỏa", "114"), ("", "116")))
    assert found.explanation == "vì"


def test_arrows_in_a_choice_make_no_pairs():
    assert question("A?{~a -> b =c -> d}").type == "single"


def test_nothing_between_the_braces_is_free():
    assert question("Kể?{}").type == "free"
    assert question("Kể?{####gợi ý chấm}").explanation == "gợi ý chấm"


def test_steps_of_the_ordering_plugin_are_ordered():
    found = taken("Xếp{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none\na: 1\nb\nc\n}")
    assert (found.question.type, found.question.steps, found.changes) == ("ordering", ("a: 1", "b", "c"), ())


def test_what_ordering_cannot_do_here_is_said():
    found = taken("Xếp{>2 RANDOM HORIZONTAL RELATIVE_ALL_PREVIOUS_AND_NEXT HIDE 123\na\nb\nc}")
    assert found.question.steps == ("a", "b", "c")
    assert len(found.changes) == 3


def test_words_without_answers_are_refused_with_the_reason():
    assert "lời dẫn" in refused("::Dẫn::Đọc kỹ các câu sau.").reason


def test_the_missing_word_leaves_a_blank():
    assert question("Grant nằm{~a =b}trong mộ.").title == "Grant nằm ____ trong mộ."
    assert question("Thủ đô là {=Hà Nội}.").title == "Thủ đô là ____."
    assert question("{=Á} lớn nhất.").title == "____ lớn nhất."


def test_escapes_are_undone():
    found = question(r"a \= b \{c\} \~ \# \: d \\ e\nf {=\=\~}")
    assert (found.title, found.stem) == (r"a = b {c} ~ # : d \\ e", "f")
    assert found.options[0].words == "=~"
    assert question(r"[markdown]$1 \\neq 2$ {}").title == r"$1 \neq 2$"


def test_raw_colons_and_equals_in_a_stem_are_taken():
    assert question("Xem https://a.vn lúc 7:30, 1+1=2?{T}").title == "Xem https://a.vn lúc 7:30, 1+1=2?"


def test_the_first_line_is_the_title_and_the_rest_the_stem():
    found = question("[markdown]Dòng **đầu**\\n\\n- một\\n- hai{=a ~b}")
    assert (found.title, found.stem) == ("Dòng **đầu**", "- một\n- hai")


def test_a_text_that_begins_with_a_list_takes_the_name_for_its_title():
    found = taken("::Tên::[markdown]- một\\n- hai{=a ~b}")
    assert (found.question.title, found.question.stem) == ("Tên", "- một\n- hai")
    assert "đầu đề" in found.changes[0]


def test_plain_text_shows_as_it_is_written():
    found = question("a *b* _c_ `d` [e](f) &amp; <b>?\\n- g\\n1. h\\n\\# i{=x ~*y*}")
    assert found.title == r"a \*b\* \_c\_ \`d\` \[e\](f) &amp;amp; &lt;b>?"
    assert found.stem == "\\- g  \n1\\. h  \n\\# i"
    assert found.options[1].words == r"\*y\*"


def test_markdown_stays_as_it_is_and_html_becomes_markdown():
    assert question("[markdown]a *b*{=*x* ~y#**z**}").options[0].words == "*x*"
    found = question("[html]<p>a <b>b</b></p><p>c</p>{=<i>x</i>#<b>z</b> ~[plain]*y*####<p>e</p>}")
    assert (found.title, found.stem, found.explanation) == ("a **b**", "c", "e")
    assert [(o.words, o.feedback) for o in found.options] == [("*x*", "**z**"), (r"\*y\*", "")]


def test_what_is_not_shown_as_html_is_said():
    assert "HTML" in taken("a <b>b</b>{T}").changes[0]
    assert "anh/" in taken('[html]a <img src\\="@@PLUGINFILE@@/3.png" alt\\="x">{T}').changes[0]


def test_comments_directly_above_give_key_and_skills():
    found = taken("// [id:cau-1] [tag:tt02:4.2]\n// [tag:dễ]\nA?{T}")
    assert (found.question.key, found.question.skills) == ("cau-1", ("tt02:4.2",))
    assert found.changes == ("Đã bỏ thẻ: dễ. Chỉ giữ thẻ là mã kỹ năng, ví dụ tt02:4.2.",)


def test_an_id_that_is_no_key_becomes_one_and_is_said():
    found = taken("// [id:Câu 1]\nA?{T}")
    assert found.question.key == "cau-1"
    assert "«Câu 1»" in found.changes[0]


def test_keys_are_unique_and_those_of_the_file_come_first():
    keys = [q.key for q in gift.read(b"A?{T}\n\nA?{T}\n\n// [id:q-a]\nB?{T}\n\n// [id:q-a]\nC?{T}").questions]
    assert keys == ["q-a-3", "q-a-4", "q-a", "q-a-2"]


def test_a_comment_apart_from_the_question_is_only_a_comment():
    assert question("// [id:xa]\n\nA?{T}").key == "q-a"


def test_a_category_is_a_pool():
    read = gift.read("$CATEGORY: Cơ bản\n\nA?{T}\n\n$CATEGORY: $course$/top/Lớp 6//7/Chương 1\nB?{T}\n\nC?{F}".encode())
    assert [q.pool for q in read.questions] == ["Cơ bản", "Chương 1", "Chương 1"]
    assert [len(entry.changes) for entry in read.entries] == [0, 2, 0]
    assert "Lớp 6/7" in read.entries[1].changes[1]


@pytest.mark.parametrize("path", ["$course$/top", "top", "$system$/top/Default for Lớp 6", "Mặc định cho Lớp 6"])
def test_the_default_category_is_no_pool(path):
    assert gift.read(f"$CATEGORY: {path}\n\nA?{{T}}".encode()).questions[0].pool == ""


def test_questions_that_run_together_are_told_apart():
    read = gift.read(b"A?{T}\nB?{=x\n~y}\n::C::Vi {=a} o.\n// [id:d]\nD\nd?{F}\n::E::e?{}")
    assert [q.title for q in read.questions] == ["A?", "B?", "Vi ____ o.", "D", "e?"]
    assert [q.line for q in read.questions] == [1, 2, 4, 6, 8]
    assert read.questions[3].key == "d"
    assert [bool(entry.changes) for entry in read.entries] == [False, True, True, True, True]
    assert "dòng trống" in read.entries[1].changes[0]


def test_words_behind_the_answers_stay_with_their_question():
    assert question("Sinh ngày {~15 =2}\ncủa tháng Mười.").title == "Sinh ngày ____ của tháng Mười."


def test_a_blank_line_between_the_braces_is_tolerated_and_said():
    found = taken("A?{=a\n\n~b\n\n~c}")
    assert len(found.question.options) == 3
    assert len(found.changes) == 1 and "dòng trống" in found.changes[0]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_an_open_brace_refuses_its_question_and_no_other(gap):
    _, second, third = entries(f"A?{{T}}\n\n::B::b?{{=a ~b{gap}::C::c?{{T}}")
    assert isinstance(second, RefusedQuestion)
    assert (second.line, third.question.title) == (3, "c?")
    assert "}" in second.reason


def test_an_open_brace_at_the_end_is_refused():
    assert refused("A?{=a ~b\n\n").line == 1


@pytest.mark.parametrize("text", ["A} b", "A?{=a {b} ~c}", "A {=a} b {=c} d", "A?{T}}"])
def test_braces_that_do_not_pair_are_refused(text):
    assert "\\}" in refused(text).reason


def test_a_remark_behind_the_answers_is_dropped_and_said():
    found = taken("A?{T} // dễ")
    assert found.question.title == "A?"
    assert "// dễ" in found.changes[0]


def test_comments_between_the_answers_are_nothing():
    assert options("A?{\n// {\n=a\n//~b\n~c}") == [("a", True, None, ""), ("c", False, None, "")]
