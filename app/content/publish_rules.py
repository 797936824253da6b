"""What publishing refuses because of what was published before. Nothing here writes."""

import re

from flask_babel import gettext
from sqlalchemy import func, select

from app.content.compile import course_file
from app.content.compile.course import CompiledCourse
from app.content.compile.faults import CourseRefused, Fault, Faults
from app.content.compile.item import CompiledItem
from app.content.models import Course, CourseItem, CourseSlug, CourseVersion, QuestionType, WithdrawnItem
from app.extensions import db
from app.shared.errors import Refusal


class PublishedElsewhere(Refusal):
    """The folder was exported from another version than the one it would replace."""

    status = 409


class EditedInBrowser(Refusal):
    status = 409
    sentence = "Khóa học này đã được sửa trên web. Xuất bản đè lên sẽ mất các chỗ sửa đó."


class SlugTaken(Refusal):
    status = 409


def refuse_taken_slug(slug: str, course: Course | None) -> None:
    owner = db.session.scalar(select(Course.key).where(Course.slug == slug))
    former = db.session.scalar(select(Course.key).join(CourseSlug).where(CourseSlug.slug == slug))
    for key in (owner, former):
        if key is not None and (course is None or key != course.key):
            raise SlugTaken(
                gettext("Địa chỉ /courses/%(slug)s là của khóa học `%(key)s`. Đổi tên thư mục này.", slug=slug, key=key)
            )


def refuse_foreign_base(course: Course, current: CourseVersion, compiled: CompiledCourse) -> None:
    base = compiled.header.base
    if base is not None and base != current.content_hash:
        ours, theirs = _named(course, current.content_hash), _named(course, base)
        raise PublishedElsewhere(
            gettext("Thư mục này xuất ra từ bản %(theirs)s, nhưng bản đang dùng là %(ours)s.", theirs=theirs, ours=ours)
        )
    if course.edited_in_browser_at is not None and base is None:
        raise EditedInBrowser


def _named(course: Course, content_hash: str) -> str:
    """A version as people can tell it apart: its number where we have it, and the beginning of its hash."""
    number = db.session.scalar(
        select(func.max(CourseVersion.number)).where(
            CourseVersion.course_id == course.id, CourseVersion.content_hash == content_hash
        )
    )
    return f"{number or gettext('lạ')} ({content_hash[:12]})"


def refuse_dangerous_changes(course: Course, current: CourseVersion | None, compiled: CompiledCourse) -> None:
    """What would make earlier results unreadable or take back what someone has earned."""
    faults = Faults()
    if current is not None and compiled.header.edition < current.edition:
        line = _line_of(r"^edition\s*:", compiled.files[course_file.NAME])
        reason = gettext("`edition:` không được lùi. Viết: edition: %(edition)s", edition=current.edition)
        faults.add(course_file.NAME, line, reason)
    _check_kinds(course, compiled, faults)
    _check_types(course, compiled, faults)
    _check_needed(course, compiled, faults)
    if faults.all:
        raise CourseRefused(faults.all)


def _check_kinds(course: Course, compiled: CompiledCourse, faults: Faults) -> None:
    ever = select(CourseItem.key, CourseItem.kind).join(CourseVersion).where(CourseVersion.course_id == course.id)
    kinds = {key: kind for key, kind in db.session.execute(ever.distinct())}  # noqa: C416 -- a Result is no mapping
    for item in compiled.items:
        if kinds.get(item.key, item.kind) != item.kind:
            reason = gettext(
                "Mục `%(key)s` đã xuất bản là loại khác. Đặt khóa mới, ví dụ: key: %(key)s-2", key=item.key
            )
            faults.add(item.file, _line_of(r"^key\s*:", compiled.files[item.file]), reason)


def _check_types(course: Course, compiled: CompiledCourse, faults: Faults) -> None:
    stored = select(QuestionType.item_key, QuestionType.question_key, QuestionType.type)
    rows = db.session.execute(stored.where(QuestionType.course_id == course.id)).all()
    types = {(item_key, key): kind for item_key, key, kind in rows}
    anywhere = {key: kind for _, key, kind in rows}
    for item, key, kind in questions_of(compiled):
        # A question that moved to another item is the same question still.
        before = types.get((item.key, key), anywhere.get(key, kind))
        if before != kind:
            line = _line_of(rf"\bkey\s*:\s*{re.escape(key)}(?![a-z0-9-])", compiled.files[item.file])
            reason = gettext(
                "Câu hỏi `%(key)s` đã xuất bản là loại %(before)s, nay thành %(now)s. Đặt khóa mới, ví dụ: %(key)s-2",
                key=key,
                before=before,
                now=kind,
            )
            faults.add(item.file, line, reason)


def _check_needed(course: Course, compiled: CompiledCourse, faults: Faults) -> None:
    """Something must be left that makes a completion: what is withdrawn is asked of nobody, later neither."""
    withdrawn = set(db.session.scalars(select(WithdrawnItem.item_key).where(WithdrawnItem.course_id == course.id)))
    if withdrawn and withdrawn.issuperset(compiled.required_items):
        line = _line_of(r"^completion\s*:", compiled.files[course_file.NAME])
        reason = gettext("Mọi mục tính hoàn thành đều đang ngừng. Mở lại một mục, hoặc thêm mục khác cần làm xong.")
        faults.add(course_file.NAME, line, reason)


def questions_of(compiled: CompiledCourse) -> list[tuple[CompiledItem, str, str]]:
    return [(i, question.key, question.type) for i in compiled.items if i.quiz for question in i.quiz.questions]


def _line_of(pattern: str, source: str) -> int:
    match = re.search(pattern, source, re.MULTILINE)
    return source.count("\n", 0, match.start()) + 1 if match else 1


def faults_of(refusal: Refusal | CourseRefused) -> tuple[Fault, ...]:
    """A refusal as lines for the author, whichever kind it is."""
    if isinstance(refusal, CourseRefused):
        return refusal.faults
    return (Fault(course_file.NAME, 1, refusal.message),)
