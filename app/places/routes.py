"""`/places`: find a commune by any name, or choose a province. A place's own page is in `figures`."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.places.memory import PrintedPlace
from app.places.naming import search_key
from app.places.pages import FindPlacePage
from app.places.queries import find_communes, list_provinces
from app.places.search_words import LONGEST_TEXT, read_query
from app.shared.endpoints import public
from app.shared.vietnamese import clean

MOST_SHOWN = 10
blueprint = Blueprint("places", __name__, template_folder="templates")


@blueprint.get("/places")
@public("the administrative map is public")
def find_place() -> ResponseReturnValue:
    query = clean(request.args.get("q", ""))[:LONGEST_TEXT]
    provinces = list_provinces()
    communes = find_communes(query, MOST_SHOWN)
    page = FindPlacePage(
        query=query,
        provinces_found=_named(provinces, query),
        communes_found=communes,
        may_be_more=len(communes) >= MOST_SHOWN,
        provinces=provinces,
    )
    return render_template("places/find.html", page=page)


def _named(provinces: list[PrintedPlace], query: str) -> list[PrintedPlace]:
    """The provinces of this very name, with or without "tỉnh" or "thành phố"."""
    typed = " ".join(word.key for word in read_query(query) if not word.type)
    return [place for place in provinces if search_key(place.name) == typed]
