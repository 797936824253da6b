"""What people who are learning a course will see of its next version."""

from dataclasses import dataclass

from flask_babel import gettext

from app.authoring.comparison.courses import CourseChange
from app.content.queries import Version, find_course_by_id, list_withdrawals
from app.progress.course_use import InTheMiddle, count_in_the_middle, count_people
from app.shared.vietnamese import number


@dataclass(frozen=True, slots=True)
class LearnersPart:
    finding: str
    sentences: list[str]
    edition: str
    """What its number does to them."""
    withdrawn: str
    """What stays withdrawn; empty for nothing."""


def make_learners_part(version: Version, change: CourseChange, edition: int) -> LearnersPart:
    """`version` is what they have now, `edition` the one of what comes."""
    middle = count_in_the_middle(version)
    again = edition > version.edition
    return LearnersPart(
        finding=_finding(middle),
        sentences=[] if again else _sentences(change, middle),
        edition=_edition_words(version, edition),
        withdrawn=_withdrawn_words(version),
    )


def _finding(middle: InTheMiddle) -> str:
    if not middle.people:
        return gettext("Không có ai đang học dở khóa này.")
    return gettext("%(count)s người đang học dở khóa này.", count=number(middle.people))


def _sentences(change: CourseChange, middle: InTheMiddle) -> list[str]:
    said = [gettext("Bài đã xong vẫn là đã xong. Ai đã học xong khóa vẫn là học xong.")]
    if not middle.people:
        return said
    by_state: dict[str, list[str]] = {}
    for item in change.items:
        by_state.setdefault(item.state, []).append(f"“{item.title}”")
    if new := by_state.get("new"):
        said.append(
            gettext(
                "Mục mới: %(items)s. Người đang học dở thấy một câu báo có mục mới; mục bắt buộc thì làm thêm.",
                items=_listed(new),
            )
        )
    if changed := by_state.get("changed"):
        said.append(gettext("Mục sửa: %(items)s. Ai đã xong không phải làm lại.", items=_listed(changed)))
    if gone := by_state.get("gone"):
        said.append(
            gettext("Mục bỏ: %(items)s. Không còn trong khóa học; kết quả cũ vẫn xem lại được.", items=_listed(gone))
        )
    if middle.in_a_quiz:
        said.append(
            gettext(
                "%(count)s người đang làm dở bài kiểm tra: làm tiếp với câu hỏi cũ, kết quả vẫn tính.",
                count=number(middle.in_a_quiz),
            )
        )
    return said


def _listed(titles: list[str], most: int = 6) -> str:
    if len(titles) <= most:
        return ", ".join(titles)
    return gettext("%(items)s và %(count)s mục khác", items=", ".join(titles[:most]), count=len(titles) - most)


def _withdrawn_words(version: Version) -> str:
    head = find_course_by_id(version.course_id)
    if head is not None and head.withdrawn_at is not None:
        return gettext("Khóa học đang ngừng: xuất bản không mở lại.")
    found = [version.item_by_key(withdrawal.item_key) for withdrawal in list_withdrawals(version.course_id)]
    titles = [f"“{item.title}”" for item in found if item]
    return gettext("Mục đang ngừng vẫn ngừng: %(items)s.", items=_listed(titles)) if titles else ""


def _edition_words(version: Version, edition: int) -> str:
    if edition <= version.edition:
        return gettext(
            "Lần ban hành vẫn là %(edition)s: không ai phải học lại. Tăng số này trong Thông tin khóa học khi nội dung "
            "khác hẳn và ai cũng phải học lại.",
            edition=version.edition,
        )
    return gettext(
        "Lần ban hành tăng từ %(before)s lên %(after)s: mọi người học lại từ đầu, kể cả %(count)s người đã học xong. "
        "Kết quả lần trước vẫn được giữ và đếm.",
        before=version.edition,
        after=edition,
        count=number(count_people(version).completed),
    )
