"""`flask figures communes`: the same exact numbers as text, CSV and workbook."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import update

from app.extensions import db
from app.progress.models import Counter
from app.shared import clock
from tests.factories import make_completion, make_course, make_person

pytestmark = pytest.mark.sqlite_only
IN_MONTH = datetime(2026, 10, 20, 3, tzinfo=UTC)
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MONTH = ("figures", "communes", "--province", "38", "--month", "2026-11")


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """Two residents and a guest complete a course in Phường Bỉm Sơn."""
    course = make_course("mot", title="=HYPERLINK(1)")
    for _ in range(2):
        make_completion(make_person(), course, "14812", IN_MONTH)
    make_completion(make_person(is_registered=False), course, "14812", IN_MONTH, kind="guest")
    db.session.commit()
    return app.test_cli_runner()


def rows_of_csv(output: bytes) -> dict[str, list[str]]:
    """Name → the whole line, head included under "Xã, phường"."""
    assert output.startswith("\ufeff".encode())
    return {row[1]: row for row in csv.reader(io.StringIO(output.decode("utf-8-sig")))}


def test_csv_holds_every_commune_the_province_and_those_without_a_commune(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=[*MONTH, "--format", "csv"])
    assert result.exit_code == 0, result.output
    rows = rows_of_csv(result.stdout_bytes)
    assert len(rows) == 1 + 166 + 2
    assert rows["Phường Bỉm Sơn"] == ["14812", "Phường Bỉm Sơn", "2", "2", "2", "0", "1", "3", "3"]
    assert rows["Cả tỉnh Thanh Hóa"][2:] == ["2", "2", "2", "0", "1", "3", "3"]
    assert rows["Xã Thiệu Quang"][2:] == ["0"] * 7


def test_text_that_could_act_as_a_formula_is_made_inert(runner: FlaskCliRunner) -> None:
    rows = rows_of_csv(runner.invoke(args=[*MONTH, "--format", "csv"]).stdout_bytes)
    assert rows["Xã, phường"][-1] == "'=HYPERLINK(1)"


def test_a_workbook_holds_numbers_as_numbers_under_a_frozen_head(runner: FlaskCliRunner, tmp_path: object) -> None:
    file = f"{tmp_path}/so-lieu.xlsx"
    assert runner.invoke(args=[*MONTH, "--format", "xlsx", "--output", file]).exit_code == 0
    with zipfile.ZipFile(file) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 -- our own file
    pane = next(sheet.iter(f"{CELLS}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert list(sheet.iter(f"{CELLS}f")) == []
    kinds = {cell.get("r"): cell.get("t") for cell in sheet.iter(f"{CELLS}c")}
    assert {kinds[f"{column}{line}"] for column in "CDH" for line in range(2, 2 + 166 + 2)} == {None}
    assert kinds["A2"] == "s"


def test_the_table_for_the_screen_says_period_and_map(runner: FlaskCliRunner) -> None:
    lines = runner.invoke(args=[*MONTH, "--basis", "then"]).output.splitlines()
    assert lines[0] == "Tỉnh Thanh Hóa · Tháng báo cáo 11/2026 · 15/10 – 14/11/2026 · Bản đồ lúc hoàn thành"
    assert any(line.split()[:4] == ["14812", "Phường", "Bỉm", "Sơn"] for line in lines)


def test_the_last_closed_month_is_the_default(runner: FlaskCliRunner) -> None:
    with clock.frozen(datetime(2026, 11, 21, tzinfo=UTC)):
        output = runner.invoke(args=MONTH[:4]).output
    assert "15/10 – 14/11/2026" in output


def test_rebuild_names_a_wrong_counter_and_repairs_it_only_when_told(runner: FlaskCliRunner) -> None:
    db.session.execute(update(Counter).values(completions=Counter.completions + 5))
    db.session.commit()
    found = runner.invoke(args=["figures", "rebuild"])
    assert found.exit_code == 1
    assert "Phường Bỉm Sơn, Thanh Hóa" in found.stdout
    repaired = runner.invoke(args=["figures", "rebuild", "--apply"])
    assert (repaired.exit_code, repaired.stdout) == (0, found.stdout)
    again = runner.invoke(args=["figures", "rebuild"])
    assert (again.exit_code, again.stdout) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [["--province", "99"], ["--province", "14812"], ["--province", "38", "--month", "11/2026"], []],
    ids=["no such province", "a commune", "not a month", "no province"],
)
def test_wrong_arguments_are_refused_on_stderr(app: Flask, arguments: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=["figures", "communes", *arguments])
    assert result.exit_code != 0
    assert "Error" in result.stderr
