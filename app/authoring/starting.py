"""A new course from something that is there: a template, another course, a text, questions, a packed folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from app.access.actor import Actor
from app.authoring.carrying import other_forms
from app.authoring.drafts import CREATE, create_draft
from app.authoring.models import CourseDraft, DraftEvent
from app.content.actions import lock_publishing
from app.content.compile import course_file
from app.content.compile.course_file import without_base
from app.content.compile.normal_form import ITEM_NAME
from app.content.compile.text import UnreadableText, normalise, suggested_key
from app.content.folder import read_folder
from app.content.interchange.keys import unique_key
from app.content.interchange.lessons import Lesson
from app.content.models import Course, CourseSlug
from app.content.source_fields import Plain, front_of, join_item, read_plain, with_values, written
from app.extensions import db
from app.shared import media

_FOLDERS = Path(__file__).parent / "templates_of_courses"
WORDS_IN_ADDRESS = 8
EVERYTHING = "bai-kiem-tra-thuc-hanh"


@dataclass(frozen=True, slots=True)
class Template:
    """A course to write over, kept as a folder."""

    name: str
    title: LazyString
    about: LazyString
    audience: str


TEMPLATES = (
    Template(
        EVERYTHING,
        lazy_gettext("Bài học, bài kiểm tra, bài thực hành"),
        lazy_gettext("Có sẵn chữ thật về gọi 113, 114, 115. Sửa thành của mình."),
        "resident",
    ),
    Template(
        "viec-cua-to",
        lazy_gettext("Cho thành viên tổ công nghệ số"),
        lazy_gettext("Cách giúp một người, bài kiểm tra, giúp thử có người xem."),
        "team",
    ),
    Template("trong", lazy_gettext("Trang trắng"), lazy_gettext("Một bài học trống, tự viết từ đầu."), "resident"),
)


@dataclass(frozen=True, slots=True)
class Details:
    """What every new course is asked for."""

    title: str
    goal: str
    audience: str
    place_id: UUID | None
    press: str = ""
    """Of the form that was filled in: pressing its button twice begins one course."""


def template_files(name: str) -> dict[str, bytes]:
    """The folder of a template; of the first one where there is none of that name."""
    known = name if name in {template.name for template in TEMPLATES} else EVERYTHING
    return read_folder(_FOLDERS / known)


def lesson_files(lessons: Sequence[Lesson], pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """A folder of these lessons, in their order."""
    files: dict[str, bytes] = {path: content for path, content in pictures.items() if _is_shown(path, lessons)}
    taken: set[str] = set()
    for number, lesson in enumerate(lessons, start=1):
        title = lesson.title or gettext("Bài %(number)s", number=number)
        key = unique_key(suggested_key(title), "", taken)
        front: dict[str, Plain] = {"kind": "lesson", "key": key, "title": title, "minutes": lesson.minutes}
        files[f"{number:02}-{key}.md"] = join_item(written(front), lesson.markdown + "\n").encode()
    return files


def _is_shown(path: str, lessons: Sequence[Lesson]) -> bool:
    return any(f"({path})" in lesson.markdown for lesson in lessons)


def quiz_files(markdown: str, count: int, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """A folder with one quiz of these questions."""
    front: dict[str, Plain] = {
        "kind": "quiz",
        "key": "kiem-tra",
        "title": gettext("Bài kiểm tra"),
        "minutes": max(1, count),
        "pass": 70,
        "feedback": "each",
    }
    shown = {path: content for path, content in pictures.items() if f"({path})" in markdown}
    return {"01-kiem-tra.md": join_item(written(front), markdown).encode(), **shown}


def start_course(files: Mapping[str, bytes], details: Details, by: Actor) -> CourseDraft:
    """A draft of the actor's own with these files; course.yml is made to say what was asked. A new key and address.

    Photos are to be in their normal form.
    """
    others = other_forms(files)
    lock_publishing()
    begun = find_begun(details.press, by, details.title)
    if begun is not None:
        return begun
    for other in others:
        media.store(other.content, other.extension)
    address = free_address(details.title)
    header = _header(files.get(course_file.NAME, b"").decode("utf-8", "replace"))
    changes: dict[str, Plain | None] = {
        "key": address,
        "title": details.title,
        "goal": details.goal,
        "summary": read_plain(header).get("summary") or details.goal,
        "audience": details.audience,
        "minutes": str(_minutes(files)),
        "edition": None,
    }
    changed = {**files, course_file.NAME: with_values(header, changes).encode()}
    return create_draft(
        changed, slug=address, by=by, place_id=details.place_id, owner_id=by.person_id, press=details.press
    )


def find_begun(press: str, by: Actor, title: str = "") -> CourseDraft | None:
    """The course that the same form began; with `title`, unless another one was typed into the form since."""
    if not press:
        return None
    query = (
        select(CourseDraft, DraftEvent.detail)
        .join(DraftEvent, DraftEvent.draft_id == CourseDraft.id)
        .where(
            CourseDraft.owner_id == by.person_id,
            CourseDraft.deleted_at.is_(None),
            DraftEvent.act == CREATE,
            *([CourseDraft.title == title] if title else []),
        )
    )
    return next((draft for draft, told in db.session.execute(query) if told.get("press") == press), None)


def _header(text: str) -> str:
    """Without where it came from: what is new continues no version."""
    try:
        return without_base(normalise(text.encode()))
    except UnreadableText:
        return ""


def _minutes(files: Mapping[str, bytes]) -> int:
    said = [front_of(text.decode("utf-8", "replace")).get("minutes") for name, text in files.items() if _is_item(name)]
    return max(1, sum(int(words) for words in said if isinstance(words, str) and words.isdecimal() and len(words) < 4))


def _is_item(name: str) -> bool:
    return ITEM_NAME.fullmatch(name) is not None


def free_address(title: str) -> str:
    """Key and address made from a title, that no course and no draft has or had."""
    base = suggested_key(title, words=WORDS_IN_ADDRESS)
    taken: set[str] = set()
    for column in (CourseDraft.slug, Course.slug, Course.key, CourseSlug.slug):
        taken.update(db.session.scalars(select(column).where(column.like(f"{base}%"))))
    return unique_key(base, "", taken)
