"""Ageing, skills, words, terms, completion, and what all quizzes of a course must agree on."""

from datetime import date

import pytest

from app.content import reference
from app.content.compile.ageing import GRACE_DAYS, Freshness
from app.content.compile.course import compile_course
from tests.courses.folders import (
    COURSE,
    LESSON,
    QUESTION,
    QUIZ_HEAD,
    compile_here,
    examine_here,
    faults_in,
    folder_with,
    render_here,
)

LAST = COURSE.count("\n") + 1
"""The line behind the sample's course.yml."""
AGEING = "checked: 2026-11-01\nrecheck: 30\nsource: https://example.vn\n"


def in_course(text: str) -> list[tuple[int, bool, str]]:
    """Line (from the first added one), whether it only warns, and reason."""
    faults = [fault for fault in faults_in(folder_with(course=COURSE + text)) if fault.file == "course.yml"]
    return [(fault.line - LAST + 1, fault.is_warning, fault.reason) for fault in faults]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("checked: 2026-11-01\n", 1, "Dán thêm: recheck: 180"),
        ("checked: 2026-11-01\nrecheck: 30\n", 1, "Dán thêm: source: https://…"),
        ("recheck: 30\nsource: https://a.vn\n", 1, "Dán thêm: checked: 2026-11-21"),
        (AGEING.replace("2026-11-01", "31/11/2026"), 1, "viết ngày như"),
        (AGEING.replace("30", "0"), 2, "là số ngày"),
        (AGEING.replace("30", "3651"), 2, "là số ngày"),
        (AGEING.replace("30", "hai tuần"), 2, "là số ngày"),
        (AGEING.replace("https", "http"), 3, "bắt đầu bằng https://"),
        ("skills: [tt02:4.2, tt02:4.9]\n", 1, "Không có kỹ năng `tt02:4.9`"),
        ("skills: 4.2\n", 1, "Không có kỹ năng `4.2`"),
        ("skills: [[tt02:4.2]]\n", 1, "danh sách các chữ"),
        ("terms: mã OTP\n", 1, "mỗi dòng một từ"),
        ("terms:\n  mã: chữ\n", 2, "Tên từ `mã`"),
        ("terms:\n  otp:\n", 2, "Thiếu `otp:`"),
        (f"terms:\n  otp: {'a' * 401}\n", 2, "nhiều nhất 400"),
        ("terms:\n  otp: [a]\n", 2, "một dòng chữ"),
        ("prerequisites: [Khóa một]\n", 1, "không phải là khóa (key)"),
        ("completion:\n  - bai-mot: 80\n", 1, "không phải là bài kiểm tra"),
        ("completion:\n  - bai-mot: 0\n", 2, "từ 1 đến 100"),
        ("completion: [bai-mot, bai-mot]\n", 1, "viết hai lần"),
        ("completion:\n  - {a: 1, b: 2}\n", 2, "không phải là khóa của mục nào"),
        (f"share: {'a' * 501}\n", 1, "nhiều nhất 500"),
        ("share: [a]\n", 1, "Viết `share: |`"),
        (f"loudspeaker: {'a ' * 1501}\n", 1, "nhiều nhất 3000"),
        ("valid_for: 36501\n", 1, "từ 1 đến 36500"),
        ("level: 9\n", 1, "từ 1 đến 8"),
        ("language: vie-VN\n", 1, "mã ngôn ngữ"),
        (f"licence: {'a' * 201}\n", 1, "nhiều nhất 200"),
    ],
)
def test_a_setting_that_means_nothing_is_refused_with_its_line(text, line, words):
    faults = [(found, reason) for found, is_warning, reason in in_course(text) if not is_warning]
    assert any(found == line and words in reason for found, reason in faults), faults


