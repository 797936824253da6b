"""`flask quiz …`: questions of other programs into a course folder, and out of it. No database is asked."""

import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from app.content.publishing import check_folder
from tests.courses.folders import SAMPLE
from tests.databases import make_settings

GIFT = "::C1:: Số của Cứu hỏa? {=114#Đúng. ~113#113 là Công an.}\n\nSai rồi {\n"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(make_settings("postgresql+psycopg://nobody@127.0.0.1:1/none", tmp_path / "instance"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE.parent / "every-kind", tmp_path / "moi-loai"))


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["quiz", *map(str, words)])


def test_questions_become_a_new_quiz_behind_the_last_item(app, folder, tmp_path):
    file = tmp_path / "cau.gift"
    file.write_text(GIFT, encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = run(app, "import", file, "--format", "gift", "--course", folder, "--title", "Ôn tập")
    assert result.exit_code == 1, "one part was refused"
    assert f"{file}:1: đã lấy “Số của Cứu hỏa?” (single)" in result.stdout
    assert f"{file}:3: KHÔNG LẤY" in result.stderr
    assert {path: path.read_bytes() for path in before} == before
    with app.app_context():
        item = check_folder(folder).items[-1]
    assert (item.file, item.title) == ("07-on-tap.md", "Ôn tập")
    assert item.quiz is not None
    assert [option.is_right for option in item.quiz.questions[0].options] == [True, False]


def test_a_quiz_goes_out_and_comes_back_under_keys_of_its_own(app, folder, tmp_path):
    file = tmp_path / "ra.xml"
    assert run(app, "export", file, "--format", "moodle-xml", "--course", folder, "--item", "cac-loai").exit_code == 0
    result = run(app, "import", file, "--format", "moodle-xml", "--course", folder)
    assert "Khóa q-go đã có trong khóa học, đổi thành q-go-2." in result.stdout
    with app.app_context():
        assert len(check_folder(folder).items) == 7


def test_only_pictures_that_are_shown_are_missed(app, folder, tmp_path):
    for item, has_picture in (("co-nguoi-coi", False), ("cac-loai", True)):
        result = run(app, "export", tmp_path / f"{item}.gift", "--format", "gift", "--course", folder, "--item", item)
        assert ("hình không đi theo" in result.stderr) is has_picture


def test_nothing_that_is_there_is_written_over(app, folder, tmp_path):
    file = tmp_path / "co.xlsx"
    assert run(app, "template", file).exit_code == 0
    assert run(app, "template", file).exit_code == 1
    assert run(app, "export", file, "--format", "gift", "--course", folder).exit_code == 1
    empty = run(app, "import", file, "--format", "xlsx", "--course", folder)
    assert (empty.exit_code, "thư mục giữ nguyên" in empty.stderr) == (1, True)
    assert not list(folder.glob("07-*"))
