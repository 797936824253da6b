"""Practice: three to seven acts that somebody else can see."""

import pytest

from app.content.compile.practice import Practice
from app.content.compile.questions.answers import option_key
from tests.courses.folders import compile_here, faults_in, folder_with

HEAD = "---\nkind: practice\nkey: thuc-hanh\ntitle: Tự quét mã\nminutes: 6\n---\n"
LINES = HEAD.count("\n")
ACTS = "- [ ] tự mở ứng dụng\n- [ ] tự quét mã,\n  rồi đọc tên\n  > Đọc thành tiếng.\n\n- [ ] tự bấm **xác nhận**\n"


def practice_of(body: str) -> Practice:
    return Practice.from_json(compile_here(folder_with(lesson=HEAD + body)).items[0].data["practice"])


def test_acts_are_known_by_their_words_and_may_have_a_note():
    practice = practice_of("Bác tự làm.\n\n" + ACTS)
    assert practice.intro_html == "<p>Bác tự làm.</p>"
    words = ["tự mở ứng dụng", "tự quét mã, rồi đọc tên", "tự bấm **xác nhận**"]
    assert [act.key for act in practice.acts] == [option_key(each) for each in words]
    assert [act.note_html for act in practice.acts] == ["", "<p>Đọc thành tiếng.</p>", ""]
    assert practice.acts[2].text == "tự bấm xác nhận"
    assert Practice.from_json(practice.to_json()) == practice


def test_what_is_to_be_done_can_be_searched():
    text = compile_here(folder_with(lesson=HEAD + "Lời dặn.\n\n" + ACTS)).items[0].search_text
    assert " tu bam xac nhan" in text
    assert " loi dan" in text


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("", 1, "có 0 việc"),
        ("- [ ] một\n- [ ] hai\n", 1, "có 2 việc; cần từ 3 đến 7"),
        ("".join(f"- [ ] việc {number}\n" for number in range(8)), 1, "có 8 việc"),
        (ACTS + "- [x] tự xem lại\n", 7, "để trống"),
        (ACTS + "- [ ]\n", 7, "chưa có chữ"),
        (ACTS + "- [ ] tự mở ứng dụng\n", 7, f"giống hệt phương án ở dòng {LINES + 1}"),
        (ACTS + "\n> Giải thích: vì\n", 8, "không dùng trong bài thực hành"),
        (ACTS + "\n> Gợi ý: vì\n", 8, "không dùng trong bài thực hành"),
        ("1. một\n2. hai\n3. ba\n", 1, "viết bằng ô trống"),
        ("- = 113\n", 1, "viết bằng ô trống"),
        (ACTS + "chữ rời\n", 7, "chữ rời"),
        (ACTS.replace("ứng dụng", "[ứng dụng](http://a.vn)"), 1, "không dùng được"),
        (ACTS.replace("thành tiếng", "![](anh/a.svg)"), 4, "thiếu lời tả"),
    ],
)
def test_what_nobody_could_watch_is_refused_with_its_line(body, line, words):
    faults = [fault for fault in faults_in(folder_with(lesson=HEAD + body)) if not fault.is_warning]
    assert any(fault.line == LINES + line and words in fault.reason for fault in faults), faults


def test_acts_that_differ_only_in_case_warn():
    faults = faults_in(folder_with(lesson=HEAD + ACTS + "- [ ] Tự mở ứng dụng\n"))
    assert [(fault.line, fault.is_warning) for fault in faults] == [(LINES + 7, True)]


def test_a_practice_has_no_settings_of_its_own():
    faults = faults_in(folder_with(lesson=HEAD.replace("minutes: 6", "minutes: 6\npass: 70") + ACTS))
    assert any("Không có tên `pass:`" in fault.reason and fault.line == 6 for fault in faults)