@pytest.mark.parametrize(("count", "warns"), [(149, True), (150, False), (220, False), (221, True)])
def test_a_text_for_loudspeakers_takes_60_to_90_seconds(count, warns):
    found = in_course(f"loudspeaker: |\n  {'bà ' * count}\n")
    assert [is_warning for _, is_warning, _ in found] == [True] * warns


@pytest.mark.parametrize("recheck", ["30", "30d"])
def test_facts_are_overdue_from_the_day_after(recheck):
    course = compile_here(folder_with(course=COURSE + AGEING.replace("30", recheck)))
    freshness = Freshness(**course.header.meta["freshness"])
    assert (freshness.checked, freshness.recheck_by) == ("2026-11-01", "2026-12-01")
    assert not freshness.is_overdue(date(2026, 12, 1))
    assert freshness.is_overdue(date(2026, 12, 2))
    assert not freshness.is_overdue(date(2026, 12, 31), grace_days=GRACE_DAYS)
    assert freshness.is_overdue(date(2027, 1, 1), grace_days=GRACE_DAYS)


def test_an_item_may_age_by_itself():
    lesson = LESSON.replace("minutes: 6\n", "minutes: 6\n" + AGEING)
    item = compile_here(folder_with(lesson=lesson)).items[0]
    assert item.data["freshness"]["recheck_by"] == "2026-12-01"


class TestTerms:
    def lesson(self, text: str, terms: str = "") -> str:
        folder = folder_with(
            course=f"{COURSE}terms:\n  otp: mã **một lần**\n  link: đường dẫn\n",
            lesson=LESSON.replace("minutes: 6\n", f"minutes: 6\n{terms}") + text,
        )
        return compile_here(folder).items[0].body

    def test_only_words_that_are_linked_to_are_explained_once(self):
        body = self.lesson("\n[Mã OTP](#otp) là gì? Giữ [mã](#otp).\n")
        assert body.count('<div id="tu-otp"><dt>Mã OTP</dt><dd>mã <strong>một lần</strong>') == 1
        assert body.count('id="o-otp"') == 1
        assert "tu-link" not in body

    def test_what_a_lesson_says_wins_over_the_course(self):
        assert "<dd>của bài này" in self.lesson("\n[Mã](#otp)\n", "terms:\n  otp: của bài này\n")

    @pytest.mark.parametrize("answer", ["- [ ] [mã](#otp)\n- [x] b\n", "[mã](#otp)\n- [ ] a\n- [x] b\n"])
    def test_questions_of_a_lesson_explain_nothing(self, answer):
        faults = faults_in(folder_with(course=f"{COURSE}terms:\n  otp: mã\n", lesson=f"{LESSON}\n## ? Hỏi\n{answer}"))
        assert any("Từ #otp chưa được giải nghĩa" in fault.reason for fault in faults)

    def test_a_question_of_a_lesson_has_no_hint(self):
        faults = faults_in(folder_with(lesson=f"{LESSON}\n## ? Hỏi\n- [ ] a\n- [x] b\n\n> Gợi ý: c\n"))
        assert [(fault.line, "không có Gợi ý" in fault.reason) for fault in faults] == [(13, True)]


