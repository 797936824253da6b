"""What authors and graders wait for: checking and publishing many courses, publishing a small change, grading."""

import re
import shutil
import time
from pathlib import Path

from app.config import ROOT
from app.content.compile.quiz import Quiz
from app.content.publishing import check_folder, publish_folder
from app.devtools.right_answers import right_values
from app.extensions import db
from app.learning.grading.answers import read_answer
from app.learning.grading.marks import grade, total
from bench.place import Place
from bench.rows import Row, at_most, for_comparison

COURSES, ITEMS = 20, 20
A_THOUSAND = 1000
SOURCE = ROOT / "courses" / "nhan-biet-va-tranh-lua-dao-qua-mang"
EVERY_KIND = ROOT / "tests" / "courses" / "every-kind"
QUESTIONS, ATTEMPTS = 20, 500


def measure_courses(place: Place, folder: Path) -> list[Row]:
    """Seconds for a thousand courses of 20 items, from 20 of them; every fifth item is a quiz of eight questions."""
    courses = [_write_course(folder / f"khoa-{number}", number) for number in range(COURSES)]
    with place.opened():
        checking = _seconds(lambda: [check_folder(course) for course in courses])
        publishing = _seconds(lambda: [_publish(course) for course in courses])
        for course in courses:
            changed = course / "01-muc-1.md"
            changed.write_text(changed.read_text(encoding="utf-8") + "\nThêm một dòng.\n", encoding="utf-8")
        again = _seconds(lambda: [_publish(course) for course in courses])
    thousand, share = A_THOUSAND / COURSES, again / publishing
    note = f"from {COURSES} courses of {ITEMS} items"
    return [
        for_comparison("checking 1,000 courses of 20 items", checking * thousand, "s", note),
        for_comparison("publishing 1,000 courses of 20 items", publishing * thousand, "s", note),
        at_most("publishing again with 1 of 20 items changed, of publishing first", share, "", 0.5),
    ]


def measure_grading() -> Row:
    """A 20-question attempt with every kind of question: reading the answers, grading, adding up."""
    quiz = next(item.quiz for item in check_folder(EVERY_KIND).items if item.quiz and len(item.quiz.questions) > 5)
    asked = (quiz.questions * QUESTIONS)[:QUESTIONS]
    milliseconds = 1000 * _seconds(lambda: [_grade_all(quiz, asked) for _ in range(ATTEMPTS)]) / ATTEMPTS
    return at_most("grading an attempt of 20 questions of every kind", milliseconds, "ms", 1)


def _grade_all(quiz: Quiz, asked: tuple) -> None:
    marks = {question.key: grade(question, read_answer(question, right_values(question))) for question in asked}
    total(quiz, marks, marks)


def _publish(course: Path) -> None:
    publish_folder(course)
    db.session.commit()


def _seconds(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _write_course(folder: Path, number: int) -> Path:
    shutil.copytree(SOURCE / "anh", folder / "anh")
    header = (SOURCE / "course.yml").read_text(encoding="utf-8")
    header = re.sub(r"^key: ", f"key: k{number}-", header, count=1, flags=re.MULTILINE)
    (folder / "course.yml").write_text(header, encoding="utf-8")
    lesson = (SOURCE / "01-so-la-goi-den.md").read_text(encoding="utf-8")
    quiz = (SOURCE / "06-kiem-tra.md").read_text(encoding="utf-8")
    for position in range(1, ITEMS + 1):
        text = quiz if position % 5 == 0 else lesson
        text = re.sub(r"\bkey: ([a-z0-9-]+)", rf"key: \1-{position}", text)
        (folder / f"{position:02}-muc-{position}.md").write_text(text, encoding="utf-8")
    return folder
