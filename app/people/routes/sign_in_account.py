"""The own ways in: leaving a device, the list of devices, a new PIN, an own card."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.actor import WayIn
from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.people import new_pins
from app.people.cards import issue_card
from app.people.guests import code_to_keep
from app.people.new_pins import PinTaken
from app.people.pins import GuessablePin
from app.people.routes import blueprint
from app.people.routes.coming_in import private, show_again
from app.people.sessions import end_session
from app.people.sign_in_actions import WrongPin
from app.people.sign_in_forms import ChangePinForm
from app.people.sign_in_pages import ChangePinPage, OwnCardPage, SessionLine, SessionsPage, SignOutPage
from app.people.sign_in_queries import finds_back, get_own_session, has_phone, has_pin, list_own_sessions
from app.shared.endpoints import public
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import commits, commits_or_shows_again


def _name_of_way(way_in: str) -> str:
    names = {
        WayIn.GUEST: gettext("Học không tài khoản"),
        WayIn.CODE: gettext("Vào bằng mã học"),
        WayIn.PIN: gettext("Vào bằng số điện thoại"),
        WayIn.CARD: gettext("Vào bằng thẻ học"),
        WayIn.STAFF: gettext("Vào bằng mật khẩu"),
    }
    return names[WayIn(way_in)]


@blueprint.get("/sign-out")
@public("leaving needs no right; nobody is told that there is nothing to leave")
def show_sign_out() -> ResponseReturnValue:
    actor = current_actor()
    if not actor.is_authenticated:
        return redirect(url_for("people.show_signed_out"), code=303)
    kept = code_to_keep(actor.person_id) if actor.person_id and not actor.is_registered else None
    page = SignOutPage(kept.digits if kept else "", kept.qr_svg if kept else "", finds_back(actor))
    return render_template("people/sign_out.html", page=page)


@blueprint.post("/sign-out")
@public("leaving needs no right; nobody is told that there is nothing to leave")
@commits
def sign_out() -> ResponseReturnValue:
    """End this session, on the server too. Who could not come back is first shown how."""
    actor = current_actor()
    is_sure = request.form.get("sure") == "yes"
    if actor.session_id and not is_sure and not (actor.is_registered and finds_back(actor)):
        return redirect(url_for("people.show_sign_out"), code=303)
    if actor.session_id:
        end_session(actor.session_id)
    response = redirect(url_for("people.show_signed_out"), code=303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/signed-out")
@public("says good-bye to nobody in particular")
def show_signed_out() -> ResponseReturnValue:
    return render_template("people/signed_out.html")


@blueprint.get("/me/sessions")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def show_own_sessions() -> ResponseReturnValue:
    actor = current_actor()
    lines = [
        SessionLine(
            own.id, _name_of_way(own.way_in), own.began_at, own.last_seen_at, is_this=own.id == actor.session_id
        )
        for own in list_own_sessions(actor)
    ]
    return render_template("people/own_sessions.html", page=SessionsPage(lines, actor.way_in == WayIn.STAFF))


@blueprint.post("/me/sessions/end")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits
def end_own_session() -> ResponseReturnValue:
    """End one of the own sessions, on another device; `session` says which."""
    actor = current_actor()
    own = get_own_session(actor, request.form.get("session", ""))
    if own.id == actor.session_id:
        return redirect(url_for("people.show_sign_out"), code=303)
    end_session(own.id)
    return redirect(url_for("people.show_own_sessions"), code=303)


@blueprint.get("/me/pin")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def show_change_pin() -> ResponseReturnValue:
    return render_template("people/change_pin.html", page=_pin_page(None))


@blueprint.post("/me/pin")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits_or_shows_again
def change_pin() -> ResponseReturnValue:
    """A new PIN; every other device must sign in again."""
    page = _pin_page(request.form)
    if not page.form.validate():
        return show_again("people/change_pin.html", page)
    old_pin = page.form["old_pin"].data if page.asks_old_pin else ""
    try:
        new_pins.change_pin(actor=current_actor(), old_pin=old_pin, new_pin=page.form["pin"].data)
    except Refusal as refusal:
        return show_again("people/change_pin.html", page, refusal, _field_of(refusal))
    return redirect(url_for("people.show_own_sessions"), code=303)


def _field_of(refusal: Refusal) -> str | None:
    if isinstance(refusal, WrongPin):
        return "old_pin"
    return "pin" if isinstance(refusal, PinTaken | GuessablePin) else None


def _pin_page(sent: object) -> ChangePinPage:
    """Raises NotFound for a guest, who has no account to protect."""
    actor = current_actor()
    if not actor.is_registered:
        raise NotFound
    form = ChangePinForm(sent)
    asks_old_pin = actor.way_in != WayIn.STAFF
    if not asks_old_pin:
        del form.old_pin
    return ChangePinPage(form, asks_old_pin, has_pin(actor))


@blueprint.get("/me/card")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def show_own_card() -> ResponseReturnValue:
    return render_template("people/own_card.html", page=_card_page())


@blueprint.post("/me/card")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits
def make_own_card() -> ResponseReturnValue:
    """A new card, shown in this answer and nowhere else; the one before is dead."""
    page = _card_page(is_made=True)
    return private(render_template("people/own_card.html", page=page))


def _card_page(*, is_made: bool = False) -> OwnCardPage:
    """Raises NotFound for a guest, whose learning code is card enough."""
    actor = current_actor()
    if not actor.is_registered or actor.person_id is None:
        raise NotFound
    card = issue_card(person_id=actor.person_id, actor=actor) if is_made else None
    return OwnCardPage(card, actor.display_name, has_phone(actor))
