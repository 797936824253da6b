"""Quizzes of a course folder on disk as questions, and questions as a new quiz file of a folder."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flask_babel import gettext

from app.content.compile.faults import CourseRefused, Fault, Faults
from app.content.compile.fields import read_front_matter
from app.content.compile.fragment import picture_path
from app.content.compile.normal_form import ITEM_NAME
from app.content.compile.pictures import picture_extension
from app.content.compile.question_read import read_question
from app.content.compile.quiz_file import split_questions
from app.content.compile.scan import scan_lines
from app.content.compile.text import UnreadableText, normalise, normalise_path, suggested_key
from app.content.folder import FolderRefused, read_folder
from app.content.interchange.keys import unique_key
from app.content.quiz_source.model import SourceQuestion
from app.content.quiz_source.write import write_questions

MINUTES_PER_QUESTION = 1
_FRONT = """---
kind: quiz
key: {key}
title: {title}
minutes: {minutes}
pass: 70
feedback: each
---
"""


@dataclass(frozen=True, slots=True)
class QuizFile:
    """One quiz of a folder as its author wrote it."""

    name: str
    slug: str
    questions: tuple[SourceQuestion, ...]


@dataclass(frozen=True, slots=True)
class NewQuiz:
    """A quiz file that is to be added to a folder."""

    name: str
    files: dict[str, bytes]
    """The quiz and its pictures, by path."""
    renamed: dict[str, str]
    """Keys of questions that were taken in the course → what they are now."""


def read_quizzes(folder: Path) -> list[QuizFile]:
    """The quizzes in order of their files.

    Raises:
        CourseRefused: the folder, or a question in it, cannot be read.
    """
    faults = Faults()
    quizzes = [
        QuizFile(name, name.partition("-")[2].removesuffix(".md"), tuple(_read_questions(name, text, faults)))
        for name, text in sorted(_quiz_texts(folder, faults).items())
    ]
    if faults.serious:
        raise CourseRefused(faults.all)
    return quizzes


def read_pictures_of(folder: Path, questions: Iterable[SourceQuestion]) -> dict[str, bytes]:
    """The pictures that the questions show, by path."""
    said = picture_path(write_questions(questions))
    files = {normalise_path(path): content for path, content in _files_of(folder).items()}
    return {path: content for path, content in files.items() if picture_extension(path) and path in said}


def _files_of(folder: Path) -> dict[str, bytes]:
    try:
        return read_folder(folder)
    except FolderRefused as refused:
        raise CourseRefused([Fault(refused.file, 1, refused.reason)]) from None


def _quiz_texts(folder: Path, faults: Faults) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, content in _files_of(folder).items():
        if not ITEM_NAME.fullmatch(name):
            continue
        try:
            text = normalise(content)
        except UnreadableText as error:
            faults.add(name, error.line, str(error))
            continue
        fields, _, _ = read_front_matter(text, Faults().of(name))
        if fields.text("kind") == "quiz":
            texts[name] = text
    return texts


def _read_questions(name: str, text: str, faults: Faults) -> Iterable[SourceQuestion]:
    file_faults = faults.of(name)
    _, body, first_line = read_front_matter(text, file_faults)
    _, blocks = split_questions(scan_lines(body, first_line, file_faults), file_faults)
    for block in blocks:
        placed = read_question(block.heading, block.title, block.pool, block.lines, file_faults)
        if placed is not None:
            yield placed.source


def plan_quiz(folder: Path, title: str, questions: Iterable[SourceQuestion], pictures: Mapping[str, bytes]) -> NewQuiz:
    """A quiz file behind the last item of the folder; nothing is written and nothing there is touched.

    Raises:
        CourseRefused: the folder cannot be read, or a picture of that name stands there with other content.
    """
    files = _files_of(folder)
    numbers = [int(match[1]) for name in files if (match := ITEM_NAME.fullmatch(name))]
    texts = [content.decode("utf-8", "replace") for name, content in files.items() if ITEM_NAME.fullmatch(name)]
    taken = set(re.findall(r"\bkey\s*:\s*([a-z0-9-]+)", "\n".join(texts)))
    renamed: dict[str, str] = {}
    kept: list[SourceQuestion] = []
    for question in questions:
        key = unique_key(question.key, question.title, taken)
        if key != question.key:
            renamed[question.key] = key
        kept.append(replace(question, key=key))
    slug = unique_key(suggested_key(title), title, {name.partition("-")[2].removesuffix(".md") for name in files})
    name = f"{max(numbers, default=0) + 1:02}-{slug}.md"
    front = _FRONT.format(
        key=unique_key(slug, title, taken),
        title='"' + " ".join(title.split()).replace("\\", "").replace('"', "'") + '"',
        minutes=max(1, len(kept) * MINUTES_PER_QUESTION),
    )
    for path, content in pictures.items():
        if path in files and files[path] != content:
            reason = gettext("Trong thư mục đã có hình khác cùng tên. Đổi tên hình đó rồi nhập lại.")
            raise CourseRefused([Fault(path, 1, reason)])
    body = front + write_questions(kept)
    return NewQuiz(name, {name: body.encode(), **pictures}, renamed)


def add_to_folder(folder: Path, new: NewQuiz) -> None:
    """Write the pictures, then the quiz that shows them, each whole or not at all."""
    pictures = {path: content for path, content in new.files.items() if path != new.name}
    for path, content in [*pictures.items(), (new.name, new.files[new.name])]:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{target.name}.part")
        half.write_bytes(content)
        half.replace(target)
