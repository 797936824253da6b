"""What the workshop's pages say: names of kinds, flags, and figures in words."""

from flask_babel import gettext, lazy_gettext

from app.content.compile.quiz import Question
from app.progress.item_analysis import (
    EASY_ABOVE,
    FEWEST_FOR_FLAG,
    HARD_BELOW,
    LONGEST_THOUGHT,
    Flag,
    Statistics,
)
from app.progress.item_tally import FEWEST_FOR_DISCRIMINATION
from app.shared.vietnamese import number, percent

AUDIENCES = {
    "resident": lazy_gettext("Cho người dân"),
    "team": lazy_gettext("Cho tổ"),
    "both": lazy_gettext("Cho người dân và tổ"),
}
ITEM_KINDS = {
    "lesson": lazy_gettext("bài học"),
    "quiz": lazy_gettext("bài kiểm tra"),
    "practice": lazy_gettext("thực hành"),
    "drill": lazy_gettext("tình huống"),
}
FLAGS = {
    Flag.REVERSED: lazy_gettext("Người giỏi lại làm sai"),
    Flag.NOBODY: lazy_gettext("Hầu như không ai làm được"),
    Flag.EVERYBODY: lazy_gettext("Ai cũng làm được"),
}
ADVICE = {
    Flag.REVERSED: lazy_gettext(
        "Người làm tốt các câu khác lại hay sai câu này. "
        "Thường do đánh dấu nhầm đáp án, câu hỏi lắt léo, hoặc có hai đáp án đúng."
    ),
    Flag.NOBODY: lazy_gettext(
        "Có thể bài học chưa nói tới, câu hỏi khó hiểu, hoặc đánh dấu nhầm đáp án. Xem người học hay chọn gì."
    ),
    Flag.EVERYBODY: lazy_gettext(
        "Câu này không cho biết ai đã hiểu bài. "
        "Nếu không phải câu mở đầu cho dễ, hãy viết các phương án sai giống thật hơn."
    ),
}
NOTHING = "–"


def flag_words(statistics: Statistics) -> list[str]:
    return [str(FLAGS[flag]) for flag in statistics.flags]


def caution(statistics: Statistics) -> str:
    """Empty where there are enough first attempts."""
    if not statistics.is_small:
        return ""
    if not statistics.first_attempts:
        return gettext("Chưa có lượt nào được chấm.") if statistics.answered else gettext("Chưa có lượt nào.")
    return gettext("Mới có %(count)s lượt: chưa nên kết luận.", count=number(statistics.first_attempts))


def thresholds() -> list[str]:
    """What the figures are, and from where on a question is flagged."""
    return [
        gettext(
            "Làm được: phần điểm trung bình của lần làm đầu tiên của mỗi người ở mỗi bài kiểm tra; câu bỏ trống là 0."
        ),
        gettext(
            "Phân biệt: từ −1 đến 1. Số dương là người giỏi các câu khác cũng làm tốt câu này. "
            "Cũng chỉ tính lần làm đầu, từ %(count)s lượt trở lên.",
            count=FEWEST_FOR_DISCRIMINATION,
        ),
        gettext(
            "Thời gian: một nửa số câu trả lời nhanh hơn số này. Không tính lần nghỉ quá %(minutes)s phút.",
            minutes=LONGEST_THOUGHT // 60,
        ),
        gettext(
            "“Hầu như không ai làm được”: dưới %(share)s số điểm. Chọn bừa một trong bốn phương án đã được %(luck)s.",
            share=percent(HARD_BELOW),
            luck=percent(0.25),
        ),
        gettext("“Ai cũng làm được”: trên %(share)s số điểm.", share=percent(EASY_ABOVE)),
        gettext("“Người giỏi lại làm sai”: phân biệt thấp hơn mức ngẫu nhiên (với 100 lượt là −0,2)."),
        gettext(
            "Dưới %(count)s lượt đầu thì không gắn dấu nào: một người đã làm số lệch %(share)s.",
            count=FEWEST_FOR_FLAG,
            share=percent(1 / FEWEST_FOR_FLAG),
        ),
    ]


def share(value: float | None) -> str:
    return NOTHING if value is None else percent(value)


def correlation(value: float | None) -> str:
    """With a real minus sign; what rounds to nothing has none."""
    if value is None:
        return NOTHING
    rounded = round(value, 2) or 0.0
    return number(abs(rounded), 2) if rounded >= 0 else f"−{number(-rounded, 2)}"


def duration(seconds: int | None) -> str:
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return gettext("%(seconds)s giây", seconds=rest)
    return gettext("%(minutes)s phút %(seconds)s giây", minutes=minutes, seconds=rest)


def people(count: int) -> str:
    return gettext("%(count)s người", count=number(count))


def points(value: float) -> str:
    """1, 1,5."""
    return number(value, 0 if value == int(value) else 1)


def wrong_answer(question: Question, response: tuple[str, ...]) -> str:
    """A response as somebody would say it."""
    if question.type == "matching":
        names = {side["key"]: side["text"] for name in ("lefts", "rights") for side in question.details[name]}
        pairs = [words.partition("=") for words in response]
        return "; ".join(f"{_named(names, left)} → {_named(names, right)}" for left, _, right in pairs)
    if question.type == "ordering":
        names = {option.key: option.text for option in question.options}
        return "; ".join(f"{place}. {_named(names, key)}" for place, key in enumerate(response, start=1))
    if question.type == "gaps":
        names = {choice["key"]: choice["text"] for gap in question.details["gaps"] for choice in gap["choices"]}
        pairs = [words.partition("=") for words in response]
        return "; ".join(f"({gap}) {names.get(words, words)}" for gap, _, words in pairs)
    return "; ".join(response)


def _named(names: dict[str, str], key: str) -> str:
    """What is no longer in the question has no name any more."""
    return names.get(key) or gettext("(phần đã bỏ)")
