"""The spreadsheet to fill in: a sheet for the questions, one of instructions, one with an example of each kind."""

import io
from datetime import datetime

import xlsxwriter

from app.content.interchange.xlsx_columns import HEADERS

QUESTIONS_NAME, INSTRUCTIONS_NAME, EXAMPLES_NAME = "Câu hỏi", "Hướng dẫn", "Ví dụ"
KINDS = ("chọn một", "chọn nhiều", "đúng sai", "gõ chữ", "gõ số", "ghép cặp", "xếp thứ tự", "tự luận")
_INSTRUCTIONS = (
    "Mỗi dòng ở trang “Câu hỏi” là một câu. Giữ nguyên dòng tiêu đề; cột nào không dùng thì để trống.",
    "Câu hỏi: viết câu hỏi. Xuống dòng trong ô (Alt+Enter) nếu có thêm đoạn chữ.",
    "Loại: để trống thì máy tự nhận; hoặc chọn trong danh sách.",
    "Phương án 1 đến 8: mỗi ô một phương án.",
    "Đúng: ghi chữ cái hoặc số của phương án đúng, ví dụ B hoặc 2. Nhiều đáp án: B, D hoặc 2; 4.",
    "Câu đúng sai: để trống các phương án, ghi Đúng hoặc Sai vào cột Đúng.",
    "Câu gõ chữ: ghi đáp án vào cột Đúng; nhiều cách viết cách nhau dấu chấm phẩy, ví dụ 113; một một ba.",
    "Câu gõ số: ghi loại “gõ số”, đáp án viết 5, hoặc 5 ± 0,5, hoặc 1..10.",
    "Câu ghép cặp: mỗi ô phương án một cặp, ví dụ Công an -> 113.",
    "Câu xếp thứ tự: ghi loại “xếp thứ tự”, các bước theo thứ tự đúng, mỗi ô một bước.",
    "Câu tự luận: ghi loại “tự luận”. Người dạy chấm.",
    "Lời cho phương án: câu hiện ra khi người học chọn phương án ấy.",
    "Giải thích hiện sau khi trả lời. Gợi ý hiện khi người học bấm xem.",
    "Điểm: số tròn từ 1 đến 100; để trống là 1. Kỹ năng: mã như tt02:4.2. Khóa: để trống thì máy tự đặt.",
    "Số điện thoại: gõ trong tệp này để không mất số 0 ở đầu, vì các ô đã để kiểu Text.",
)
_EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "Câu hỏi": "Mật khẩu nào khó đoán nhất?", "Phương án 1": "123456", "Phương án 2": "ca-phe-sua-4-ly",
        "Phương án 3": "tên cháu và năm sinh", "Đúng": "B",
        "Lời cho phương án 1": "Đây là mật khẩu bị thử đầu tiên.", "Lời cho phương án 2": "Đúng: dài và dễ nhớ.",
        "Lời cho phương án 3": "Người quen đoán được.", "Giải thích": "Độ dài quan trọng hơn ký tự lạ.",
        "Gợi ý": "Càng dài càng khó đoán.", "Điểm": "2", "Kỹ năng": "tt02:4.1", "Khóa": "q-mat-khau",
    },
    {
        "Câu hỏi": "Những ai không bao giờ hỏi mã OTP?", "Phương án 1": "Công an", "Phương án 2": "Ngân hàng",
        "Phương án 3": "Kẻ lừa đảo", "Đúng": "A, B", "Lời cho phương án 3": "Chính họ hay hỏi.",
    },
    {"Câu hỏi": "Có thể đọc mã OTP cho người quen.", "Loại": "đúng sai", "Đúng": "Sai"},
    {"Câu hỏi": "Số điện thoại Công an?", "Loại": "gõ chữ", "Đúng": "113; một một ba"},
    {"Câu hỏi": "Nước sôi ở khoảng bao nhiêu độ?", "Loại": "gõ số", "Đúng": "100 ± 0,5"},
    {
        "Câu hỏi": "Ghép việc với số", "Loại": "ghép cặp", "Phương án 1": "Công an -> 113",
        "Phương án 2": "Cứu hỏa -> 114", "Phương án 3": "-> 116",
    },
    {
        "Câu hỏi": "Xếp các việc theo thứ tự khi trả tiền", "Loại": "xếp thứ tự", "Phương án 1": "Mở ứng dụng",
        "Phương án 2": "Quét mã", "Phương án 3": "Kiểm tra tên người nhận",
    },
    {"Câu hỏi": "Kể một lần suýt bị lừa", "Loại": "tự luận"},
)  # fmt: skip
_ROWS_TO_FILL = 500


def template() -> bytes:
    """The same bytes each time. Cells are text, so that Excel changes no 1/2 into a date and keeps a zero in front."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": "Câu hỏi", "created": datetime(2026, 1, 1)})  # noqa: DTZ001 -- no clock here
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE9F7", "border": 1})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    questions = workbook.add_worksheet(QUESTIONS_NAME)
    instructions = workbook.add_worksheet(INSTRUCTIONS_NAME)
    examples = workbook.add_worksheet(EXAMPLES_NAME)
    for sheet in (questions, examples):
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(HEADERS):
            sheet.set_column(column, column, 45 if column == 0 else 22 if len(name) > 5 else 12, text)
            sheet.write_string(0, column, name, head)
        kinds = {"validate": "list", "source": list(KINDS), "error_type": "warning"}
        sheet.data_validation(1, HEADERS.index("Loại"), _ROWS_TO_FILL, HEADERS.index("Loại"), kinds)
    for number, example in enumerate(_EXAMPLES, 1):
        for name, words in example.items():
            examples.write_string(number, HEADERS.index(name), words, text)
    instructions.set_column(0, 0, 110, text)
    for number, words in enumerate(_INSTRUCTIONS):
        instructions.write_string(number, 0, words, text)
    workbook.close()
    return output.getvalue()
