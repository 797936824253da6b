"""GIFT, the text format of Moodle → our questions. Reads what Moodle reads, and what it would run together."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.content.interchange.gift_answers import Refused, read_answers
from app.content.interchange.gift_blocks import Block, blocks
from app.content.interchange.gift_text import Piece, Texts, hidden, piece, shown, stem_piece
from app.content.interchange.key_series import with_keys
from app.content.interchange.markdown_words import escaped
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.interchange.text_input import GUESSED, MAXIMUM_QUESTIONS, TOO_MANY, read_text
from app.content.quiz_source.model import SourceQuestion
from app.shared.vietnamese import clean

FRAMEWORKS = frozenset({"tt02", "dc2", "dc3", "kns"})
"""Tags that begin with one of these and a colon are skills."""
DESCRIPTION = (
    "Đây là lời dẫn không có câu trả lời; ở đây không có loại này. Chép vào bài học, hoặc thêm { } và câu trả lời."
)
UNTITLED = "Trả lời câu hỏi sau"
_ID = re.compile(r"\[id:((?:\\\]|[^\[\]\n]){1,200})\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\[\]\n]){1,200})\]")
_PATH = re.compile(r"(?<!/)/(?!/)")
_DEFAULT_POOL = re.compile(r"(top|\$[a-z]+\$|default|mặc định)($| for | cho )", re.IGNORECASE)


def read(content: bytes, frameworks: Collection[str] = FRAMEWORKS) -> Imported:
    """Read a GIFT file.

    Raises:
        FileUnreadable: no text, too large, or nothing in it that looks like a question.
    """
    source = read_text(content)
    found = blocks(hidden(source.text))
    if not any(block.category is None for block in found):
        raise FileUnreadable("Trong tệp không có câu hỏi GIFT nào. Một câu viết như: Câu hỏi? {=đúng ~sai}")
    if len(found) > MAXIMUM_QUESTIONS:
        raise FileUnreadable(TOO_MANY)
    return Imported(with_keys(list(_entries(found, frameworks, is_guessed=source.is_guessed))))


def _entries(
    found: list[Block], frameworks: Collection[str], *, is_guessed: bool
) -> Iterator[TakenQuestion | RefusedQuestion]:
    pool = path = ""
    for block in found:
        if block.category is not None:
            pool, path = _pool(block.category)
            continue
        if path:
            block.changes.append(
                f"Câu này và các câu sau vào nhóm «{pool}»; bỏ phần còn lại của «{path[:100]}»."
                if pool
                else f"Câu này và các câu sau không vào nhóm nào; bỏ «{path[:100]}»."
            )
            path = ""
        if is_guessed and not "".join(block.lines).isascii():
            block.changes.append(GUESSED)
        yield _entry(block, pool, frameworks)


def _pool(category: str) -> tuple[str, str]:
    """The pool that a category path means, and the path where more than customary parts of it are left out."""
    parts = [clean(shown(part).replace("//", "/")) for part in _PATH.split(category)]
    named = [part for part in parts if part and not re.fullmatch(r"\$[a-z]+\$|top", part, re.IGNORECASE)]
    if not named:
        return "", ""
    is_default = _DEFAULT_POOL.match(named[-1]) is not None
    return ("" if is_default else named[-1]), (" / ".join(named) if len(named) > 1 or is_default else "")


def _entry(block: Block, pool: str, frameworks: Collection[str]) -> TakenQuestion | RefusedQuestion:
    if block.trouble:
        return RefusedQuestion(block.line, _label(block), block.trouble)
    try:
        return _Question(block, pool).read(frameworks)
    except Refused as refused:
        return RefusedQuestion(block.line, _label(block), refused.reason)


def _label(block: Block) -> str:
    words = clean(shown(" ".join(block.lines))[:400])
    return words if len(words) <= 80 else words[:79].rstrip() + "…"


@dataclass
class _Question:
    block: Block
    pool: str

    def read(self, frameworks: Collection[str]) -> TakenQuestion:
        texts = Texts(list(self.block.changes))
        name, text = self._name(texts)
        opening, closing = text.find("{"), text.find("}")
        if opening < 0:
            raise Refused(DESCRIPTION)
        stem = stem_piece(text[:opening], self._tail(text[closing + 1 :], texts))
        answers, explanation = _general_feedback(text[opening + 1 : closing])
        title, rest = self._title(stem, name, texts)
        found = read_answers(answers, stem.format, texts)
        key, skills = self._tags(frameworks, texts)
        question = SourceQuestion(
            type=found.type,
            title=title,
            key=key,
            stem=rest,
            options=found.options,
            pairs=found.pairs,
            steps=found.steps,
            skills=skills,
            name=name,
            explanation=texts.blocks(piece(explanation, stem.format)),
            pool=self.pool,
            line=self.block.line,
        )
        return TakenQuestion(self.block.line, question, tuple(texts.changes))

    def _name(self, texts: Texts) -> tuple[str, str]:
        text = "\n".join(self.block.lines).strip()
        if not text.startswith("::"):
            return "", text
        name, closing, rest = text[2:].partition("::")
        if not closing:
            texts.note("Đã bỏ dấu :: mở ra mà không đóng. Tên câu viết: ::Tên câu::")
            return "", text[2:].strip()
        return clean(shown(name)), rest.strip()

    def _tail(self, tail: str, texts: Texts) -> str:
        if tail.strip().startswith("//"):
            texts.note(f"Đã bỏ ghi chú sau dấu }}: {clean(shown(tail))[:100]}")
            return ""
        return tail

    def _title(self, stem: Piece, name: str, texts: Texts) -> tuple[str, str]:
        title, rest = texts.title_and_stem(stem)
        if title:
            return title, rest
        if not rest and not name:
            raise Refused("Trước { } chưa có câu hỏi. Viết câu hỏi rồi tới { }.")
        texts.note("Câu không có dòng chữ đầu để làm đầu đề; đã lấy tên câu hoặc một lời chung.")
        return escaped(name) or UNTITLED, rest

    def _tags(self, frameworks: Collection[str], texts: Texts) -> tuple[str, tuple[str, ...]]:
        comments = shown("\n".join(self.block.comments))
        found = _ID.search(comments)
        tags = dict.fromkeys(clean(tag.replace("\\]", "]")) for tag in _TAG.findall(comments))
        skills = tuple(tag for tag in tags if tag.partition(":")[0] in frameworks and tag.partition(":")[2])
        others = [tag for tag in tags if tag and tag not in skills]
        if others:
            texts.note(f"Đã bỏ thẻ: {', '.join(others)[:200]}. Chỉ giữ thẻ là mã kỹ năng, ví dụ tt02:4.2.")
        return clean(found.group(1).replace("\\]", "]")) if found else "", skills


def _general_feedback(answers: str) -> tuple[str, str]:
    """The answers, and what stands behind the last "####"."""
    before, mark, after = answers.rpartition("####")
    return (before.strip(), after) if mark else (answers.strip(), "")
