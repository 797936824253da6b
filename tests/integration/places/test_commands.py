"""`flask places load` and `flask places find`."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.extensions import db
from app.places.models import former_commune_id
from app.places.queries import commune_today
from tests.factories import place_id_of

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def run(app: Flask):  # type: ignore[no-untyped-def]
    def run(*arguments: str) -> Result:
        db.session.commit()
        return app.test_cli_runner().invoke(args=["places", *arguments])

    return run


def test_load_says_what_is_there(run) -> None:  # type: ignore[no-untyped-def]
    result = run("load")
    assert result.exit_code == 0
    assert result.output == ("34 provinces, 3321 communes, 10035 former communes, 10567 successions; 0 rows written\n")


def test_load_takes_an_operators_corrections(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "own.csv"
    path.write_text("old_code,new_code,is_default,reason\n14815,24805,1,Nhầm\n", encoding="utf-8")
    result = run("load", "--overrides", str(path))
    assert (result.exit_code, "1 rows written" in result.output) == (0, True)
    assert commune_today(former_commune_id("14815")) == place_id_of("24805")


def test_a_faulty_file_changes_nothing_and_says_where(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "own.csv"
    path.write_text("old_code,new_code,is_default,reason\n14815,24805,1,x\n1,24805,1,x\n", encoding="utf-8")
    result = run("load", "--overrides", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{path}:3: no commune of 30 June 2025")
    assert commune_today(former_commune_id("14815")) == place_id_of("14812")


def test_a_file_that_is_no_text_is_refused(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "own.csv"
    path.write_bytes(b"\xff\xfe\x00")
    result = run("load", "--overrides", str(path))
    assert (result.exit_code, "not UTF-8" in result.stderr) == (1, True)


def test_find_prints_communes_of_today(run) -> None:  # type: ignore[no-untyped-def]
    result = run("find", "xuan", "tho", "da", "lat")
    assert result.exit_code == 0
    assert result.output.startswith("24805  Phường Xuân Trường - Đà Lạt, Lâm Đồng (trước là Xã Xuân Thọ,")


def test_find_fails_where_nothing_is_found(run) -> None:  # type: ignore[no-untyped-def]
    result = run("find", "zzzz", "qqqq")
    assert (result.exit_code, result.stdout) == (1, "")
