"""Putting together the page of one course."""

from app.access.declare import current_actor
from app.access.permissions import Permission, allows
from app.content.queries import Item
from app.learning import words
from app.learning.course_aside import courses_to_take_first, news_for, texts_to_spread
from app.learning.courses import commune_offer, next_undone
from app.learning.learner import may_read
from app.learning.pages import CoursePage, ItemLine
from app.learning.withdrawn import has_taken
from app.learning.wording import stale_since
from app.people.queries import learner_kind_and_place
from app.progress.evidence import LearnerCourse
from app.shared.clock import now


def course_page(course: LearnerCourse) -> CoursePage:
    """What the present actor sees of a course; without its items where these are not for them."""
    version, done = course.version, course.evidence.done
    is_locked, upcoming, needed = not may_read(version.audience), next_undone(course), course.needed
    return CoursePage(
        slug=course.slug,
        version=version,
        lines=[] if is_locked else _lines(course, upcoming),
        next_item=upcoming,
        left=words.left_words(course, done),
        done_count=sum(item.key in done for item in version.items),
        needed_count=len(needed),
        needed_done_count=len(done.intersection(needed)),
        is_locked=is_locked,
        is_complete=course.evidence.is_complete,
        may_finish=not is_locked and _may_finish(course),
        may_comment=not is_locked and allows(current_actor(), Permission.COMMENT_ON_COURSES),
        withdrawn_reason=course.withdrawn_reason,
        offer=commune_offer(),
        news="" if is_locked else news_for(course),
        checked_on=stale_since(version),
        first_take=[] if is_locked else courses_to_take_first(version),
        texts_to_spread=texts_to_spread(version),
    )


def _lines(course: LearnerCourse, upcoming: Item | None) -> list[ItemLine]:
    """What is taught; and what was withdrawn, for those who took it."""
    needed = course.needed
    lines: list[ItemLine] = []
    number = 1
    for item in course.version.items:
        withdrawal = course.withdrawal_of(item.key)
        if withdrawal and not has_taken(course, item):
            continue
        lines.append(
            ItemLine(
                item,
                number=number,
                is_done=item.key in course.evidence.done,
                is_next=upcoming is not None and item.key == upcoming.key,
                is_extra=item.key not in needed,
                withdrawn_reason=withdrawal.reason if withdrawal else "",
            )
        )
        number += withdrawal is None
    return lines


def _may_finish(course: LearnerCourse) -> bool:
    """Whether there is a completion to take that no item is left to bring; never for whom none would be counted."""
    person_id = current_actor().learner_id
    if person_id is None or not course.evidence.done or not course.evidence.earns(course.version):
        return False
    return learner_kind_and_place(person_id, course.version.audience, now()) is not None
