"""Faults as a form says them: without the signs and line numbers of a file that its reader never sees."""

import re

from flask_babel import lazy_gettext

from app.authoring.text_words import TEXT_SAYINGS

NO_KEY = r"Câu hỏi thiếu khóa|Khóa `.*` chỉ được có chữ"
SAYINGS = (
    (r"Sau ## chưa có câu hỏi", lazy_gettext("Chưa có câu hỏi. Viết vào ô Câu hỏi.")),
    (NO_KEY, lazy_gettext("Câu này chưa có khóa để gắn kết quả của người học.")),
    (
        r"Khóa `.*` đã dùng.*[Mm]ỗi câu hỏi",
        lazy_gettext("Câu khác đã dùng khóa của câu này. Nhân đôi câu này rồi xóa bản cũ."),
    ),
    (r"Câu hỏi này chưa có phương án", lazy_gettext("Câu hỏi này chưa có phương án.")),
    (r"Chưa có phương án đúng nào", lazy_gettext("Chưa có phương án đúng. Đánh dấu ít nhất một phương án đúng.")),
    (r"Phương án này giống hệt", lazy_gettext("Hai phương án giống hệt nhau. Sửa hoặc bỏ một.")),
    (r"Phương án này chỉ khác chữ hoa", lazy_gettext("Hai phương án chỉ khác chữ hoa, chữ thường. Khó phân biệt.")),
    (r"Phương án này chưa có lời giải thích", lazy_gettext("Chưa có lời cho phương án này: vì sao đúng, vì sao sai?")),
    (r"Sau dấu = chưa có câu trả lời|`` không phải là số", lazy_gettext("Chưa có câu trả lời.")),
    (r"`(?P<words>.*)` không phải là số", lazy_gettext("“%(words)s” không phải là số. Ví dụ: 5 hoặc 0,5.")),
    (r"Khoảng số viết từ nhỏ đến lớn", lazy_gettext("Khoảng số viết từ nhỏ đến lớn, ví dụ từ 1 đến 10.")),
    (r"Viết `.*\*`: câu trả lời khác", lazy_gettext("“Câu trả lời khác” không thể được điểm.")),
    (r"Bên phải mũi tên chưa có chữ", lazy_gettext("Cặp này chưa có vế phải.")),
    (r"Bên trái giống dòng", lazy_gettext("Hai vế trái giống nhau. Mỗi vế trái chỉ viết một lần.")),
    (r"Câu ghép cần ít nhất hai cặp", lazy_gettext("Câu ghép cần ít nhất hai cặp có vế trái.")),
    (r"Bên phải chỉ có một vế", lazy_gettext("Các vế phải giống nhau nên ai cũng ghép đúng. Thêm một vế khác.")),
    (
        r"Chỗ trống \((?P<number>\d+)\) chưa có câu trả lời",
        lazy_gettext("Chỗ trống (%(number)s) chưa có câu trả lời."),
    ),
    (
        r"Chỗ trống \((?P<number>\d+)\) chưa có phương án sai",
        lazy_gettext("Chỗ trống (%(number)s) chưa có phương án sai."),
    ),
    (
        r"Trong câu không có chỗ trống \((?P<number>\d+)\)",
        lazy_gettext("Trong câu không còn chỗ trống (%(number)s). Bấm Thêm chỗ trống."),
    ),
    (r"Các chỗ trống đánh số", lazy_gettext("Các chỗ trống đánh số 1, 2, 3…, mỗi số một lần.")),
    (r"Câu chạm vào hình cần một hình", lazy_gettext("Chưa có hình. Bấm Chọn hình.")),
    (
        r"Câu chạm vào hình cần ít nhất hai vùng",
        lazy_gettext("Cần ít nhất hai vùng trên hình, trong đó có vùng đúng."),
    ),
    (r"Phương án này chưa có vùng|Vùng này ra ngoài hình", lazy_gettext("Vùng này chưa nằm gọn trong hình.")),
    (r"Hình này thiếu lời tả", lazy_gettext("Hình thiếu lời tả cho người không nhìn thấy.")),
    (
        r"`draw: \d+` nhiều hơn số câu hỏi \((?P<count>\d+)\)",
        lazy_gettext("Bài chỉ có %(count)s câu mà mỗi lần lấy nhiều hơn."),
    ),
    (r"Đã có số câu lấy từ từng nhóm", lazy_gettext("Đã lấy số câu theo nhóm. Bỏ số câu mỗi lần làm.")),
    (r"Bài kiểm tra có người coi", lazy_gettext("Bài có người coi chỉ cho biết đúng sai khi đã nộp.")),
    (r"Bài kiểm tra chưa có câu hỏi nào", lazy_gettext("Bài kiểm tra chưa có câu hỏi nào. Bấm Thêm câu hỏi.")),
    (r"Thiếu `title:`", lazy_gettext("Bài kiểm tra chưa có tên.")),
    (r"Nhóm `(?P<name>.*)` có hai tiêu đề", lazy_gettext("Nhóm “%(name)s” đứng ở hai chỗ. Gộp lại làm một.")),
)
"""What the compiler says → what the form says; everything else is said as it is."""


def in_form_words(reason: str) -> str:
    """The same in words that fit a form."""
    for pattern, saying in (*SAYINGS, *TEXT_SAYINGS):
        match = re.match(pattern, reason)
        if match:
            found = {name: words[:60] for name, words in match.groupdict().items()}
            return str(saying) % found if found else str(saying)
    return reason
