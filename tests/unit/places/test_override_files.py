"""An operator's file of corrections: every line that cannot be used is named."""

from pathlib import Path

import pytest

from app.places.files import FaultyOverrides, Override, read_overrides

FORMER, COMMUNES = {"13165", "14815"}, {"13075", "14812"}
HEAD = "old_code,new_code,is_default,reason\n"


def read(tmp_path: Path, text: str) -> dict[str, list[Override]]:
    path = tmp_path / "overrides.csv"
    path.write_text(text, encoding="utf-8")
    return read_overrides(path, FORMER, COMMUNES)


def test_rows_of_one_code_are_read_together(tmp_path: Path) -> None:
    found = read(tmp_path, "\ufeff" + HEAD + '13165,13075,1,"Thôn 1, thôn 2"\n13165,14812,0,Thôn 3\n')
    assert found == {
        "13165": [Override("13165", "13075", True, "Thôn 1, thôn 2"), Override("13165", "14812", False, "Thôn 3")]
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("99999,13075,1,x", "no commune of 30 June 2025 had the code 99999"),
        ("13165,99999,1,x", "no commune of today has the code 99999"),
        ("13165,13075,yes,x", "is_default is 0 or 1"),
        ("13165,13075,1,", "a reason is needed"),
        ("13165,13075,1", "a line has 4 fields"),
        ("13165,13075,1,x,y", "a line has 4 fields"),
        (f"13165,13075,1,{'x' * 201}", "at most 200 characters"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(FaultyOverrides, match=rf"overrides\.csv:2: .*{reason}"):
        read(tmp_path, HEAD + line + "\n")


@pytest.mark.parametrize(
    "lines",
    ["13165,13075,0,x", "13165,13075,1,x\n13165,14812,1,y", "13165,13075,1,x\n13165,13075,0,y"],
    ids=["no default", "two defaults", "the same successor twice"],
)
def test_a_mapping_needs_one_default_and_each_successor_once(tmp_path: Path, lines: str) -> None:
    with pytest.raises(FaultyOverrides, match="13165"):
        read(tmp_path, HEAD + lines + "\n")


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyOverrides, match=r"overrides\.csv:1: the columns must be"):
        read(tmp_path, "old,new\n1,2\n")
