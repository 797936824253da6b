"""Course folders in a test's own directory, and what is in the tables after publishing them."""

from pathlib import Path

from sqlalchemy import func, select

from app.content.actions import Published
from app.content.models import CourseVersion
from app.content.publishing import publish_folder
from app.extensions import db
from tests.courses.folders import COURSE, LESSON, QUESTION, QUIZ_HEAD, SVG

PICTURE = "\n![Một ô vuông](anh/o.svg)\n"


def write_course(
    parent: Path,
    *,
    slug: str = "khoa-thu",
    course: str = COURSE,
    lesson: str = LESSON,
    quiz: str | None = QUIZ_HEAD + QUESTION,
) -> Path:
    """Write (or overwrite) a folder with a lesson, a picture and a quiz."""
    folder = parent / slug
    (folder / "anh").mkdir(parents=True, exist_ok=True)
    (folder / "course.yml").write_text(course.replace("minutes: 6", "minutes: 12"), encoding="utf-8")
    (folder / "01-bai-mot.md").write_text(lesson + PICTURE, encoding="utf-8")
    (folder / "anh" / "o.svg").write_bytes(SVG)
    if quiz is not None:
        (folder / "02-kiem-tra.md").write_text(quiz, encoding="utf-8")
    return folder


def publish(folder: Path, **options: bool) -> Published:
    """Publish and commit, as the command does."""
    published = publish_folder(folder, **options)
    db.session.commit()
    return published


def bytes_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Content and time of change of every file."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def count_versions() -> int:
    return db.session.scalar(select(func.count()).select_from(CourseVersion)) or 0
