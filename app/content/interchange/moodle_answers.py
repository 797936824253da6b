"""The answers of each kind of Moodle question → ours."""

from collections.abc import Callable
from dataclasses import dataclass

from app.content.interchange.moodle_numbers import fraction_of, number_words
from app.content.interchange.moodle_text import Texts
from app.content.interchange.xml_tree import Element
from app.content.quiz_source.model import SourceOption

FULL = 0.9999
NOBODY_FULL = "Không có đáp án nào được đủ 100% điểm. Mở câu này trong Moodle, cho đáp án đúng 100%, rồi xuất lại."


class Refused(Exception):
    """The question cannot be taken. The message is a sentence in Vietnamese that says what to do."""


@dataclass
class Answers:
    type: str
    options: tuple[SourceOption, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    is_exact: bool = False
    stem: str | None = None
    """Where the kind had to rewrite the text of the question."""
    shuffles: bool = True
    """Whether the choices of gaps come in any order."""
    weight: int = 0
    """The points that the gaps add up to; 0 where the question has points of its own."""


Reader = Callable[[Element, Texts], Answers]


def is_yes(text: str, *, otherwise: bool) -> bool:
    return otherwise if not text else text.strip().lower() in ("1", "true", "yes")


def _fraction(answer: Element) -> float:
    share = fraction_of(answer.attributes.get("fraction", "") or answer.value("fraction") or "0")
    if share is None:
        raise Refused("Một đáp án có phần điểm không đọc được. Sửa phần điểm (0 đến 100%) trong Moodle rồi xuất lại.")
    return share


def multichoice(question: Element, texts: Texts) -> Answers:
    is_single = is_yes(question.value("single"), otherwise=True)
    found = [(texts.phrase(a, inherited="moodle_auto_format"), _fraction(a), a) for a in question.all("answer")]
    found = [entry for entry in found if entry[0] or entry[1]]
    shares = [share for _, share, _ in found]
    weights = single_weights(shares) if is_single else multiple_weights(shares, texts)
    options = tuple(
        SourceOption(words, is_ticked=share > 0, weight=weight, feedback=texts.blocks(answer.first("feedback")))
        for (words, share, answer), weight in zip(found, weights, strict=True)
    )
    check_choices(options)
    return Answers("single" if is_single else "multiple", options)


def check_choices(options: tuple[SourceOption, ...]) -> None:
    words = [option.words for option in options]
    if len(options) < 2:
        raise Refused("Câu này có ít hơn hai phương án. Thêm phương án trong Moodle rồi xuất lại.")
    if not all(words):
        raise Refused("Một phương án không có chữ. Viết chữ cho phương án ấy trong Moodle rồi xuất lại.")
    if len(set(words)) < len(words):
        raise Refused("Hai phương án giống hệt nhau. Sửa hoặc bỏ một phương án trong Moodle rồi xuất lại.")


def single_weights(shares: list[float]) -> list[float | None]:
    if max(shares, default=0) < FULL:
        raise Refused(NOBODY_FULL)
    return [None if share in (0, 1) else share for share in shares]


def multiple_weights(shares: list[float], texts: Texts) -> list[float | None]:
    """None for all where each right one is worth the same and each wrong one takes as much away."""
    right = [share for share in shares if share > 0]
    if len(right) > 1 and all(share >= FULL for share in right):
        texts.say("Mỗi phương án đúng đều ghi 100%; đổi thành chia đều điểm cho các phương án đúng.")
        return [None] * len(shares)
    if abs(sum(right) - 1) > 0.001:
        raise Refused("Các phương án đúng cộng lại không được 100% điểm. Sửa phần điểm trong Moodle rồi xuất lại.")
    part = 1 / len(right)
    if all(abs(share - (part if share > 0 else -part)) < 0.0001 for share in shares):
        return [None] * len(shares)
    return [None if share == 0 else share for share in shares]


def truefalse(question: Element, texts: Texts) -> Answers:
    options: list[SourceOption] = []
    for answer in question.all("answer"):
        word = answer.own_text.strip().casefold()
        if word not in ("true", "false", "đúng", "sai"):
            raise Refused("Câu đúng/sai phải có hai đáp án true và false. Sửa lại trong Moodle rồi xuất lại.")
        words = "Đúng" if word in ("true", "đúng") else "Sai"
        is_right = _fraction(answer) > 0
        options.append(SourceOption(words, is_ticked=is_right, feedback=texts.blocks(answer.first("feedback"))))
    if sorted(option.words for option in options) != ["Sai", "Đúng"] or sum(o.is_ticked for o in options) != 1:
        raise Refused("Câu đúng/sai phải có một đáp án đúng và một đáp án sai. Sửa lại trong Moodle rồi xuất lại.")
    return Answers("true_false", tuple(options))


def typed_option(words: str, share: float, feedback: str) -> SourceOption:
    """An accepted answer; what is worth nothing is an expected mistake."""
    return SourceOption(words, is_ticked=share > 0, weight=None if share == 1 else share, feedback=feedback)


def shortanswer(question: Element, texts: Texts) -> Answers:
    options: list[SourceOption] = []
    for answer in question.all("answer"):
        words = texts.plain(answer)
        if "*" in words.replace("\\*", "") and words != "*":
            texts.say(f"Dấu * trong đáp án “{words[:60]}” bỏ đi: ở đây * chỉ đứng một mình. Thêm các cách viết khác.")
            words = " ".join(words.replace("\\*", "\0").replace("*", " ").replace("\0", "\\*").split())
        words = words if words == "*" else words.replace("\\*", "*")
        if words:
            options.append(typed_option(words, _fraction(answer), texts.blocks(answer.first("feedback"))))
    if not any((option.weight is None or option.weight >= FULL) and option.is_ticked for option in options):
        raise Refused(NOBODY_FULL)
    return Answers("text", tuple(options), is_exact=is_yes(question.value("usecase"), otherwise=False))


def numerical(question: Element, texts: Texts) -> Answers:
    options: list[SourceOption] = []
    for answer in question.all("answer"):
        typed = texts.plain(answer)
        words = "*" if typed == "*" else number_words(typed, answer.value("tolerance"))
        if words is None:
            raise Refused(f"Đáp án “{typed[:60]}” không phải là số. Sửa đáp án trong Moodle rồi xuất lại.")
        options.append(typed_option(words, _fraction(answer), texts.blocks(answer.first("feedback"))))
    if question.first("units") is not None or question.value("unitgradingtype") not in ("", "0"):
        texts.say("Bỏ phần đơn vị: người học chỉ gõ số. Ghi đơn vị vào câu hỏi.")
    if not any(option.is_ticked and (option.weight is None or option.weight >= FULL) for option in options):
        raise Refused(NOBODY_FULL)
    return Answers("number", tuple(options))


def matching(question: Element, texts: Texts) -> Answers:
    pairs: list[tuple[str, str]] = []
    for part in question.all("subquestion"):
        answer = part.first("answer")
        left, right = texts.phrase(part), texts.phrase(answer, inherited="plain_text")
        if right:
            pairs.append((left, right))
        elif left:
            raise Refused(f"Vế “{left[:60]}” không có vế ghép. Thêm vế ghép trong Moodle rồi xuất lại.")
    if sum(bool(left) for left, _ in pairs) < 2:
        raise Refused("Câu ghép cần ít nhất hai cặp. Thêm cặp trong Moodle rồi xuất lại.")
    lefts = [left for left, _ in pairs if left]
    if len(set(lefts)) < len(lefts):
        raise Refused("Hai vế trái giống hệt nhau. Sửa một vế trong Moodle rồi xuất lại.")
    return Answers("matching", pairs=tuple(pairs))


def ordering(question: Element, texts: Texts) -> Answers:
    answers = question.all("answer")
    places = [fraction_of(answer.attributes.get("fraction", "")) for answer in answers]
    if None not in places and len(set(places)) == len(places):
        order = sorted(range(len(answers)), key=lambda place: places[place] or 0)
        answers = [answers[place] for place in order]
    steps = tuple(texts.phrase(answer, inherited="moodle_auto_format") for answer in answers)
    if len(steps) < 2 or not all(steps) or len(set(steps)) < len(steps):
        raise Refused("Câu xếp thứ tự cần ít nhất hai bước, bước nào cũng có chữ và khác nhau. Sửa lại trong Moodle.")
    if question.value("gradingtype").upper() not in ("", "0", "ABSOLUTE_POSITION"):
        texts.say("Cách chấm đổi: ở đây mỗi bước đứng đúng chỗ được một phần điểm.")
    if question.value("selecttype").upper() not in ("", "0", "ALL"):
        texts.say("Người học xếp tất cả các bước, không phải chỉ một số bước chọn ra.")
    return Answers("ordering", steps=steps)


def essay(question: Element, texts: Texts) -> Answers:
    for name, words in (("responsetemplate", "mẫu trả lời"), ("graderinfo", "lời dặn người chấm")):
        left_out = texts.blocks(question.first(name))
        if left_out:
            texts.say(f"Bỏ {words}: {left_out[:200]}")
    if question.value("attachments") not in ("", "0"):
        texts.say("Người học không gửi kèm tệp được; câu này chỉ có ô viết chữ.")
    return Answers("free")
