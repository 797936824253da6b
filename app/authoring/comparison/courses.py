"""Two states of a course, as their files: settings, items in order, questions, pictures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.authoring.comparison.blocks import Block, blocks_of
from app.authoring.comparison.diffing import GONE, NEW, SAME, Effort, rising
from app.authoring.comparison.parts import CHANGED, Part, compare_blocks
from app.authoring.comparison.questions import ReadQuestion, read_questions
from app.content.compile import course_file
from app.content.compile.normal_form import ITEM_NAME, MEDIA_MARK
from app.content.source_fields import Plain, front_of, read_plain, split_item

Files = Mapping[str, str]
"""A course folder in its normal form: path → text, or "media:SHA256.ext"."""
Say = Callable[[str, str], str]
"""Name of a setting and its value as written → the value as the screens say it."""
ADDRESS = "address"
_NAMES_ITEMS = frozenset({"completion", "pretest"})
_NOT_COMPARED = frozenset({"base", "kind", "key"})


@dataclass(frozen=True, slots=True)
class QuestionChange:
    state: str
    """same, changed, new or gone."""
    is_moved: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item of either state; what is gone stands where it was."""

    state: str
    is_moved: bool
    key: str
    kind: str
    title: str
    fields: tuple[Part, ...]
    """Its address and the settings in its front matter."""
    parts: tuple[Part, ...]
    """Its text; empty for a quiz that was read as questions."""
    questions: tuple[QuestionChange, ...]

    @property
    def has_changed(self) -> bool:
        return self.state != SAME or self.is_moved

    @property
    def is_layout_only(self) -> bool:
        """Whether it was written in another way and reads the same."""
        is_same = all(part.state == SAME for part in (*self.fields, *self.parts))
        is_same &= all(change.state == SAME and not change.is_moved for change in self.questions)
        return self.state == CHANGED and is_same


@dataclass(frozen=True, slots=True)
class MediaChange:
    """A picture or sound of the course, used or not."""

    state: str
    path: str
    media: str
    """ "SHA256.ext"; empty where it is gone."""
    old_media: str


@dataclass(frozen=True, slots=True)
class CourseChange:
    fields: tuple[Part, ...]
    """The settings of course.yml."""
    items: tuple[ItemChange, ...]
    media: tuple[MediaChange, ...]
    """What is new, gone or replaced."""
    is_empty: bool

    @property
    def changed_fields(self) -> list[Part]:
        return [part for part in self.fields if part.state != SAME]

    @property
    def changed_items(self) -> list[ItemChange]:
        return [item for item in self.items if item.has_changed]


@dataclass(frozen=True, slots=True)
class _Item:
    slug: str
    key: str
    kind: str
    title: str
    text: str
    media: Mapping[str, str]


def compare_courses(old: Files, new: Files, say: Say) -> CourseChange:
    """What `new` changes. Long texts are compared coarsely rather than slowly."""
    effort = Effort()
    before, after = _items(old), _items(new)
    titles = {item.key: item.title for item in (*before, *after)}
    headers = [read_plain(files.get(course_file.NAME, "")) for files in (old, new)]
    return CourseChange(
        fields=tuple(_compare_fields(headers[0], headers[1], _with_titles(say, titles), effort)),
        items=tuple(_compare_items(before, after, _with_titles(say, titles), effort)),
        media=tuple(_compare_media(_media(old), _media(new))),
        is_empty=old == new,
    )


def _with_titles(say: Say, titles: Mapping[str, str]) -> Say:
    """Where a setting names an item by its key, the title is said."""

    def with_titles(name: str, value: str) -> str:
        key, colon, mark = value.partition(": ")
        if name in _NAMES_ITEMS and key in titles:
            return f"{titles[key]} ({mark} %)" if colon else titles[key]
        return say(name, value)

    return with_titles


def compare_texts(old: str, new: str, media: Mapping[str, str], say: Say) -> ItemChange:
    """Two texts of one item, or of course.yml."""
    if old.startswith("---") or new.startswith("---"):
        return _compare_item(_item("", old, media), _item("", new, media), say, Effort())
    fields = _compare_fields(read_plain(old), read_plain(new), say, Effort())
    return ItemChange(SAME if old == new else CHANGED, False, "", "", "", tuple(fields), (), ())


def _media(files: Files) -> dict[str, str]:
    return {path: text.removeprefix(MEDIA_MARK) for path, text in files.items() if text.startswith(MEDIA_MARK)}


def _compare_media(old: Mapping[str, str], new: Mapping[str, str]) -> list[MediaChange]:
    found: list[MediaChange] = []
    for path in sorted({*old, *new}):
        before, after = old.get(path, ""), new.get(path, "")
        if before != after:
            found.append(MediaChange(CHANGED if before and after else NEW if after else GONE, path, after, before))
    return found


def _items(files: Files) -> list[_Item]:
    media = _media(files)
    found = sorted((int(path.partition("-")[0]), path) for path in files if ITEM_NAME.fullmatch(path))
    return [_item(path, files[path], media) for _, path in found]


