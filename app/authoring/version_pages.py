"""The pages on which versions of a course are compared, and on which somebody decides to go back to one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext

from app.authoring.compare_page import Comparison, make_comparison
from app.authoring.compiling import check_files, draft_files
from app.authoring.models import CourseDraft
from app.authoring.publishing import current_version
from app.authoring.versions import files_to_return_to, get_version_of, is_untouched
from app.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class ComparePage:
    draft: CourseDraft
    old_name: str
    new_name: str
    old: int
    """Number of the version that is compared with."""
    new: int
    """Number of the version that is looked at; 0: the draft."""
    only_changes: bool
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class RollBackPage:
    draft: CourseDraft
    number: int
    published_at: datetime
    current: int
    seen: UUID
    """The version that is current while this is decided."""
    keeps_edition: int
    """The edition that stays although that version had a lower one; 0 where it is the same."""
    has_own_words: bool
    """Whether the draft holds something that is not published."""
    faults: list[str]
    """What the program refuses today in that version."""
    is_same: bool
    comparison: Comparison
    refusal: str = ""


def make_compare_page(draft: CourseDraft, old: int | None, new: int | None, *, only_changes: bool) -> ComparePage:
    """Version `old` (the current one where none is named) against version `new` or the draft.

    Raises:
        NotFound: there is no such version.
    """
    before = get_version_of(draft, old) if old else current_version(draft)
    if before is None:
        raise NotFound
    after = get_version_of(draft, new) if new else None
    return ComparePage(
        draft=draft,
        old_name=gettext("Bản %(number)s", number=before.number),
        new_name=gettext("Bản %(number)s", number=after.number) if after else gettext("Bản nháp"),
        old=before.number,
        new=after.number if after else 0,
        only_changes=only_changes,
        comparison=make_comparison(
            before.files, after.files if after else draft_files(draft), only_changes=only_changes
        ),
    )


def make_roll_back_page(draft: CourseDraft, number: int, refusal: str = "") -> RollBackPage:
    version, current = get_version_of(draft, number), current_version(draft)
    if current is None:
        raise NotFound
    files = files_to_return_to(version, current)
    faults = [str(fault) for fault in check_files(draft, files).serious]
    return RollBackPage(
        draft=draft,
        number=number,
        published_at=version.published_at,
        current=current.number,
        seen=current.id,
        keeps_edition=current.edition if version.edition < current.edition else 0,
        has_own_words=not is_untouched(draft),
        faults=faults,
        is_same=files == current.files,
        comparison=make_comparison(current.files, files),
        refusal=refusal,
    )
