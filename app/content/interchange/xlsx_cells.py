"""The cells of a spreadsheet file as typed. Sizes are checked before it is opened: cells far apart cost memory."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.content.interchange.moodle_numbers import shown
from app.content.interchange.report import FileUnreadable

MAXIMUM_BYTES = 10_000_000
MAXIMUM_UNPACKED = 100_000_000
MAXIMUM_RATIO = 200
MAXIMUM_ENTRIES = 500
MAXIMUM_ROWS = 5_000
MAXIMUM_COLUMNS = 200
MAXIMUM_CELLS = 100_000
_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_REFERENCE = re.compile(r"([A-Za-z]{1,7})(\d{1,9})")
_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)")
_HIDDEN_SHEET = re.compile(rb"<(?:\w+:)?(?:row|c)[\s/>]")
_OTHER_KINDS = {"content.xml", "xl/workbook.bin"}
"""Parts of other spreadsheet formats, which the library would try as well."""
_BROKEN = "Tệp bị hỏng hoặc không phải tệp Excel (.xlsx). Mở bằng Excel, chọn Lưu thành, kiểu Excel Workbook (.xlsx)."
_PASSWORD = "Tệp có mật khẩu nên máy không đọc được. Mở bằng Excel, bỏ mật khẩu, lưu lại rồi thử lại."  # noqa: S105
_TOO_LARGE = "Tệp nhiều ô quá. Chép các dòng câu hỏi sang một tệp mới, nhiều nhất 5.000 dòng, rồi thử lại."

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
    _check(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in workbook.sheet_names
        ]
    except PasswordError:
        raise FileUnreadable(_PASSWORD) from None
    except (CalamineError, ValueError, OSError, ArithmeticError):
        raise FileUnreadable(_BROKEN) from None
    except BaseException as error:  # a panic of the library derives from BaseException
        if type(error).__name__ != "PanicException":
            raise
        raise FileUnreadable(_BROKEN) from None
    return tuple(Sheet(name, tuple(tuple(_cell(value) for value in row) for row in rows)) for name, rows in found)


def _check(content: bytes) -> None:
    if len(content) > MAXIMUM_BYTES:
        raise FileUnreadable("Tệp lớn quá 10 MB. Bỏ hình và các trang không cần, rồi lưu lại.")
    if content.startswith(_OLD_FORMAT):
        is_locked = _ENCRYPTED in content
        old = "Đây là tệp Excel kiểu cũ (.xls). Mở bằng Excel, chọn Lưu thành, kiểu Excel Workbook (.xlsx)."
        raise FileUnreadable(_PASSWORD if is_locked else old)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, len(content))
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        if isinstance(error, FileUnreadable):
            raise
        raise FileUnreadable(_BROKEN) from None
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "struct"):
            raise FileUnreadable(_BROKEN) from None
        raise


def _check_archive(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if (
        "xl/workbook.xml" not in names
        or names & _OTHER_KINDS
        or len(names) < len(entries)
        or len(entries) > MAXIMUM_ENTRIES
    ):
        raise FileUnreadable(_BROKEN)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileUnreadable(_PASSWORD)
    if unpacked > MAXIMUM_UNPACKED or (unpacked > 5_000_000 and unpacked > packed * MAXIMUM_RATIO):
        raise FileUnreadable("Tệp này giải nén ra lớn bất thường nên máy không đọc. Chép các dòng sang một tệp mới.")
    for entry in entries:
        with archive.open(entry) as stream:
            part = stream.read(entry.file_size + 1)
        if entry.filename.lower().endswith((".xml", ".rels")):
            _Extent().read(part)
        elif _HIDDEN_SHEET.search(part) and part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise FileUnreadable(_BROKEN)


class _Extent:
    """Walks over a part of the file: no document type in any, no cell far out in a sheet."""

    def __init__(self) -> None:
        self.row = self.column = self.cells = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start

    def read(self, content: bytes) -> None:
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, ValueError) as error:
            if isinstance(error, FileUnreadable):
                raise
            raise FileUnreadable(_BROKEN) from None

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

    def _refuse(self, *_details: object) -> None:
        raise FileUnreadable(_BROKEN)


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
