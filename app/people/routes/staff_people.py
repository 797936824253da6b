"""Where staff begin, the communes in their charge, and the roles that operators give."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.actor import Actor, Grant, Role
from app.access.declare import current_actor, require_in, requires
from app.access.permissions import Permission, allows
from app.people.fields import choice
from app.people.grants import (
    create_staff_person,
    find_person_id,
    get_grant,
    grant_role,
    has_staff_account,
    list_grants,
    revoke_grant,
)
from app.people.one_time import FIRST_STAFF, make_link
from app.people.queries import get_person
from app.people.reading_log import note_reading
from app.people.routes import blueprint
from app.people.staff_forms import ROLE_NAMES, ROLE_WORDS, RoleForm
from app.people.staff_pages import CommunesPage, NewRolePage, PlaceChoice, RoleGivenPage, RolesPage, StaffStartPage
from app.places.memory import PrintedPlace
from app.places.queries import get_valid_place, list_communes, list_provinces, place_path, printed_place
from app.places.search import find_communes
from app.shared.errors import NotFound
from app.shared.ids import new_id, parse_id
from app.shared.transaction import commits, commits_or_shows_again
from app.shared.vietnamese import clean, fold

LONGEST_QUERY = 100
MOST_COMMUNES = 40
EVERYWHERE: tuple[UUID, ...] = ()
"""The path of no place: only who has a role everywhere has it here."""


@blueprint.get("/staff")
@requires(Permission.USE_STAFF_PAGES)
def show_staff_start() -> ResponseReturnValue:
    actor = current_actor()
    places = [printed_place(place_id) for place_id in _places_in_charge(actor) if place_id]
    page = StaffStartPage(
        name=actor.display_name,
        roles=[_role_line(grant) for grant in actor.grants if grant.role in ROLE_NAMES],
        provinces=[PlaceChoice(place.code or "", place.label) for place in places if place.kind == "province"],
        communes=[PlaceChoice(place.code or "", place.label) for place in places if place.kind == "commune"],
        may_search_communes=any(place_id is None for place_id in _places_in_charge(actor))
        or any(place.kind == "province" for place in places),
        may_give_roles=allows(actor, Permission.GRANT_ANY_ROLE),
        may_use_workshop=allows(actor, Permission.USE_WORKSHOP),
        may_set_review=allows(actor, Permission.SET_REVIEW_RULE),
    )
    return render_template("people/staff_start.html", page=page)


def _role_line(grant: Grant) -> str:
    place = printed_place(grant.place_id).label if grant.place_id else gettext("cả hệ thống")
    return f"{ROLE_NAMES[grant.role]} · {place}"


def _places_in_charge(actor: Actor) -> list[UUID | None]:
    return list(dict.fromkeys(actor.scope_of(Role.OFFICER) + actor.scope_of(Role.OPERATOR)))


@blueprint.get("/staff/communes")
@requires(Permission.MANAGE_TEAMS)
def show_communes() -> ResponseReturnValue:
    """The communes in the actor's charge; with `?q=` those of them that are meant."""
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    communes = _communes_in_charge(current_actor(), query)
    return render_template("people/communes.html", page=CommunesPage(query, communes, bool(query)))


def _communes_in_charge(actor: Actor, query: str) -> list[PlaceChoice]:
    if query:
        return [
            PlaceChoice(match.code, match.label, match.former_label or "")
            for match in find_communes(query, MOST_COMMUNES)
            if allows(actor, Permission.MANAGE_TEAMS, place_path(match.place_id))
        ]
    places: list[PrintedPlace] = []
    for place_id in _places_in_charge(actor):
        if place_id is not None:
            place = printed_place(place_id)
            places += list_communes(place.id) if place.kind == "province" else [place]
    return [PlaceChoice(place.code or "", place.label) for place in dict.fromkeys(places)]


@blueprint.get("/staff/roles")
@requires(Permission.GRANT_ANY_ROLE)
def show_roles() -> ResponseReturnValue:
    actor = current_actor()
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    page = RolesPage(
        grants=list_grants(visible_to=actor),
        role_names=ROLE_NAMES,
        query=query,
        places=_places_to_grant(actor, query) if query else [],
        is_searched=bool(query),
        may_grant_everywhere=allows(actor, Permission.GRANT_ANY_ROLE, EVERYWHERE),
    )
    note_reading("read_staff", object_kind="staff", object_id="list", place_id=None)
    return render_template("people/roles.html", page=page)


