"""Rows of a spreadsheet become questions; a file that is broken or may do harm is refused in plain words."""

import contextlib
import io
import re
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.interchange.xlsx import read, template
from app.content.interchange.xlsx_cells import sheets_of
from tests.zips import make_zip

HEAD = ["Câu hỏi", "Loại", "Phương án 1", "Phương án 2", "Phương án 3", "Đúng"]
TEMPLATE = template()


def book(*sheets: list[list[object]]) -> bytes:
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    workbook.close()
    return output.getvalue()


def row(*cells: object) -> TakenQuestion:
    (entry,) = read(book([HEAD, list(cells)])).entries
    assert isinstance(entry, TakenQuestion), entry
    return entry


def refused(*cells: object) -> str:
    (entry,) = read(book([HEAD, list(cells)])).entries
    assert isinstance(entry, RefusedQuestion), entry
    return entry.reason


def changed(content: bytes, part: str, pattern: bytes, replacement: bytes) -> bytes:
    """The same file with another text in one of its parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            inside = old.read(entry)
            new.writestr(
                entry.filename, re.sub(pattern, replacement, inside, count=1) if entry.filename == part else inside
            )
    return output.getvalue()


def test_the_template_is_the_same_each_time_and_holds_no_question_yet() -> None:
    assert template() == TEMPLATE
    assert read(TEMPLATE).entries == ()


def test_the_examples_of_the_template_are_all_taken_without_a_change() -> None:
    examples = sheets_of(TEMPLATE)[2]
    entries = read(book([[cell.words for cell in cells] for cells in examples.rows])).entries
    assert [entry.question.type for entry in entries if isinstance(entry, TakenQuestion) and not entry.changes] == [
        "single", "multiple", "true_false", "text", "number", "matching", "ordering", "free",
    ]  # fmt: skip


@pytest.mark.parametrize("right", ["B", "b", "2", 2, "B.", "hai", "(B)"])
def test_the_right_option_is_a_letter_a_number_or_its_words(right: object) -> None:
    found = row("Câu", "", "một", "hai", "ba", right).question
    assert (found.type, [option.is_ticked for option in found.options]) == ("single", [False, True, False])


@pytest.mark.parametrize("right", ["A, C", "1;3", "A và C", 1.3, "a c"])
def test_several_right_options_make_a_multiple(right: object) -> None:
    found = row("Câu", "", "một", "hai", "ba", right).question
    assert (found.type, [option.is_ticked for option in found.options]) == ("multiple", [True, False, True])


def test_heads_are_known_in_any_order_and_without_marks() -> None:
    rows = [
        ["DAP AN", "C", "A.", "B", "cau", "Giải thích", "Lời cho phương án 1"],
        ["A", "x", "y", "z", "Câu", "vì", "tốt"],
    ]
    (entry,) = read(book(rows)).entries
    assert isinstance(entry, TakenQuestion)
    assert [option.words for option in entry.question.options] == ["y", "z", "x"]
    assert (entry.question.options[0].feedback, entry.question.explanation) == ("tốt", "vì")


def test_numbers_stay_as_typed_and_a_lost_zero_is_pointed_out() -> None:
    assert row("Số?", "", "", "", "", 113).question.options[0].words == "113"
    assert row("Câu", "", 1.5, 2, "", "A").question.options[0].words == "1,5"
    assert "số 0" in row("Số?", "", "", "", "", 912345678).changes[0]


def test_signs_at_the_start_of_a_cell_are_text() -> None:
    found = row("=SUM(A1)", "", "+x", "-y", "@z", "A").question
    assert (found.title, [option.words for option in found.options]) == ("=SUM(A1)", ["+x", "-y", "@z"])


def test_marks_of_markdown_show_as_typed() -> None:
    found = row("2 * 3 * 4 [x]", "tự luận").question
    assert found.title == "2 \\* 3 \\* 4 \\[x\\]"


def test_what_is_unclear_is_refused_with_the_cell_or_the_remedy() -> None:
    assert "Ô C2" in refused("Câu", "", datetime(2026, 5, 12), "b", "", "A")  # noqa: DTZ001 -- a cell holds no zone
    assert "chữ cái" in refused("Câu", "", 3, 5, 7, 3)
    assert "cột Đúng" in refused("Câu", "", "a", "b")
    assert "giống hệt" in refused("Câu", "", "a", "a", "", "A")
    assert "Không có loại" in refused("Câu", "ô chữ", "a", "b", "", "A")
    assert "để trống" in refused("Câu", "", "a", "b", "", "D")
    assert "số nghìn" in refused("Câu", "gõ số", "", "", "", "1.000")
    assert "chưa có câu hỏi" in refused("", "", "a", "b", "", "A")
    assert "#DIV/0!" in refused("Câu", "", "#DIV/0!", "b", "", "A")


def test_rows_keep_their_numbers_and_empty_ones_are_passed_over() -> None:
    entries = read(book([["Bài của tôi"], HEAD, ["x", "tự luận"], [], ["", " "], ["x", "tự luận"]])).entries
    assert [entry.line for entry in entries] == [3, 6]
    assert [entry.question.key for entry in entries if isinstance(entry, TakenQuestion)] == ["q-x", "q-x-2"]


def test_unknown_columns_and_other_sheets_are_said() -> None:
    entries = read(book([[*HEAD, "Thời gian"], ["x", "tự luận"]], [HEAD, ["y", "tự luận"]])).entries
    assert [entry.label for entry in entries if isinstance(entry, RefusedQuestion)] == ["Cột Thời gian", "Trang Sheet2"]


@pytest.mark.parametrize("content", [b"", b"PK", b"x,y\n1,2", TEMPLATE[:4000], TEMPLATE[:-40], book([["a", "b"]])])
def test_what_is_no_spreadsheet_of_questions_is_refused(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        read(content)


def test_old_files_and_passwords_have_their_own_advice() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(FileUnreadable, match=r"\.xls"):
        read(old)
    with pytest.raises(FileUnreadable, match="mật khẩu"):
        read(old + "EncryptedPackage".encode("utf-16-le"))


def test_bombs_are_refused_before_they_are_opened() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    content = book([HEAD, ["x", "tự luận"]])
    far = changed(content, sheet, rb'r="A2"', b'r="XFD1048576"')
    low = changed(content, sheet, rb'<row r="2"', b'<row r="1000000"')
    entity = changed(content, sheet, rb"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')
    zeros = changed(
        content, sheet, rb"</worksheet>", b"<!--" + bytes(48 for _ in range(1)) * 90_000_000 + b"--></worksheet>"
    )
    for bomb in (far, low, entity, zeros):
        with pytest.raises(FileUnreadable):
            read(bomb)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_is_told_by_whichever_way_the_parts_are_packed(method: int) -> None:
    part = "xl/workbook.xml"
    packed = bytearray(make_zip({part: b"<workbook/>" * 100}, method))
    start = len(b"PK\x03\x04") + 26 + len(part)
    packed[start + 4 : start + 24] = b"\xff" * 20
    with pytest.raises(FileUnreadable):
        read(bytes(packed))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TEMPLATE) - 1), st.binary(min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused(place: int, damage: bytes) -> None:
    with contextlib.suppress(FileUnreadable):
        assert isinstance(read(TEMPLATE[:place] + damage + TEMPLATE[place + len(damage) :]), Imported)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.text(max_size=12) | st.sampled_from(["A", "1;2", "đúng", "->", "gõ số", "5"]), max_size=8),
        max_size=4,
    )
)
def test_any_cells_are_taken_or_refused(rows: list[list[str]]) -> None:
    imported = read(book([HEAD, *rows]))
    keys = [question.key for question in imported.questions]
    assert len(set(keys)) == len(keys)
