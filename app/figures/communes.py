"""Which communes stand in a province's comparison."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select

from app.figures.counts import count_completions_by_place
from app.places.models import Place
from app.places.naming import print_name
from app.places.rows import is_valid
from app.progress.periods import Period
from app.shared.database import reader
from app.shared.vietnamese import sort_key

_place = Place.__table__
_name_key = lru_cache(maxsize=8192)(sort_key)


@dataclass(frozen=True, slots=True)
class ComparedCommune:
    id: UUID
    code: str
    full_name: str
    is_valid: bool
    """False for a commune that has ended since and still counts on the map of then."""


def list_communes_with_figures(province_id: UUID, basis: str, period: Period) -> list[ComparedCommune]:
    """The province's communes of today, and former ones that count something in the period; by name."""
    query = select(_place.c.id, _place.c.code, _place.c.type, _place.c.name, is_valid(_place).label("is_valid")).where(
        _place.c.parent_id == province_id, _place.c.kind == "commune"
    )
    found = [
        ComparedCommune(row.id, row.code, print_name(row.type, row.name), bool(row.is_valid))
        for row in reader().execute(query)
    ]
    ended = [commune.id for commune in found if not commune.is_valid]
    counted = count_completions_by_place(basis, ended, period) if ended else {}
    kept = [commune for commune in found if commune.is_valid or counted.get(commune.id)]
    return sorted(kept, key=lambda commune: _name_key(commune.full_name))
