"""The own account: what one has said about oneself, where one lives, consent, a copy of one's data, erasure."""

import json
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.actor import STAFF_ROLES, Actor, Role, WayIn
from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.people import pins, throttle
from app.people.account_forms import DetailsForm, EraseForm
from app.people.account_pages import AccountPage, ErasePage, HomePage, HomeSearchPage
from app.people.actions import set_residence
from app.people.consent import PURPOSES, give_consent, list_consents, withdraw_consent
from app.people.erasure import erase_person
from app.people.export import export_person
from app.people.fields import read_birth_year, read_phone, shown_phone
from app.people.new_pins import PinTaken
from app.people.own_details import OwnDetails, PinNeeded, correct_own_details, get_own_details
from app.people.pins import GuessablePin
from app.people.queries import current_residence
from app.people.routes import blueprint
from app.people.routes.coming_in import private, show_again
from app.people.sessions import end_session
from app.people.sign_in_actions import WrongPin, prove_pin
from app.places.memory import PrintedPlace
from app.places.queries import get_valid_place, list_hamlets, printed_place
from app.places.search import find_communes
from app.shared.database import close_reader
from app.shared.errors import NotFound, Refusal
from app.shared.ids import parse_id
from app.shared.transaction import commits, commits_or_shows_again
from app.shared.vietnamese import clean

LONGEST_QUERY = 100


def own_id(actor: Actor) -> UUID:
    """Whose account it is. Raises NotFound where there is nobody."""
    if actor.person_id is None:
        raise NotFound
    return actor.person_id


@blueprint.get("/me/account")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def show_account() -> ResponseReturnValue:
    actor = current_actor()
    form = None
    if actor.is_registered:
        own = get_own_details(own_id(actor))
        shown = {"name": own.name, "phone": shown_phone(own.phone), "birth_year": str(own.birth_year or "")}
        form = _details_form(actor, data=shown)
    return private(render_template("people/account.html", page=_account_page(actor, form)))


@blueprint.post("/me/account")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits_or_shows_again
def correct_details() -> ResponseReturnValue:
    actor = current_actor()
    form = _details_form(actor, request.form)
    if not form.validate():
        return show_again("people/account.html", _account_page(actor, form))
    details = OwnDetails(form.name.data or "", read_phone(form.phone), read_birth_year(form.birth_year))
    try:
        correct_own_details(actor=actor, details=details, pin=form.pin.data or "" if form.pin else "")
    except (PinNeeded, WrongPin, PinTaken, GuessablePin, throttle.TooManyTries) as refusal:
        return show_again("people/account.html", _account_page(actor, form), refusal, "pin")
    return redirect(url_for("people.show_account"), code=303)


def _details_form(actor: Actor, formdata: object = None, data: dict[str, str] | None = None) -> DetailsForm:
    """Raises NotFound for a guest, who has said nothing to correct."""
    if not actor.is_registered:
        raise NotFound
    form = DetailsForm(formdata, data=data)
    if pins.find_holder(own_id(actor)) is None:
        del form.pin
    return form


def _account_page(actor: Actor, form: DetailsForm | None) -> AccountPage:
    person_id = own_id(actor)
    consents = list_consents(person_id)
    standing = {consent.purpose for consent in consents if consent.withdrawn_at is None}
    home = _home(actor)
    return AccountPage(
        person_id=person_id,
        form=form,
        home=home,
        may_move=actor.is_registered or home is None,
        consents=consents,
        open_purposes=[purpose for key, purpose in PURPOSES.items() if key not in standing]
        if actor.is_registered
        else [],
    )


def _home(actor: Actor) -> str | None:
    home = current_residence(own_id(actor))
    return printed_place(home.hamlet_id or home.commune_id).label if home else None


@blueprint.get("/me/account/home")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def find_home() -> ResponseReturnValue:
    """Find the commune by any name; a guest only while none is said."""
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    page = HomeSearchPage(_home(current_actor()), query, find_communes(query) if query else [])
    return render_template("people/find_home.html", page=page)


@blueprint.get("/me/account/home/<code>")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def ask_home(code: str) -> ResponseReturnValue:
    """Confirm the commune, and say the hamlet where some are known."""
    commune = _get_commune(code)
    return render_template("people/home.html", page=HomePage(commune, list_hamlets(commune.id)))


@blueprint.post("/me/account/home/<code>")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits
def move_home(code: str) -> ResponseReturnValue:
    commune = _get_commune(code)
    hamlet_id = parse_id(request.form.get("hamlet"))
    if hamlet_id and hamlet_id not in {hamlet.id for hamlet in list_hamlets(commune.id)}:
        raise NotFound
    close_reader()
    set_residence(person_id=own_id(current_actor()), commune_id=commune.id, hamlet_id=hamlet_id)
    return redirect(url_for("people.show_account"), code=303)


def _get_commune(code: str) -> PrintedPlace:
    place = get_valid_place(code)
    if place.kind != "commune":
        raise NotFound
    return printed_place(place.id)


@blueprint.post("/me/account/consents/<purpose>")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits
def change_consent(purpose: str) -> ResponseReturnValue:
    """Agree (`answer=yes`) or take the consent back."""
    actor = current_actor()
    if purpose not in PURPOSES or not actor.is_registered:
        raise NotFound
    if request.form.get("answer") == "yes":
        give_consent(person_id=own_id(actor), purpose=purpose)
    else:
        withdraw_consent(person_id=own_id(actor), purpose=purpose)
    return redirect(url_for("people.show_account", _anchor="consents"), code=303)


@blueprint.get("/me/export.json")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def export_own_data() -> ResponseReturnValue:
    """A file with everything that is kept about the person."""
    body = json.dumps(export_person(own_id(current_actor())), ensure_ascii=False, indent=2)
    response = Response(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hoc-so-du-lieu-cua-toi.json"'
    return private(response)


@blueprint.get("/me/erase")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def ask_erasure() -> ResponseReturnValue:
    actor = current_actor()
    return render_template("people/erase.html", page=_erase_page(actor, _erase_form(actor)))


@blueprint.post("/me/erase")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits_or_shows_again
def erase_oneself() -> ResponseReturnValue:
    """Erase the person of this session, every device included."""
    actor = current_actor()
    form = _erase_form(actor, request.form)
    if not form.validate():
        return show_again("people/erase.html", _erase_page(actor, form))
    try:
        if form.pin:
            prove_pin(own_id(actor), form.pin.data or "")
    except Refusal as refusal:
        return show_again("people/erase.html", _erase_page(actor, form), refusal, "pin")
    end_session(actor.session_id or "")
    erase_person(own_id(actor), actor)
    response = redirect(url_for("people.show_erased"), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _erase_form(actor: Actor, formdata: object = None) -> EraseForm:
    form = EraseForm(formdata)
    if actor.way_in == WayIn.STAFF or pins.find_holder(own_id(actor)) is None:
        del form.pin
    return form


def _erase_page(actor: Actor, form: EraseForm) -> ErasePage:
    return ErasePage(
        form=form,
        is_guest=not actor.is_registered,
        is_member=bool({Role.MEMBER, Role.LEADER} & actor.roles()),
        is_staff=bool(STAFF_ROLES & actor.roles()),
    )
