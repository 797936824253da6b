"""`/workshop/courses/…/hand-on`: a published course as poster, handout, words and run sheet for a chosen commune."""

from collections.abc import Callable
from datetime import datetime

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from sqlalchemy import select

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring.blueprint import blueprint
from app.authoring.course_access import get_course_head
from app.authoring.draft_access import may_edit
from app.authoring.hand_on.handout import make_handout
from app.authoring.hand_on.loudspeaker import make_loudspeaker
from app.authoring.hand_on.material import Material, make_material
from app.authoring.hand_on.meeting_words import shortened
from app.authoring.hand_on.pages import (
    HandoutPage,
    HubPage,
    LoudspeakerPage,
    PosterPage,
    Previews,
    RunSheetPage,
    SharePage,
)
from app.authoring.hand_on.run_sheet import LENGTHS, make_run_sheet
from app.authoring.hand_on.share import in_one_line, make_share
from app.authoring.models import CourseDraft
from app.content.queries import CourseHead
from app.extensions import db
from app.places.queries import EndedPlace, PrintedPlace, find_communes, printed_place, resolve_code
from app.places.search_words import LONGEST_TEXT
from app.shared.errors import Moved, NotFound, Refusal
from app.shared.settings import settings
from app.shared.vietnamese import clean

MOST_MATCHES = 10
FIRST_WORDS = 120
"""Letters of a preview."""


class CourseNotTaught(Refusal):
    status = 409
    sentence = "Khóa này đã ngừng, nên không còn tờ in và lời mời. Mở khóa lại trước, rồi in."


@blueprint.context_processor
def _printing() -> dict[str, object]:
    return {"printed_in": printed_in}


def printed_in(language: str, caller: Callable[[], str]) -> str:
    """For templates: what stands inside speaks the language of the course, whatever the screen around it speaks."""
    with force_locale(language):
        return caller()


@blueprint.get("/workshop/courses/<slug>/hand-on")
@requires(Permission.USE_WORKSHOP)
def show_hand_on(slug: str) -> ResponseReturnValue:
    """Choose the commune, then a piece. Without a choice it is that of the course, else the trainer's only one."""
    head = get_course_head(slug)
    own = _own_communes()
    asked = request.args.get("place")
    ended = None
    place = _presumed(head, own) if asked is None else None
    if asked:
        found = resolve_code(clean(asked))
        ended = found if isinstance(found, EndedPlace) else None
        place = None if ended else _commune(clean(asked))
    if ended and len(ended.successors) == 1:
        raise Moved(url_for("authoring.show_hand_on", slug=head.slug, place=ended.successors[0].place.code))
    query = clean(request.args.get("q", ""))[:LONGEST_TEXT]
    material = make_material(head, place)
    page = HubPage(
        material=material,
        own_places=own,
        query=query,
        matches=find_communes(query, MOST_MATCHES) if query else [],
        ended=ended.label if ended else "",
        successors=list(ended.successors) if ended else [],
        is_withdrawn=head.withdrawn_at is not None,
        is_local=not settings().public_url,
        previews=None if head.withdrawn_at else _previews(material),
    )
    return render_template("authoring/hand_on/hub.html", page=page)


@blueprint.get("/workshop/courses/<slug>/hand-on/poster")
@requires(Permission.USE_WORKSHOP)
def show_poster(slug: str) -> ResponseReturnValue:
    return render_template("authoring/hand_on/poster.html", page=PosterPage(_material(slug)))


@blueprint.get("/workshop/courses/<slug>/hand-on/handout")
@requires(Permission.USE_WORKSHOP)
def show_handout(slug: str) -> ResponseReturnValue:
    material = _material(slug)
    return render_template("authoring/hand_on/handout.html", page=HandoutPage(material, make_handout(material)))


@blueprint.get("/workshop/courses/<slug>/hand-on/loudspeaker")
@requires(Permission.USE_WORKSHOP)
def show_loudspeaker(slug: str) -> ResponseReturnValue:
    material = _material(slug)
    page = LoudspeakerPage(material, make_loudspeaker(material), _edit_address(material))
    return render_template("authoring/hand_on/loudspeaker.html", page=page)


@blueprint.get("/workshop/courses/<slug>/hand-on/share")
@requires(Permission.USE_WORKSHOP)
def show_share(slug: str) -> ResponseReturnValue:
    material = _material(slug)
    page = SharePage(material, make_share(material), _edit_address(material))
    return render_template("authoring/hand_on/share.html", page=page)


@blueprint.get("/workshop/courses/<slug>/hand-on/run-sheet")
@requires(Permission.USE_WORKSHOP)
def show_run_sheet(slug: str) -> ResponseReturnValue:
    material = _material(slug)
    asked = request.args.get("minutes", type=int)
    start = _time(request.args.get("start", ""))
    sheet = make_run_sheet(material, asked if asked in LENGTHS else max(LENGTHS), start)
    page = RunSheetPage(material, sheet, f"{start:%H:%M}" if start else "")
    return render_template("authoring/hand_on/run_sheet.html", page=page)


def _material(slug: str) -> Material:
    """What a piece is made from.

    Raises:
        CourseNotTaught: it was withdrawn.
        Moved: the commune has become others; one of them must be chosen.
    """
    head = get_course_head(slug)
    if head.withdrawn_at:
        raise CourseNotTaught
    code = clean(request.args.get("place", ""))
    if code and isinstance(resolve_code(code), EndedPlace):
        raise Moved(url_for("authoring.show_hand_on", slug=head.slug, place=code))
    return make_material(head, _commune(code) if code else None)


def _commune(code: str) -> PrintedPlace:
    found = resolve_code(code)
    if isinstance(found, EndedPlace) or found.kind != "commune":
        raise NotFound
    return printed_place(found.id)


def _presumed(head: CourseHead, own: list[PrintedPlace]) -> PrintedPlace | None:
    of_course = printed_place(head.place_id) if head.place_id else None
    if of_course and of_course.kind == "commune" and _is_valid(of_course):
        return of_course
    return own[0] if len(own) == 1 else None


def _own_communes() -> list[PrintedPlace]:
    """Communes of today in which the actor has a role."""
    ids = dict.fromkeys(grant.place_id for grant in current_actor().grants if grant.place_id)
    places = [printed_place(place_id) for place_id in ids]
    return [place for place in places if place.kind == "commune" and place.code and _is_valid(place)]


def _is_valid(place: PrintedPlace) -> bool:
    found = resolve_code(place.code or "")
    return not isinstance(found, EndedPlace) and found.id == place.id


def _previews(material: Material) -> Previews:
    spoken = make_loudspeaker(material)
    handout = make_handout(material)
    return Previews(
        share=shortened(in_one_line(make_share(material).text), FIRST_WORDS),
        loudspeaker=shortened(" ".join(spoken.paragraphs), FIRST_WORDS),
        seconds=spoken.seconds,
        boxes=len(handout.boxes),
        left_out=len(handout.left_out),
        blocks=len(material.items),
    )


def _edit_address(material: Material) -> str:
    """Where the words of the course are written, for who may write them."""
    draft = db.session.scalar(
        select(CourseDraft).where(CourseDraft.course_id == material.version.course_id, CourseDraft.deleted_at.is_(None))
    )
    if draft is None or not may_edit(current_actor(), draft):
        return ""
    return url_for("authoring.edit_settings", draft_id=draft.id)


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%H:%M")  # noqa: DTZ007 -- a time of day, of no day
    except ValueError:
        return None
