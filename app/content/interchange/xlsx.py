"""Questions in a spreadsheet: one row each, heads in Vietnamese. For trainers who write with Excel."""

from dataclasses import replace

from app.content.compile.text import normalise
from app.content.interchange.keys import unique_key
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.interchange.xlsx_cells import Cell, Sheet, sheets_of
from app.content.interchange.xlsx_columns import HEADERS, Columns, columns_of
from app.content.interchange.xlsx_rows import Row, RowRefused, question_of
from app.content.interchange.xlsx_template import EXAMPLES_NAME, template
from app.shared.vietnamese import fold

__all__ = ["HEADERS", "read", "template"]

_ROWS_BEFORE_HEAD = 20
_NO_HEAD = "Không thấy dòng tiêu đề có cột Câu hỏi và cột Đúng (hoặc Phương án 1). Tải tệp mẫu và điền vào tệp mẫu."


def read(content: bytes) -> Imported:
    """The questions of the first sheet that has our heads; the sheet of examples is passed over.

    Raises:
        FileUnreadable: no spreadsheet, or none of its sheets has the heads.
    """
    entries: list[TakenQuestion | RefusedQuestion] = []
    found = [(sheet, place) for sheet in sheets_of(content) if (place := _head_row(sheet)) is not None]
    chosen = [(sheet, place) for sheet, place in found if fold(sheet.name) != fold(EXAMPLES_NAME)] or found
    if not chosen:
        raise FileUnreadable(_NO_HEAD)
    sheet, head = chosen[0]
    columns = columns_of([cell.words for cell in sheet.rows[head]])
    for label in [*columns.unknown, *columns.doubled]:
        reason = "Không rõ cột này là gì, nên bỏ qua. Sửa tên cột cho giống tệp mẫu, hoặc xóa cột."
        entries.append(RefusedQuestion(head + 1, f"Cột {label[:60]}", reason))
    taken_keys: set[str] = set()
    for number, cells in enumerate(sheet.rows[head + 1 :], head + 2):
        if any(cell.words or cell.fault for cell in cells):
            entries.append(_entry(number, cells, columns, taken_keys))
    for other, place in chosen[1:]:
        if any(cell.words for row in other.rows[place + 1 :] for cell in row):
            reason = "Trang này chưa được đọc. Chép các dòng của nó sang trang đầu tiên rồi nhập lại."
            entries.append(RefusedQuestion(place + 1, f"Trang {other.name[:60]}", reason))
    return Imported(tuple(entries))


def _head_row(sheet: Sheet) -> int | None:
    for place, row in enumerate(sheet.rows[:_ROWS_BEFORE_HEAD]):
        if columns_of([cell.words for cell in row]).is_usable:
            return place
    return None


def _entry(
    number: int, cells: tuple[Cell, ...], columns: Columns, taken_keys: set[str]
) -> TakenQuestion | RefusedQuestion:
    used = [*columns.fields.values(), *columns.options.values(), *columns.feedback.values()]
    label = next((cell.words for cell in cells if cell.words), "")[:80]
    for place in sorted(used):
        if place < len(cells) and cells[place].fault:
            return RefusedQuestion(number, label, f"Ô {_letters(place)}{number} {cells[place].fault}")
    row = _row(number, cells, columns)
    try:
        question = question_of(row)
    except RowRefused as refusal:
        return RefusedQuestion(number, label, str(refusal))
    key = unique_key(question.key, question.title, taken_keys)
    if question.key and key != question.key:
        row.changes.append(f"Khóa “{question.key[:80]}” không dùng được ở đây; đổi thành {key}.")
    if question.type == "text":
        _warn_of_lost_zero(row, cells, columns)
    outside = [cell.words for place, cell in enumerate(cells) if place not in used and cell.words]
    if outside:
        row.changes.append(f"Bỏ chữ ở cột không tên: {', '.join(outside)[:200]}.")
    return TakenQuestion(number, replace(question, key=key), tuple(dict.fromkeys(row.changes)))


def _row(number: int, cells: tuple[Cell, ...], columns: Columns) -> Row:
    def words(place: int) -> str:
        return _normal(cells[place].words) if place < len(cells) else ""

    row = Row(
        number,
        {name: words(place) for name, place in columns.fields.items()},
        {n: words(place) for n, place in sorted(columns.options.items()) if words(place)},
        {n: words(place) for n, place in sorted(columns.feedback.items()) if words(place)},
    )
    row.changes += [
        cells[place].change for place in columns.options.values() if place < len(cells) and cells[place].change
    ]
    row.changes += [
        f"Bỏ lời cho phương án {n}: phương án ấy để trống."
        for n in row.feedback
        if n not in row.options and row.options
    ]
    return row


def _warn_of_lost_zero(row: Row, cells: tuple[Cell, ...], columns: Columns) -> None:
    for place in [*columns.options.values(), columns.fields.get("right", len(cells))]:
        if place < len(cells) and cells[place].is_number and len(cells[place].words) == 9:
            row.changes.append(f"{cells[place].words} có thể đã mất số 0 ở đầu. Nếu là số điện thoại, sửa lại cho đủ.")


def _normal(text: str) -> str:
    lines = normalise(text.encode("utf-8", "replace")).split("\n")
    return "\n".join(stripped for line in lines if (stripped := " ".join(line.split())))


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
