"""The folder as a whole: course.yml, names, hashes, and what only the whole course can tell."""

import unicodedata

import pytest

from app.content.compile.course import compile_course
from app.content.compile.course_file import with_base
from app.content.compile.faults import CourseRefused
from app.content.compile.normal_form import hash_files, normalised_files
from tests.courses.folders import (
    COURSE,
    LESSON,
    QUESTION,
    QUIZ_HEAD,
    SVG,
    compile_here,
    examine_here,
    faults_in,
    folder_with,
    read_sample,
    render_here,
    serious_in,
)


def course_with(line: str) -> str:
    name = line.partition(":")[0]
    return "".join(old + "\n" for old in COURSE.splitlines() if not old.startswith(f"{name}:")) + line + "\n"


def test_the_sample_compiles_without_a_word():
    compiled = compile_here(read_sample())
    assert compiled.warnings == ()
    assert compiled.header.key == "mau-du-cac-loai"
    assert compiled.required_items == ("bai-mot", "kiem-tra")
    assert [item.slug for item in compiled.items] == ["bai-mot", "kiem-tra"]


def test_search_text_is_folded_and_begins_each_word_with_a_space():
    assert compile_here(folder_with()).items[0].search_text == " bai mot hoc xong bai nay bac biet tat may"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("titel: A", "Có phải là `title:`?"),
        ("mau: A", "Các tên dùng được"),
        ("audience: residents", "Có phải là `resident`?"),
        ("audience:", "Dán dòng này vào: audience: resident"),
        ("key: Khóa", "key: khoa-thu"),
        ("key:", "Dán dòng này vào: key: khoa-thu"),
        ("title:", "Thiếu `title:`"),
        ("goal:", "Thiếu `goal:`"),
        ("summary:", "Thiếu `summary:`"),
        ("minutes: nhiều", "phải là số"),
        ("edition: 0", "từ 1"),
        ("icon: shiled", "Có phải là `shield`?"),
        ("language: Việt", "mã ngôn ngữ"),
        ("completion: [bai-mott]", "Có phải là `bai-mot`?"),
        ("completion: [Bài]", "không phải là khóa"),
        ("valid_for: mãi", "phải là số"),
        ("base: abc", "do lệnh export ghi ra"),
        ("authors: {a: b}", "danh sách các chữ"),
        (f"title: {'a' * 201}", "nhiều nhất 200"),
        ("summary: Bài 1: a", "ngoặc kép"),
    ],
)
def test_course_yml_says_what_to_write_instead(line, words):
    faults = serious_in(folder_with(course=course_with(line)))
    assert any(words in fault.reason and fault.file == "course.yml" for fault in faults), faults


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("key:", "Dán dòng này vào: key: bai-mot"),
        ("title:", "Thiếu `title:`"),
        ("minutes:", "Dán dòng này vào: minutes: 6"),
        ("kind: lession", "Có phải là `lesson`?"),
        ("kind: video", "Chọn một: lesson, quiz, practice, drill"),
        ("pass: 70", "Không có tên `pass:`"),
    ],
)
def test_front_matter_says_what_to_write_instead(line, words):
    name = line.partition(":")[0]
    head, _, body = LESSON.partition("---\nHọc")
    kept = "".join(old + "\n" for old in head.splitlines() if not old.startswith(f"{name}:"))
    faults = serious_in(folder_with(lesson=f"{kept}{line}\n---\nHọc{body}"))
    assert any(words in fault.reason for fault in faults), faults


@pytest.mark.parametrize(
    ("lesson", "line", "words"),
    [
        ("Không có gì cả.\n", 1, "phải bắt đầu bằng"),
        ("---\nkind: lesson\n", 1, "không đóng"),
        ("---\nkind: lesson\ntitle: Bài 1: a\n---\nchữ", 3, "ngoặc kép"),
        ("---\nkind: lesson\nkind: quiz\n---\nchữ", 3, "hai lần"),
        ("", 1, "phải bắt đầu bằng"),
    ],
)
def test_broken_front_matter_names_its_line(lesson, line, words):
    faults = serious_in(folder_with(lesson=lesson))
    assert any(fault.line == line and words in fault.reason for fault in faults), faults


def test_dashes_that_word_made_of_hyphens_are_understood():
    assert compile_here(folder_with(lesson=LESSON.replace("---\n", "—\n")))


