"""GET /api/v1/places?q= and /places/{code}: the map of today, found by any spelling and by old names."""

from dataclasses import asdict
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.api.answers import BadParameter, absolute, blueprint, json_answer, page_of
from app.figures.place_facts import list_former_names
from app.places.memory import PrintedPlace
from app.places.models import Place
from app.places.queries import (
    EndedPlace,
    list_communes,
    list_hamlets,
    list_provinces,
    printed_place,
    resolve_code,
)
from app.places.search import CommuneMatch, find_communes
from app.shared.endpoints import public
from app.shared.vietnamese import clean
from app.ui.problems import problem_details

LONGEST_QUERY = 100
MOST_MATCHES = 20


@blueprint.get("/places")
@public("the administrative map is public")
def list_places() -> ResponseReturnValue:
    """With `q`, the communes that it may mean, best first; without, provinces and communes of today by code."""
    query = clean(request.args.get("q", ""))
    if len(query) > LONGEST_QUERY:
        raise BadParameter(gettext("q dài nhất %(most)s chữ.", most=LONGEST_QUERY))
    if query:
        matches = [_match(match) for match in find_communes(query, limit=MOST_MATCHES)]
        return json_answer({"places": matches, "next": None})
    page, following = page_of(_whole_map(), key=lambda place: f"{place.code:0>5}/{place.kind}")
    return json_answer({"places": [_head(place) for place in page], "next": following})


@blueprint.get("/places/<code>")
@public("the administrative map is public")
def show_place(code: str) -> ResponseReturnValue:
    place = place_or_answer(code, "api.show_place")
    if not isinstance(place, Place):
        return place
    body = {
        **_head(printed_place(place.id)),
        "valid_from": place.valid_from.isoformat() if place.valid_from else None,
        "legal_basis": place.legal_basis,
        "former_names": [asdict(former) for former in list_former_names(place.id)],
        "hamlets": [hamlet.full_name for hamlet in list_hamlets(place.id)] if place.kind == "commune" else [],
        "figures": absolute(url_for("api.show_figures", code=place.code)),
    }
    return json_answer(body)


def place_or_answer(code: str, endpoint: str) -> Place | Response:
    """The place of today, or the answer that leads on from an ended code: to its successor, or the choice of them."""
    found = resolve_code(code)
    if not isinstance(found, EndedPlace):
        return found
    if len(found.successors) == 1:
        return redirect(url_for(endpoint, code=found.successors[0].place.code), code=308)  # type: ignore[return-value]
    return _choice(found)


def _choice(ended: EndedPlace) -> Response:
    parts = [{**_head(part.place), "is_default": part.is_default} for part in ended.successors]
    return problem_details(410, gettext("%(place)s đã chia về nhiều xã, phường.", place=ended.label), successors=parts)


def _whole_map() -> list[PrintedPlace]:
    provinces = list_provinces()
    places = provinces + [commune for province in provinces for commune in list_communes(province.id)]
    return sorted(places, key=lambda place: f"{place.code:0>5}/{place.kind}")


def _head(place: PrintedPlace) -> dict[str, Any]:
    return {
        "code": place.code,
        "kind": place.kind,
        "type": place.type,
        "name": place.name,
        "full_name": place.full_name,
        "province": place.province_name,
        "page": absolute(f"/places/{place.code}"),
        "self": absolute(url_for("api.show_place", code=place.code)),
    }


def _match(match: CommuneMatch) -> dict[str, Any]:
    return {
        **_head(printed_place(match.place_id)),
        "former_name": match.former_label,
        "is_default_part": match.is_default_part,
    }
