"""Staff: coming in, setting up behind a link, changing the password, new recovery codes."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from app.access.actor import WayIn
from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.people import one_time, staff_set_up
from app.people.one_time import OneTimeKey, get_link
from app.people.passwords import WeakPassword
from app.people.qr import qr_svg
from app.people.routes import blueprint
from app.people.routes.coming_in import go_on, private, show_again
from app.people.routes.sign_in import form_page
from app.people.second_factor import provisioning_uri, secret_of_link
from app.people.sign_in_forms import (
    ChangePasswordForm,
    FirstStaffForm,
    PasswordForm,
    ResetAllForm,
    ResetSecondFactorForm,
    StaffForm,
    typed,
)
from app.people.sign_in_pages import FormPage, RecoveryCodesPage, RenewCodesPage, WelcomePage
from app.people.sign_in_queries import count_recovery_codes
from app.people.staff_accounts import WrongPassword, find_link_owner, sign_in_staff
from app.people.staff_set_up import SignInNameTaken, StaffKeys, WrongTotp, set_up_staff
from app.people.typed_codes import spaced
from app.shared.endpoints import public
from app.shared.errors import NotFound, Refusal
from app.shared.transaction import commits_or_shows_again

WelcomeForm = FirstStaffForm | ResetAllForm | ResetSecondFactorForm
FIELD_OF = {WrongTotp: "totp", WeakPassword: "password", WrongPassword: "password", SignInNameTaken: "sign_in_name"}


@blueprint.get("/sign-in/staff")
@public("whoever comes in is nobody yet")
def show_staff_sign_in() -> ResponseReturnValue:
    return render_template("people/sign_in_staff.html", page=form_page(StaffForm()))


@blueprint.post("/sign-in/staff")
@public("whoever comes in is nobody yet")
@commits_or_shows_again
def sign_in_as_staff() -> ResponseReturnValue:
    form = StaffForm(request.form)
    if not form.validate():
        return show_again("people/sign_in_staff.html", form_page(form))
    try:
        actor = sign_in_staff(
            sign_in_name=typed(form.sign_in_name), password=typed(form.password), second_factor=typed(form.totp)
        )
    except Refusal as refusal:
        return show_again("people/sign_in_staff.html", form_page(form), refusal)
    return go_on(actor, form.next.data)


@blueprint.get("/welcome/<token>")
@public("the link itself, good once and for a day, says who may")
def show_welcome(token: str) -> ResponseReturnValue:
    key = get_link(token)
    return private(render_template("people/welcome.html", page=_welcome_page(key, token, _form_for(key, None))))


@blueprint.post("/welcome/<token>")
@public("the link itself, good once and for a day, says who may")
@commits_or_shows_again
def welcome(token: str) -> ResponseReturnValue:
    """Set up the sign-in; the answer shows the recovery codes, which are nowhere else, so it is no redirect."""
    key = get_link(token)
    form = _form_for(key, request.form)
    if not form.validate():
        return private(show_again("people/welcome.html", _welcome_page(key, token, form)))
    try:
        done = set_up_staff(key=key, keys=_keys_of(form, token))
    except Refusal as refusal:
        field = FIELD_OF.get(type(refusal))
        return private(show_again("people/welcome.html", _welcome_page(key, token, form), refusal, field))
    return _recovery_codes(done.recovery_codes)


def _form_for(key: OneTimeKey, sent: object) -> WelcomeForm:
    if key.purpose == one_time.RESET_SECOND_FACTOR:
        return ResetSecondFactorForm(sent)
    if key.purpose == one_time.RESET_ALL:
        return ResetAllForm(sent)
    form = FirstStaffForm(sent)
    if key.purpose != one_time.FIRST_OPERATOR:
        del form.name
    return form


def _keys_of(form: WelcomeForm, token: str) -> StaffKeys:
    return StaffKeys(
        name=form["name"].data if "name" in form else "",
        sign_in_name=form["sign_in_name"].data if "sign_in_name" in form else "",
        password=typed(form.password),
        totp_secret=secret_of_link(token),
        totp_digits=typed(form.totp),
    )


def _welcome_page(key: OneTimeKey, token: str, form: WelcomeForm) -> WelcomePage:
    owner = find_link_owner(key.person_id)
    secret = secret_of_link(token)
    return WelcomePage(
        form=form,
        purpose=key.purpose,
        name=owner.name,
        sign_in_name=owner.sign_in_name,
        qr_svg=qr_svg(provisioning_uri(secret, owner.sign_in_name or owner.name or "Học Số")),
        text_key=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    )


@blueprint.get("/me/password")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def show_change_password() -> ResponseReturnValue:
    _refuse_unless_staff()
    return render_template("people/change_password.html", page=FormPage(ChangePasswordForm()))


@blueprint.post("/me/password")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits_or_shows_again
def change_password() -> ResponseReturnValue:
    _refuse_unless_staff()
    form = ChangePasswordForm(request.form)
    page = FormPage(form)
    if not form.validate():
        return show_again("people/change_password.html", page)
    try:
        staff_set_up.change_password(
            actor=current_actor(), old_password=typed(form.old_password), new_password=typed(form.password)
        )
    except Refusal as refusal:
        field = "old_password" if isinstance(refusal, WrongPassword) else FIELD_OF.get(type(refusal))
        return show_again("people/change_password.html", page, refusal, field)
    return _to_own_sessions()


def _to_own_sessions() -> AnyResponse:
    return redirect(url_for("people.show_own_sessions"), code=303)


@blueprint.get("/me/recovery-codes")
@requires(Permission.MANAGE_OWN_ACCOUNT)
def show_recovery_codes() -> ResponseReturnValue:
    _refuse_unless_staff()
    return render_template("people/renew_codes.html", page=_renew_page(PasswordForm()))


@blueprint.post("/me/recovery-codes")
@requires(Permission.MANAGE_OWN_ACCOUNT)
@commits_or_shows_again
def renew_recovery_codes() -> ResponseReturnValue:
    """New codes, shown in this answer and nowhere else."""
    _refuse_unless_staff()
    form = PasswordForm(request.form)
    if not form.validate():
        return show_again("people/renew_codes.html", _renew_page(form))
    try:
        codes = staff_set_up.make_new_recovery_codes(actor=current_actor(), password=typed(form.password))
    except Refusal as refusal:
        return show_again("people/renew_codes.html", _renew_page(form), refusal, FIELD_OF.get(type(refusal)))
    return _recovery_codes(codes)


def _recovery_codes(codes: list[str]) -> Response:
    page = RecoveryCodesPage([spaced(code) for code in codes])
    return private(render_template("people/recovery_codes.html", page=page))


def _renew_page(form: PasswordForm) -> RenewCodesPage:
    return RenewCodesPage(form, count_recovery_codes(current_actor()))


def _refuse_unless_staff() -> None:
    """Raise NotFound: password and recovery codes exist only for who came in with them."""
    if current_actor().way_in != WayIn.STAFF:
        raise NotFound
