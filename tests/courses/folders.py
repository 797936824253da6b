"""Course folders in memory: a good one, and ways to spoil it."""

from pathlib import Path

from app.content.compile import photo
from app.content.compile.course import CompiledCourse, compile_course
from app.content.compile.faults import CourseRefused, Fault
from app.content.compile.fragment import Answer, Table, answer_to
from app.content.compile.normal_photo import normal_size
from app.content.compile.pictures import UNREADABLE, OtherForm, PictureRefused
from app.content.compile.quiz import Question
from app.content.compile.render import Reference

SAMPLE = Path(__file__).parent / "all_question_types"
SVG = (SAMPLE / "anh" / "o-vuong.svg").read_bytes()
"""A drawing of 360 × 220 that is on the list of those that come with the product."""
COURSE = """key: khoa-thu
title: Khóa thử
goal: Thử
summary: Một câu.
audience: resident
minutes: 6
"""
LESSON = """---
kind: lesson
key: bai-mot
title: Bài một
minutes: 6
---
Học xong bài này, bác biết tắt máy.
"""
QUIZ_HEAD = """---
kind: quiz
key: kiem-tra
title: Bài kiểm tra
minutes: 6
pass: 70
feedback: none
---
"""
QUIZ_HEAD_LINES = QUIZ_HEAD.count("\n")
REFERENCE = Reference(frozenset({"tt02:4.1", "tt02:4.2", "dc2:4.2"}), frozenset({"app-cua-tinh"}))
QUESTION = "## Hỏi?\n<!-- key: q-hoi -->\n- [ ] Sai\n- [x] Phải\n"


def render_here(source: str, table: Table, inline: bool) -> Answer:
    """Renders in the test's own process."""
    return answer_to({"source": source, "table": table, "inline": inline})


def examine_here(content: bytes, extension: str) -> OtherForm | None:
    """Opens photos in the test's own process; drawings are taken from any list."""
    if extension == "svg" or not normal_size(content, extension):
        return None
    try:
        made = photo.other_form(content, extension)
    except (OSError, SyntaxError, ValueError):
        raise PictureRefused(UNREADABLE) from None
    return OtherForm(made[1], made[0]) if made else None


def read_sample(folder: Path = SAMPLE) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def folder_with(**changes: str | bytes | None) -> dict[str, bytes]:
    """A sound course of one lesson; `course`, `lesson` or `quiz` replace those files, None leaves one out."""
    names = {"course": "course.yml", "lesson": "01-bai-mot.md", "quiz": "02-kiem-tra.md"}
    texts: dict[str, str | bytes | None] = {"course": COURSE, "lesson": LESSON, **changes}
    return {
        names[name]: text if isinstance(text, bytes) else text.encode()
        for name, text in texts.items()
        if text is not None
    }


def compile_here(folder: dict[str, bytes]) -> CompiledCourse:
    return compile_course(folder, "khoa-thu", render_here, examine_here, REFERENCE)


def faults_in(folder: dict[str, bytes]) -> list[Fault]:
    """Everything that compiling says: faults, or the warnings of a sound folder."""
    try:
        return list(compile_here(folder).warnings)
    except CourseRefused as refused:
        return list(refused.faults)


def serious_in(folder: dict[str, bytes]) -> list[Fault]:
    return [fault for fault in faults_in(folder) if not fault.is_warning]


def quiz_folder(body: str, head: str = QUIZ_HEAD) -> dict[str, bytes]:
    return folder_with(quiz=head + body)


def quiz_faults(body: str, head: str = QUIZ_HEAD) -> list[Fault]:
    """Faults of a quiz with this body; lines count from the first line of `body`."""
    shift = head.count("\n")
    return [
        Fault(fault.file, fault.line - shift, fault.reason, fault.is_warning)
        for fault in faults_in(quiz_folder(body, head))
        if fault.file == "02-kiem-tra.md"
    ]


def only_question(body: str) -> Question:
    """The one question of a sound quiz."""
    quiz = compile_here(quiz_folder(body)).items[1].quiz
    assert quiz is not None
    assert len(quiz.questions) == 1
    return quiz.questions[0]
