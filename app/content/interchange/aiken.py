"""Aiken → our questions: a question, options "A." or "A)", and a line "ANSWER: B".

More is read than Moodle reads: "Đáp án: B", small letters, blank lines anywhere, questions of several lines. A question
ends with its ANSWER line; where that is missing, with the next "A.".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.content.interchange.gift_text import plain_blocks
from app.content.interchange.key_series import with_keys
from app.content.interchange.lettered import FEW, LETTERS, Entry, choice, label_of, letters_in
from app.content.interchange.markdown_words import escaped
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.interchange.text_input import GUESSED, MAXIMUM_QUESTIONS, TOO_MANY, read_text
from app.content.quiz_source.model import SourceOption

_OPTION = re.compile(r"\s*([A-Za-z])[.)]\s+(\S.*)$")
_ANSWER = re.compile(r"\s*(?:ANSWER|Đáp án(?: đúng)?|Trả lời)\s*[:：]\s*(.*)$", re.IGNORECASE)
_LANGUAGE = "Dòng «{}» được hiểu là ANSWER: {}."
_NO_ANSWER = "Câu này thiếu dòng đáp án. Thêm một dòng sau phương án cuối, ví dụ: ANSWER: B"


@dataclass
class _Block:
    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str | None = None
    changes: list[str] = field(default_factory=list)


def read(content: bytes) -> Imported:
    """Read an Aiken file.

    Raises:
        FileUnreadable: no text, too large, or neither options nor answers in it.
    """
    source = read_text(content)
    blocks = list(_blocks(source.text))
    if not any(block.options or block.answer is not None for block in blocks):
        raise FileUnreadable("Trong tệp không có câu hỏi Aiken nào. Mỗi câu: câu hỏi, A. …, B. …, rồi ANSWER: B")
    if len(blocks) > MAXIMUM_QUESTIONS:
        raise FileUnreadable(TOO_MANY)
    for block in blocks:
        if source.is_guessed and not "".join((*block.stem, *(words for _, words in block.options))).isascii():
            block.changes.append(GUESSED)
    return Imported(with_keys([_entry(block) for block in blocks]))


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        option, answer = _OPTION.match(line), _ANSWER.match(line)
        if answer and block.line:
            block.answer = answer.group(1)
            if not line.strip().startswith("ANSWER:"):
                block.changes.append(_LANGUAGE.format(line.strip()[:60], answer.group(1).strip()[:40]))
            yield block
            block = _Block()
        elif option and block.line and _follows(option.group(1), block.options):
            block.options.append((option.group(1).upper(), option.group(2).strip()))
        else:
            if block.options:
                yield block
                block = _Block()
            block.line = block.line or number
            block.stem.append(line.strip())
    if block.line:
        yield block


def _follows(letter: str, options: list[tuple[str, str]]) -> bool:
    return len(options) < len(LETTERS) and letter.upper() == LETTERS[len(options)]


def _entry(block: _Block) -> Entry:
    reason = _reason(block)
    if reason:
        return RefusedQuestion(block.line, label_of(" ".join(block.stem)), reason)
    right = letters_in(block.answer or "") or []
    options = tuple(SourceOption(escaped(words), letter in right) for letter, words in block.options)
    title, *rest = block.stem
    if len(right) > 1:
        block.changes.append("Có nhiều đáp án đúng; đổi thành câu chọn nhiều phương án.")
    question = choice(escaped(title), plain_blocks("\n".join(rest)), options, block.line)
    return TakenQuestion(block.line, question, tuple(block.changes))


def _reason(block: _Block) -> str:
    if len(block.options) < 2:
        return FEW
    if block.answer is None:
        return _NO_ANSWER
    right = letters_in(block.answer)
    given = [letter for letter, _ in block.options]
    if right is None or not set(right) <= set(given):
        return f"Đáp án «{block.answer.strip()[:40]}» không phải là một trong các phương án {', '.join(given)}."
    return ""
