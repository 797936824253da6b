"""What stands between the braces of a GIFT question → its type and answers, in the order in which Moodle decides."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from app.content.interchange.gift_text import Texts, one_line, piece, shown
from app.content.interchange.markdown_words import escaped
from app.content.interchange.number_words import our_accepted
from app.content.quiz_source.model import SourceOption
from app.shared.vietnamese import clean

MAXIMUM_ANSWERS = 200
NO_RIGHT = "Chưa có phương án đúng nào. Viết dấu = trước phương án đúng."
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")
_MARK = re.compile("[=~]")
_ORDERING = re.compile(
    r"\s*>\s*(\d+)\s*((?:ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?)\s*((?:HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?)\s*"
    r"((?:ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE_[A-Z_]+|RELATIVE|REL|LONGEST_[A-Z_]+)?)\s*"
    r"(?:SHOW|TRUE|YES|1|HIDE|FALSE|NO|0)?\s*(?:none|123|abc|ABCD|iii|IIII)?(?=\s)\s*(.*)$",
    re.DOTALL,
)
_TRUE = ("T", "TRUE")
_FALSE = ("F", "FALSE")
_LIKE_TRUE = frozenset({"t", "true", "đúng", "đ"})
_LIKE_FALSE = frozenset({"f", "false", "sai", "s"})
_CLOSE = 0.02
"""How far from 100 % equal percentages may add up: 3 times 33 %."""


@dataclass(frozen=True, slots=True)
class Answers:
    type: str
    options: tuple[SourceOption, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()


class Refused(Exception):
    """The question cannot be taken. `reason` is a sentence in Vietnamese that says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_answers(text: str, default: str, texts: Texts) -> Answers:
    """`text` has hidden controls and no general feedback; `default` is the format of the stem.

    Raises:
        Refused: what cannot be taken.
    """
    if not text:
        return Answers("free")
    if found := _ORDERING.match(text):
        return _ordering(found, texts)
    if text.startswith("#"):
        return _number(text[1:], default, texts)
    if "~" in text:
        return _choice(text, default, texts)
    if "=" in text and "->" in text:
        return _matching(text, default, texts)
    return _true_false(text, default, texts) or _text(text, default, texts)


def _ordering(found: re.Match[str], texts: Texts) -> Answers:
    steps = tuple(escaped(step) for line in found.group(5).split("\n") if (step := one_line(line)))
    if len(steps) < 2:
        raise Refused("Câu xếp thứ tự cần ít nhất hai bước, mỗi bước một dòng trong { }.")
    if found.group(2) not in ("", "ALL", "EXACT") and int(found.group(1)[:9]) < len(steps):
        texts.note("Người học xếp tất cả các bước; bỏ lựa chọn chỉ hiện một số bước.")
    if found.group(4) not in ("", "ABSOLUTE_POSITION", "ABSOLUTE", "ABS"):
        texts.note(f"Cách chấm {found.group(4)} đổi thành chấm từng bước theo vị trí.")
    if found.group(3) in ("HORIZONTAL", "HORI", "H", "1"):
        texts.note("Các bước xếp hàng ngang được đổi thành xếp từ trên xuống.")
    return Answers("ordering", steps=steps)


def _choice(text: str, default: str, texts: Texts) -> Answers:
    is_multiple = "=" not in text
    options: list[SourceOption] = []
    for mark, answer in _marked(text):
        if not mark and answer:
            texts.note(f"Phương án «{one_line(answer)[:60]}» không có dấu = hay ~ ở trước; được hiểu là sai.")
        weight, said = _weight(answer)
        words, feedback = _with_feedback(said, default, texts)
        if not words:
            if mark:
                texts.note("Đã bỏ một phương án không có chữ.")
            continue
        if weight is None:
            options.append(SourceOption(words, mark == "=", feedback=feedback))
        else:
            options.append(SourceOption(words, weight > 0, weight, feedback))
    if len(options) < 2:
        raise Refused("Câu hỏi chọn cần ít nhất hai phương án, mỗi phương án có dấu = hoặc ~ ở trước.")
    return _multiple(options, texts) if is_multiple else _single(options)


