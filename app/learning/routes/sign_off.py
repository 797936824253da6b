"""Practices: the learner's page with a code to show, and the observer's page with the acts to tick."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.content.compile.practice import Practice
from app.learning.courses import get_readable_course
from app.learning.item_pages import item_page
from app.learning.learner import CourseWithdrawn, learner_for_writing
from app.learning.pages_of_items import ItemPage, PracticePage, SignOffPage
from app.learning.routes import blueprint
from app.learning.withdrawn import get_taught_item
from app.people.throttle import look_up_code
from app.progress.sign_offs import (
    OwnSignOff,
    PracticeToSign,
    UnknownSignOffCode,
    find_practice_to_sign,
    make_sign_off_code,
    sign_off,
)
from app.shared.database import close_reader
from app.shared.endpoints import public
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import commits
from app.shared.vietnamese import clock_time

ACT = "act-"


def show_practice(frame: ItemPage, practice: Practice, code: str = "", valid_until: str = "") -> ResponseReturnValue:
    """The learner's page."""
    page = PracticePage(frame, practice, code, valid_until)
    return render_template("learning/practice_item.html", page=page)


@blueprint.post("/courses/<slug>/<item_slug>/sign-off-code")
@public("a guest is made by the first POST; team courses are checked in the view")
@commits
def take_sign_off_code(slug: str, item_slug: str) -> ResponseReturnValue:
    """A code to show to whoever watches; shown once, in the answer to this form."""
    course = get_readable_course(slug)
    item = get_taught_item(course, item_slug)
    if item.practice is None:
        raise NotFound
    if course.withdrawn_reason and not course.evidence.done:
        raise CourseWithdrawn
    close_reader()
    learner = learner_for_writing()
    digits, until = make_sign_off_code(person_id=learner.person_id, course_id=course.course_id, item_key=item.key)
    spaced = f"{digits[:3]} {digits[3:]}"
    return show_practice(item_page(course, item), item.practice, spaced, clock_time(until))


@blueprint.get("/sign-off")
@requires(Permission.SIGN_OFF)
def ask_sign_off_code() -> ResponseReturnValue:
    return render_template("learning/sign_off_code.html", error="", code="", done=request.args.get("done") == "1")


@blueprint.post("/sign-off")
@requires(Permission.SIGN_OFF)
def show_acts() -> ResponseReturnValue:
    """The acts of the practice that a code stands for; nothing is stored yet."""
    code = request.form.get("code", "")[:40]
    try:
        found = _found(code)
    except Refusal as refusal:
        page = render_template("learning/sign_off_code.html", error=gettext(refusal.message), code=code, done=False)
        return page, refusal.status
    return render_template("learning/sign_off.html", page=_page(code, found))


@blueprint.post("/sign-off/acts")
@requires(Permission.SIGN_OFF)
@commits
def confirm_acts() -> ResponseReturnValue:
    """Keep what was seen."""
    code = request.form.get("code", "")[:40]
    found = _found(code)
    chosen = {key.removeprefix(ACT): value for key, value in request.form.items() if key.startswith(ACT)}
    observer_id = current_actor().person_id
    if observer_id is None:
        raise NotFound
    try:
        sign_off(found=found, acts=chosen, observer_id=observer_id)
    except OwnSignOff:
        raise
    except Refusal as refusal:
        page = _page(code, found, chosen, gettext(refusal.message))
        return render_template("learning/sign_off.html", page=page), refusal.status
    return redirect(url_for("learning.ask_sign_off_code", done="1"), code=303)


def _found(code: str) -> PracticeToSign:
    found = look_up_code("sign-off", lambda session: find_practice_to_sign(code, session))
    if found is None:
        raise UnknownSignOffCode
    return found


def _page(code: str, found: PracticeToSign, chosen: dict[str, str] | None = None, error: str = "") -> SignOffPage:
    return SignOffPage(code, found.version.title, found.item, found.practice, chosen or {}, error)
