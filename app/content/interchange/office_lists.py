"""Lists as they are found, in tags or in Word's paragraphs → tags of lists that stand properly within one another."""

from dataclasses import dataclass

from app.content.interchange.html_tokens import Tag, Words

DEEPEST = 5


@dataclass(slots=True)
class _Level:
    is_ordered: bool
    next: int


class Lists:
    """Writes the tags of lists into `plain`. An item stays open until the next one, so that lists can stand in it."""

    def __init__(self, plain: list[Tag | Words]) -> None:
        self.plain = plain
        self.levels: list[_Level] = []
        """The lists that are open in what was written."""
        self.read: list[tuple[bool, int]] = []
        """The lists that are open in what is read: ordered or not, and the number of the next item."""
        self.is_inside = False
        """Whether words that come now belong to the item that is open."""

    @property
    def is_in_html_item(self) -> bool:
        return bool(self.read) and self.is_inside

    def html_list_begins(self, *, is_ordered: bool, start: int) -> None:
        self.read.append((is_ordered, start))

    def html_item(self, said_level: int) -> None:
        is_ordered, number = self.read[-1] if self.read else (False, 1)
        if self.read:
            self.read[-1] = (is_ordered, number + 1)
        self._item(max(said_level, len(self.read)), is_ordered, number)

    def html_list_ends(self) -> None:
        if not self.read:
            return
        self.read.pop()
        if not self.read:
            self.is_inside = False
            return
        while len(self.levels) > len(self.read):
            self._close()

    def word_item(self, level: int, *, is_ordered: bool, number: int | None) -> None:
        """An item of Word's; `number` is what its marker says, None for a bullet or a letter."""
        begins = level > len(self.levels) or number == 1
        self._item(level, is_ordered, number if begins else None)

    def word_item_ends(self) -> None:
        self.is_inside = False

    def leave_unless_inside(self) -> None:
        """Words or pictures that come now stand below the list, unless an item is still being read."""
        if not self.is_inside:
            self.close_all()

    def close_all(self) -> None:
        while self.levels:
            self._close()

    def _item(self, level: int, is_ordered: bool, start: int | None) -> None:
        level = min(level, DEEPEST, len(self.levels) + 1)
        while len(self.levels) > level:
            self._close()
        if len(self.levels) == level:
            top = self.levels[-1]
            if top.is_ordered != is_ordered or (is_ordered and start not in (None, top.next)):
                self._close()
            else:
                self.plain.append(Tag("li", is_end=True))
        if len(self.levels) < level:
            first = start if start is not None else 1
            attributes = {"start": str(first)} if is_ordered else {}
            self.plain.append(Tag("ol" if is_ordered else "ul", attributes=attributes))
            self.levels.append(_Level(is_ordered, first))
        self.levels[-1].next += 1
        self.plain.append(Tag("li"))
        self.is_inside = True

    def _close(self) -> None:
        level = self.levels.pop()
        self.plain.append(Tag("li", is_end=True))
        self.plain.append(Tag("ol" if level.is_ordered else "ul", is_end=True))
