"""Coming in as a learner: phone and PIN, card and PIN, learning code; and whose learning this device holds."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.people import sign_in_actions
from app.people.fields import read_phone
from app.people.guests import show_learning_code
from app.people.learning_codes import UnreadableCode, read_typed_code
from app.people.routes import blueprint
from app.people.routes.coming_in import go_on, next_page, show_again
from app.people.sign_in_actions import DeadCard, UnknownCode
from app.people.sign_in_devices import send_device_cookie
from app.people.sign_in_forms import CardForm, LearningCodeForm, NextForm, PhoneForm, typed
from app.people.sign_in_learning import find_guest_to_ask_about, leave_learning, take_over_learning
from app.people.sign_in_pages import FormPage, WhosePage
from app.shared.endpoints import public
from app.shared.errors import Refusal
from app.shared.transaction import commits, commits_or_shows_again

blueprint.after_app_request(send_device_cookie)


def form_page(form: NextForm) -> FormPage:
    """The page around a form, which goes on to where its person wanted to go."""
    target = next_page(form.next.data or request.args.get("next", ""))
    form.next.data = target
    return FormPage(form, target, current_actor().display_name)


@blueprint.get("/sign-in")
@public("whoever comes in is nobody yet")
def show_sign_in() -> ResponseReturnValue:
    return render_template("people/sign_in.html", page=form_page(PhoneForm()))


@blueprint.post("/sign-in")
@public("whoever comes in is nobody yet")
@commits_or_shows_again
def sign_in() -> ResponseReturnValue:
    form = PhoneForm(request.form)
    phone = read_phone(form.phone) if form.validate() else None
    if phone is None:
        return show_again("people/sign_in.html", form_page(form))
    try:
        actor = sign_in_actions.sign_in_with_phone(
            phone=phone, pin=typed(form.pin), is_shared_device=form.is_shared_device.data
        )
    except Refusal as refusal:
        return show_again("people/sign_in.html", form_page(form), refusal)
    return go_on(actor, form.next.data)


@blueprint.get("/card")
@public("whoever comes in is nobody yet")
def show_card_sign_in() -> ResponseReturnValue:
    return render_template("people/sign_in_card.html", page=form_page(CardForm()))


@blueprint.post("/card")
@public("whoever comes in is nobody yet")
@commits_or_shows_again
def sign_in_by_card() -> ResponseReturnValue:
    form = CardForm(request.form)
    if not form.validate():
        return show_again("people/sign_in_card.html", form_page(form))
    try:
        actor = sign_in_actions.sign_in_with_card(
            code=typed(form.code), pin=typed(form.pin), is_shared_device=form.is_shared_device.data
        )
    except Refusal as refusal:
        field = "code" if isinstance(refusal, DeadCard) else None
        return show_again("people/sign_in_card.html", form_page(form), refusal, field)
    return go_on(actor, form.next.data)


@blueprint.get("/code")
@public("a guest's device knows nobody before the code is typed")
def show_code_entry() -> ResponseReturnValue:
    return render_template("people/enter_code.html", page=form_page(LearningCodeForm()))


@blueprint.post("/code")
@public("a guest's device knows nobody before the code is typed")
@commits_or_shows_again
def enter_code() -> ResponseReturnValue:
    form = LearningCodeForm(request.form)
    if not form.validate():
        return show_again("people/enter_code.html", form_page(form))
    try:
        actor = sign_in_actions.sign_in_with_code(read_typed_code(typed(form.code)))
    except Refusal as refusal:
        field = "code" if isinstance(refusal, UnreadableCode | UnknownCode) else None
        return show_again("people/enter_code.html", form_page(form), refusal, field)
    return go_on(actor, form.next.data)


@blueprint.get("/sign-in/whose")
@requires(Permission.HAVE_SESSION)
def ask_whose_learning() -> ResponseReturnValue:
    """Ask before a guest's learning becomes that of who has come in."""
    actor = current_actor()
    guest_id = find_guest_to_ask_about(actor)
    if guest_id is None:
        return redirect(next_page(), code=303)
    page = WhosePage(actor.display_name, show_learning_code(guest_id), next_page())
    return render_template("people/whose_learning.html", page=page)


@blueprint.post("/sign-in/whose")
@requires(Permission.HAVE_SESSION)
@commits
def answer_whose_learning() -> ResponseReturnValue:
    actor = current_actor()
    if request.form.get("answer") == "mine":
        take_over_learning(actor)
    else:
        leave_learning(actor)
    return redirect(next_page(request.form.get("next")), code=303)
