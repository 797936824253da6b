"""Which paragraphs of a course people found hard: those that still stand there, and those that were changed since."""

from uuid import UUID

from app.authoring import words
from app.authoring.pages import HardLine, HardPart
from app.content.paragraphs import paragraphs_of
from app.content.queries import Version, get_version
from app.progress.analysis_queries import list_versions
from app.progress.hard_spots import HardParagraph, count_hard_paragraphs

MOST_LINES = 30
LONGEST_FIND = 80
LONGEST_TEXT = 400
Wordings = dict[tuple[str, str], tuple[str, str]]
"""(key of the item, name of the paragraph) → title of the item, words of the paragraph."""


def make_hard_part(version: Version) -> HardPart:
    """Of the course of this current version. Earlier versions are read only for paragraphs that it does not have."""
    counted = count_hard_paragraphs(version.course_id)
    if not counted:
        return HardPart([], [])
    present = _wordings(version)
    missing = [found for found in counted if (found.item_key, found.block) not in present]
    former = _former_wordings(version.course_id, missing) if missing else {}
    return HardPart(
        present=_lines([found for found in counted if (found.item_key, found.block) in present], present),
        former=_lines(missing, former),
    )


def _wordings(version: Version) -> Wordings:
    return {
        (item.key, paragraph.name): (item.title, paragraph.text)
        for item in version.items
        if item.kind == "lesson"
        for paragraph in paragraphs_of(item.body)
    }


def _former_wordings(course_id: UUID, missing: list[HardParagraph]) -> Wordings:
    """From the newest version that has each; no more versions are read than needed."""
    wanted = {(found.item_key, found.block) for found in missing}
    known: Wordings = {}
    for line in list_versions(course_id):
        if wanted <= known.keys():
            break
        known = {**_wordings(get_version(line.id)), **known}
    return known


def _lines(counted: list[HardParagraph], known: Wordings) -> list[HardLine]:
    return [_line(found, *known[found.item_key, found.block]) for found in counted if _is_known(found, known)][
        :MOST_LINES
    ]


def _is_known(found: HardParagraph, known: Wordings) -> bool:
    return (found.item_key, found.block) in known


def _line(found: HardParagraph, title: str, text: str) -> HardLine:
    return HardLine(
        text=text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…",
        item_key=found.item_key,
        item_title=title,
        people=words.people(found.people),
        find=text[:LONGEST_FIND],
    )
