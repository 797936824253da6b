"""What stands against publishing a draft that compiles: what was published before, and what other courses have."""

from flask_babel import gettext
from sqlalchemy import select

from app.authoring.compiling import Check
from app.authoring.fault_lines import ADDRESS
from app.authoring.models import CourseDraft
from app.content.compile import course_file
from app.content.compile.faults import CourseRefused, Fault
from app.content.models import Course, CourseVersion
from app.content.publish_rules import refuse_dangerous_changes, refuse_taken_slug
from app.extensions import db
from app.shared.errors import Refusal


def faults_of_publication(draft: CourseDraft, check: Check) -> list[Fault]:
    """Faults that only the published courses can tell. Nothing is known of a draft that does not compile."""
    if check.compiled is None:
        return []
    course = db.session.get(Course, draft.course_id) if draft.course_id else None
    found = _fault_of_key(check.compiled.header.key, course)
    if found:
        return [found]
    try:
        refuse_taken_slug(draft.slug, course)
    except Refusal:
        reason = gettext("Địa chỉ /courses/%(slug)s là của khóa học khác. Đổi địa chỉ ở dưới.", slug=draft.slug)
        return [Fault(course_file.NAME, 1, reason, code=ADDRESS)]
    if course is None:
        return []
    current = db.session.get(CourseVersion, course.current_version_id) if course.current_version_id else None
    try:
        refuse_dangerous_changes(course, current, check.compiled)
    except CourseRefused as refused:
        return list(refused.faults)
    return []


def _fault_of_key(key: str, course: Course | None) -> Fault | None:
    """The key says which course it is: a draft never becomes another one's next version."""
    if course is not None:
        if key == course.key:
            return None
        reason = gettext("Khóa (key) không đổi được sau khi xuất bản. Viết lại: key: %(key)s", key=course.key)
        return Fault(course_file.NAME, 1, reason)
    if db.session.scalar(select(Course.id).where(Course.key == key)) is None:
        return None
    reason = gettext("Khóa (key) `%(key)s` là của khóa học khác. Đặt khóa mới, ví dụ: key: %(key)s-2", key=key)
    return Fault(course_file.NAME, 1, reason)
