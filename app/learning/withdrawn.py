"""An item that was withdrawn: in its place everybody reads since when and why, and nothing new is taken."""

from app.content.queries import Item, Withdrawal
from app.learning.courses import get_item, next_undone
from app.learning.pages import WithdrawnItemPage
from app.progress.actions import ItemWithdrawn
from app.progress.evidence import LearnerCourse


class ItemNotTaught(ItemWithdrawn):
    """Carries what its page shows; the learning blueprint answers it (`routes/withdrawn.py`)."""

    def __init__(self, course: LearnerCourse, item: Item, withdrawal: Withdrawal) -> None:
        super().__init__()
        self.course = course
        self.item = item
        self.withdrawal = withdrawal


def get_taught_item(course: LearnerCourse, item_slug: str) -> Item:
    """Like `get_item`.

    Raises:
        ItemNotTaught: it was withdrawn.
    """
    item = get_item(course, item_slug)
    refuse_not_taught(course, item)
    return item


def refuse_not_taught(course: LearnerCourse, item: Item) -> None:
    """Raise ItemNotTaught for an item of any version of the course that was withdrawn."""
    withdrawal = course.withdrawal_of(item.key)
    if withdrawal is not None:
        raise ItemNotTaught(course, item, withdrawal)


def has_taken(course: LearnerCourse, item: Item) -> bool:
    return item.key in course.evidence.done or item.key in course.evidence.attempts


def withdrawn_item_page(refusal: ItemNotTaught) -> WithdrawnItemPage:
    course = refusal.course
    return WithdrawnItemPage(
        slug=course.slug,
        version=course.version,
        item=refusal.item,
        reason=refusal.withdrawal.reason,
        since=refusal.withdrawal.since,
        is_own=has_taken(course, refusal.item),
        next_item=next_undone(course),
    )
