"""The items of a draft in their order: added, moved, copied. The number in a file's name is its place."""

import re
from uuid import UUID

from app.access.actor import Actor
from app.authoring import drafts
from app.authoring.models import CourseDraft, DraftFile
from app.authoring.skeletons import new_item_text
from app.content.compile import course_file
from app.content.compile.course import MAXIMUM_ITEMS
from app.content.compile.item import RESERVED_SLUGS
from app.content.compile.normal_form import ITEM_NAME
from app.content.compile.text import suggested_key
from app.content.source_fields import front_of
from app.shared.errors import NotFound, Refusal

STEP = 10
MOST_NUMBER = 999


class TooManyItems(Refusal):
    status = 422
    sentence = "Khóa học đã có 100 mục, nhiều nhất là thế. Chia thành hai khóa."


def items_of(files: list[DraftFile]) -> list[DraftFile]:
    """The items among the files, in their order."""
    found = [file for file in files if ITEM_NAME.fullmatch(file.path) and file.text is not None]
    return sorted(found, key=lambda file: (number_of(file.path), file.path))


def number_of(path: str) -> int:
    return int(path.partition("-")[0])


def slug_of(path: str) -> str:
    """The address part of an item's file name."""
    return path.partition("-")[2].removesuffix(".md")


def add_item(
    draft: CourseDraft, kind: str, title: str, by: Actor, *, text: str | None = None, after: UUID | None = None
) -> DraftFile:
    """One more item, at the end or behind another; `text` is a whole item file, else what its kind begins with.

    Raises:
        TooManyItems: there are 100.
    """
    drafts.lock_draft(draft)
    items = items_of(drafts.live_files(draft))
    if len(items) >= MAXIMUM_ITEMS:
        raise TooManyItems
    taken = {slug_of(item.path) for item in items} | RESERVED_SLUGS
    slug = _free(suggested_key(title), taken)
    keys = {str(front_of(item.text or "").get("key", "")) for item in items}
    text = text if text is not None else new_item_text(kind, _free(slug, keys), title)
    position = next((index + 1 for index, item in enumerate(items) if item.id == after), len(items))
    made = drafts.add_file(draft, f"{_next_number(items)}-{slug}.md", text, by)
    drafts.note_event(draft, "add_item", by, file=made.path, kind=kind)
    if position < len(items):
        _arrange(draft, [*items[:position], made, *items[position:]], by)
    drafts.touch(draft, by)
    return made


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _next_number(items: list[DraftFile]) -> str:
    """One behind the last, in the same manner of numbering."""
    last = number_of(items[-1].path) if items else 0
    by_tens = bool(items) and all(number_of(item.path) % STEP == 0 for item in items)
    number = min(last + (STEP if by_tens else 1), MOST_NUMBER)
    return f"{number:02}" if not by_tens else f"{number:03}"


def move_item(draft: CourseDraft, file_id: UUID, position: int, by: Actor) -> None:
    """Put an item at `position` (from 0). Links from other items follow the file's new name.

    Raises:
        NotFound: no such item.
    """
    drafts.lock_draft(draft)
    items = items_of(drafts.live_files(draft))
    moved = next((item for item in items if item.id == file_id), None)
    if moved is None:
        raise NotFound
    others = [item for item in items if item is not moved]
    position = max(0, min(position, len(others)))
    wanted = [*others[:position], moved, *others[position:]]
    if wanted != items:
        _arrange(draft, wanted, by)
        drafts.note_event(draft, "move_item", by, file=moved.path)
        drafts.touch(draft, by)


def _arrange(draft: CourseDraft, wanted: list[DraftFile], by: Actor) -> None:
    """Number the items in this order and let links follow. Where all numbers fit as they are, only one changes."""
    numbers = _numbers(wanted)
    renamed: dict[str, str] = {}
    for item, number in zip(wanted, numbers, strict=True):
        name = f"{number}-{slug_of(item.path)}.md"
        if name != item.path:
            renamed[item.path] = name
            item.path = name
    for file in drafts.live_files(draft):
        if file.text and file.path != course_file.NAME:
            text = with_links(file.text, renamed)
            if text != file.text:
                drafts.write_text(file, text, by)


def _numbers(wanted: list[DraftFile]) -> list[str]:
    """New numbers for the items: one moved item takes a free number between its neighbours if there is one."""
    present = [number_of(item.path) for item in wanted]
    for index in range(len(present)):
        rest = present[:index] + present[index + 1 :]
        low = present[index - 1] if index else 0
        high = present[index + 1] if index + 1 < len(present) else MOST_NUMBER + 1
        if rest == sorted(set(rest)) and high - low > 1:
            changed = [item.path.partition("-")[0] for item in wanted]
            changed[index] = f"{(low + high) // 2 if high <= MOST_NUMBER else low + 1:03}"
            return changed
    step = STEP if STEP * len(wanted) <= MOST_NUMBER else 1
    return [f"{step * (index + 1):03}" for index in range(len(wanted))]


def with_links(text: str, renamed: dict[str, str]) -> str:
    """The text with links to renamed items led to their new names."""
    if not renamed:
        return text
    names = "|".join(re.escape(name) for name in sorted(renamed, key=len, reverse=True))
    return re.sub(rf"(\]\(<?(?:\./)?)({names})(?=[>)\s])", lambda found: found[1] + renamed[found[2]], text)
