"""The sentences of the learning pages that depend on numbers."""

from collections import Counter

from flask_babel import gettext

from app.content.queries import CatalogueCourse, Item
from app.places.queries import printed_place
from app.progress.evidence import LearnerCourse
from app.progress.models import Completion
from app.shared.vietnamese import number


def course_line(course: CatalogueCourse, *, is_unfinished: bool) -> str:
    """5 bài · 30 phút · đang học dở"""
    parts = [
        gettext("%(n)s bài", n=course.item_count),
        gettext("%(n)s phút", n=course.minutes),
    ]
    if is_unfinished:
        parts.append(gettext("đang học dở"))
    return " · ".join(parts)


def left_words(course: LearnerCourse, done: frozenset[str]) -> str:
    """còn 2 bài học, 1 bài kiểm tra: of what makes the completion."""
    needed = course.needed
    left = Counter(item.kind for item in course.version.items if item.key in needed and item.key not in done)
    parts = []
    if left["lesson"]:
        parts.append(gettext("%(n)s bài học", n=left["lesson"]))
    if left["quiz"]:
        parts.append(gettext("%(n)s bài kiểm tra", n=left["quiz"]))
    if left["drill"]:
        parts.append(gettext("%(n)s tình huống", n=left["drill"]))
    if left["practice"]:
        parts.append(gettext("%(n)s bài thực hành", n=left["practice"]))
    return gettext("còn %(what)s", what=", ".join(parts)) if parts else gettext("đã học hết các bài")


def understood_button(next_item: Item | None, next_number: int) -> str:
    """What the person says at the end of a lesson."""
    if next_item is None:
        return gettext("Đã hiểu, xong bài này")
    if next_item.kind == "quiz":
        return gettext("Đã hiểu, sang bài kiểm tra")
    if next_item.kind == "drill":
        return gettext("Đã hiểu, sang bài tình huống")
    if next_item.kind == "practice":
        return gettext("Đã hiểu, sang bài thực hành")
    return gettext("Đã hiểu, sang bài %(n)s", n=next_number)


def right_of(right_count: int, count: int) -> str:
    return gettext("Bác đúng %(right)s trong %(count)s câu.", right=right_count, count=count)


def points_words(percent: float) -> str:
    return gettext("được %(percent)s phần trăm số điểm", percent=number(percent))


def gain_words(before: float, after: float) -> str:
    """What was known before the course and what is known now."""
    return gettext(
        "Trước khi học bác được %(before)s phần trăm số điểm, bây giờ được %(after)s phần trăm.",
        before=number(before),
        after=number(after),
    )


def recorded_words(completion: Completion) -> str:
    """Đã ghi cho Phường Bỉm Sơn."""
    if completion.commune_id is None:
        return gettext("Đã ghi. Chưa rõ xã nào.")
    return gettext("Đã ghi cho %(place)s.", place=printed_place(completion.commune_id).full_name)
