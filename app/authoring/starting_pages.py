"""What the pages of a new course show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.access.actor import Actor
from app.authoring.carrying import carried, carry
from app.authoring.draft_page import place_name
from app.authoring.draft_queries import WorkshopCourse, list_workshop_courses
from app.authoring.starting import lesson_files
from app.content import worker
from app.content.compile import course_file
from app.content.compile.course import compile_one_item
from app.content.interchange.document import Document
from app.content.interchange.lessons import MOST_LESSONS, Lesson, count_words, join_lessons, propose_lessons
from app.content.photos import examine
from app.content.reference import reference
from app.shared.vietnamese import clean, nfc

LONGEST_TITLE = 200
PREVIEW_SLUG = "xem-truoc"


@dataclass(frozen=True, slots=True)
class ProposedLesson:
    lesson: Lesson
    html: str
    """As learners would read it; from the renderer, cleaned."""
    joins: bool = False
    """Whether it is to go together with the one before."""


@dataclass(frozen=True, slots=True)
class LessonsPage:
    lessons: Sequence[ProposedLesson]
    notes: Sequence[str]
    carried: str
    """Its pictures, for the next step."""

    @property
    def words(self) -> int:
        return sum(proposed.lesson.words for proposed in self.lessons)


def make_lessons_page(document: Document) -> LessonsPage:
    """Proposals for a text that was just received; keeps its pictures."""
    lessons = propose_lessons(document.markdown, document.title)
    shown = [
        ProposedLesson(lesson, html)
        for lesson, html in zip(lessons, _previews(lessons, document.pictures), strict=True)
    ]
    return LessonsPage(shown, document.notes, carry(document.pictures))


def lessons_page_again(form: MultiDict[str, str]) -> LessonsPage:
    """The same as it was sent, where something else has to be put right first."""
    pictures = carried(form.get("carried", ""))
    sent = _sent_lessons(form)
    previews = _previews([lesson for lesson, _ in sent], pictures)
    shown = [ProposedLesson(lesson, html, joins) for (lesson, joins), html in zip(sent, previews, strict=True)]
    return LessonsPage(shown, (), form.get("carried", ""))


def chosen_lessons(form: MultiDict[str, str]) -> list[Lesson]:
    """The lessons as the trainer wants them, joined where that was ticked."""
    groups: list[list[Lesson]] = []
    for lesson, joins in _sent_lessons(form):
        if joins and groups:
            groups[-1].append(lesson)
        else:
            groups.append([lesson])
    return [join_lessons(group) for group in groups]


def _sent_lessons(form: MultiDict[str, str]) -> list[tuple[Lesson, bool]]:
    found = []
    for number in range(1, MOST_LESSONS + 1):
        text = nfc(form.get(f"lesson-{number}-text", "")).replace("\r\n", "\n").strip()
        title = clean(form.get(f"lesson-{number}-title", ""))[:LONGEST_TITLE]
        if text or title:
            joins = number > 1 and form.get(f"lesson-{number}-joins") == "yes"
            found.append((Lesson(title, text, count_words(text)), joins))
    return found


def _previews(lessons: Sequence[Lesson], pictures: Mapping[str, bytes]) -> list[str]:
    files = lesson_files(lessons, pictures)
    names = sorted(name for name in files if name.endswith(".md"))
    return [_preview(name, files) for name in names]


def _preview(name: str, files: Mapping[str, bytes]) -> str:
    item, _, _ = compile_one_item(
        {**files, course_file.NAME: b""}, name, PREVIEW_SLUG, worker.render, examine, reference()
    )
    return item.body


@dataclass(frozen=True, slots=True)
class CourseToCopy:
    title: str
    about: str
    slug: str
    """Of a published course; else `draft` names it."""
    draft: str


def list_courses_to_copy(actor: Actor) -> list[CourseToCopy]:
    """Every course that the actor may read in the workshop."""
    return [_to_copy(course) for course in list_workshop_courses(visible_to=actor)]


def _to_copy(course: WorkshopCourse) -> CourseToCopy:
    state = gettext("Đã xuất bản") if course.is_published else gettext("Đang viết")
    draft = str(course.draft.id) if course.draft is not None and not course.is_published else ""
    return CourseToCopy(course.title, f"{state} · {place_name(course.place_id)}", "" if draft else course.slug, draft)


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """What was read of a file of questions, before a course is made of it."""

    format: str
    taken: int
    changed: Sequence[tuple[int, str, Sequence[str]]]
    """(line, beginning of the question, what was changed)."""
    refused: Sequence[tuple[int, str, str]]
    """(line, label, why)."""
    troubles: Sequence[str]
    carried: str
    left_out: int = 0
    details: Mapping[str, str] = field(default_factory=dict)
