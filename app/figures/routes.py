"""`/places/<code>` for everybody, exact for officers of the place; `/figures` leads officers there."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.actor import Actor, Role
from app.access.declare import current_actor, requires
from app.access.permissions import Permission, allows
from app.figures.chooser import make_chooser
from app.figures.exact import get_exact_commune
from app.figures.exact_province import get_exact_province
from app.figures.pages import EndedPage, FiguresPage, PlaceAbout, PlacePage, PlacePath, WordLine
from app.figures.place_facts import list_former_names
from app.figures.published_part import read_published_part
from app.figures.selection import Selection, read_selection
from app.places.models import Place
from app.places.queries import EndedPlace, list_hamlets, list_provinces, place_path, printed_place, resolve_code
from app.shared.endpoints import public
from app.shared.errors import NotFound

blueprint = Blueprint("figures", __name__, template_folder="templates")


@blueprint.get("/places/<code>")
@public("the published part is for everybody; exact figures are checked in the view, per place")
def show_place(code: str) -> ResponseReturnValue:
    found = resolve_code(code)
    if isinstance(found, EndedPlace):
        return _lead_on(found)
    path, selection = place_path(found.id), read_selection(request.args)
    page = PlacePage(
        about=_about(found),
        path=path,
        published=read_published_part(found, request.args.get("month")),
        selection=selection,
        chooser=make_chooser(code, selection),
        **_exact_part(found, path, selection),
    )
    return render_template("figures/place.html", page=page)


@blueprint.get("/figures")
@requires(Permission.SEE_EXACT_FIGURES)
def choose_place() -> ResponseReturnValue:
    """Lead an officer to the place of their grant, or show the choice of several."""
    places = _places_of(current_actor())
    if not places:
        raise NotFound
    if len(places) == 1:
        return redirect(places[0].href)
    return render_template("figures/choose.html", page=FiguresPage(places))


def _exact_part(place: Place, path: PlacePath, selection: Selection) -> dict[str, Any]:
    """What of the page only officers of this place receive; empty for everybody else."""
    actor = current_actor()
    if not allows(actor, Permission.SEE_EXACT_FIGURES, path):
        return {}
    if place.kind == "commune":
        return {"commune": get_exact_commune(place, selection, visible_to=actor)}
    return {"province": get_exact_province(place, selection, visible_to=actor)}


def _lead_on(ended: EndedPlace) -> ResponseReturnValue:
    """To the one successor; else to the choice, where the default part stands first."""
    if len(ended.successors) == 1:
        return redirect(url_for("figures.show_place", code=ended.successors[0].place.code))
    return render_template("figures/ended.html", page=EndedPage(ended))


def _about(place: Place) -> PlaceAbout:
    printed = printed_place(place.id)
    is_commune = place.kind == "commune"
    return PlaceAbout(
        name=place.full_name,
        kind=place.kind,
        code=place.code or "",
        province_name=printed.province_name,
        province_code=printed_place(printed.province_id).code or "" if is_commune else "",
        legal_basis=place.legal_basis,
        former_names=list_former_names(place.id),
        hamlets=[hamlet.full_name for hamlet in list_hamlets(place.id)] if is_commune else [],
    )


def _places_of(actor: Actor) -> list[WordLine]:
    """The places of the actor's grants; every province for a grant over everything."""
    scope = set(actor.scope_of(Role.OFFICER)) | set(actor.scope_of(Role.OPERATOR))
    places = list_provinces() if None in scope else [printed_place(place_id) for place_id in scope if place_id]
    return [
        WordLine(place.label, gettext("Mở số liệu"), url_for("figures.show_place", code=place.code))
        for place in places
        if place.code
    ]
