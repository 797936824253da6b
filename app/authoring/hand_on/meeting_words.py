"""What is said, shown, done and checked in each block of a meeting, from the lessons themselves where they have it."""

from dataclasses import dataclass

from flask_babel import gettext

from app.authoring.hand_on.html_tree import read_html
from app.authoring.hand_on.material import Material, Taught
from app.content.queries import Item

LONGEST = 120
"""Letters of one entry; what is longer ends with its last whole sentence, else with its last whole word."""
LONGEST_STEP = 70
MOST_STEPS = 3
MOST_HEADINGS = 3
MOST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """The columns of a block. Several entries stand below each other."""

    say: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    check: tuple[str, ...] = ()


def tell_greeting(material: Material) -> Told:
    goal = material.version.goal.rstrip(".")
    hello = gettext("Chào anh chị. Hôm nay mình học: %(goal)s.", goal=goal)
    return Told(
        say=(
            hello if material.is_for_team else gettext("Chào bà con. Hôm nay mình học: %(goal)s.", goal=goal),
            gettext("Ai chưa quen cứ hỏi, không ai bấm hộ."),
        ),
        show=(
            gettext("Tờ mã QR, treo cao hoặc chiếu lên."),
            gettext("Gõ: %(address)s, mã %(code)s", address=material.typed_address, code=material.code),
        ),
        do=(
            gettext("Nối mạng, quét mã hoặc gõ mã để mở khóa học."),
            gettext("Không có máy thì ngồi chung, hai ba người một máy."),
        ),
        check=(gettext("Đi một vòng: máy nào cũng đã mở khóa học. Đếm số người dự."),),
    )


def tell_closing(material: Material) -> Told:
    has_practice = any(taught.item.practice for taught in material.items)
    points = [box.text for taught in material.lessons for box in taught.parts.boxes_of("remember")]
    return Told(
        say=(gettext("Nhắc lại điều cần nhớ:"), *(shortened(point) for point in points[:MOST_POINTS]))
        if points
        else (gettext("Hỏi: hôm nay bà con nhớ nhất điều gì?"),),
        show=(gettext("Phát tờ giấy chữ to mang về nhà."),),
        do=(
            gettext("Chép mã học để học tiếp ở nhà, bằng máy nào cũng được."),
            gettext("Ai chưa xong thì hẹn người giúp và ngày giờ."),
        ),
        check=(
            *((gettext("Ký xác nhận phần thực hành cho từng người đã làm được."),) if has_practice else ()),
            gettext("Ghi sổ: bao nhiêu người dự, bao nhiêu người học xong. Không đoán."),
        ),
    )


def tell_item(material: Material, taught: Taught) -> Told:
    item = taught.item
    number = material.items.index(taught) + 1
    if item.quiz:
        return _tell_quiz(item)
    if item.practice:
        return _tell_practice(item)
    if item.drill:
        return _tell_drill(item)
    return _tell_lesson(taught, number)


def _tell_lesson(taught: Taught, number: int) -> Told:
    parts = taught.parts
    key = [shortened(f"{box.label}: {box.text}") for box in parts.boxes_of("remember")[:1]]
    steps = parts.boxes_of("steps")
    acts = [line.text for line in steps[0].lines] if steps else list(parts.steps)
    warnings = parts.boxes_of("warn")
    show = [gettext("Mở bài %(number)s.", number=number), *(shortened(words) for words in parts.pictures[:1])]
    if parts.headings:
        show.append("; ".join(parts.headings[:MOST_HEADINGS]))
    return Told(
        say=tuple([shortened(parts.opening), *key] if parts.opening else key),
        show=tuple(show),
        do=(
            *(f"{place}. {shortened(act, LONGEST_STEP)}" for place, act in enumerate(acts[:MOST_STEPS], start=1)),
            gettext("Đọc lại bài trên máy mình, bấm “Đã hiểu”."),
        ),
        check=(
            shortened(parts.question) if parts.question else gettext("Mời một người nói lại bằng lời của mình."),
            *(gettext("Hỏi vì sao phải cẩn thận: %(words)s", words=shortened(box.text)) for box in warnings[:1]),
        ),
    )


def _tell_quiz(item: Item) -> Told:
    assert item.quiz is not None  # noqa: S101 -- asked before
    count = item.quiz.draw or len(item.quiz.questions)
    return Told(
        say=(
            gettext("Có %(count)s câu hỏi. Sai không sao: máy chỉ chỗ sai và cho làm lại.", count=count),
            gettext("Đạt khi được %(mark)s phần trăm số điểm.", mark=item.quiz.pass_mark),
        ),
        show=(gettext("Làm mẫu câu đầu: chọn một ô, bấm “Trả lời”, đọc lời giải thích."),),
        do=(
            gettext("Mỗi người tự làm trên máy mình."),
            gettext("Không có máy thì nghe đọc câu hỏi, giơ tay chọn."),
        ),
        check=(gettext("Câu nào nhiều người sai thì giảng lại ngay."),),
    )


def _tell_practice(item: Item) -> Told:
    assert item.practice is not None  # noqa: S101 -- asked before
    intro = _words(item.practice.intro_html)
    return Told(
        say=(shortened(intro),) if intro else (),
        show=(gettext("Làm mẫu một lần, vừa làm vừa nói."),),
        do=tuple(f"{place}. {shortened(act.text)}" for place, act in enumerate(item.practice.acts, start=1)),
        check=(gettext("Đứng xem từng người làm, không cầm máy. Làm được thì ký xác nhận trên máy."),),
    )


def _tell_drill(item: Item) -> Told:
    assert item.drill is not None  # noqa: S101 -- asked before
    first = next((html for message in item.drill.messages for who, html in message.parts if who == "said"), "")
    return Told(
        say=(
            gettext("Đọc to như tin nhắn thật, từ “%(sender)s”:", sender=item.drill.sender),
            *((f"“{shortened(_words(first))}”",) if first else ()),
        ),
        show=(gettext("Mở tình huống, dừng ở mỗi lựa chọn."),),
        do=(gettext("Giơ tay: nên trả lời thế nào? Cả nhóm đi tiếp theo số đông."),),
        check=(gettext("Hỏi: dấu hiệu nào cho biết là lừa? Nhóm đi sai thì làm lại."),),
    )


def _words(html: str) -> str:
    return read_html(html).text


def shortened(text: str, longest: int = LONGEST) -> str:
    """Whole sentences, as many as there is room for; of a sentence that is too long by itself, whole words and "…"."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else cut[: cut.rfind(" ")].rstrip(",;:") + "…"
