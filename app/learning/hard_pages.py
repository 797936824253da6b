"""A lesson as paragraphs to point at: "this one I did not understand"."""

from app.access.declare import current_actor
from app.content.paragraphs import paragraphs_of
from app.content.queries import Item
from app.learning.pages_of_feedback import HardLine, HardPage
from app.learning.wording import words_for_reader
from app.progress.evidence import LearnerCourse
from app.progress.hard_spots import list_own_hard_blocks
from app.shared.errors import Refusal


class ParagraphChanged(Refusal):
    status = 409
    sentence = "Bài vừa được sửa nên đoạn ấy không còn như trước. Bác xem lại bài dưới đây rồi chọn giúp."


def hard_page(course: LearnerCourse, item: Item, refusal: str = "") -> HardPage:
    """In the words of the reader's province; a paragraph keeps its name whichever words these are."""
    canonical_id = current_actor().canonical_id
    own = list_own_hard_blocks(canonical_id, course.course_id, item.key) if canonical_id else frozenset()
    texts = words_for_reader(item)
    seen: set[str] = set()
    lines = []
    for paragraph in paragraphs_of(item.body):
        is_new = paragraph.kind != "heading" and paragraph.name not in seen
        seen.add(paragraph.name)
        block = paragraph.name if is_new else ""
        lines.append(HardLine(_in_words(paragraph.text, texts), paragraph.kind, block, is_new and block in own))
    return HardPage(course.slug, course.version, item, lines, refusal)


def refuse_unknown_block(item: Item, block: str) -> None:
    """Raise ParagraphChanged unless the lesson as it stands today has this paragraph."""
    if block not in {found.name for found in paragraphs_of(item.body) if found.kind != "heading"}:
        raise ParagraphChanged


def _in_words(text: str, texts: tuple[tuple[str, str], ...]) -> str:
    for name, words in texts:
        text = text.replace(f"{{{{{name}}}}}", words)
    return text
