"""Our questions → GIFT for Moodle, all texts as Markdown. What GIFT cannot say is listed, never dropped silently."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.content.interchange.gift_text import CONTROLS, bare, guarded, is_bare, joined_title, with_blank
from app.content.interchange.number_words import their_accepted
from app.content.interchange.report import Exported
from app.content.quiz_source.model import GAP, SourceOption, SourceQuestion

_RESERVED = re.compile(rf"[\\{CONTROLS}\n]")
_MISREAD = re.compile(r"\[|%")
"""How a text begins that would be taken for a format or a weight."""
_BLANK = re.compile(r"(?<!_)____(?!_)")
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\(")
_DEFAULT_POOL = re.compile(r"(top|default|mặc định)($| for | cho )", re.IGNORECASE)


def write(questions: Sequence[SourceQuestion], pictures: Mapping[str, bytes] | None = None) -> Exported:
    """A GIFT file of all questions that GIFT can say. `pictures` stay behind: the format has none."""
    losses: list[str] = []
    parts: list[str] = []
    pool = ""
    for question in questions:
        written = _Writer(question, losses).written()
        if not written:
            continue
        if question.pool != pool:
            pool = question.pool
            parts.append(_category(pool, losses))
        parts.append(written)
    if pictures:
        losses.append(f"{len(pictures)} hình không đi theo tệp GIFT. Muốn mang theo hình, xuất kiểu Moodle XML.")
    return Exported("\n".join(parts).encode(), tuple(losses))


def _category(pool: str, losses: list[str]) -> str:
    if _DEFAULT_POOL.match(pool):
        losses.append(f"Nhóm «{pool}» trùng tên nhóm mặc định của Moodle; khi nhập lại sẽ mất tên. Đổi tên nhóm.")
    name = pool.replace("\\", "\\\\").replace("/", "//")
    return f"$CATEGORY: $course$/top{'/' if name else ''}{name}\n"


def _escaped(text: str) -> str:
    return _RESERVED.sub(lambda found: "\\n" if found.group() == "\n" else "\\" + found.group(), text)


def _text(markdown: str) -> str:
    """A text behind a mark, where a format or a weight might be looked for."""
    return ("[markdown]" if _MISREAD.match(markdown) else "") + _escaped(markdown)


def _percent(share: float) -> str:
    return f"%{100 * share:.5f}".rstrip("0").rstrip(".") + "%"


class _Writer:
    """One question."""

    def __init__(self, question: SourceQuestion, losses: list[str]) -> None:
        self.question = question
        self.losses = losses

    def written(self) -> str:
        """Empty where GIFT has no such question; the losses say so."""
        question = self.question
        if question.type in ("gaps", "hotspot"):
            kind = "điền nhiều chỗ trống" if question.type == "gaps" else "chạm vào hình"
            self._lose(f"là câu {kind}, GIFT không có loại này; không xuất. Dùng kiểu Moodle XML.")
            return ""
        lines = list(self._answers())
        if not lines:
            return ""
        self._say_losses()
        left, right = self._around_blank()
        head = f"::{_escaped(question.name)}::" if question.name else ""
        braces = "{" + self._between_braces(lines) + "}"
        return f"{self._comment()}{head}[markdown]{_escaped(left)}{braces}{_escaped(right)}\n"

    def _between_braces(self, lines: list[str]) -> str:
        explanation = [f"####{_text(self.question.explanation)}"] if self.question.explanation else []
        if lines[0].startswith(("=", "~")):
            lines = ["", *lines]
        elif len(lines) == 1:
            return "".join(lines + explanation)
        return "\n\t".join(lines + explanation) + "\n"

    def _lose(self, what: str) -> None:
        self.losses.append(f"Câu {self.question.key or self.question.title}: {what}")

    def _say_losses(self) -> None:
        question = self.question
        if question.points != 1:
            self._lose(f"mất số điểm {question.points}; trong Moodle đặt lại điểm.")
        if question.hints:
            self._lose("mất phần Gợi ý.")
        if question.is_exact:
            self._lose("mất yêu cầu gõ đúng từng chữ; trong Moodle chọn lại phân biệt hoa thường.")
        if not question.shuffles:
            self._lose("mất yêu cầu giữ nguyên thứ tự phương án; trong Moodle bỏ chọn xáo trộn.")
        if any(_PICTURE.search(text) for text in self._texts()):
            self._lose("hình không đi theo tệp GIFT. Muốn mang theo hình, xuất kiểu Moodle XML.")

    def _texts(self) -> Iterator[str]:
        question = self.question
        yield from (question.title, question.stem, question.explanation, *question.steps)
        for option in question.options:
            yield from (option.words, option.feedback)
        for pair in question.pairs:
            yield from pair

    def _comment(self) -> str:
        marks = [f"[id:{self.question.key}]"] if self.question.key else []
        marks += [f"[tag:{skill}]" for skill in self.question.skills]
        return f"// {' '.join(marks)}\n" if marks else ""

    def _around_blank(self) -> tuple[str, str]:
        """What stands before and behind the answers: they take the place of a blank."""
        text = joined_title(self.question.title, self.question.stem)
        found = list(_BLANK.finditer(text))
        if self.question.type not in ("single", "text") or len(found) != 1:
            return text, ""
        left, right = text[: found[0].start()], text[found[0].end() :]
        is_read_back = with_blank(left, right, GAP) == text and not right.strip().startswith("//")
        return (left, right) if left.strip() and right.strip() and is_read_back else (text, "")

    def _answers(self) -> Iterable[str]:
        match self.question.type:
            case "free":
                return [""]
            case "matching":
                return [self._pair(left, right) for left, right in self.question.pairs]
            case "ordering":
                return self._ordering()
            case "text":
                return self._typed()
            case "number":
                return self._numbers()
            case "multiple":
                return self._multiple()
            case "true_false" if is_plain_true_false(self.question.options):
                return [_true_false(self.question.options)]
            case _:
                return self._single()

    def _single(self) -> list[str]:
        lines: list[str] = []
        for option in self.question.options:
            weight = float(option.is_ticked) if option.weight is None else option.weight
            mark = "=" if weight == 1 else "~" + (_percent(weight) if weight else "")
            lines.append(mark + _answer(option))
        if all(line.startswith("=") for line in lines):
            lines[-1] = "~%100%" + lines[-1][1:]
        return lines

    def _multiple(self) -> list[str]:
        options = self.question.options
        right = sum(option.is_ticked for option in options) or 1
        is_plain = all(option.weight is None for option in options)
        lines: list[str] = []
        for option in options:
            weight = float(option.is_ticked) if option.weight is None else option.weight
            share = (1 if option.is_ticked else -1) / right if is_plain else weight
            lines.append("~" + (_percent(share) if share else "") + _answer(option))
        return lines

    def _pair(self, left: str, right: str) -> str:
        if not is_bare(right):
            self._lose(f"vế «{bare(right)[:60]}» mất phần trình bày (đậm, nghiêng, liên kết).")
        return f"={_text(guarded(left).replace('->', _ARROW))} -> {_escaped(bare(right))}"

    def _ordering(self) -> list[str]:
        steps = [bare(step) for step in self.question.steps]
        if any(step.startswith("//") for step in steps):
            self._lose("có bước bắt đầu bằng //, GIFT hiểu là ghi chú; không xuất. Sửa lại bước đó.")
            return []
        for step in self.question.steps:
            if not is_bare(step):
                self._lose(f"bước «{bare(step)[:60]}» mất phần trình bày (đậm, nghiêng, liên kết).")
        return [f">{len(steps)} ALL VERTICAL ABSOLUTE_POSITION SHOW none", *(_escaped_step(step) for step in steps)]

    def _typed(self) -> list[str]:
        lines: list[str] = []
        for option in self.question.options:
            if "->" in option.words:
                self._lose(f"câu trả lời «{option.words[:60]}» có dấu ->, GIFT hiểu là câu ghép; bỏ câu trả lời này.")
                continue
            words = option.words if option.words == "*" else option.words.replace("*", "\\*")
            lines.append("=" + _share(option) + _text(words) + _feedback(option.feedback.replace("->", _ARROW)))
        return lines

    def _numbers(self) -> list[str]:
        lines = ["#"]
        for option in self.question.options:
            is_last = option is self.question.options[-1]
            number = "*" if option.words == "*" else their_accepted(option.words)
            if number is None:
                self._lose(f"«{option.words[:60]}» không phải số; bỏ câu trả lời này.")
            elif number == "*" and is_last and not option.is_ticked:
                lines.append("~#" + _text(option.feedback))
            else:
                lines.append("=" + _share(option) + number + _feedback(option.feedback))
        return lines if len(lines) > 1 else []


_ARROW = "-\\>"
"""Where Moodle would take an arrow for one between pairs. Markdown shows it without the escape."""


def is_plain_true_false(options: tuple[SourceOption, ...]) -> bool:
    """Whether {TRUE} or {FALSE} says it: Đúng, then Sai, one of them right."""
    is_plain = all(option.weight is None for option in options) and sum(option.is_ticked for option in options) == 1
    return is_plain and [option.words for option in options] == ["Đúng", "Sai"]


def _true_false(options: tuple[SourceOption, ...]) -> str:
    is_true = options[0].is_ticked
    right, wrong = options if is_true else reversed(options)
    words = "TRUE" if is_true else "FALSE"
    if right.feedback:
        return f"{words}#{_text(wrong.feedback)}#{_text(right.feedback)}"
    return words + _feedback(wrong.feedback)


def _escaped_step(step: str) -> str:
    """Moodle shows steps without undoing their escapes: only what would end them is escaped."""
    return re.sub(r"[\\{}]|#(?=###)", r"\\\g<0>", step)


def _share(option: SourceOption) -> str:
    weight = float(option.is_ticked) if option.weight is None else option.weight
    return "" if weight == 1 else _percent(weight)


def _answer(option: SourceOption) -> str:
    return _text(guarded(option.words)) + _feedback(option.feedback)


def _feedback(markdown: str) -> str:
    return "#" + _text(markdown) if markdown else ""
