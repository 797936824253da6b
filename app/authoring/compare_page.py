"""Two states of a course side by side, ready to print: what is new, gone, changed or moved, in words and spans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.authoring.comparison.blocks import HEADING
from app.authoring.comparison.courses import (
    ADDRESS,
    CourseChange,
    Files,
    ItemChange,
    QuestionChange,
    compare_courses,
)
from app.authoring.comparison.diffing import GONE, NEW, SAME, Span
from app.authoring.comparison.parts import Part
from app.authoring.comparison.questions import ASKED
from app.authoring.publication_words import CHANGE_WORDS, look_words, say
from app.authoring.words import ITEM_KINDS
from app.shared.media import media_path

SAID_ELSEWHERE = frozenset({"title", ADDRESS})
"""Of an item that is new or gone as a whole."""
PICTURES = frozenset({"svg", "png", "jpg", "webp"})


@dataclass(frozen=True, slots=True)
class PartLine:
    """One paragraph, point, answer or setting."""

    state: str
    state_words: str
    look: str
    label: str
    old_label: str
    """What it was before, where that is something else."""
    spans: tuple[Span, ...]
    picture: str
    """Address of what is shown now; empty for none."""
    old_picture: str
    is_cut: bool = False
    """Whether something that stayed as it was is left out before it."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    state: str
    state_words: str
    title: tuple[Span, ...]
    parts: list[PartLine]


@dataclass(frozen=True, slots=True)
class ItemLine:
    state: str
    state_words: str
    anchor: str
    kind: str
    title: str
    fields: list[PartLine]
    parts: list[PartLine]
    questions: list[QuestionLine]
    is_layout_only: bool


@dataclass(frozen=True, slots=True)
class MediaLine:
    state_words: str
    path: str
    picture: str
    old_picture: str


@dataclass(frozen=True, slots=True)
class Comparison:
    fields: list[PartLine]
    items: list[ItemLine]
    media: list[MediaLine]
    same_items: int
    """How many are left out because they stayed as they were."""
    is_empty: bool


def make_comparison(old: Files, new: Files, *, only_changes: bool = True) -> Comparison:
    return show_change(compare_courses(old, new, say), only_changes=only_changes)


def show_change(change: CourseChange, *, only_changes: bool) -> Comparison:
    shown = [item for item in change.items if item.has_changed or not only_changes]
    return Comparison(
        fields=_fields(change.fields, only_changes=only_changes),
        items=[show_item(item, only_changes=only_changes) for item in shown],
        media=[
            MediaLine(str(CHANGE_WORDS[line.state]), line.path, _picture(line.media), _picture(line.old_media))
            for line in change.media
        ],
        same_items=len(change.items) - len(shown),
        is_empty=change.is_empty,
    )


def show_item(item: ItemChange, *, only_changes: bool) -> ItemLine:
    return ItemLine(
        state=item.state,
        state_words=_state_words(item),
        anchor=f"muc-{item.key}",
        kind=str(ITEM_KINDS.get(item.kind, "")),
        title=item.title,
        fields=_fields(
            [part for part in item.fields if item.state not in (NEW, GONE) or part.look not in SAID_ELSEWHERE],
            only_changes=only_changes,
        ),
        parts=_parts(item.parts, only_changes=only_changes),
        questions=[
            _question(question, only_changes=only_changes)
            for question in item.questions
            if question.state != SAME or question.is_moved or not only_changes
        ],
        is_layout_only=item.is_layout_only,
    )


def _question(question: QuestionChange, *, only_changes: bool) -> QuestionLine:
    """What it asks is its heading."""
    asked = next((part.spans for part in question.parts if part.look == ASKED), ())
    others = [part for part in question.parts if part.look != ASKED]
    return QuestionLine(question.state, _state_words(question), asked, _parts(others, only_changes=only_changes))


def _state_words(change: ItemChange | QuestionChange) -> str:
    words = [str(CHANGE_WORDS[change.state])] if change.state != SAME or not change.is_moved else []
    return " · ".join([*words, str(CHANGE_WORDS["moved"])] if change.is_moved else words)


def _fields(parts: Sequence[Part], *, only_changes: bool) -> list[PartLine]:
    return [_line(part) for part in parts if part.state != SAME or not only_changes]


def _parts(parts: Sequence[Part], *, only_changes: bool) -> list[PartLine]:
    """All of them, or those that changed, each under the heading that it stands under."""
    if not only_changes:
        return [_line(part) for part in parts]
    lines: list[PartLine] = []
    for index in _worth_showing(parts):
        before = parts[index - 1] if index else None
        is_cut = parts[index].look != HEADING and before is not None and before.state == SAME
        lines.append(_line(parts[index], is_cut=is_cut and before is not None and before.look != HEADING))
    return lines


def _worth_showing(parts: Sequence[Part]) -> Iterable[int]:
    heading = -1
    for index, part in enumerate(parts):
        if part.state != SAME:
            if heading >= 0 and part.look != HEADING:
                yield heading
            heading = -1
            yield index
        elif part.look == HEADING:
            heading = index


def _line(part: Part, *, is_cut: bool = False) -> PartLine:
    return PartLine(
        state=part.state,
        state_words=str(CHANGE_WORDS[part.state]) if part.state != SAME else "",
        look=part.look,
        label=look_words(part.look),
        old_label=look_words(part.old_look) if part.old_look else "",
        spans=part.spans,
        picture=_picture(part.media),
        old_picture=_picture(part.old_media) if part.old_media != part.media else "",
        is_cut=is_cut,
    )


def _picture(media: str) -> str:
    sha256, _, extension = media.partition(".")
    return media_path(sha256, extension) if extension in PICTURES else ""
