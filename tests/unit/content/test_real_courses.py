"""The courses that ship with the product."""

from pathlib import Path

import pytest

from app.config import ROOT
from app.content.compile.course import CompiledCourse, compile_course
from app.content.photos import examine
from tests.courses.folders import REFERENCE, read_sample, render_here

FOLDERS = sorted(path.parent for path in (ROOT / "courses").glob("*/course.yml"))


def compiled(folder: Path) -> CompiledCourse:
    return compile_course(read_sample(folder), folder.name, render_here, examine, REFERENCE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_shipped_course_compiles_without_a_fault_or_a_warning(folder):
    assert compiled(folder).warnings == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_shipped_course_has_what_was_promised(folder):
    course = compiled(folder)
    lessons = [item for item in course.items if item.kind == "lesson"]
    questions = [question for item in course.items if item.quiz for question in item.quiz.questions]
    assert 4 <= len(lessons) <= 6
    assert all(5 <= lesson.minutes <= 8 for lesson in lessons)
    assert len(questions) >= 6
    assert all(option.feedback_html for question in questions for option in question.options)
    assert all(picture.extension == "svg" for picture in course.pictures)


def test_residents_have_two_courses_and_so_have_teams():
    assert sorted(compiled(folder).header.audience for folder in FOLDERS) == ["resident", "resident", "team", "team"]
