"""Registering, and the first PIN of somebody whom another person has entered."""

from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from app.access.actor import Actor
from app.access.declare import current_actor
from app.people import registration
from app.people.consent import LEARNING_RECORD, PURPOSES
from app.people.fields import read_birth_year, read_phone
from app.people.new_pins import PinTaken, UnknownFirstPinCode, set_first_pin
from app.people.pins import GuessablePin
from app.people.queries import current_residence
from app.people.routes import blueprint
from app.people.routes.coming_in import go_on, next_page, show_again
from app.people.sign_in_forms import FirstPinForm, NextForm, RegisterForm, typed
from app.people.sign_in_learning import find_guest_to_ask_about
from app.people.sign_in_pages import FormPage, RegisterPage
from app.shared.endpoints import public
from app.shared.errors import Refusal
from app.shared.transaction import commits_or_shows_again

COMMUNE_PAGE = "/me/commune"


def _prepared(form: RegisterForm | FirstPinForm) -> None:
    form.consent.label.text = str(PURPOSES[LEARNING_RECORD].sentence)
    form.next.data = next_page(form.next.data or request.args.get("next", ""))


def _register_page(form: RegisterForm, refusal: Refusal | None = None) -> RegisterPage:
    _prepared(form)
    return RegisterPage(form, current_actor().is_authenticated, isinstance(refusal, PinTaken))


@blueprint.get("/register")
@public("whoever registers is a guest or nobody yet")
def show_register() -> ResponseReturnValue:
    if current_actor().is_registered:
        return redirect(next_page(), code=303)
    return render_template("people/register.html", page=_register_page(RegisterForm()))


@blueprint.post("/register")
@public("whoever registers is a guest or nobody yet")
@commits_or_shows_again
def register() -> ResponseReturnValue:
    form = RegisterForm(request.form)
    if not form.validate():
        return show_again("people/register.html", _register_page(form))
    newcomer = registration.Newcomer(
        name=typed(form.name),
        phone=read_phone(form.phone),
        pin=typed(form.pin),
        birth_year=read_birth_year(form.birth_year),
    )
    try:
        actor = registration.register(
            newcomer=newcomer, actor=current_actor(), is_shared_device=form.is_shared_device.data
        )
    except Refusal as refusal:
        return show_again("people/register.html", _register_page(form, refusal), refusal, _field_of(refusal))
    return _go_on_from_registering(actor, newcomer.phone, form)


def _go_on_from_registering(actor: Actor, phone: str | None, form: NextForm) -> AnyResponse:
    """Who gave no phone number needs a card; who has not said where they live is asked."""
    target = next_page(form.next.data)
    if find_guest_to_ask_about(actor):
        return go_on(actor, target)
    if phone is None:
        return redirect(url_for("people.show_own_card", next=target), code=303)
    if actor.person_id and current_residence(actor.person_id) is None:
        return redirect(f"{COMMUNE_PAGE}?{urlencode({'next': target})}", code=303)
    return redirect(target, code=303)


def _field_of(refusal: Refusal) -> str | None:
    return "pin" if isinstance(refusal, PinTaken | GuessablePin) else None


@blueprint.get("/first-pin")
@public("whoever holds the code from the card has no other way in yet")
def show_first_pin() -> ResponseReturnValue:
    return render_template("people/first_pin.html", page=_first_pin_page(FirstPinForm()))


@blueprint.post("/first-pin")
@public("whoever holds the code from the card has no other way in yet")
@commits_or_shows_again
def take_first_pin() -> ResponseReturnValue:
    form = FirstPinForm(request.form)
    if not form.validate():
        return show_again("people/first_pin.html", _first_pin_page(form))
    try:
        actor = set_first_pin(
            typed_code=typed(form.code), pin=typed(form.pin), is_shared_device=form.is_shared_device.data
        )
    except Refusal as refusal:
        field = "code" if isinstance(refusal, UnknownFirstPinCode) else _field_of(refusal)
        return show_again("people/first_pin.html", _first_pin_page(form), refusal, field)
    return go_on(actor, form.next.data)


def _first_pin_page(form: FirstPinForm) -> FormPage:
    _prepared(form)
    return FormPage(form, typed(form.next))
