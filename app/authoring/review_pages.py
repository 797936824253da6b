"""The queue of drafts that wait for a review, and the rules that say where one is needed."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.authoring.draft_access import path_of
from app.authoring.draft_page import place_name
from app.authoring.models import CourseDraft, DraftEvent, ReviewRule
from app.authoring.people_names import names_of
from app.authoring.places_in_charge import find_places_in_charge, is_ended, own_places
from app.authoring.publication_words import when
from app.authoring.reviewing import list_waiting_drafts, rule_at, rule_of
from app.extensions import db
from app.places.queries import printed_place
from app.places.successions import reachable


@dataclass(frozen=True, slots=True)
class WaitingLine:
    draft_id: UUID
    title: str
    place: str
    submitted_by: str
    submitted_at: str
    note: str
    is_first: bool
    """Whether it was never published."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    waiting: list[WaitingLine]
    done: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    code: str
    """Of the place; empty: courses for everyone."""
    place: str
    former: str
    """The former name under which it was found, else of the place whose rule it has taken over."""
    needs_reviewer: bool
    """Said here, or by a place that became this one."""
    from_above: str
    """The place above that demands it anyway; empty for none."""
    set_words: str


@dataclass(frozen=True, slots=True)
class RulesPage:
    rules: list[RuleLine]
    query: str
    """What was looked for by name; then the rules are those of the places found."""
    saved: str


def make_queue_page(actor: Actor, done: str) -> QueuePage:
    drafts = list_waiting_drafts(visible_to=actor)
    names = names_of(draft.submitted_by for draft in drafts)
    return QueuePage([_waiting_line(draft, names) for draft in drafts], done)


def _waiting_line(draft: CourseDraft, names: dict[UUID, str]) -> WaitingLine:
    asked = db.session.scalar(
        select(DraftEvent)
        .where(DraftEvent.draft_id == draft.id, DraftEvent.act == "submit_draft")
        .order_by(DraftEvent.at.desc())
        .limit(1)
    )
    return WaitingLine(
        draft_id=draft.id,
        title=draft.title,
        place=place_name(draft.place_id),
        submitted_by=names.get(draft.submitted_by, "") if draft.submitted_by else "",
        submitted_at=when(asked.at) if asked else "",
        note=str(asked.detail.get("comment", "")) if asked else "",
        is_first=draft.course_id is None,
    )


def make_rules_page(actor: Actor, saved: str, query: str = "") -> RulesPage:
    """The places of the actor's own grants, and those below that demand a review; or those that the words mean."""
    if query:
        found = find_places_in_charge(actor, Permission.SET_REVIEW_RULE, query)
        return RulesPage([_rule_line(place.id, place.line) for place in found], query, saved)
    own = own_places(actor, Permission.SET_REVIEW_RULE)
    said = [
        place_id
        for place_id in db.session.scalars(select(ReviewRule.place_id).where(ReviewRule.needs_reviewer))
        if _may_set(actor, place_id)
    ]
    became = [place for place_id in said if place_id for place in sorted(reachable(place_id)) if _may_set(actor, place)]
    places = [place_id for place_id in dict.fromkeys([*own, *said, *became]) if not is_ended(place_id)]
    return RulesPage([_rule_line(place_id) for place_id in places], "", saved)


def _may_set(actor: Actor, place_id: UUID | None) -> bool:
    return allows(actor, Permission.SET_REVIEW_RULE, path_of(place_id))


def _rule_line(place_id: UUID | None, former: str = "") -> RuleLine:
    own, nearest = rule_at(place_id), rule_of(place_id)
    above = nearest.place_id if nearest is not own and nearest else None
    names = names_of([own.set_by]) if own else {}
    who = names.get(own.set_by, "") if own and own.set_by else ""
    merged = place_name(own.place_id) if own and own.place_id != place_id else ""
    return RuleLine(
        code=(printed_place(place_id).code or "") if place_id else "",
        place=place_name(place_id) if place_id else gettext("Khóa học cho mọi nơi"),
        former=former or merged,
        needs_reviewer=own is not None and own.needs_reviewer,
        from_above=place_name(above) if above else "",
        set_words=gettext("%(who)s đặt lúc %(when)s", who=who, when=when(own.set_at)) if own else "",
    )
