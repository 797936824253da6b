"""A test pasted from Word → our questions: "Câu 1. …?", options "A." or "-", the right one marked or named.

Marks: ✓, x, [x], * or bold at the option, "(đúng)" behind it, a line "Đáp án: B" below, a table of answers at the end.
A question without a right answer is refused: guessing would teach something wrong.
"""

from collections import Counter
from dataclasses import dataclass, field

from app.content.interchange import pasted_marks as marks
from app.content.interchange.key_series import with_keys
from app.content.interchange.lettered import FEW, LETTERS, Entry, choice, label_of, letters_in
from app.content.interchange.markdown_words import escaped_line
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.interchange.text_input import GUESSED, MAXIMUM_QUESTIONS, TOO_MANY, read_text
from app.content.quiz_source.model import SourceOption

_NO_RIGHT = "Chưa biết phương án nào đúng. Thêm một dòng dưới các phương án, ví dụ: Đáp án: B"
_NO_QUESTION = "Phần này không có phương án nên không phải câu hỏi; đã bỏ qua. Nếu là câu hỏi, thêm các dòng A. …, B. …"


@dataclass
class _Block:
    line: int
    number: int | None = None
    stem: list[str] = field(default_factory=list)
    options: list[marks.Option] = field(default_factory=list)
    explanation: list[str] | None = None
    answers: list[str] | None = None
    changes: list[str] = field(default_factory=list)
    trouble: str = ""


def read(content: bytes) -> Imported:
    """Read pasted text.

    Raises:
        FileUnreadable: no text, too large, or no options in it.
    """
    source = read_text(content)
    reader = _Reader(source.text.split("\n"))
    reader.read()
    if not any(block.options for block in reader.blocks):
        raise FileUnreadable("Không thấy câu hỏi nào. Mỗi câu viết: Câu 1. …? rồi các dòng A. …, B. … và Đáp án: B")
    if len(reader.blocks) > MAXIMUM_QUESTIONS:
        raise FileUnreadable(TOO_MANY)
    reader.give_answers()
    if source.is_guessed:
        for block in reader.blocks:
            block.changes.append(GUESSED)
    return Imported(with_keys([_entry(block) for block in reader.blocks]))


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = [marks.visible(line) for line in lines]
        self.blocks: list[_Block] = []
        self.answers: dict[int, list[str]] = {}
        self.in_table = False
        self.is_after_blank = False
        self.has_names = any(marks.named_start(line) for line in self.lines)
        """Whether questions begin with "Câu 1": then "1." above the options is only a line of a question."""

    def read(self) -> None:
        for number, line in enumerate(self.lines, 1):
            if not line:
                self.is_after_blank = True
                continue
            self._take(number, line)
            self.is_after_blank = False

    def give_answers(self) -> None:
        """Hand out the table of answers."""
        count = Counter(block.number for block in self.blocks if block.options)
        for block in self.blocks:
            if block.answers is None and block.options and block.number in self.answers:
                if count[block.number] > 1:
                    block.trouble = (
                        f"Có nhiều câu số {block.number} nên bảng đáp án không rõ. Ghi Đáp án: … dưới từng câu."
                    )
                block.answers = self.answers[block.number]

    @property
    def _block(self) -> _Block | None:
        return self.blocks[-1] if self.blocks else None

    def _take(self, number: int, line: str) -> None:
        if self._take_answers(line):
            return
        self.in_table = False
        may_be_bare = not self.has_names or (self._block is not None and bool(self._block.options))
        start = marks.named_start(line) or (marks.numbered_start(line) if may_be_bare else None)
        if start:
            self.blocks.append(_Block(number, start[0], [start[1]] if start[1] else []))
        elif not self._take_part(line):
            self._take_text(number, line)

    def _take_answers(self, line: str) -> bool:
        block, said = self._block, marks.answer(line)
        has_options = block is not None and bool(block.options)
        if said is None:
            pairs = marks.answer_pairs(line) if has_options or self.in_table else []
            is_table = self.in_table or len(pairs) > 1
            self.answers.update(pairs if is_table else [])
            return bool(pairs) and is_table
        letters = letters_in(said.rstrip("."))
        if letters and block is not None and has_options:
            block.answers = letters
            return True
        self.answers.update(marks.answer_pairs(said))
        self.in_table = not said or bool(marks.answer_pairs(said))
        return self.in_table and has_options

    def _take_part(self, line: str) -> bool:
        """An explanation or options of the question that stands open."""
        block = self._block
        if block is None:
            return False
        words = marks.explanation(line)
        if words is not None and block.options:
            block.explanation = [words]
            return True
        options = marks.options_on(line) if block.explanation is None else []
        if not options or not block.stem:
            return False
        if options[0].letter and block.options and not block.options[0].letter:
            block.stem += [f"- {option.words}" for option in block.options]
            block.options = []
        is_next = not options[0].letter or options[0].letter == LETTERS[len(block.options) % len(LETTERS)]
        if not is_next or (block.options and bool(block.options[0].letter) != bool(options[0].letter)):
            return False
        if len(options) > 1:
            block.changes.append("Các phương án trên cùng một dòng được tách ra.")
        block.options += options
        return True

    def _take_text(self, number: int, line: str) -> None:
        block = self._block
        if block is not None and block.explanation is not None and not self.is_after_blank:
            block.explanation.append(line)
        elif block is not None and not block.options:
            block.stem.append(line)
        else:
            self.blocks.append(_Block(number, stem=[line]))


def _entry(block: _Block) -> Entry:
    ticked = {index for index, option in enumerate(block.options) if option.is_ticked}
    if len(ticked) == len(block.options) and block.answers is not None:
        ticked = set()
    named = {LETTERS.index(letter) for letter in block.answers or []}
    reason = block.trouble or _reason(block, ticked, named)
    if reason:
        return RefusedQuestion(block.line, label_of(" ".join(block.stem)), reason)
    right = named or ticked
    options = tuple(
        SourceOption(marks.markdown(option.words), index in right) for index, option in enumerate(block.options)
    )
    title, *rest = block.stem
    question = choice(marks.markdown(title), _blocks(rest), options, block.line, _blocks(block.explanation or []))
    if len(right) > 1:
        block.changes.append("Có nhiều đáp án đúng: người học phải chọn đủ.")
    return TakenQuestion(block.line, question, tuple(block.changes))


def _reason(block: _Block, ticked: set[int], named: set[int]) -> str:
    if not block.options:
        return _NO_QUESTION
    if len(block.options) < 2:
        return FEW
    if named and max(named) >= len(block.options):
        return f"Đáp án {', '.join(block.answers or [])} không có trong các phương án. Sửa lại đáp án."
    if named and ticked and named != ticked:
        return "Đáp án ghi một đằng, dấu ở phương án một nẻo. Giữ lại một cách ghi."
    if not named and not ticked:
        return _NO_RIGHT
    return (
        "Tất cả phương án đều được đánh dấu đúng. Chỉ đánh dấu phương án đúng."
        if len(ticked) == len(block.options) and not named
        else ""
    )


def _blocks(lines: list[str]) -> str:
    return "  \n".join(escaped_line(marks.markdown(line)) for line in lines).strip()
