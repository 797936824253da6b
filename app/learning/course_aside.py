"""What the page of a course says besides its items: what is new, what to take first, what may be read out or sent."""

from flask import url_for
from flask_babel import gettext

from app.access.declare import current_actor
from app.access.permissions import Permission, allows
from app.content.queries import Item, Version, get_version, list_catalogue
from app.progress.evidence import LearnerCourse
from app.progress.queries import find_latest_version_id, list_completions

MOST_TITLES = 2
"""Named in the sentence on what is new."""


def news_for(course: LearnerCourse) -> str:
    """One sentence on what is new since the version in which the learner last did something, or nothing."""
    canonical_id = current_actor().canonical_id
    if canonical_id is None or not (course.evidence.done or course.evidence.attempts):
        return ""
    seen_id = find_latest_version_id(canonical_id, course.course_id)
    if seen_id is None or seen_id == course.version.id:
        return ""
    return _news(get_version(seen_id), course.items)


def _news(seen: Version, present: tuple[Item, ...]) -> str:
    known = {item.key: item for item in seen.items}
    added = [item.title for item in present if item.key not in known]
    changed = [item for item in present if item.key in known and not _says_the_same(item, known[item.key])]
    if added:
        named = ", ".join(f"“{title}”" for title in added[:MOST_TITLES])
        if len(added) > MOST_TITLES:
            named = gettext("%(named)s và %(n)s bài khác", named=named, n=len(added) - MOST_TITLES)
        return gettext("Khóa học vừa thêm %(named)s. Những bài bác đã xong vẫn được giữ.", named=named)
    if changed:
        return gettext("Khóa học vừa sửa lại %(n)s bài. Những bài bác đã xong vẫn được giữ.", n=len(changed))
    return ""


def _says_the_same(one: Item, other: Item) -> bool:
    """The ids of an item differ in every version, its content need not."""
    names = ("title", "body", "quiz", "practice", "drill")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def courses_to_take_first(version: Version) -> list[tuple[str, str]]:
    """Titles and addresses of the course's prerequisites that the learner has not completed."""
    wanted = version.meta.get("prerequisites") or []
    if not wanted:
        return []
    canonical_id = current_actor().canonical_id
    completed = {done.course_id for done in list_completions(canonical_id)} if canonical_id else set()
    return [
        (course.title, url_for("learning.show_course", slug=course.slug))
        for course in list_catalogue()
        if course.key in wanted and course.id not in completed and not course.withdrawn
    ]


def texts_to_spread(version: Version) -> list[tuple[str, str]]:
    """For those who invite others: the text for the loudspeakers and the one to send."""
    if not allows(current_actor(), Permission.READ_TEAM_COURSES):
        return []
    texts = [
        (gettext("Lời đọc loa (60 đến 90 giây)"), version.meta.get("loudspeaker", "")),
        (gettext("Lời nhắn gửi Zalo"), version.meta.get("share", "")),
    ]
    return [(name, words) for name, words in texts if words]
