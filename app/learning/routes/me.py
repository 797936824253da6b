"""A learner's own page, the question of the commune, the code to keep, and the page of a finished course."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.actor import WayIn
from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.learning import words
from app.learning.courses import course_cards, get_readable_course
from app.learning.learner import confirmed_commune_id, learner_of
from app.learning.own_page import me_page
from app.learning.pages import CodePage, CommunePage, DonePage, OfferedCommune
from app.learning.routes import blueprint
from app.people.actions import set_residence
from app.people.guests import code_to_keep
from app.people.queries import current_residence
from app.places.queries import find_communes, get_valid_place, printed_place
from app.progress.evidence import LearnerCourse
from app.progress.queries import find_completion
from app.shared.clock import now
from app.shared.endpoints import public
from app.shared.errors import NotFound
from app.shared.transaction import commits
from app.shared.vietnamese import clean
from app.ui import display

LONGEST_QUERY = 100


@blueprint.get("/me")
@requires(Permission.HAVE_SESSION)
def show_me() -> ResponseReturnValue:
    return render_template("learning/me.html", page=me_page(current_actor()))


@blueprint.get("/me/commune")
@requires(Permission.HAVE_SESSION)
def ask_commune() -> ResponseReturnValue:
    """Ask once, in one field; may be skipped."""
    actor = current_actor()
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    confirmed = None if query else confirmed_commune_id()
    page = CommunePage(
        query=query,
        matches=list(find_communes(query)) if query else [],
        preset=_offer(confirmed) if confirmed else None,
        current=printed_place(actor.commune_id).label if actor.commune_id else None,
        next=display.own_path(request.args.get("next", "/me")),
        searched=bool(query),
    )
    return render_template("learning/commune.html", page=page)


def _offer(commune_id: UUID) -> OfferedCommune:
    place = printed_place(commune_id)
    return OfferedCommune(place.code or "", place.label)


@blueprint.post("/me/commune")
@requires(Permission.HAVE_SESSION)
@commits
def set_commune() -> ResponseReturnValue:
    """Keep where the learner lives; a guest may say so once."""
    learner = learner_of(current_actor())
    place = get_valid_place(clean(request.form.get("commune", "")))
    if place.kind != "commune":
        raise NotFound
    set_residence(person_id=learner.person_id, commune_id=place.id, at=now())
    target = display.own_path(request.form.get("next"))
    if learner.is_guest:
        target = url_for("learning.show_code", next=target)
    response = redirect(target, code=303)
    display.remember_commune(response, place.code or "")
    return response


@blueprint.post("/commune")
@public("a stranger's yes is kept on the device only")
@commits
def confirm_commune() -> ResponseReturnValue:
    """Keep the commune that a link or poster named, once the person has said that it is theirs."""
    place = get_valid_place(clean(request.form.get("commune", "")))
    if place.kind != "commune":
        raise NotFound
    actor = current_actor()
    if actor.person_id is not None and actor.commune_id is None:
        set_residence(person_id=learner_of(actor).person_id, commune_id=place.id, at=now())
    response = redirect(display.own_path(request.form.get("next")), code=303)
    display.remember_commune(response, place.code or "")
    return response


@blueprint.get("/me/code")
@requires(Permission.HAVE_SESSION)
def show_code() -> ResponseReturnValue:
    actor = current_actor()
    kept = None if actor.is_registered else code_to_keep(learner_of(actor).person_id)
    if kept is None:
        return redirect(url_for("learning.show_me"), code=303)
    page = CodePage(code=kept.digits, qr=kept.qr_svg, next=display.own_path(request.args.get("next", "/me")))
    return render_template("learning/code.html", page=page)


@blueprint.get("/courses/<slug>/done")
@requires(Permission.HAVE_SESSION)
def show_done(slug: str) -> ResponseReturnValue:
    course = get_readable_course(slug)
    if not course.evidence.is_complete:
        return redirect(url_for("learning.show_course", slug=course.slug), code=303)
    return render_template("learning/done.html", page=_done_page(course))


def _done_page(course: LearnerCourse) -> DonePage:
    actor = current_actor()
    learner = learner_of(actor)
    completion = find_completion(
        actor.canonical_id or learner.person_id, course.course_id, course.version.edition, course.evidence.term
    )
    kept = code_to_keep(learner.person_id) if learner.is_guest and actor.way_in == WayIn.GUEST else None
    return DonePage(
        slug=course.slug,
        version=course.version,
        completion=completion,
        recorded_words=words.recorded_words(completion) if completion else "",
        code=kept.digits if kept else None,
        code_qr=kept.qr_svg if kept else None,
        next_courses=[card for card in course_cards() if card.course.id != course.course_id and not card.is_locked][:2],
        asks_commune=learner.is_guest and current_residence(learner.person_id) is None,
    )