class TestReference:
    @pytest.fixture
    def _instance(self, tmp_path, monkeypatch):
        (tmp_path / "skills.csv").write_text(
            "framework,code,name_vi,name_en,source\nkns,9.9,Kỹ năng mới,,\n", encoding="utf-8-sig"
        )
        (tmp_path / "words.csv").write_text(
            "word,province,text,note\ntu-moi,,chữ mới,\napp-cua-tinh,01,ứng dụng khác,\n", encoding="utf-8"
        )
        monkeypatch.setattr(reference, "settings", lambda: type("Settings", (), {"instance_dir": tmp_path}))

    @pytest.mark.usefixtures("_instance")
    def test_files_of_the_operator_add_to_ours_and_win(self):
        known = reference.reference()
        assert {"tt02:4.2", "dc2:4.2", "dc3:4.2", "kns:9.9"} <= known.skills
        assert {"app-cua-tinh", "tu-moi"} <= known.words
        words = reference.province_words()
        assert words.text("app-cua-tinh", "01") == "ứng dụng khác"
        assert words.text("app-cua-tinh", "99") == "ứng dụng của tỉnh"
        assert words.text("tu-moi", "01") == "chữ mới"

    @pytest.mark.usefixtures("_instance")
    def test_what_the_operator_adds_can_be_used(self):
        folder = folder_with(course=COURSE + "skills: kns:9.9\n", lesson=LESSON + "\nMở {{tu-moi}}.\n")
        course = compile_course(folder, "khoa-thu", render_here, examine_here, reference.reference())
        assert course.header.meta["skills"] == ["kns:9.9"]
        assert course.items[0].data["words"] == ["tu-moi"]

    def test_every_shipped_row_is_whole(self):
        for name, columns in (("skills.csv", ("framework", "code", "name_vi")), ("words.csv", ("word", "text"))):
            rows = list(reference._rows(name, reference.SHIPPED / "none"))
            assert all(row[column] for row in rows for column in columns)
        assert {row["framework"] for row in reference._rows("skills.csv", reference.SHIPPED / "none")} <= set(
            reference.FRAMEWORKS
        )


def test_completion_may_ask_for_another_mark_than_the_quiz():
    folder = folder_with(course=COURSE + "completion:\n  - kiem-tra: 80%\n", quiz=QUIZ_HEAD + QUESTION)
    course = compile_here(folder)
    assert course.required_items == ("kiem-tra",)
    assert course.items[1].quiz is not None
    assert course.items[1].quiz.pass_mark == 80


BEFORE = QUIZ_HEAD.replace("kiem-tra", "truoc").replace("70", "0") + QUESTION.replace("q-hoi", "q-truoc")
AFTER = QUIZ_HEAD.replace("feedback", "pretest: truoc\nfeedback") + QUESTION


def two_quizzes(before: str = BEFORE, after: str = AFTER) -> dict[str, bytes]:
    return {**folder_with(lesson=None), "01-truoc.md": before.encode(), "02-sau.md": after.encode()}


class TestQuizzesTogether:
    def test_a_pair_on_the_same_skills_is_kept(self):
        quiz = compile_here(two_quizzes()).items[1].quiz
        assert quiz is not None
        assert quiz.pretest == "truoc"

    @pytest.mark.parametrize(
        ("folder", "file", "line", "words"),
        [
            (two_quizzes(after=AFTER.replace("pretest: truoc", "pretest: truocc")), "02-sau.md", 7, "phải là `truoc`?"),
            (two_quizzes(after=AFTER.replace("pretest: truoc", "pretest: Trước")), "02-sau.md", 7, "là khóa của bài"),
            (two_quizzes(BEFORE.replace("pass: 0", "pass: 50")), "01-truoc.md", 6, "Viết: pass: 0"),
            (two_quizzes(AFTER, BEFORE), "01-truoc.md", 7, "phải đứng trước"),
            (
                two_quizzes(after=AFTER.replace("minutes: 6", "minutes: 6\nskills: tt02:4.2")),
                "02-sau.md",
                8,
                "cùng kỹ năng",
            ),
            (
                two_quizzes(BEFORE.replace("q-truoc", "q-truoc; skill: dc2:4.2")),
                "02-sau.md",
                7,
                "cùng kỹ năng",
            ),
            (two_quizzes(after=AFTER.replace("q-hoi", "q-truoc")), "02-sau.md", 11, "đã dùng trong 01-truoc.md"),
            (two_quizzes(after=AFTER.replace("key: kiem-tra", "key: truoc")), "02-sau.md", 1, "Khóa `truoc` đã dùng"),
        ],
    )
    def test_quizzes_that_contradict_each_other_are_refused_with_file_and_line(self, folder, file, line, words):
        faults = [fault for fault in faults_in(folder) if not fault.is_warning]
        assert any((fault.file, fault.line) == (file, line) and words in fault.reason for fault in faults), faults


