"""One question or more of every type, as an author writes them, compiled."""

from functools import cache

from app.content.compile.quiz import Question
from tests.courses.folders import SVG, compile_here, quiz_folder

BODIES = {
    "single": """## Một?
<!-- key: q-mot; points: 3 -->
- [ ] Sai
- [50%] Gần đúng
- [x] Phải
""",
    "multiple": """## Nhiều?
<!-- key: q-nhieu; points: 2 -->
- [x] Phải một
- [x] Phải hai
- [x] Phải ba
- [ ] Sai một
- [ ] Sai hai
""",
    "weighted": """## Nhiều, có phần trăm?
<!-- key: q-phan-tram; points: 4 -->
- [33.33333%] Phải một
- [33.33333%] Phải hai
- [33.33334%] Phải ba
- [-50%] Sai một
- [-100%] Sai hai
""",
    "true_false": """## Đúng không?
<!-- key: q-dung-sai -->
- [x] Đúng
- [ ] Sai
""",
    "text": """## Số Công an?
<!-- key: q-go; points: 2 -->
- = 113
- = một một ba
- = [50%] 13
- = [0%] 114
  > 114 là Cứu hỏa.
""",
    "exact": """## Gõ đúng từng chữ
<!-- key: q-dung-tung-chu; exact: yes -->
- = Hòa Bình
""",
    "number": """## Bao nhiêu?
<!-- key: q-so; points: 2 -->
- = 100 ± 0,5
- = [50%] 95..105
""",
    "matching": """## Ghép
<!-- key: q-ghep; points: 3 -->
- Công an -> 113
- Cứu hỏa -> 114
- Cảnh sát -> 113
- -> 116
""",
    "ordering": """## Xếp
<!-- key: q-xep; points: 4 -->
1. Mở ứng dụng
2. Quét mã
3. Kiểm tra tên
4. Xác nhận
""",
    "gaps": """## Điền
<!-- key: q-dien; points: 2 -->

Xem kỹ (1) ____ và (2) ____ và (3) ____ .

- (1) = tên người nhận
- (1) = [50%] tên
- (2) [x] số tiền
- (2) [ ] giờ
- (3) = Hà Nội
""",
    "hotspot": """## Chạm vào tên
<!-- key: q-cham; points: 2 -->

![Một ô vuông có chữ Thử](anh/hinh.svg)

- [ ] Số tiền @ 10,5 80x20
- [x] Tên @ 10,40 80x20
""",
    "free": """## Kể lại
<!-- key: q-ke; points: 5 -->
- ____
""",
    "hinted": """## Có gợi ý
<!-- key: q-goi-y; points: 4; hint-cost: 25% -->
- [ ] Sai
- [x] Phải

> Gợi ý: chữ P.
""",
}


@cache
def compiled(body: str) -> Question:
    """The one question of a sound quiz that may show the picture anh/hinh.svg."""
    return all_compiled(body)[0]


def all_compiled(body: str) -> tuple[Question, ...]:
    quiz = compile_here({**quiz_folder(body), "anh/hinh.svg": SVG}).items[1].quiz
    assert quiz is not None
    return quiz.questions


SAMPLES = {name: compiled(body) for name, body in BODIES.items()}
GRADED = {name: question for name, question in SAMPLES.items() if question.type != "free"}