def _single(options: list[SourceOption]) -> Answers:
    plain = tuple(
        replace(option, weight=None) if option.weight in (0, 1) and option.is_ticked == (option.weight == 1) else option
        for option in options
    )
    if not any(option.is_ticked and option.weight is None for option in plain):
        raise Refused("Không phương án nào được 100 %. Nếu phải chọn nhiều phương án, viết ~%50% thay cho =%50%.")
    return Answers("true_false" if _is_true_false(plain) else "single", plain)


def _is_true_false(options: tuple[SourceOption, ...]) -> bool:
    """Our own rule: exactly Đúng and Sai, one of them right."""
    words = {option.words.casefold().strip(" .!") for option in options}
    is_plain = all(option.weight is None for option in options)
    return len(options) == 2 and words == {"đúng", "sai"} and is_plain and sum(o.is_ticked for o in options) == 1


def _multiple(options: list[SourceOption], texts: Texts) -> Answers:
    weights = [option.weight or 0.0 for option in options]
    right = [weight for weight in weights if weight > 0]
    if not right:
        raise Refused(NO_RIGHT + " Nếu phải chọn nhiều phương án, viết ~%50% trước mỗi phương án đúng.")
    share = 1 / len(right)
    is_equal = max(right) - min(right) < 1e-6
    if is_equal and 1e-6 < abs(sum(right) - 1) <= _CLOSE:
        if abs(sum(right) - 1) > 1e-4:
            texts.note("Phần trăm của các phương án đúng được sửa để cộng lại đủ 100 %.")
        weights = [round(share, 7) if weight > 0 else weight for weight in weights]
    elif abs(sum(right) - 1) > 1e-4:
        total = f"{100 * sum(right):g}".replace(".", ",")
        raise Refused(
            f"Phần trăm của các phương án đúng cộng lại được {total}, phải là 100. Sửa các số giữa hai dấu %."
        )
    if all(abs(abs(weight) - share) < 1e-6 for weight in weights):
        return Answers("multiple", tuple(replace(option, weight=None) for option in options))
    return Answers(
        "multiple", tuple(replace(option, weight=weight) for option, weight in zip(options, weights, strict=True))
    )


def _matching(text: str, default: str, texts: Texts) -> Answers:
    pairs: list[tuple[str, str]] = []
    for _, answer in _marked(text):
        if not answer:
            continue
        left, arrow, right = answer.partition("->")
        other = escaped(one_line(right))
        if not arrow or not other:
            raise Refused(f"Vế ghép «{one_line(answer)[:60]}» thiếu phần sau dấu ->. Viết: =bên trái -> bên phải")
        pairs.append((_with_arrows(texts.phrase(piece(left, default))), other))
    if sum(1 for left, _ in pairs if left) < 2:
        raise Refused("Câu ghép cần ít nhất hai cặp: =bên trái -> bên phải")
    return Answers("matching", pairs=tuple(pairs))


def _true_false(text: str, default: str, texts: Texts) -> Answers | None:
    word, *feedback = text.split("#", 2)
    word, remark, _ = shown(word).strip().partition("//")
    word = word.strip()
    if word not in _TRUE + _FALSE:
        if word.casefold() not in _LIKE_TRUE | _LIKE_FALSE:
            return None
        texts.note(f"{{{word}}} được hiểu là câu Đúng/Sai; Moodle chỉ nhận T, TRUE, F, FALSE.")
    if remark:
        texts.note(f"Đã bỏ ghi chú sau {word} trong {{ }}; Moodle hiểu nó là câu trả lời.")
    is_true = word.casefold() in _LIKE_TRUE
    wrong, right, *_ = [texts.blocks(piece(one, default)) for one in feedback] + ["", ""]
    return Answers(
        "true_false",
        (
            SourceOption("Đúng", is_true, feedback=right if is_true else wrong),
            SourceOption("Sai", not is_true, feedback=wrong if is_true else right),
        ),
    )


