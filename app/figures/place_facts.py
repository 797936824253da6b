"""What a place page says besides figures: the former names that became this place."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.places.models import Place, PlaceName, PlaceSuccession
from app.places.naming import former_label, print_name
from app.shared.database import reader
from app.shared.vietnamese import sort_key

_place = Place.__table__
_name = PlaceName.__table__
_succession = PlaceSuccession.__table__


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name under which (part of) this place was known."""

    label: str
    """"Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng"; for a place renamed, the earlier name alone."""
    is_part: bool
    """Whether only a part of that former commune lies here."""
    legal_basis: str | None


def list_former_names(place_id: UUID) -> list[FormerName]:
    """Former communes that became this place, and its own earlier names, in the order of a Vietnamese dictionary."""
    found = _former_communes(place_id) + _earlier_names(place_id)
    return sorted(found, key=lambda former: sort_key(former.label))


def _former_communes(place_id: UUID) -> list[FormerName]:
    parts = aliased(_succession)
    heirs = select(func.count()).where(parts.c.old_id == _succession.c.old_id).scalar_subquery()
    query = (
        select(_place, _succession.c.legal_basis.label("basis"), heirs.label("heirs"))
        .join(_succession, _succession.c.old_id == _place.c.id)
        .where(_succession.c.new_id == place_id)
    )
    found = []
    for row in reader().execute(query):
        label = former_label(row.type, row.name, row.former_district, row.former_province)
        found.append(FormerName(label, row.heirs > 1, row.basis))
    return found


def _earlier_names(place_id: UUID) -> list[FormerName]:
    query = select(_name).where(_name.c.place_id == place_id)
    return [FormerName(print_name(row.type, row.name), False, row.legal_basis) for row in reader().execute(query)]
