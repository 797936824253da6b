"""The page from which a course is reviewed and published: what is in the way, what changes, whom it meets."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.access.forms import BaseForm
from app.authoring.compare_page import Comparison, show_change
from app.authoring.comparison.courses import CourseChange, compare_courses
from app.authoring.compiling import Check, draft_files
from app.authoring.course_place import sentences_of_place
from app.authoring.draft_access import may_edit, may_review
from app.authoring.draft_page import STATES, place_name
from app.authoring.drafts import live_files
from app.authoring.fault_lines import FaultLine, fault_line
from app.authoring.learners_part import LearnersPart, make_learners_part
from app.authoring.models import CourseDraft
from app.authoring.publication_check import faults_of_publication
from app.authoring.publication_notes import Note, make_notes
from app.authoring.publication_words import say, when
from app.authoring.publish_forms import (
    AddressForm,
    PublishForm,
    ScheduleForm,
    SendBackForm,
    SubmitForm,
    tomorrow_morning,
)
from app.authoring.publishing import current_version, has_other_base, has_other_place
from app.authoring.reviewing import is_approved, is_author, list_reviewers, may_publish, needs_reviewer
from app.content.models import CourseVersion
from app.content.queries import get_version
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do here."""

    may_edit: bool
    may_publish: bool
    may_review: bool
    """May approve and send back: somebody else's course that waits."""
    is_author: bool


@dataclass(slots=True)
class Forms:
    """Every form of the page; the one that was sent comes with what was typed."""

    submit: SubmitForm
    send_back: SendBackForm
    address: AddressForm
    publish: PublishForm
    schedule: ScheduleForm
    sent: str = ""
    """Name of the one that was sent."""


@dataclass(frozen=True, slots=True)
class PublishPage:
    draft: CourseDraft
    rights: Rights
    forms: Forms
    state: str
    place: str
    place_sentences: list[str]
    """What publishing does to where it belongs."""
    is_first: bool
    current: int
    """Number of the version that is published; 0 for none."""
    base: int
    """Number of the version that the draft continues."""
    has_other_base: bool
    is_same: bool
    """Whether there is nothing to publish."""
    has_same_text: bool
    """Whether nothing but the place would change."""
    needs_reviewer: bool
    is_approved: bool
    reviewers: list[str]
    notes: list[Note]
    faults: list[FaultLine]
    comparison: Comparison | None
    """None before the first publication."""
    learners: LearnersPart | None
    scheduled: str
    """ "07:00 ngày 25/11/2026", or empty."""
    refusal: str = ""
    done: str = ""

    @property
    def serious(self) -> list[FaultLine]:
        return [fault for fault in self.faults if not fault.is_warning]

    @property
    def warnings(self) -> list[FaultLine]:
        return [fault for fault in self.faults if fault.is_warning]

    @property
    def may_go_out(self) -> bool:
        """Whether publishing is the reader's next step."""
        is_ready = not self.serious and not self.is_same
        return self.rights.may_publish and is_ready and (self.is_approved or not self.needs_reviewer)


def make_publish_page(
    draft: CourseDraft, actor: Actor, check: Check, forms: Forms, *, refusal: str = "", done: str = ""
) -> PublishPage:
    files = live_files(draft)
    version = current_version(draft)
    change = compare_courses(version.files, draft_files(draft), say) if version else None
    faults = [*check.faults, *faults_of_publication(draft, check)]
    needs = needs_reviewer(draft)
    author = is_author(actor, draft)
    return PublishPage(
        draft=draft,
        rights=Rights(
            may_edit=may_edit(actor, draft),
            may_publish=may_publish(actor, draft),
            may_review=may_review(actor, draft) and not author,
            is_author=author,
        ),
        forms=forms,
        state=str(STATES[draft.state]),
        place=place_name(draft.place_id),
        place_sentences=sentences_of_place(draft),
        is_first=version is None,
        current=version.number if version else 0,
        base=_number_of(draft),
        has_other_base=has_other_base(draft),
        is_same=change is not None and change.is_empty and not has_other_place(draft),
        has_same_text=change is not None and change.is_empty,
        needs_reviewer=needs,
        is_approved=is_approved(draft),
        reviewers=list_reviewers(draft) if needs else [],
        notes=make_notes(draft),
        faults=[fault_line(draft, fault, files) for fault in sorted(faults)],
        comparison=show_change(change, only_changes=True) if change else None,
        learners=_learners(version, change, check) if version and change else None,
        scheduled=when(draft.publish_at) if draft.publish_at else "",
        refusal=refusal,
        done=done,
    )


def _number_of(draft: CourseDraft) -> int:
    base = db.session.get(CourseVersion, draft.base_version_id) if draft.base_version_id else None
    return base.number if base else 0


def _learners(version: CourseVersion, change: CourseChange, check: Check) -> LearnersPart:
    edition = check.compiled.header.edition if check.compiled else version.edition
    return make_learners_part(get_version(version.id), change, edition)


def make_forms(draft: CourseDraft, **sent: BaseForm) -> Forms:
    """The forms as they are first shown, but for the one that was sent."""
    forms = Forms(
        submit=SubmitForm(),
        send_back=SendBackForm(),
        address=AddressForm(data={"slug": draft.slug}),
        publish=PublishForm(prefix="now-"),
        schedule=ScheduleForm(data=tomorrow_morning(), prefix="later-"),
    )
    for name, form in sent.items():
        setattr(forms, name, form)
        forms.sent = name
    return forms
