"""Moodle XML → our questions, in the order of the file."""

import re
from dataclasses import replace

from app.content.interchange.embedded_pictures import PictureShelf
from app.content.interchange.keys import unique_key
from app.content.interchange.moodle_answers import Refused
from app.content.interchange.moodle_question import label_of, read_question
from app.content.interchange.moodle_text import Texts
from app.content.interchange.report import FileUnreadable, Imported, RefusedQuestion, TakenQuestion
from app.content.interchange.xml_tree import Element, parse

MAXIMUM_QUESTIONS = 5_000
_PATH_MARK = re.compile(r"(?<!/)/(?!/)")


def read(content: bytes) -> Imported:
    """The questions of a file, in their order, with their pictures.

    Raises:
        FileUnreadable: no Moodle XML.
    """
    root = parse(content)
    if root.name != "quiz":
        raise FileUnreadable(
            "Tệp này không phải tệp câu hỏi của Moodle. Trong Moodle chọn Ngân hàng câu hỏi, Xuất, Moodle XML.",
            root.line,
        )
    if len(root.children) > MAXIMUM_QUESTIONS:
        raise FileUnreadable("Tệp có hơn 5.000 câu hỏi. Xuất từng nhóm câu hỏi thành các tệp nhỏ hơn.")
    shelf = PictureShelf()
    taken_keys: set[str] = set()
    entries: list[TakenQuestion | RefusedQuestion] = []
    pool = ""
    for question in root.all("question"):
        if question.attributes.get("type") == "category":
            pool = pool_of(question.value("category"))
            continue
        entries.append(_entry(question, Texts(shelf), pool, taken_keys))
    return Imported(tuple(entries), shelf.pictures)


def _entry(question: Element, texts: Texts, pool: str, taken_keys: set[str]) -> TakenQuestion | RefusedQuestion:
    try:
        found = read_question(question, texts, pool)
    except Refused as refusal:
        return RefusedQuestion(question.line, label_of(question), str(refusal))
    key = unique_key(found.key, found.title, taken_keys)
    if found.key and key != found.key:
        texts.say(f"Mã “{found.key[:80]}” không dùng được ở đây; đổi thành {key}.")
    return TakenQuestion(question.line, replace(found, key=key), tuple(texts.changes))


def pool_of(path: str) -> str:
    """The last part of a category's path; "" for the ones that Moodle makes itself."""
    parts = [part.replace("//", "/").strip() for part in _PATH_MARK.split(path)]
    last = " ".join(parts[-1].split()) if parts else ""
    is_made = last.casefold() in ("top", "default") or last.casefold().startswith(("default for ", "mặc định cho "))
    return "" if is_made or last.startswith("$") else last
