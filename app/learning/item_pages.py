"""What stands around every practice and every drill."""

from app.content.queries import Item
from app.learning import words
from app.learning.courses import item_after, item_before, number_of
from app.learning.pages_of_items import ItemPage
from app.progress.evidence import LearnerCourse


def item_page(course: LearnerCourse, item: Item) -> ItemPage:
    """The item with its place in the course and what is left of it."""
    done = course.evidence.done
    return ItemPage(
        slug=course.slug,
        version=course.version,
        item=item,
        number=number_of(course, item),
        item_count=len(course.items),
        left=words.left_words(course, done | {item.key}),
        done_count=sum(other.key in done for other in course.version.items),
        is_done=item.key in done,
        previous=item_before(course, item),
        next_item=item_after(course, item),
        withdrawn_reason=course.withdrawn_reason,
    )
