"""What a text from Word or Google Docs could not take along, in sentences for its author."""

from collections import Counter

_SENTENCES = {
    "cut": "Văn bản dài quá nên phần cuối bị bỏ. Chia ra, đưa vào từng phần.",
    "picture_lost": "{count} hình không đi theo chữ. Chép từng hình vào bài sau.",
    "picture_drawn": "{count} hình vẽ riêng của Word (.emf, .wmf) bị bỏ. Chụp màn hình rồi thêm vào bài.",
    "picture_bare": "{count} hình chưa có lời tả. Viết lời tả cho người không nhìn thấy hình.",
    "text_box": "{count} hộp chữ (text box) bị bỏ. Chép chữ trong hộp vào bài.",
    "merged": "Bảng có ô gộp đã tách thành ô thường. Xem lại bảng.",
    "nested_table": "Bảng nằm trong bảng thành chữ thường. Xem lại bảng.",
    "formula": "Công thức toán bị bỏ. Viết lại công thức bằng chữ.",
    "deleted": "Chữ đã xóa (Track Changes) bị bỏ.",
    "comment": "Lời bình luận bên lề bị bỏ.",
    "struck": "Chữ gạch ngang nay như chữ thường. Xem lại, không cần thì xóa.",
    "contents": "Mục lục bị bỏ: trang khóa học đã có danh sách bài.",
    "footnote": "Chú thích đứng ở cuối bài.",
    "link_http": "{count} đường dẫn http:// đổi thành https://. Bấm thử từng đường dẫn.",
    "link_lost": "{count} đường dẫn không mở được từ điện thoại khác nên chỉ còn chữ.",
}


class Notes:
    """Counts what happened; says each thing once."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, kind: str) -> None:
        self._counts[kind] += 1

    def __contains__(self, kind: str) -> bool:
        return self._counts[kind] > 0

    def sentences(self) -> tuple[str, ...]:
        """In the order of how much they matter."""
        return tuple(words.format(count=self._counts[kind]) for kind, words in _SENTENCES.items() if self._counts[kind])
