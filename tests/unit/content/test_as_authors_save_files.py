"""Files as Word, Notepad, Google Docs, Zalo and a Mac leave them: read as meant, or refused with file and line.

Bullets, ticks, boxes, feedback, code in stems, links, steps before ticks and loose text: `test_questions.py`.
"""

import unicodedata

import pytest

from tests.courses.folders import (
    LESSON,
    QUESTION,
    QUIZ_HEAD,
    QUIZ_HEAD_LINES,
    SVG,
    compile_here,
    faults_in,
    folder_with,
    only_question,
    quiz_faults,
    quiz_folder,
    serious_in,
)

HEAD = "## Hỏi?\n<!-- key: q-hoi -->\n"
QUIZ = "02-kiem-tra.md"
WHOLE = QUIZ_HEAD.replace("none", "each") + (
    "## Số lạ hỏi mã thì làm gì?\n<!-- key: q-mot -->\n\nBác nghĩ kỹ.\n\n- [ ] Đọc mã\n  > Mất tiền.\n"
    "- [x] Tắt máy\n  > Đúng.\n\n> Giải thích: mã là của bác.\n\n"
    "## Ghép\n<!-- key: q-hai -->\n- Công an -> 113\n- Cứu hỏa -> 114\n"
)


def saved_by_notepad(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def saved_by_a_mac(text: str) -> bytes:
    return unicodedata.normalize("NFD", text).encode()


def copied_from_word(text: str) -> bytes:
    changed = text.replace("<!-- ", "<!– ").replace(" -->", " –>").replace("---", "—").replace("->", "→")
    return changed.replace("- [", "•\u00a0[").replace("[x]", "[✓]").replace(": ", ":\u00a0").encode()


def exported_by_google_docs(text: str) -> bytes:
    return text.replace("[ ]", "\\[ \\]").replace("[x]", "\\[x\\]").replace("\n", "\r\n").encode()


def sent_by_zalo(text: str) -> bytes:
    return text.replace("mã", "m\u200bã").replace("- [", "-\u200b [").replace("Tắt", "\u2060Tắt\ufeff").encode()


def indented_by_tabs(text: str) -> bytes:
    return text.replace("  > ", "\t> ").replace("- ", "-\t").encode()


@pytest.mark.parametrize(
    "save",
    [saved_by_notepad, saved_by_a_mac, copied_from_word, exported_by_google_docs, sent_by_zalo, indented_by_tabs],
)
def test_a_quiz_is_the_same_however_it_was_saved(save):
    plain = compile_here(folder_with(quiz=WHOLE)).items[1].quiz
    assert compile_here(folder_with(quiz=save(WHOLE))).items[1].quiz == plain
    assert plain is not None


@pytest.mark.parametrize("save", [saved_by_notepad, saved_by_a_mac, copied_from_word, exported_by_google_docs])
def test_a_fault_has_the_same_line_however_the_file_was_saved(save):
    spoilt = WHOLE.replace("> Giải thích: mã", "Chữ rời: mã")
    line = spoilt.split("\n").index("Chữ rời: mã là của bác.") + 1
    found = [str(fault) for fault in serious_in(folder_with(quiz=save(spoilt)))]
    assert found == [f"{QUIZ}:{line}: Có chữ rời sau phương án. Đưa lên phần câu hỏi, hoặc viết: > Giải thích: …"]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (WHOLE.encode("utf-16"), 1, "Unicode 16 bit"),
        (WHOLE.replace("Đọc mã", "Doc ma").encode("utf-8") + "bà".encode("cp1258"), WHOLE.count("\n") + 1, "UTF-8"),
    ],
    ids=["notepad-unicode", "cp1258"],
)
def test_a_file_in_another_encoding_is_refused_with_its_line(content, line, words):
    faults = [fault for fault in serious_in(folder_with(quiz=content)) if fault.file == QUIZ]
    assert [(fault.line, words in fault.reason) for fault in faults][:1] == [(line, True)]


class TestBlocksInAnOption:
    def test_a_fenced_block_becomes_code_phrases_line_by_line(self):
        question = only_question(f"{HEAD}- [ ] Gõ\n  ```\n  ## mot\n  - [x] hai\n  ```\n- [x] Không gõ\n")
        assert question.options[0].html == "Gõ <code>## mot</code> <code>- [x] hai</code>"
        assert [option.is_right for option in question.options] == [False, True]

    def test_an_option_may_be_nothing_but_code(self):
        question = only_question(f"{HEAD}- [ ]\n  ~~~\n  a `b`\n  ~~~\n- [x] Phải\n")
        assert question.options[0].html == "<code>a `b`</code>"

    def test_a_block_that_is_not_closed_names_the_line_where_it_opens(self):
        faults = quiz_faults(f"{HEAD}- [ ] Gõ\n  ```\n  mot\n- [x] Không gõ\n")
        assert (4, True) in [(fault.line, "không đóng" in fault.reason) for fault in faults]


