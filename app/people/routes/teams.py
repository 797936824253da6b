"""Staff pages about the teams of one commune: teams and hamlets, members, cards to print."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.access.declare import current_actor, require_in, requires
from app.access.permissions import Permission
from app.people.cards import issue_card
from app.people.fields import choice, read_birth_year, read_phone
from app.people.models import Team, TeamMembership
from app.people.one_time import make_first_pin_code
from app.people.queries import get_person
from app.people.reading_log import note_reading
from app.people.residents import MOST_FOUND, find_residents_for_team, get_resident_for_team
from app.people.routes import blueprint
from app.people.staff_forms import WHOLE_COMMUNE, HamletForm, MemberForm, TeamForm
from app.people.staff_pages import CardPage, FindMemberPage, NewMemberPage, TeamPage, TeamsPage
from app.people.teams import (
    NewMember,
    add_new_member,
    create_team,
    end_membership,
    get_membership,
    get_team,
    join_team,
    list_members,
    list_teams,
)
from app.people.typed_codes import spaced
from app.places.actions import add_hamlet
from app.places.errors import HamletExists, HamletNameMissing, UnknownHamletType
from app.places.memory import PrintedPlace
from app.places.queries import get_valid_place, list_hamlets, place_path, printed_place
from app.shared.errors import NotFound
from app.shared.ids import new_id, parse_id
from app.shared.transaction import commits, commits_or_shows_again
from app.shared.vietnamese import clean

LONGEST_QUERY = 100
TEAM = "/staff/teams/<uuid:team_id>"
MEMBERSHIP = "/staff/memberships/<uuid:membership_id>"


def commune_in_charge(code: str, permission: Permission) -> PrintedPlace:
    """The commune of today with this code, if the actor has the permission there. Raises NotFound."""
    place = get_valid_place(code)
    if place.kind != "commune":
        raise NotFound
    require_in(permission, place_path(place.id))
    return printed_place(place.id)


@blueprint.get("/staff/communes/<code>/teams")
@requires(Permission.MANAGE_TEAMS)
def show_teams(code: str) -> ResponseReturnValue:
    return _teams_page(commune_in_charge(code, Permission.MANAGE_TEAMS))


@blueprint.post("/staff/communes/<code>/teams")
@requires(Permission.MANAGE_TEAMS)
@commits_or_shows_again
def found_team(code: str) -> ResponseReturnValue:
    commune = commune_in_charge(code, Permission.MANAGE_TEAMS)
    form = TeamForm(request.form)
    form.hamlet.choices = _team_places(commune)
    if not form.validate():
        return _teams_page(commune, team_form=form), 422
    team = create_team(
        commune_id=commune.id, hamlet_id=parse_id(form.hamlet.data), name=form.name.data or "", actor=current_actor()
    )
    return redirect(url_for("people.show_team", team_id=team.id), code=303)


@blueprint.post("/staff/communes/<code>/hamlets")
@requires(Permission.ADD_HAMLETS)
@commits_or_shows_again
def enter_hamlet(code: str) -> ResponseReturnValue:
    commune = commune_in_charge(code, Permission.ADD_HAMLETS)
    form = HamletForm(request.form)
    if not form.validate():
        return _teams_page(commune, hamlet_form=form), 422
    try:
        add_hamlet(commune_id=commune.id, type=form.type.data, name=form.hamlet_name.data or "", actor=current_actor())
    except (HamletExists, HamletNameMissing, UnknownHamletType) as refusal:
        form.hamlet_name.errors = [refusal.message]
        return _teams_page(commune, hamlet_form=form), 422
    return redirect(url_for("people.show_teams", code=code, _anchor="hamlets"), code=303)


def _teams_page(
    commune: PrintedPlace, *, team_form: TeamForm | None = None, hamlet_form: HamletForm | None = None
) -> str:
    if team_form is None:
        team_form = TeamForm()
        team_form.hamlet.choices = _team_places(commune)
    page = TeamsPage(
        commune=commune,
        teams=list_teams(commune.id, visible_to=current_actor()),
        hamlets=list_hamlets(commune.id),
        team_form=team_form,
        hamlet_form=hamlet_form or HamletForm(),
    )
    return render_template("people/teams.html", page=page)


def _team_places(commune: PrintedPlace) -> list[Any]:
    whole = choice(WHOLE_COMMUNE, gettext("cả %(commune)s", commune=commune.full_name))
    return [whole, *(choice(str(hamlet.id), hamlet.full_name) for hamlet in list_hamlets(commune.id))]


@blueprint.get(TEAM)
@requires(Permission.SEE_PEOPLE)
def show_team(team_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    team = get_team(team_id, visible_to=actor)
    page = TeamPage(
        id=team.id,
        name=team.name,
        commune=printed_place(team.commune_id),
        hamlet_name=printed_place(team.hamlet_id).full_name if team.hamlet_id else None,
        members=list_members(team.id, visible_to=actor),
    )
    note_reading("read_team_members", object_kind="team", object_id=team.id, place_id=team.commune_id)
    return render_template("people/team.html", page=page)


@blueprint.get(f"{TEAM}/add-member")
@requires(Permission.MANAGE_TEAMS)
def ask_new_member(team_id: UUID) -> ResponseReturnValue:
    team = get_team(team_id, visible_to=current_actor())
    return _new_member_page(team, MemberForm(data={"person_id": str(new_id())}))


@blueprint.post(f"{TEAM}/add-member")
@requires(Permission.MANAGE_TEAMS)
@commits_or_shows_again
def take_new_member(team_id: UUID) -> ResponseReturnValue:
    """Make the person and show the card once; the same form sent again only makes the card anew."""
    actor = current_actor()
    team = get_team(team_id, visible_to=actor)
    form = MemberForm(request.form)
    person_id = parse_id(form.person_id.data)
    if not form.validate() or person_id is None:
        return _new_member_page(team, form), 422
    member = NewMember(person_id, form.name.data, read_phone(form.phone), read_birth_year(form.birth_year))
    add_new_member(team=team, member=member, is_leader=form.is_leader.data, actor=actor)
    return _card_page(team, person_id, actor)


def _new_member_page(team: Team, form: MemberForm) -> str:
    return render_template("people/add_member.html", page=NewMemberPage(team.id, team.name, form))


@blueprint.get(f"{TEAM}/find-member")
@requires(Permission.MANAGE_TEAMS)
def find_member(team_id: UUID) -> ResponseReturnValue:
    """Look for somebody who has registered already, so that nobody is entered twice."""
    actor = current_actor()
    team = get_team(team_id, visible_to=actor)
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    residents = find_residents_for_team(team, query, visible_to=actor)
    commune = printed_place(team.commune_id)
    page = FindMemberPage(team.id, team.name, commune, query, residents, len(residents) == MOST_FOUND)
    if query:
        note_reading("find_resident", object_kind="team", object_id=team.id, place_id=team.commune_id)
    return render_template("people/find_member.html", page=page)


@blueprint.post(f"{TEAM}/take-resident")
@requires(Permission.MANAGE_TEAMS)
@commits
def take_resident(team_id: UUID) -> ResponseReturnValue:
    """Take somebody who has registered into the team."""
    actor = current_actor()
    team = get_team(team_id, visible_to=actor)
    person_id = parse_id(request.form.get("person_id"))
    if person_id is None:
        raise NotFound
    person = get_resident_for_team(team, person_id, visible_to=actor)
    join_team(team=team, person_id=person.id, is_leader=False, actor=actor)
    return _back_to(team)


@blueprint.post(f"{MEMBERSHIP}/new-card")
@requires(Permission.MANAGE_TEAMS)
@commits
def make_new_card(membership_id: UUID) -> ResponseReturnValue:
    """Issue a new card and a new one-time code; those before are dead at once."""
    actor = current_actor()
    membership, team = _membership_in_charge(membership_id, actor)
    return _card_page(team, membership.person_id, actor)


def _card_page(team: Team, person_id: UUID, actor: Actor) -> str:
    card = issue_card(person_id=person_id, actor=actor)
    person = get_person(person_id, visible_to=actor)
    page = CardPage(
        team_id=team.id,
        team_name=team.name,
        place=printed_place(team.hamlet_id or team.commune_id).label,
        name=person.name or "",
        qr_svg=card.qr_svg,
        typed_code=card.typed_code,
        first_code=spaced(make_first_pin_code(person_id=person_id, actor=actor)),
        valid_until=card.valid_until,
    )
    return render_template("people/card_to_print.html", page=page)


@blueprint.post(f"{MEMBERSHIP}/leader")
@requires(Permission.MANAGE_TEAMS)
@commits
def change_leader(membership_id: UUID) -> ResponseReturnValue:
    """Make a member leader (`lead=yes`) or an ordinary member again."""
    actor = current_actor()
    membership, team = _membership_in_charge(membership_id, actor)
    join_team(team=team, person_id=membership.person_id, is_leader=request.form.get("lead") == "yes", actor=actor)
    return _back_to(team)


@blueprint.post(f"{MEMBERSHIP}/end")
@requires(Permission.MANAGE_TEAMS)
@commits
def take_out_of_team(membership_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    membership, team = _membership_in_charge(membership_id, actor)
    end_membership(membership=membership, actor=actor)
    return _back_to(team)


def _membership_in_charge(membership_id: UUID, actor: Actor) -> tuple[TeamMembership, Team]:
    membership = get_membership(membership_id, visible_to=actor)
    return membership, get_team(membership.team_id, visible_to=actor)


def _back_to(team: Team) -> Response:
    return redirect(url_for("people.show_team", team_id=team.id), code=303)