def _item(path: str, text: str, media: Mapping[str, str]) -> _Item:
    front = front_of(text)
    named = {name: value if isinstance(value := front.get(name), str) else "" for name in ("key", "kind", "title")}
    slug = path.partition("-")[2].removesuffix(".md")
    return _Item(slug, named["key"] or slug, named["kind"], named["title"] or slug, text, media)


def _compare_items(old: Sequence[_Item], new: Sequence[_Item], say: Say, effort: Effort) -> list[ItemChange]:
    places, in_order = _places([item.key for item in old], [item.key for item in new])
    gone = set(range(len(old))) - set(places.values())
    changes: list[ItemChange] = []
    for index, item in enumerate(new):
        if index not in places:
            changes.append(_compare_item(None, item, say, effort))
            continue
        place = places[index]
        if index in in_order:
            changes += [_compare_item(old[at], None, say, effort) for at in sorted(gone) if at < place]
            gone = {at for at in gone if at > place}
        change = _compare_item(old[place], item, say, effort)
        changes.append(replace(change, is_moved=index not in in_order))
    return changes + [_compare_item(old[at], None, say, effort) for at in sorted(gone)]


def _places(old: Sequence[str], new: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """Index of each new key that was there before → its old index, and those that kept their order."""
    first = {key: index for index, key in reversed(list(enumerate(old)))}
    places = {index: first[key] for index, key in enumerate(new) if key in first and key not in new[:index]}
    stayed = list(places)
    return places, {stayed[index] for index in rising(list(places.values()))}


def _compare_item(old: _Item | None, new: _Item | None, say: Say, effort: Effort) -> ItemChange:
    shown = new or old
    assert shown is not None  # noqa: S101 -- one of them is always given
    nothing = replace(shown, text="", slug="")
    before, after = old or nothing, new or nothing
    fields = _compare_fields(_front(before), _front(after), say, effort)
    questions = _compare_quizzes(before, after, effort) if shown.kind == "quiz" else None
    parts: list[Part] = []
    if questions is None:
        blocks = [blocks_of(split_item(item.text)[1], item.media) for item in (before, after)]
        parts = compare_blocks(blocks[0], blocks[1], effort)
    is_same = before.text == after.text and all(part.state == SAME for part in (*fields, *parts))
    is_same &= all(change.state == SAME for change in questions or ())
    return ItemChange(
        state=NEW if old is None else GONE if new is None else SAME if is_same else CHANGED,
        is_moved=False,
        key=shown.key,
        kind=shown.kind,
        title=shown.title,
        fields=tuple(fields),
        parts=tuple(parts),
        questions=tuple(questions or ()),
    )


def _front(item: _Item) -> dict[str, Plain]:
    return {**front_of(item.text), **({ADDRESS: item.slug} if item.slug else {})}


def _compare_quizzes(old: _Item, new: _Item, effort: Effort) -> list[QuestionChange] | None:
    """Question by question, by their keys; None where one text is no list of questions."""
    bodies = [split_item(item.text)[1] for item in (old, new)]
    before = read_questions(bodies[0], old.media) if bodies[0].strip() else []
    after = read_questions(bodies[1], new.media) if bodies[1].strip() else []
    if before is None or after is None:
        return None
    places, in_order = _places([question.key for question in before], [question.key for question in after])
    changes = [
        _compare_question(
            before[places[index]] if index in places else None,
            question,
            effort,
            is_moved=index in places and index not in in_order,
        )
        for index, question in enumerate(after)
    ]
    gone = [question for index, question in enumerate(before) if index not in places.values()]
    return changes + [_compare_question(question, None, effort) for question in gone]


def _compare_question(
    old: ReadQuestion | None, new: ReadQuestion | None, effort: Effort, *, is_moved: bool = False
) -> QuestionChange:
    parts = compare_blocks(old.blocks if old else (), new.blocks if new else (), effort)
    is_same = all(part.state == SAME for part in parts)
    state = NEW if old is None else GONE if new is None else SAME if is_same else CHANGED
    return QuestionChange(state, is_moved, tuple(parts))


def _compare_fields(old: Mapping[str, Plain], new: Mapping[str, Plain], say: Say, effort: Effort) -> list[Part]:
    """Name by name; a list has one block for each entry."""
    names = [*new, *(name for name in old if name not in new)]
    return [
        part
        for name in names
        if name not in _NOT_COMPARED
        for part in compare_blocks(_blocks(name, old, say), _blocks(name, new, say), effort)
    ]


def _blocks(name: str, mapping: Mapping[str, Plain], say: Say) -> list[Block]:
    entries = _entries(mapping[name]) if name in mapping else []
    return [Block(name, said) for entry in entries if (said := say(name, entry))]


def _entries(value: Plain) -> list[str]:
    """One for each line that a form would have; what has several parts (a source) is told by them."""
    if isinstance(value, dict):
        return [f"{name}: {_flat(inner)}" for name, inner in value.items()]
    if isinstance(value, list):
        return [_flat(inner) for inner in value]
    return [str(value)]


def _flat(value: Plain) -> str:
    if isinstance(value, dict) and len(value) > 1:
        return " · ".join(map(_flat, value.values()))
    if isinstance(value, dict):
        return "".join(f"{name}: {_flat(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    return str(value)
