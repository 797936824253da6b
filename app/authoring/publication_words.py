"""What the pages of reviewing and publishing say: events, parts of a course, settings and their values."""

from datetime import datetime
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext

from app.authoring.settings_form import AUDIENCE_WORDS, ICON_WORDS
from app.shared.vietnamese import clock_time, short_date

CHANGE_WORDS: dict[str, LazyString] = {
    "new": lazy_gettext("Mới"),
    "gone": lazy_gettext("Bỏ"),
    "changed": lazy_gettext("Sửa"),
    "moved": lazy_gettext("Chuyển chỗ"),
    "same": lazy_gettext("Như cũ"),
}
LOOKS: dict[str, LazyString | str] = {
    "heading": "",
    "text": "",
    "point": "",
    "code": "",
    "table": "",
    "unticked": lazy_gettext("Ô trống"),
    "ticked": lazy_gettext("Ô đã đánh dấu"),
    "box": lazy_gettext("Ô nổi bật"),
    "picture": lazy_gettext("Hình"),
    "sound": lazy_gettext("Âm thanh"),
    "asked": lazy_gettext("Câu hỏi"),
    "right": lazy_gettext("Đúng"),
    "wrong": lazy_gettext("Sai"),
    "partly": lazy_gettext("Đúng một phần"),
    "said": lazy_gettext("Lời cho phương án"),
    "pair": lazy_gettext("Cặp"),
    "step": lazy_gettext("Việc"),
    "free": lazy_gettext("Người học tự viết"),
    "hint": lazy_gettext("Gợi ý"),
    "explanation": lazy_gettext("Giải thích"),
    "pool": lazy_gettext("Nhóm câu"),
    "points": lazy_gettext("Điểm"),
    "hint_cost": lazy_gettext("Gợi ý trừ điểm"),
    "exact": lazy_gettext("Phải gõ đúng dấu, hoa thường"),
    "keeps_order": lazy_gettext("Giữ thứ tự phương án"),
    "address": lazy_gettext("Địa chỉ"),
    "title": lazy_gettext("Tên"),
    "minutes": lazy_gettext("Số phút"),
    "goal": lazy_gettext("Bà con muốn làm được việc gì?"),
    "summary": lazy_gettext("Giới thiệu"),
    "audience": lazy_gettext("Cho ai"),
    "language": lazy_gettext("Tiếng"),
    "level": lazy_gettext("Bậc"),
    "edition": lazy_gettext("Lần ban hành"),
    "icon": lazy_gettext("Hình nhỏ trong danh sách"),
    "authors": lazy_gettext("Người soạn"),
    "licence": lazy_gettext("Giấy phép dùng lại"),
    "completion": lazy_gettext("Học xong khóa là làm xong"),
    "valid_for": lazy_gettext("Kết quả có giá trị mấy ngày"),
    "skills": lazy_gettext("Mã kỹ năng"),
    "sources": lazy_gettext("Nguồn tham khảo"),
    "prerequisites": lazy_gettext("Nên học trước"),
    "terms": lazy_gettext("Từ được giải nghĩa"),
    "loudspeaker": lazy_gettext("Lời đọc trên loa"),
    "share": lazy_gettext("Lời gửi qua Zalo"),
    "checked": lazy_gettext("Ngày đối chiếu nội dung"),
    "recheck": lazy_gettext("Sau bao nhiêu ngày cần đối chiếu lại"),
    "source": lazy_gettext("Nguồn đã đối chiếu"),
    "pass": lazy_gettext("Phần trăm để đạt"),
    "draw": lazy_gettext("Số câu lấy ra mỗi lượt"),
    "attempts": lazy_gettext("Số lượt được làm"),
    "wait": lazy_gettext("Số phút chờ giữa hai lượt"),
    "feedback": lazy_gettext("Cho biết đúng sai khi nào"),
    "shuffle": lazy_gettext("Xáo thứ tự"),
    "offline": lazy_gettext("Làm được khi mất mạng"),
    "pretest": lazy_gettext("Bài kiểm tra trước khi học"),
    "channel": lazy_gettext("Tin nhắn tới qua"),
    "from": lazy_gettext("Người nhắn"),
}
_FEEDBACK = {
    "each": lazy_gettext("sau mỗi câu"),
    "end": lazy_gettext("khi nộp bài"),
    "none": lazy_gettext("chỉ cho kết quả"),
}
_YES = {"yes": lazy_gettext("có"), "no": lazy_gettext("không")}
_VALUES: dict[str, Any] = {
    "audience": AUDIENCE_WORDS,
    "icon": ICON_WORDS,
    "completion": {"all": lazy_gettext("tất cả các mục")},
    "feedback": _FEEDBACK,
    "shuffle": _YES,
    "offline": _YES,
}
_EVENTS: dict[str, LazyString] = {
    "create_draft": lazy_gettext("tạo bản nháp"),
    "open_draft": lazy_gettext("mở khóa đã xuất bản để sửa"),
    "adopt_course": lazy_gettext("nối bản nháp với khóa xuất bản từ thư mục"),
    "add_item": lazy_gettext("thêm mục"),
    "move_item": lazy_gettext("đổi thứ tự mục"),
    "delete_item": lazy_gettext("xóa mục"),
    "restore_item": lazy_gettext("lấy lại mục đã xóa"),
    "restore_revision": lazy_gettext("lấy lại chữ cũ"),
    "delete_draft": lazy_gettext("xóa bản nháp"),
    "restore_draft": lazy_gettext("lấy lại bản nháp"),
    "share_draft": lazy_gettext("cho người khác cùng sửa"),
    "unshare_draft": lazy_gettext("thôi cho người khác sửa"),
    "change_address": lazy_gettext("đổi địa chỉ"),
    "change_place": lazy_gettext("đổi nơi của khóa học"),
    "submit_draft": lazy_gettext("gửi duyệt"),
    "send_back_draft": lazy_gettext("trả lại để sửa"),
    "approve_draft": lazy_gettext("duyệt"),
    "publish_draft": lazy_gettext("xuất bản"),
    "schedule_draft": lazy_gettext("hẹn giờ xuất bản"),
    "unschedule_draft": lazy_gettext("hủy hẹn giờ"),
    "schedule_failed": lazy_gettext("đến giờ hẹn mà không xuất bản"),
    "take_published": lazy_gettext("lấy bản đã xuất bản vào bản nháp"),
    "roll_back_course": lazy_gettext("quay về bản cũ"),
    "withdraw_course": lazy_gettext("ngừng khóa học"),
    "reinstate_course": lazy_gettext("mở lại khóa học"),
    "withdraw_item": lazy_gettext("ngừng một mục"),
    "reinstate_item": lazy_gettext("mở lại một mục"),
}
_WHY_NOT: dict[str, LazyString] = {
    "changed": lazy_gettext("bài đã được sửa thêm sau khi hẹn giờ"),
    "faults": lazy_gettext("khóa học có lỗi"),
    "review": lazy_gettext("nơi này nay cần người khác duyệt"),
    "base": lazy_gettext("đã có bản khác được xuất bản"),
    "place": lazy_gettext("nơi của khóa học đã sắp xếp lại"),
    "right": lazy_gettext("người hẹn giờ không còn quyền xuất bản ở đây"),
}


def look_words(look: str) -> str:
    """What a part of a course is called; empty where it speaks for itself."""
    return str(LOOKS.get(look, look))


def say(name: str, value: str) -> str:
    """A setting's value as the screens say it."""
    words = _VALUES.get(name, {}).get(value)
    return str(words) if words is not None else value


def event_words(act: str) -> str:
    return str(_EVENTS.get(act, gettext("sửa khóa học")))


def why_not(reason: str) -> str:
    """Why an arranged publication did not happen."""
    return str(_WHY_NOT.get(reason, gettext("có việc chưa xong")))


def when(moment: datetime) -> str:
    """07:00 ngày 25/11/2026."""
    return gettext("%(time)s ngày %(day)s", time=clock_time(moment), day=short_date(moment))
