"""What places became: following successions to a place that is valid today."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.places.models import Place, PlaceSuccession
from app.places.rows import connection
from app.shared.clock import today

_place = Place.__table__
_succession = PlaceSuccession.__table__
_LONGEST_CHAIN = 50
"""Successions followed at most; the data cannot hold a longer chain, only a faulty circle."""


def commune_today(commune_id: UUID, hamlet_id: UUID | None = None) -> UUID:
    """Today's commune for the commune of an earlier day; the same one while it is valid.

    Of the parts of a split commune the hamlet's commune is taken where the hamlet is known, else the default part.
    Sees the successions of the running transaction.
    """
    home = _parent_of(follow(hamlet_id)) if hamlet_id else None
    if home is not None and home in reachable(commune_id):
        return follow(home)
    return follow(commune_id)


def _parent_of(place_id: UUID) -> UUID | None:
    found: UUID | None = (
        connection().execute(select(_place.c.parent_id).where(_place.c.id == place_id)).scalar_one_or_none()
    )
    return found


def successor_rows(place_id: UUID) -> Sequence[Any]:
    """Successions of a place that is no longer valid; none for a valid one."""
    return (
        connection()
        .execute(
            select(_succession.c.new_id, _succession.c.is_default)
            .join(_place, _place.c.id == _succession.c.old_id)
            .where(_succession.c.old_id == place_id, _place.c.valid_to < today())
            .order_by(_succession.c.is_default.desc(), _succession.c.new_id)
        )
        .all()
    )


def follow(place_id: UUID) -> UUID:
    """The default successor of the default successor … up to a place that is valid."""
    for _ in range(_LONGEST_CHAIN):
        rows = successor_rows(place_id)
        if not rows:
            break
        place_id = rows[0].new_id
    return place_id


def reachable(place_id: UUID) -> set[UUID]:
    """The place and everything it became (a part of)."""
    reached: set[UUID] = set()
    waiting = [place_id]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting.extend(row.new_id for row in successor_rows(current))
    return reached


def former_places(place_id: UUID) -> set[UUID]:
    """Every place that has become this one, or a part of it."""
    former: set[UUID] = set()
    waiting = {place_id}
    while waiting:
        ended = (
            select(_succession.c.old_id)
            .join(_place, _place.c.id == _succession.c.old_id)
            .where(_succession.c.new_id.in_(waiting), _place.c.valid_to < today())
        )
        waiting = set(connection().execute(ended).scalars()) - former
        former |= waiting
    return former