class TestArrows:
    @pytest.mark.parametrize("arrow", ["->", "→", "⇒", "➔", "=>", "-->", "==>", "🡒"])
    def test_what_autocorrect_makes_of_an_arrow_is_one(self, arrow):
        question = only_question(f"{HEAD}- Công an {arrow} 113\n•\u00a0Cứu hỏa{arrow}114\n- {arrow} 116\n")
        assert [side["text"] for side in question.details["lefts"]] == ["Công an", "Cứu hỏa"]
        assert [side["text"] for side in question.details["rights"]] == ["113", "114", "116"]

    @pytest.mark.parametrize("extra", ["- -> 116", "- - -> 116", "- – -> 116", "1. -> 116"])
    def test_a_right_side_alone_is_written_in_several_ways(self, extra):
        question = only_question(f"{HEAD}- Công an -> 113\n- Cứu hỏa -> 114\n{extra}\n")
        assert len(question.details["lefts"]) == 2
        assert [side["text"] for side in question.details["rights"]] == ["113", "114", "116"]

    def test_an_arrow_in_a_tick_option_is_a_word(self):
        question = only_question(f"{HEAD}- [ ] Cài đặt -> Âm thanh\n- [x] Cài đặt → Màn hình\n")
        assert question.type == "single"
        assert [option.text for option in question.options] == ["Cài đặt -> Âm thanh", "Cài đặt → Màn hình"]

    def test_words_that_touch_the_bullet_are_no_pair(self):
        faults = quiz_faults(f"{HEAD}-Công an -> 113\n-Cứu hỏa -> 114\n")
        assert [(fault.line, "chưa có phương án" in fault.reason) for fault in faults] == [(1, True)]


@pytest.mark.parametrize("quotes", ["“Mã OTP”", '"Mã OTP"', "‘Mã OTP’", "«Mã OTP»"])
def test_smart_quotes_are_words(quotes):
    question = only_question(f"## {quotes} là gì?\n<!-- key: q-hoi -->\n- [ ] {quotes}\n- [x] không\n")
    assert question.options[0].text == quotes
    assert question.stem_text == f"{quotes} là gì?"


@pytest.mark.parametrize(
    ("front", "title"),
    [('title: "Bài “một”"', "Bài “một”"), ("title: “Bài một”", "“Bài một”"), ("title:\u00a0Bài\u200b một", "Bài một")],
)
def test_front_matter_may_hold_what_word_types(front, title):
    lesson = LESSON.replace("title: Bài một", front)
    assert compile_here(folder_with(lesson=lesson)).items[0].title == title


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1.000", "Viết 1000, hoặc 1,0."),
        ("1,000", "Viết 1000, hoặc 1,0."),
        ("1.250", "Viết 1250, hoặc 1,25."),
        ("1.234", "Viết 1234, hoặc 1,2340."),
        ("-1.500", "Viết -1500, hoặc -1,5."),
        ("1.234.567", "Viết 1234567."),
    ],
)
@pytest.mark.parametrize("form", ["{}", "{} ± 1", "5 ± {}", "0..{}"])
def test_a_number_that_reads_two_ways_is_asked_back_from_the_author(typed, advice, form):
    body = f"## Hỏi?\n<!-- key: q-hoi; type: number -->\n- = {form.format(typed)}\n"
    faults = [fault for fault in quiz_faults(body) if "số lớn hay số lẻ" in fault.reason]
    assert [(fault.file, fault.line) for fault in faults] == [(QUIZ, 3)]
    assert faults[0].reason.endswith(advice)
    plain = advice.removeprefix("Viết ").rstrip(".").split(", hoặc ")
    for way in plain:
        again = body.replace(typed, way)
        assert not any("số lớn" in fault.reason for fault in quiz_faults(again))


@pytest.mark.parametrize("typed", ["1000", "0.500", "0,125", "12,5", "−3", "1,0", "10000,25"])
def test_a_number_that_reads_one_way_is_taken(typed):
    question = only_question(f"## Hỏi?\n<!-- key: q-hoi; type: number -->\n- = {typed}\n")
    assert question.details["answers"][0]["low"] == float(typed.replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("box", ["[ ]", "[]", "\\[ \\]", "[  ]"])
@pytest.mark.parametrize("tick", ["[x]", "[X]", "[✓]", "[✔\ufe0f]", "[х]", "[×]", "\\[x\\]", "[ x ]", "[v]"])
def test_a_checklist_of_a_lesson_takes_what_a_question_takes(box, tick):
    lesson = LESSON + f"\n• {box} Một\n• {tick} Hai\n- {tick}(https://example.vn)\n"
    body = compile_here(folder_with(lesson=lesson)).items[0].body
    assert "<li>☐ Một</li>\n<li>☑ Hai</li>" in body
    assert body.count("☑") == 1


def test_a_link_reference_is_no_answer():
    faults = quiz_faults(f"{HEAD}[x]: https://example.vn\n- [ ] Sai\n- [x] Phải\n")
    assert [fault for fault in faults if not fault.is_warning] == []


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Hỏi?\n====\n- [ ] A\n- [x] B\n", 2, "Gạch dưới chữ"),
        ("##\u200bHỏi?\n- [ ] A\n- [x] B\n", 1, "Thiếu dấu cách"),
        (f"{HEAD}[ ] A\n[x] B\n", 3, "chưa có phương án"),
        (f"{QUESTION}\n\\[x\\] sót lại\n", 6, "chữ rời"),
        (f"{HEAD}- [x] A\n- [x]B\n- [x] A\n", 5, "giống hệt phương án ở dòng 11"),
        (f"{HEAD}- (x) A\n- ( ) B\n", 3, "chưa có phương án"),
    ],
)
def test_what_cannot_be_meant_is_named_by_file_and_line(body, line, words):
    faults = serious_in(quiz_folder(body))
    wanted = (QUIZ, QUIZ_HEAD_LINES + line)
    assert any((fault.file, fault.line) == wanted and words in fault.reason for fault in faults), faults


def test_names_of_files_may_be_decomposed_too():
    name, lesson = "anh/Ảnh một.svg", LESSON + "\n![tả](anh/Ảnh%20một.svg)\n"
    folder = {**folder_with(lesson=lesson), unicodedata.normalize("NFD", name): SVG}
    assert faults_in(folder) == []