def _places_to_grant(actor: Actor, query: str) -> list[PlaceChoice]:
    provinces = [place for place in list_provinces() if fold(query) in fold(place.full_name)]
    found = [(place.id, PlaceChoice(place.code or "", place.label)) for place in provinces]
    found += [(m.place_id, PlaceChoice(m.code, m.label, m.former_label or "")) for m in find_communes(query)]
    return [choice for place_id, choice in found if allows(actor, Permission.GRANT_ANY_ROLE, place_path(place_id))]


@blueprint.get("/staff/roles/new")
@requires(Permission.GRANT_ANY_ROLE)
def ask_new_role() -> ResponseReturnValue:
    """The form for a role in the place `?place=CODE`, without it everywhere."""
    place = _place_to_grant(request.args.get("place", ""))
    return _new_role_page(place, _role_form(place))


@blueprint.post("/staff/roles/new")
@requires(Permission.GRANT_ANY_ROLE)
@commits_or_shows_again
def give_role() -> ResponseReturnValue:
    """Give the role and show the one-time link once; the same form sent again only makes the link anew."""
    actor = current_actor()
    place = _place_to_grant(request.args.get("place", ""))
    form = _role_form(place, request.form)
    if not form.validate():
        return _new_role_page(place, form), 422
    person_id = _person_for_role(form, actor)
    if person_id is None:
        form.known.errors = [gettext("Không có người này. Xem lại tên đăng nhập hoặc mã hồ sơ giúp.")]
        return _new_role_page(place, form), 422
    role = Role(form.role.data)
    grant_role(person_id=person_id, role=role, place_id=place.id if place else None, actor=actor)
    return _role_given_page(person_id, role, place, actor)


def _person_for_role(form: RoleForm, actor: Actor) -> UUID | None:
    new_person_id = parse_id(form.person_id.data)
    if form.known.data or new_person_id is None:
        return find_person_id(form.known.data or "")
    return create_staff_person(person_id=new_person_id, name=form.name.data or "", actor=actor)


def _role_given_page(person_id: UUID, role: Role, place: PrintedPlace | None, actor: Actor) -> str:
    needs_link = not has_staff_account(person_id)
    page = RoleGivenPage(
        name=get_person(person_id, visible_to=actor).name or "",
        role=str(ROLE_NAMES[role]),
        place=place.label if place else gettext("cả hệ thống"),
        link=make_link(purpose=FIRST_STAFF, person_id=person_id, actor=actor) if needs_link else None,
    )
    note_reading("read_person", object_kind="person", object_id=person_id, place_id=place.id if place else None)
    return render_template("people/role_given.html", page=page)


def _place_to_grant(code: str) -> PrintedPlace | None:
    """The place in which the actor may give roles, None for everywhere. Raises NotFound."""
    if not code:
        require_in(Permission.GRANT_ANY_ROLE, EVERYWHERE)
        return None
    place = get_valid_place(code)
    require_in(Permission.GRANT_ANY_ROLE, place_path(place.id))
    return printed_place(place.id)


def _role_form(place: PrintedPlace | None, formdata: object = None) -> RoleForm:
    form = RoleForm(formdata, data={"person_id": str(new_id())})
    roles = [role for role in ROLE_WORDS if place is not None or role != Role.OFFICER]
    form.role.choices = [choice(role.value, ROLE_WORDS[role]) for role in roles]
    return form


def _new_role_page(place: PrintedPlace | None, form: RoleForm) -> str:
    return render_template("people/new_role.html", page=NewRolePage(place, form))


@blueprint.post("/staff/roles/<uuid:grant_id>/new-link")
@requires(Permission.GRANT_ANY_ROLE)
@commits
def make_new_link(grant_id: UUID) -> ResponseReturnValue:
    """A fresh one-time link for somebody who has not set up the sign-in; the one before is dead at once."""
    actor = current_actor()
    grant = get_grant(grant_id, visible_to=actor)
    if has_staff_account(grant.person_id):
        raise NotFound
    place = printed_place(grant.place_id) if grant.place_id else None
    return _role_given_page(grant.person_id, Role(grant.role), place, actor)


@blueprint.post("/staff/roles/<uuid:grant_id>/revoke")
@requires(Permission.GRANT_ANY_ROLE)
@commits
def take_role_back(grant_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    revoke_grant(grant=get_grant(grant_id, visible_to=actor), actor=actor)
    return redirect(url_for("people.show_roles"), code=303)
