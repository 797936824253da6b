"""Where places lie and how they are printed."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import aliased

from app.places.memory import Located, PrintedPlace, memory
from app.places.models import UNKNOWN_PLACE_ID, Place
from app.places.naming import print_name, province_without_type
from app.places.rows import connection, is_valid
from app.places.successions import follow
from app.shared.errors import NotFound
from app.shared.vietnamese import sort_key

_place = Place.__table__
_parent = aliased(_place)
_grandparent = aliased(_place)


def printed_place(place_id: UUID) -> PrintedPlace:
    """A place as it is printed today. Raises NotFound."""
    return _locate(place_id).printed


def place_path(place_id: UUID) -> tuple[UUID, ...]:
    """Ids of the place itself, its parent and so on upwards. Raises NotFound."""
    return _locate(place_id).path


def province_of(commune_id: UUID) -> UUID:
    """The province in which a place lies; UNKNOWN_PLACE_ID for "chưa rõ xã". Raises NotFound."""
    return _locate(commune_id).printed.province_id


def list_provinces() -> list[PrintedPlace]:
    """The provinces valid today, as a Vietnamese dictionary sorts them."""
    known = memory()
    if not known.provinces:
        known.provinces = _list_printed(_located_rows().where(_place.c.kind == "province", is_valid(_place)))
    return list(known.provinces)


def list_communes(province_id: UUID) -> list[PrintedPlace]:
    """The communes of a province valid today, sorted by name."""
    of_province = and_(_place.c.kind == "commune", _place.c.parent_id == province_id, is_valid(_place))
    return _list_printed(_located_rows().where(of_province))


def list_hamlets(commune_id: UUID) -> list[PrintedPlace]:
    """The hamlets entered for a commune and still valid, sorted by name, numbers by their value."""
    of_commune = and_(_place.c.kind == "hamlet", _place.c.parent_id == commune_id, is_valid(_place))
    return _list_printed(_located_rows().where(of_commune))


def _located_rows() -> Select[Any]:
    """A place with its parent and grandparent."""
    return (
        select(
            _place,
            _parent.c.type.label("parent_type"),
            _parent.c.name.label("parent_name"),
            _grandparent.c.id.label("grandparent_id"),
            _grandparent.c.name.label("grandparent_name"),
        )
        .outerjoin(_parent, _parent.c.id == _place.c.parent_id)
        .outerjoin(_grandparent, _grandparent.c.id == _parent.c.parent_id)
    )


def _locate(place_id: UUID) -> Located:
    known = memory().located.get(place_id)
    if known is not None:
        return known
    row = connection().execute(_located_rows().where(_place.c.id == place_id)).one_or_none()
    if row is None:
        raise NotFound
    located = Located(_print(row), tuple(i for i in (row.id, row.parent_id, row.grandparent_id) if i))
    memory().located[place_id] = located
    return located


def _list_printed(rows: Select[Any]) -> list[PrintedPlace]:
    places = [_print(row) for row in connection().execute(rows)]
    return sorted(places, key=lambda place: (by_number(place.name), sort_key(place.type)))


def by_number(name: str) -> tuple[Any, ...]:
    """Sort key in which "Thôn 2" stands before "Thôn 10" and both before names in letters."""
    first, _, rest = name.partition(" ")
    return (0, int(first), sort_key(rest)) if first.isdecimal() else (1, 0, sort_key(name))


def _print(row: Row[Any]) -> PrintedPlace:
    if row.kind == "unknown":
        return PrintedPlace(row.id, row.kind, None, "", row.name, row.name, UNKNOWN_PLACE_ID, "")
    if row.kind == "province":
        province_id, province_name = row.id, row.name
    elif row.kind == "hamlet":
        province_id, province_name = row.grandparent_id, row.grandparent_name
    else:
        province_id, province_name = _province_of_commune(row)
    commune = print_name(row.parent_type, row.parent_name) if row.kind == "hamlet" else ""
    full_name = print_name(row.type, row.name)
    return PrintedPlace(row.id, row.kind, row.code, row.type, row.name, full_name, province_id, province_name, commune)


def _province_of_commune(row: Row[Any]) -> tuple[UUID, str]:
    """A former commune had a province that may be gone: its id is that of today, its name that of then."""
    if row.parent_id is not None:
        return row.parent_id, row.parent_name
    return province_of(follow(row.id)), province_without_type(row.former_province or "")