@pytest.mark.parametrize(
    ("files", "file", "words"),
    [
        ({"bai.md": LESSON}, "bai.md", "01-bai.md"),
        ({"bai/01-a.md": LESSON}, "bai/01-a.md", "ngay trong thư mục"),
        ({"03-Bài Ba.md": LESSON.replace("bai-mot", "ba")}, "03-Bài Ba.md", "Đổi thành: 03-bai-ba.md"),
        ({"03-done.md": LESSON}, "03-done.md", "địa chỉ của trang khác"),
        ({"03-bai-mot.md": LESSON}, "03-bai-mot.md", "đã dùng trong 01-bai-mot.md"),
        ({"course.yaml": "a: 1"}, "course.yaml", "course.yml"),
        ({"anh/a.png": "không phải hình"}, "anh/a.png", "Không mở được hình"),
        ({"03-a.md": "a" * 210_000}, "03-a.md", "dài quá 200 KB"),
    ],
)
def test_files_that_do_not_fit_are_named(files, file, words):
    folder = {**folder_with(), **{name: text.encode() for name, text in files.items()}}
    assert any(fault.file == file and words in fault.reason for fault in serious_in(folder))


@pytest.mark.parametrize("name", ["ghi-chu.docx", "anh/nguon.psd", "LICENSE"])
def test_other_files_are_left_out_with_a_warning(name):
    folder = {**folder_with(), name: b"x"}
    assert [fault.file for fault in faults_in(folder)] == [name]
    assert compile_here(folder).content_hash == compile_here(folder_with()).content_hash


def test_two_names_that_differ_only_in_how_marks_are_typed_are_refused():
    name = "03-bà.md"
    folder = {**folder_with(), name: b"", unicodedata.normalize("NFD", name): b""}
    assert any("trùng tên" in fault.reason for fault in serious_in(folder))


def test_a_folder_without_course_yml_says_so():
    assert next(iter(serious_in(folder_with(course=None)))).reason.startswith("Thư mục thiếu tệp course.yml")


def test_a_course_without_items_is_refused():
    assert any("chưa có bài nào" in fault.reason for fault in serious_in(folder_with(lesson=None)))


def test_minutes_that_do_not_add_up_are_a_warning():
    faults = faults_in(folder_with(course=course_with("minutes: 7")))
    assert [(fault.is_warning, "minutes: 6" in fault.reason) for fault in faults] == [(True, True)]


def test_a_picture_that_nobody_shows_is_a_warning():
    faults = faults_in({**folder_with(), "anh/thua.svg": SVG})
    assert [(fault.file, fault.is_warning) for fault in faults] == [("anh/thua.svg", True)]


def test_completion_may_name_some_of_the_items():
    folder = folder_with(course=course_with("completion: [kiem-tra]"), quiz=QUIZ_HEAD + QUESTION)
    assert compile_here(folder).required_items == ("kiem-tra",)


def test_every_fault_of_all_files_is_told_at_once():
    folder = folder_with(course=course_with("titel: A"), lesson="x", quiz=QUIZ_HEAD + "- [x] a\n")
    assert {fault.file for fault in serious_in(folder)} == {"course.yml", "01-bai-mot.md", "02-kiem-tra.md"}


class TestHash:
    def test_how_files_were_saved_does_not_matter(self):
        plain = folder_with()
        saved = {
            name: b"\xef\xbb\xbf" + unicodedata.normalize("NFD", content.decode()).replace("\n", "\r\n").encode()
            for name, content in reversed(plain.items())
        }
        assert compile_here(saved).content_hash == compile_here(plain).content_hash

    def test_one_letter_changes_it(self):
        changed = folder_with(lesson=LESSON.replace("tắt", "tất"))
        assert compile_here(changed).content_hash != compile_here(folder_with()).content_hash

    def test_a_picture_changes_it(self):
        one, two = ({**folder_with(), "anh/a.svg": svg} for svg in (SVG, SVG + b"\n"))
        assert compile_here(one).content_hash != compile_here(two).content_hash

    def test_base_is_no_content(self):
        compiled = compile_here(folder_with())
        based = folder_with(course=with_base(COURSE, compiled.content_hash))
        assert compile_here(based).content_hash == compiled.content_hash
        assert compile_here(based).header.base == compiled.content_hash

    def test_the_normal_form_is_its_own_normal_form(self):
        files = normalised_files(folder_with())
        again = normalised_files({path: text.encode() for path, text in files.items()})
        assert again == files
        assert hash_files(again) == hash_files(files)


def test_a_fragment_that_the_renderer_gives_up_on_is_a_fault_with_its_line():
    def give_up(source, pictures, inline):
        return {"error": "killed"} if "tắt máy" in source else render_here(source, pictures, inline)

    with pytest.raises(CourseRefused) as refused:
        compile_course(folder_with(), "khoa-thu", give_up, examine_here)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [("01-bai-mot.md", 7)]
    assert "rối quá" in refused.value.faults[0].reason
