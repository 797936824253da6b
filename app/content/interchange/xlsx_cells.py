"""The cells of a spreadsheet file as typed. Sizes are checked before it is opened: cells far apart cost memory."""

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.content.interchange.moodle_numbers import shown
from app.content.interchange.office_file import Kind, PlainXml, is_xml, opened
from app.content.interchange.report import FileUnreadable

MAXIMUM_ROWS = 5_000
MAXIMUM_COLUMNS = 200
MAXIMUM_CELLS = 100_000
_REFERENCE = re.compile(r"([A-Za-z]{1,7})(\d{1,9})")
_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)")
_HIDDEN_SHEET = re.compile(rb"<(?:\w+:)?(?:row|c)[\s/>]")
_TOO_LARGE = "Tệp nhiều ô quá. Chép các dòng câu hỏi sang một tệp mới, nhiều nhất 5.000 dòng, rồi thử lại."
EXCEL = Kind(
    main_part="xl/workbook.xml",
    maximum_packed=10_000_000,
    maximum_entries=500,
    broken="Tệp bị hỏng hoặc không phải tệp Excel (.xlsx). Mở bằng Excel, chọn Lưu thành, kiểu Excel Workbook (.xlsx).",
    old="Đây là tệp Excel kiểu cũ (.xls). Mở bằng Excel, chọn Lưu thành, kiểu Excel Workbook (.xlsx).",
    password="Tệp có mật khẩu nên máy không đọc được. Mở bằng Excel, bỏ mật khẩu, lưu lại rồi thử lại.",  # noqa: S106
    too_large="Tệp lớn quá 10 MB. Bỏ hình và các trang không cần, rồi lưu lại.",
    bomb="Tệp này giải nén ra lớn bất thường nên máy không đọc. Chép các dòng sang một tệp mới.",
    other_kinds=frozenset({"content.xml", "xl/workbook.bin"}),
)

Value = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Cell:
    words: str = ""
    fault: str = ""
    """Why it cannot be read: a date, a formula error. A sentence that says what to do."""
    change: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: tuple[tuple[Cell, ...], ...]


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """All sheets with their cells; the first row is row 1.

    Raises:
        FileUnreadable: no spreadsheet, one with a password, or one that is too large unpacked.
    """
    _check_parts(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in workbook.sheet_names
        ]
    except PasswordError:
        raise FileUnreadable(EXCEL.password) from None
    except (CalamineError, ValueError, OSError, ArithmeticError):
        raise FileUnreadable(EXCEL.broken) from None
    except BaseException as error:  # a panic of the library derives from BaseException
        if type(error).__name__ != "PanicException":
            raise
        raise FileUnreadable(EXCEL.broken) from None
    return tuple(Sheet(name, tuple(tuple(_cell(value) for value in row) for row in rows)) for name, rows in found)


def _check_parts(content: bytes) -> None:
    with opened(content, EXCEL) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as stream:
                part = stream.read(entry.file_size + 1)
            if is_xml(entry.filename):
                _Extent(EXCEL).read(part)
            elif _HIDDEN_SHEET.search(part) and part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                raise FileUnreadable(EXCEL.broken)


class _Extent(PlainXml):
    """Refuses a sheet with a cell far out, too."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.row = self.column = self.cells = 0
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rsplit(":", 1)[-1]
        if kind == "row":
            given = attributes.get("r", "")
            self.row = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else self.row + 1
            self.column = 0
        elif kind == "c":
            self.cells += 1
            self.column += 1
            if place := _REFERENCE.fullmatch(attributes.get("r", "")):
                self.column = _column_number(place.group(1))
                self.row = int(place.group(2))
        else:
            return
        if self.row > MAXIMUM_ROWS or self.column > MAXIMUM_COLUMNS or self.cells > MAXIMUM_CELLS:
            raise FileUnreadable(_TOO_LARGE)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _cell(value: Value) -> Cell:
    if value is None:
        return Cell()
    if isinstance(value, bool):
        words = "Đúng" if value else "Sai"
        return Cell(words, change=f"Ô {'TRUE' if value else 'FALSE'} được đọc là “{words}”.")
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, date | datetime | time | timedelta):
        return Cell(fault="là ngày giờ, không rõ bác đã gõ gì. Đổi ô sang kiểu Text rồi gõ lại.")
    text = value.strip()
    if _ERROR.fullmatch(text):
        return Cell(fault=f"là công thức bị lỗi ({text}). Gõ thẳng chữ hoặc số vào ô.")
    return Cell(text)


def _number(value: float) -> Cell:
    if value != value or value in (float("inf"), float("-inf")):
        return Cell(fault="là số không đọc được. Gõ lại số.")
    if abs(value) < 1e15 and value == int(value):
        return Cell(str(int(value)), is_number=True)
    return Cell(shown(Decimal(repr(value))), is_number=True)
