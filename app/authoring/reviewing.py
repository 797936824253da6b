"""Whether a course needs a reviewer, who wrote in it, and so who may approve it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.access.actor import Actor, Role
from app.access.permissions import Permission, allows
from app.authoring.draft_access import IN_REVIEW, may_review, path_of
from app.authoring.models import CourseDraft, DraftEvent, DraftFile, DraftRevision, ReviewRule
from app.content.actions import lock_publishing
from app.content.models import Course
from app.extensions import db
from app.people.grants import in_force
from app.people.models import Person, RoleGrant, StaffAccount
from app.places.successions import former_places, reachable
from app.shared.clock import now
from app.shared.ids import new_id
from app.shared.log import record

BEGINS_ANEW = ("publish_draft", "roll_back_course", "take_published", "open_draft")
"""After these the draft is what is published: who wrote before has no share in what comes."""
WRITING = (
    "create_draft", "add_item", "move_item", "delete_item", "restore_item", "restore_draft", "restore_revision",
    "change_place",
)  # fmt: skip
"""What changes a course without a revision that says who did it."""
_grant = RoleGrant.__table__


def needs_reviewer(draft: CourseDraft) -> bool:
    """Whether the place of the course, or one above, wants another pair of eyes; the published course's place too."""
    places = {draft.place_id}
    if draft.course_id:
        places.add(db.session.scalar(select(Course.place_id).where(Course.id == draft.course_id)))
    return any(rule_of(place_id) is not None for place_id in places)


def rule_of(place_id: UUID | None) -> ReviewRule | None:
    """The rule that demands a reviewer there, the nearest one: of the place itself, else of a place above."""
    rules = (rule_at(place) for place in (path_of(place_id) or (None,)))
    return next((rule for rule in rules if rule is not None and rule.needs_reviewer), None)


def rule_at(place_id: UUID | None) -> ReviewRule | None:
    """What was said for this very place; where nobody said anything, the demand of a place that became it."""
    same_place = ReviewRule.place_id == place_id if place_id else ReviewRule.place_id.is_(None)
    own = db.session.scalar(select(ReviewRule).where(same_place))
    if own is not None or place_id is None:
        return own
    former = db.session.scalars(select(ReviewRule).where(ReviewRule.place_id.in_(former_places(place_id)))).all()
    waived = {rule.place_id for rule in former if not rule.needs_reviewer}
    demanding = [rule for rule in former if rule.place_id and not waived & reachable(rule.place_id)]
    return max(demanding, key=lambda rule: rule.set_at, default=None)


def set_rule(place_id: UUID | None, needs: bool, by: Actor) -> None:
    """Say whether courses of this place need a reviewer. The same again changes nothing."""
    lock_publishing()
    rule = rule_at(place_id)
    if (rule.needs_reviewer if rule else False) == needs:
        return
    if rule is None or rule.place_id != place_id:
        rule = ReviewRule(id=new_id(), place_id=place_id)
        db.session.add(rule)
    rule.needs_reviewer, rule.set_at, rule.set_by = needs, now(), by.person_id
    record(
        "demand_review" if needs else "waive_review",
        object_kind="review_rule",
        object_id=rule.id,
        actor_id=by.person_id,
        actor_role=by.capacity,
        place_id=place_id,
    )
    db.session.flush()


def authors_of(draft: CourseDraft) -> set[UUID]:
    """Everybody who has a share in what is not published yet, as who they are today."""
    since = db.session.scalar(
        select(func.max(DraftEvent.at)).where(DraftEvent.draft_id == draft.id, DraftEvent.act.in_(BEGINS_ANEW))
    )
    return canonical_ids([draft.owner_id, draft.submitted_by, *_writers_since(draft, since)])


def _writers_since(draft: CourseDraft, since: datetime | None) -> Iterable[UUID | None]:
    files = DraftFile.draft_id == draft.id
    events = (DraftEvent.draft_id == draft.id) & DraftEvent.act.in_(WRITING)
    found = [
        select(DraftRevision.saved_by).join(DraftFile).where(files, *_after(DraftRevision.saved_at, since)),
        select(DraftFile.updated_by).where(files, *_after(DraftFile.updated_at, since)),
        select(DraftFile.deleted_by).where(files, *_after(DraftFile.deleted_at, since)),
        select(DraftEvent.actor_id).where(events, *_after(DraftEvent.at, since)),
    ]
    return {person for query in found for person in db.session.scalars(query.distinct())}


def _after(column: Any, since: datetime | None) -> list[ColumnElement[bool]]:
    return [column > since] if since else []


def canonical_ids(people: Iterable[UUID | None]) -> set[UUID]:
    """Who these records are today: nobody reviews own work under another record."""
    ids = {person for person in people if person}
    return set(db.session.scalars(select(Person.canonical_id).where(Person.id.in_(ids)))) if ids else set()


def is_author(actor: Actor, draft: CourseDraft) -> bool:
    return actor.canonical_id in authors_of(draft)


def is_approved(draft: CourseDraft) -> bool:
    """Whether what stands there now was approved by somebody who has no share in it."""
    if draft.state != "approved" or draft.approved_change != draft.change:
        return False
    return not canonical_ids([draft.approved_by]) & authors_of(draft)


def may_publish(actor: Actor, draft: CourseDraft) -> bool:
    """In the place of the draft, and in that of the published course where it is another one."""
    places = {draft.place_id}
    if draft.course_id:
        places.add(db.session.scalar(select(Course.place_id).where(Course.id == draft.course_id)))
    return all(allows(actor, Permission.PUBLISH_COURSES, path_of(place_id)) for place_id in places)


def list_waiting_drafts(*, visible_to: Actor) -> list[CourseDraft]:
    """Drafts that the actor may approve or send back, longest waiting first."""
    drafts = db.session.scalars(
        select(CourseDraft)
        .where(CourseDraft.state.in_(IN_REVIEW - {"approved"}), CourseDraft.deleted_at.is_(None))
        .order_by(CourseDraft.updated_at)
    )
    return [draft for draft in drafts if may_review(visible_to, draft) and not is_author(visible_to, draft)]


def list_reviewers(draft: CourseDraft, most: int = 5) -> list[str]:
    """Names of colleagues who may review it: trainers and operators of the place or above who wrote nothing in it."""
    path = path_of(draft.place_id) or ()
    rows = db.session.execute(
        select(Person.canonical_id, Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(StaffAccount, StaffAccount.person_id == Person.id)
        .where(
            RoleGrant.role.in_((Role.TRAINER.value, Role.OPERATOR.value)),
            RoleGrant.place_id.in_(path) | RoleGrant.place_id.is_(None),
            in_force(_grant, now()),
            Person.disabled_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Person.name)
        .distinct()
    )
    authors = authors_of(draft)
    return [row.name for row in rows if row.canonical_id not in authors and row.name][:most]
