"""Places in which the actor may do something, found by name: an officer of a province has a hundred and more."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.places.queries import (
    find_communes,
    find_ended_successors,
    list_communes,
    list_provinces,
    place_path,
    printed_place,
)
from app.shared.vietnamese import fold

LONGEST_QUERY = 100
MOST_SHOWN = 20
MOST_LOOKED_AT = 200
"""Communes of the whole country that a name may mean, before those of other places are left out."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    id: UUID
    code: str
    label: str
    line: str = ""
    """The former name under which it was found."""


def own_places(actor: Actor, permission: Permission) -> list[UUID | None]:
    """The places of the actor's own grants in which they have the permission; None is everywhere."""
    held = dict.fromkeys(grant.place_id for grant in actor.grants)
    return [place_id for place_id in held if allows(actor, permission, place_path(place_id) if place_id else ())]


def find_places_in_charge(actor: Actor, permission: Permission, query: str) -> list[FoundPlace]:
    """Provinces and communes of today that the words may mean and in which the actor has the permission."""
    found: dict[UUID, FoundPlace] = {}
    for place in _meant(actor, permission, query):
        if allows(actor, permission, place_path(place.id)):
            found.setdefault(place.id, place)
    return list(found.values())[:MOST_SHOWN]


def _meant(actor: Actor, permission: Permission, query: str) -> Iterator[FoundPlace]:
    """Own communes by the words of their present name first: no province elsewhere crowds them out."""
    words = fold(query).split()
    if not words:
        return
    provinces = list_provinces()
    in_charge = {place.id for place in provinces}.intersection(own_places(actor, permission))
    communes = [place for province_id in in_charge for place in list_communes(province_id)]
    for place in [*provinces, *communes]:
        if all(f" {word}" in f" {fold(place.full_name)}" for word in words):
            yield FoundPlace(place.id, place.code or "", place.label)
    for match in find_communes(query, MOST_LOOKED_AT):
        yield FoundPlace(match.place_id, match.code, match.label, match.former_label or "")


def is_ended(place_id: UUID | None) -> bool:
    """Whether the place has become another one."""
    return place_id is not None and bool(find_ended_successors(place_id))


def what_became_of(place_id: UUID) -> str:
    """The places of today, as a sentence lists them; empty for a valid one."""
    return ", ".join(successor.place.label for successor in find_ended_successors(place_id))


def own_choices(actor: Actor, permission: Permission) -> list[FoundPlace]:
    """The valid places of the actor's own grants."""
    held = [place_id for place_id in own_places(actor, permission) if place_id and not is_ended(place_id)]
    places = [printed_place(place_id) for place_id in held]
    return [FoundPlace(place.id, place.code or "", place.label) for place in places]