def _text(text: str, default: str, texts: Texts) -> Answers:
    options: list[SourceOption] = []
    for _, answer in _marked(text):
        weight, unweighted = _weight(answer)
        typed, _, feedback = unweighted.partition("#")
        words = _typed(piece(typed).text, texts)
        if not words:
            if answer.strip():
                texts.note("Đã bỏ một câu trả lời không có chữ.")
            continue
        said = _with_arrows(texts.blocks(piece(feedback, default)))
        options.append(_accepted(words, weight, said, texts))
    return Answers("text", _reachable(options))


def _typed(text: str, texts: Texts) -> str:
    words = clean(text)
    without = words.replace("\\*", "*")
    if words != "*" and "*" in words.replace("\\*", ""):
        texts.note(f"Dấu * trong «{words[:60]}» được giữ là dấu *; Moodle hiểu là chữ bất kỳ.")
    return without if without != "*" else words


def _number(text: str, default: str, texts: Texts) -> Answers:
    text, tilde, wrong = text.partition("~")
    options: list[SourceOption] = []
    for _, answer in _marked(text):
        if not answer:
            continue
        weight, unweighted = _weight(answer)
        number, _, feedback = unweighted.partition("#")
        typed = piece(number).text
        words = "*" if typed == "*" else our_accepted(typed)
        if words is None:
            raise Refused(
                f"«{typed[:60]}» không phải số. Viết như 3.14, 3.14:0.01 hoặc 3..4, dấu thập phân là dấu chấm."
            )
        if "," in typed:
            texts.note(f"Dấu phẩy trong «{typed[:60]}» được hiểu là dấu thập phân.")
        options.append(_accepted(words, weight, texts.blocks(piece(feedback, default)), texts))
    if tilde:
        said = texts.blocks(piece(wrong.partition("#")[2], default))
        options.append(SourceOption("*", False, 0.0, said))
    return Answers("number", _reachable(options))


def _accepted(words: str, weight: float | None, feedback: str, texts: Texts) -> SourceOption:
    if weight is not None and weight < 0:
        texts.note(f"Câu trả lời «{words[:60]}» bị trừ điểm; đổi thành không được điểm.")
        weight = 0.0
    is_whole = weight is None or weight == 1
    return SourceOption(words, is_whole or bool(weight), None if is_whole else weight, feedback)


def _reachable(options: list[SourceOption]) -> tuple[SourceOption, ...]:
    if not options:
        raise Refused("Trong { } chưa có câu trả lời nào. Viết: {=câu trả lời}")
    if not any(option.is_ticked and option.weight is None for option in options):
        raise Refused("Không câu trả lời nào được 100 %. Bỏ phần trăm ở câu trả lời đúng nhất.")
    return tuple(options)


def _marked(text: str) -> list[tuple[str, str]]:
    """(mark, answer) for each answer; the first has no mark, and is empty where the text begins with one.

    Raises:
        Refused: more answers than a question can have.
    """
    ends = [found.start() for found in _MARK.finditer(text)]
    if len(ends) > MAXIMUM_ANSWERS:
        raise Refused(f"Câu này có hơn {MAXIMUM_ANSWERS} phương án. Dấu = và ~ trong chữ viết là \\= và \\~")
    parts = [("", text[: ends[0]] if ends else text)]
    parts += [(text[at], text[at + 1 : end]) for at, end in pairwise([*ends, len(text)])]
    return [(mark, answer.strip()) for mark, answer in parts]


def _weight(answer: str) -> tuple[float | None, str]:
    """The share in front of an answer, and the answer without it.

    Raises:
        Refused: more than 100 %.
    """
    found = _WEIGHT.match(answer)
    if found is None:
        return None, answer
    weight = round(float(found.group(1)) / 100, 7)
    if abs(weight) > 1:
        raise Refused(f"Phần trăm {found.group()} quá lớn. Chỉ viết từ %-100% đến %100%.")
    return weight, answer[found.end() :].strip()


def _with_feedback(answer: str, default: str, texts: Texts) -> tuple[str, str]:
    words, _, feedback = answer.partition("#")
    return texts.phrase(piece(words, default)), texts.blocks(piece(feedback, default))


def _with_arrows(markdown: str) -> str:
    """An arrow that was escaped because it would have made pairs of the answers."""
    return markdown.replace("-\\>", "->")