class TestPools:
    def quiz(self, body: str, setting: str = "") -> dict[str, bytes]:
        head = QUIZ_HEAD.replace("feedback", f"{setting}feedback")
        number = 0
        while "?" in body:
            number += 1
            body = body.replace("?", f"## H{number}\n<!-- key: q-{number} -->\n- [x] a\n- [ ] b\n", 1)
        return folder_with(quiz=head + body)

    @pytest.mark.parametrize(
        ("heading", "name", "draws"),
        [
            ("# Nhóm: Dễ (lấy 1)", "Dễ", {"Dễ": 1}),
            ("# Dễ (Draw 1)", "Dễ", {"Dễ": 1}),
            ("# nhóm:  Dễ (rút 1 câu)", "Dễ", {"Dễ": 1}),
            ("# Nhóm: Dễ (lấy 0)", "Dễ", {}),
            ("# Nhóm: Dễ (lấy một)", "Dễ (lấy một)", {}),
            ("# Dễ (lấy 1) sau", "Dễ (lấy 1) sau", {}),
            (f"# {'a' * 90}", "a" * 80, {}),
        ],
    )
    def test_the_heading_says_how_many_are_drawn(self, heading, name, draws):
        quiz = compile_here(self.quiz(f"{heading}\n??")).items[1].quiz
        assert quiz is not None
        assert ([question.pool for question in quiz.questions], quiz.pool_draws) == ([name, name], draws)
        assert quiz.drawn_count == (1 if draws else 2)

    @pytest.mark.parametrize(
        ("body", "setting", "line", "words"),
        [
            ("# A (lấy 3)\n??", "", 9, "có 2 câu mà lấy 3"),
            ("# A (lấy 1)\n??", "draw: 1\n", 7, "không viết `draw:`"),
            ("# A (lấy 1)\n?# A\n?", "", 9, "có hai tiêu đề"),
            ("# A (lấy 1)\n", "", 9, "chưa có câu hỏi nào"),
            ("? # A\n", "attempts: 101\n", 7, "từ 0 đến 100"),
            ("?", "wait: 43201\n", 7, "từ 0 đến 43200"),
            ("?", "offline: có thể\n", 7, "yes hoặc no"),
            ("?", f"pretest: {'a' * 81}\n", 7, "nhiều nhất 80"),
        ],
    )
    def test_a_draw_that_cannot_be_is_refused_with_its_line(self, body, setting, line, words):
        faults = [fault for fault in faults_in(self.quiz(body, setting)) if not fault.is_warning]
        assert any(fault.line == line and words in fault.reason for fault in faults), faults

    def test_a_supervised_test_says_nothing_before_the_end(self):
        folder = self.quiz("?", "offline: no\n")
        folder["02-kiem-tra.md"] = folder["02-kiem-tra.md"].replace(b"feedback: none", b"feedback: each")
        assert any(fault.line == 7 and "Viết: feedback: end" in fault.reason for fault in faults_in(folder))

    def test_uneven_points_in_a_pool_that_is_drawn_from_warn(self):
        folder = self.quiz("# A (lấy 1)\n??")
        folder["02-kiem-tra.md"] = folder["02-kiem-tra.md"].replace(b"key: q-1", b"key: q-1; points: 2")
        warned = [(fault.line, "điểm khác nhau" in fault.reason) for fault in faults_in(folder) if fault.line == 9]
        assert warned == [(9, True)]

    def test_right_answers_that_always_stand_first_warn_from_the_third_on(self):
        assert not any("đứng đầu" in fault.reason for fault in faults_in(self.quiz("??")))
        assert [fault.line for fault in faults_in(self.quiz("???")) if "đứng đầu" in fault.reason] == [11]
