"""What the compiler says of a lesson, a practice, a drill or a whole course → what is said to who sees a form.

Buttons are called as the toolbar calls them.
"""

from flask_babel import lazy_gettext

NO_ITEMS = r"Khóa học chưa có bài nào"
TEXT_SAYINGS = (
    (r"Thiếu `key:`|`key: .*` chỉ được", lazy_gettext("Mục này chưa có khóa để gắn kết quả của người học.")),
    (r"Thiếu `(?P<name>[^`]*):`", lazy_gettext("Phần “%(name)s” còn trống.")),
    (r"Không có tên `(?P<name>[^`]*):`", lazy_gettext("Tệp đưa lên có dòng lạ “%(name)s”. Dòng ấy không có tác dụng.")),
    (r".*Mỗi mục một tên riêng", lazy_gettext("Hai mục trùng khóa hoặc địa chỉ. Xóa một mục rồi thêm lại.")),
    (r"Không có kỹ năng `(?P<code>.*?)`", lazy_gettext("Không có mã kỹ năng “%(code)s”. Ví dụ: tt02:4.2.")),
    (r"Không có hình", lazy_gettext("Khóa học không có hình này. Bấm Hình để thêm lại.")),
    (
        r"Hình phải nằm trong thư mục",
        lazy_gettext("Hình của trang khác không dùng được. Tải hình về máy, rồi bấm Hình."),
    ),
    (
        r"Không có bài .* trong khóa này",
        lazy_gettext("Liên kết tới bài không có trong khóa. Bấm Liên kết để chọn lại."),
    ),
    (r"Từ #.* chưa được giải nghĩa", lazy_gettext("Từ này chưa được giải nghĩa. Bấm Giải nghĩa.")),
    (
        r"Từ nước ngoài chưa giải nghĩa: (?P<words>.*)\. Thay",
        lazy_gettext("Từ nước ngoài chưa giải nghĩa: %(words)s. Thay bằng tiếng Việt, hoặc bấm Giải nghĩa."),
    ),
    (r"Tiêu đề lớn đã có", lazy_gettext("Dòng này to bằng tên bài. Chọn dòng ấy, bấm Tiêu đề.")),
    (r"Thiếu dấu cách sau", lazy_gettext("Dòng này định làm tiêu đề mà chưa thành. Chọn dòng ấy, bấm Tiêu đề.")),
    (r"Tiêu đề nhảy bậc", lazy_gettext("Tiêu đề này nhỏ quá một bậc. Chọn dòng ấy, bấm Tiêu đề.")),
    (r"Câu hỏi trong bài viết bằng", lazy_gettext("Câu hỏi này viết chưa đúng cách. Bấm Câu hỏi để thêm lại.")),
    (r"Câu hỏi trong bài học chỉ dùng ô chọn", lazy_gettext("Câu hỏi trong bài chỉ có phương án để chọn.")),
    (r"Khối mã mở", lazy_gettext("Ở đây có ba dấu nháy mở mà không đóng. Bỏ ba dấu ấy.")),
    (r"Gạch dưới chữ", lazy_gettext("Gạch dưới chữ không thành tiêu đề. Bỏ dòng gạch, chọn dòng chữ, bấm Tiêu đề.")),
    (
        r"Bài thực hành có (?P<count>\d+) việc; cần từ (?P<least>\d+) đến (?P<most>\d+)",
        lazy_gettext("Bài thực hành có %(count)s việc, cần từ %(least)s đến %(most)s. Bấm Việc phải làm."),
    ),
    (r"Việc cần làm viết bằng|Ô của việc cần làm", lazy_gettext("Thêm việc cần làm bằng nút Việc phải làm.")),
    (r"Tình huống chưa có tin nhắn", lazy_gettext("Tình huống chưa có đoạn nào. Bấm Đoạn mới.")),
    (r"Đoạn này chưa có tên", lazy_gettext("Đoạn này chưa có tên.")),
    (r"Tên đoạn giống dòng", lazy_gettext("Hai đoạn trùng tên. Đặt tên khác.")),
    (r"Câu đáp viết bằng ô chọn", lazy_gettext("Thêm câu trả lời bằng nút Trả lời đúng, Trả lời sai.")),
    (r"Lời giải thích viết ngay dưới câu đáp", lazy_gettext("Lời giải thích đứng ngay dưới câu trả lời.")),
    (r"Câu đáp không nên làm phải có", lazy_gettext("Câu trả lời sai chưa có lời vì sao. Viết ngay dưới câu ấy.")),
    (r"Đoạn này chưa có câu đáp nên làm", lazy_gettext("Đoạn này chưa có câu trả lời đúng. Bấm Trả lời đúng.")),
    (r"Câu đáp này không dẫn đi đâu", lazy_gettext("Câu trả lời này chưa dẫn tới đoạn nào. Ghi tên đoạn ở cuối câu.")),
    (
        r"Không có đoạn “(?P<name>.*?)”",
        lazy_gettext("Không có đoạn “%(name)s”. Ghi đúng tên một đoạn của tình huống."),
    ),
    (
        r"Không câu đáp nào dẫn tới đoạn “(?P<name>.*?)”",
        lazy_gettext("Không câu trả lời nào dẫn tới đoạn “%(name)s”. Dẫn tới đó, hoặc bỏ đoạn ấy."),
    ),
    (
        r"Các mục cộng lại (?P<count>\d+) phút",
        lazy_gettext("Các mục cộng lại %(count)s phút, khác số phút của khóa. Mở trang này rồi bấm Lưu."),
    ),
    (
        r"`.*` (không phải là khóa của mục nào|viết hai lần trong completion|không phải là bài kiểm tra)"
        r"|Không có mục nào mang khóa",
        lazy_gettext("Danh sách mục phải làm xong chưa đúng. Chọn lại rồi bấm Lưu."),
    ),
    (
        r"`.*` không phải là khóa \(key\) của một khóa học",
        lazy_gettext("Khóa nên học trước không đúng. Chọn lại rồi bấm Lưu."),
    ),
    (r"Thư mục thiếu tệp", lazy_gettext("Chưa có thông tin khóa học. Điền rồi bấm Lưu.")),
    (NO_ITEMS, lazy_gettext("Khóa học chưa có mục nào. Thêm bài học đầu tiên.")),
    (
        r"`edition:` không được lùi. Viết: edition: (?P<edition>\d+)",
        lazy_gettext("Lần ban hành không lùi được. Để ít nhất là %(edition)s."),
    ),
    (
        r"Khóa \(key\) ",
        lazy_gettext("Tệp đưa lên mang khóa của khóa học khác. Nhờ người vận hành hệ thống giúp."),
    ),
    (r"Mục `.*` đã xuất bản là loại khác", lazy_gettext("Mục này đã xuất bản là loại khác. Xóa đi rồi thêm mục mới.")),
    (
        r"Câu hỏi `.*` đã xuất bản là loại",
        lazy_gettext("Câu này đã xuất bản với loại khác. Nhân đôi câu này rồi xóa bản cũ."),
    ),
    (r"`(?P<name>[a-z_]+):` ", lazy_gettext("Tệp đưa lên có dòng “%(name)s” viết chưa đúng cách.")),
)
