"""`flask courses …` as an author and an operator use it."""

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.config import ROOT
from app.content.models import Course
from app.extensions import db
from app.shared.clock import now
from tests.courses.folders import COURSE, LESSON, QUIZ_HEAD
from tests.databases import make_settings
from tests.integration.content.folders_on_disk import count_versions, write_course

REAL = sorted(str(path.parent) for path in (ROOT / "courses").glob("*/course.yml"))


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["courses", *map(str, words)])


class TestCheck:
    @pytest.fixture
    def without_database(self, tmp_path) -> Flask:
        return create_app(make_settings("postgresql+psycopg://nobody@127.0.0.1:1/none", tmp_path))

    def test_the_real_courses_are_sound_and_no_database_is_asked(self, without_database):
        result = run(without_database, "check", *REAL)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.count("Không có lỗi.") == 4

    def test_every_fault_is_a_line_that_an_editor_can_open(self, without_database, tmp_path):
        folder = write_course(tmp_path, lesson=LESSON.replace("title:", "titel:"), quiz=QUIZ_HEAD + "- [x] a\n")
        result = run(without_database, "check", folder)
        assert result.exit_code == 1
        lines = result.stderr.splitlines()
        assert f"{folder}/01-bai-mot.md:4: Không có tên `titel:`. Có phải là `title:`?" in lines
        assert any(line.startswith(f"{folder}/02-kiem-tra.md:9: Ô chọn nằm ngoài") for line in lines)

    def test_warnings_are_printed_and_stop_nothing(self, without_database, tmp_path):
        folder = write_course(tmp_path, course=COURSE + "minutes: 6\n".replace("6", "12"))
        (folder / "ghi-chu.txt").write_text("x", encoding="utf-8")
        course = (folder / "course.yml").read_text(encoding="utf-8").replace("minutes: 12\nminutes: 12", "minutes: 12")
        (folder / "course.yml").write_text(course, encoding="utf-8")
        result = run(without_database, "check", folder)
        assert result.exit_code == 0
        assert f"{folder}/ghi-chu.txt:1: (nhắc)" in result.stderr

    @pytest.mark.parametrize("name", ["khong-co", "Tên Lạ"])
    def test_a_folder_that_cannot_be_one_says_so(self, without_database, tmp_path, name):
        if name != "khong-co":
            write_course(tmp_path, slug=name)
        result = run(without_database, "check", tmp_path / name)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{tmp_path / name}/")

    def test_a_link_in_a_folder_is_refused(self, without_database, tmp_path):
        folder = write_course(tmp_path)
        (folder / "anh" / "lien-ket.svg").symlink_to("/etc/passwd")
        result = run(without_database, "check", folder)
        assert f"{folder}/anh/lien-ket.svg:1: Đây là lối tắt" in result.stderr

    def test_what_systems_and_word_leave_behind_is_not_seen(self, without_database, tmp_path):
        folder = write_course(tmp_path)
        for name in (".DS_Store", "Thumbs.db", "~$01-bai-mot.md", "._01-bai-mot.md"):
            (folder / name).write_bytes(b"\0")
        assert run(without_database, "check", folder).stderr == ""


class TestPublish:
    def test_shipped_courses_are_published_once_residents_first(self, app):
        first = run(app, "publish", "--shipped")
        assert (first.exit_code, first.stderr) == (0, "")
        assert first.stdout.count("đã xuất bản lần đầu") == 4
        assert run(app, "publish", "--shipped").stdout.count("không có gì mới") == 4
        assert count_versions() == 4
        listed = run(app, "list").stdout.splitlines()
        assert [line.split()[0] for line in listed] == [
            "nhan-biet-va-tranh-lua-dao-qua-mang",
            "thanh-toan-bang-ma-qr-an-toan",
            "bat-dau-lam-thanh-vien-to-cong-nghe-so-cong-dong",
            "huong-dan-nguoi-cao-tuoi-dung-dien-thoai",
        ]

    def test_a_start_leaves_courses_edited_in_the_browser_alone(self, app):
        run(app, "publish", "--shipped")
        for course in db.session.query(Course):
            course.edited_in_browser_at = now()
            version = course.current_version_id
            db.session.execute(
                db.text("UPDATE course_version SET content_hash = 'x' WHERE id = :id"),
                {"id": version if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql") else version.hex},
            )
        db.session.commit()
        result = run(app, "publish", "--shipped")
        assert (result.exit_code, result.stdout.count("giữ nguyên")) == (0, 4)
        assert count_versions() == 4

    def test_a_sound_course_is_published_beside_a_faulty_one(self, app, tmp_path):
        sound = write_course(tmp_path)
        faulty = write_course(tmp_path, slug="khoa-hong", course=COURSE + "titel: a\n")
        result = run(app, "publish", faulty, sound)
        assert result.exit_code == 1
        assert "khoa-thu: đã xuất bản lần đầu" in result.stdout
        assert f"{faulty}/course.yml:7: Không có tên `titel:`" in result.stderr
        assert count_versions() == 1

    def test_what_replace_would_overrule_is_said(self, app, tmp_path):
        folder = write_course(tmp_path)
        run(app, "publish", folder)
        course = db.session.execute(db.select(Course)).scalar_one()
        course.edited_in_browser_at = now()
        db.session.commit()
        write_course(tmp_path, lesson=LESSON + "\nThêm.\n")
        refused = run(app, "publish", folder)
        assert refused.exit_code == 1
        assert "--replace" in refused.stderr
        assert run(app, "publish", folder, "--replace").exit_code == 0

    @pytest.mark.sqlite_only
    @pytest.mark.parametrize("words", [[], ["--shipped", "x"], ["--shipped", "--replace"]])
    def test_a_command_that_makes_no_sense_is_refused(self, app, words):
        assert run(app, "publish", *words).exit_code == 2


class TestExport:
    def test_a_course_comes_back_as_a_folder(self, app, tmp_path):
        run(app, "publish", write_course(tmp_path))
        result = run(app, "export", "khoa-thu", tmp_path / "xuat" / "khoa-thu")
        assert result.exit_code == 0
        assert run(app, "publish", tmp_path / "xuat" / "khoa-thu").stdout.startswith("khoa-thu: không có gì mới")

    def test_a_folder_that_holds_something_is_left_alone(self, app, tmp_path):
        folder = write_course(tmp_path)
        run(app, "publish", folder)
        result = run(app, "export", "khoa-thu", folder)
        assert (result.exit_code, "đã có tệp" in result.stderr) == (1, True)

    @pytest.mark.sqlite_only
    def test_an_unknown_course_is_named(self, app, tmp_path):
        result = run(app, "export", "khong-co", tmp_path / "x")
        assert (result.exit_code, "khong-co" in result.stderr) == (1, True)


@pytest.mark.sqlite_only
def test_a_course_is_withdrawn_with_its_reason_and_opened_again(app, tmp_path):
    run(app, "publish", write_course(tmp_path))
    assert run(app, "withdraw", "khoa-thu", "--reason", "Đang sửa lại.").exit_code == 0
    assert "(đã rút)" in run(app, "list").stdout
    assert run(app, "reinstate", "khoa-thu").exit_code == 0
    assert "(đã rút)" not in run(app, "list").stdout
    assert run(app, "withdraw", "khong-co", "--reason", "x").exit_code == 1
    assert run(app, "reinstate", "khong-co").exit_code == 1
