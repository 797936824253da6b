"""Reading places: what a code means today, where a place lies, how it is printed, what it has become."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from app.places.errors import PlaceEnded
from app.places.located import (
    list_communes,
    list_hamlets,
    list_provinces,
    place_path,
    printed_place,
    province_of,
)
from app.places.memory import PrintedPlace, memory
from app.places.models import Place
from app.places.naming import former_label
from app.places.rows import connection, is_valid
from app.places.search import CommuneMatch, find_communes
from app.places.successions import commune_today, follow, former_places, reachable, successor_rows
from app.shared.errors import NotFound
from app.shared.vietnamese import sort_key

__all__ = [
    "CommuneMatch",
    "EndedPlace",
    "PlaceEnded",
    "PrintedPlace",
    "Successor",
    "commune_today",
    "find_communes",
    "find_ended_successors",
    "get_valid_place",
    "list_communes",
    "list_hamlets",
    "list_provinces",
    "place_path",
    "places_around",
    "printed_place",
    "province_of",
    "resolve_code",
]
_place = Place.__table__


@dataclass(frozen=True, slots=True)
class Successor:
    """A commune of today that a former one became, or became part of."""

    place: PrintedPlace
    is_default: bool
    """Of several, the part that is meant when the hamlet is not known."""


@dataclass(frozen=True, slots=True)
class EndedPlace:
    """A place that is no longer valid."""

    id: UUID
    label: str
    """As printed then: "Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng"."""
    successors: tuple[Successor, ...]
    """Today's communes, the default first. Never empty."""


def get_valid_place(code: str) -> Place:
    """The province or commune that the code means today, as a copy outside any session.

    Raises:
        PlaceEnded: the code belonged to a commune that has become another one.
        NotFound: no place ever had this code.
    """
    found = resolve_code(code)
    if isinstance(found, EndedPlace):
        raise PlaceEnded(found)
    return found


def resolve_code(code: str) -> Place | EndedPlace:
    """What a code leads to: the place valid today, or the ended commune with what it became.

    Raises:
        NotFound: no place ever had this code.
    """
    if not (code.isascii() and code.isdecimal() and len(code) <= 5):
        raise NotFound
    valid = connection().execute(select(_place).where(_place.c.code == code, is_valid(_place))).first()
    if valid is not None:
        return Place(**valid._mapping)
    ended = (
        connection()
        .execute(select(_place).where(_place.c.code == code).order_by(_place.c.valid_to.desc()).limit(1))
        .first()
    )
    if ended is None:
        raise NotFound
    return _get_ended(ended)


def places_around(commune_id: UUID) -> frozenset[UUID]:
    """What is there where the commune is or was: today's commune, all that became it, and what lies above them.

    Raises:
        NotFound: there is no such place.
    """
    kept = memory().around
    if commune_id not in kept:
        today_id = follow(commune_id)
        kept[commune_id] = frozenset({*place_path(commune_id), *place_path(today_id), *former_places(today_id)})
    return kept[commune_id]


def find_ended_successors(place_id: UUID) -> tuple[Successor, ...]:
    """Today's communes that a place led to, the default first; empty for a valid place."""
    default = follow(place_id)
    last = [reached for reached in reachable(place_id) if not successor_rows(reached)]
    places = [printed_place(reached) for reached in last if reached != place_id]
    places.sort(key=lambda place: (place.id != default, sort_key(place.name)))
    return tuple(Successor(place, is_default=place.id == default) for place in places)


def _get_ended(row: Row[Any]) -> EndedPlace:
    successors = find_ended_successors(row.id)
    if not successors:
        raise NotFound
    return EndedPlace(row.id, former_label(row.type, row.name, row.former_district, row.former_province), successors)
