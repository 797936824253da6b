"""Writing the national list into the tables: inserts what is missing, corrects what a new release corrects.

It never touches hamlets, nor a place that was renamed or a mapping that an operator entered. Rows of the list are
known by their ids, which follow from their codes; places are never deleted.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update

from app.extensions import db
from app.places import files
from app.places.models import (
    UNKNOWN_PLACE_ID,
    Place,
    PlaceList,
    PlaceName,
    PlaceSuccession,
    former_commune_id,
    national_place_id,
    national_succession_id,
)
from app.places.naming import search_key
from app.places.rows import in_parts, insert_missing
from app.places.search_names import rebuild_names
from app.shared.clock import now
from app.shared.database import upsert

FIRST_DAY = date(2025, 7, 1)
LAST_DAY_BEFORE = date(2025, 6, 30)
LAYOUT = 1
"""Raised when the same files are to be laid out otherwise, so that they are loaded again."""
CORRECTED_COLUMNS = (
    "type",
    "name",
    "parent_id",
    "former_district",
    "former_province",
    "search_key",
    "legal_basis",
)
PLACE_COLUMNS = ("id", "kind", "code", *CORRECTED_COLUMNS, "valid_from", "valid_to")

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What the tables hold after loading, and what was written."""

    provinces: int
    communes: int
    former_communes: int
    successions: int
    written: int
    """Rows inserted, corrected or removed; 0 when everything was there."""


def write_national_list() -> LoadReport:
    """Bring the tables to the state of the shipped files, within the caller's transaction.

    Two nodes that start at once take turns: the second finds everything there.
    """
    digest = _digest()
    if _loaded_digest() != digest:
        _take_turn()
        if _loaded_digest() != digest:
            written = _write_places(_national_places()) + _write_successions(_national_successions())
            rebuild_names()
            db.session.execute(update(PlaceList).values(digest=digest, loaded_at=now()))
            return _count(written)
    return _count(0)


def _digest() -> str:
    return hashlib.sha256(f"{LAYOUT}:{files.shipped_digest()}".encode()).hexdigest()


def _loaded_digest() -> str | None:
    return db.session.execute(select(PlaceList.digest)).scalar_one_or_none()


def _take_turn() -> None:
    """Hold the list's only row until the transaction ends."""
    row = {"id": 1, "digest": "", "loaded_at": now()}
    statement = upsert(PlaceList).values(row)
    db.session.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"id": 1}))


def _national_places() -> list[Values]:
    unknown = _values(id=UNKNOWN_PLACE_ID, kind="unknown", type="", name="Chưa rõ xã")
    units = files.shipped_rows("units.csv")
    former = {row["old_code"]: row for row in files.shipped_rows("former.csv")}
    return [unknown, *map(_unit_values, units), *map(_former_values, former.values())]


def _unit_values(row: files.Row) -> Values:
    parent = row["parent_code"]
    return _values(
        id=national_place_id(row["kind"], row["code"], row["valid_from"]),
        kind=row["kind"],
        code=row["code"],
        type=row["type"],
        name=row["name"],
        parent_id=national_place_id("province", parent, row["valid_from"]) if parent else None,
        valid_from=date.fromisoformat(row["valid_from"]),
        legal_basis=row["legal_basis"],
    )


def _former_values(row: files.Row) -> Values:
    return _values(
        id=former_commune_id(row["old_code"]),
        kind="commune",
        code=row["old_code"],
        type=row["old_type"],
        name=row["old_name"],
        former_district=row["former_district"],
        former_province=row["former_province"],
        valid_to=LAST_DAY_BEFORE,
    )


def _values(**given: Any) -> Values:
    return dict.fromkeys(PLACE_COLUMNS) | given | {"search_key": search_key(given["name"])}


def _write_places(places: list[Values]) -> int:
    """Insert the places that are missing and correct those that differ; returns how many."""
    columns = [Place.__table__.c[name] for name in ("id", *CORRECTED_COLUMNS)]
    known = {row.id: tuple(row[1:]) for row in db.session.execute(select(*columns))}
    renamed = set(db.session.scalars(select(PlaceName.place_id)))
    missing = [place for place in places if place["id"] not in known]
    differing = [
        place
        for place in places
        if place["id"] in known
        and place["id"] not in renamed
        and known[place["id"]] != tuple(place[name] for name in CORRECTED_COLUMNS)
    ]
    insert_missing(Place, missing)
    for place in differing:
        correction = {name: place[name] for name in CORRECTED_COLUMNS}
        db.session.execute(update(Place).where(Place.id == place["id"]).values(correction))
    return len(missing) + len(differing)


def _national_successions() -> list[Values]:
    reasons = files.shipped_reasons()
    bases = {row["code"]: row["legal_basis"] for row in files.shipped_rows("units.csv") if row["kind"] == "commune"}
    return [
        succession_values(
            row["old_code"],
            row["new_code"],
            kind=row["kind"],
            is_default=row["is_default"] == "1",
            note=reasons.get(row["old_code"]),
        )
        | {"legal_basis": bases[row["new_code"]]}
        for row in files.shipped_rows("former.csv")
    ]


def succession_values(old_code: str, new_code: str, *, kind: str, is_default: bool, note: str | None) -> Values:
    """The row that leads from a commune of 30 June 2025 to one of the day after."""
    old_id = former_commune_id(old_code)
    new_id = national_place_id("commune", new_code, FIRST_DAY.isoformat())
    return {
        "id": national_succession_id(old_id, new_id),
        "old_id": old_id,
        "new_id": new_id,
        "kind": kind,
        "is_default": is_default,
        "on_date": FIRST_DAY,
        "legal_basis": None,
        "note": note,
    }


def _write_successions(wanted: list[Values]) -> int:
    """Make the list's successions as wanted, leaving out former communes that an operator has mapped."""
    table = PlaceSuccession.__table__
    national = db.session.execute(select(table).where(table.c.on_date == FIRST_DAY)).mappings().all()
    known = {row["id"]: dict(row) for row in national}
    by_operator = {
        row["old_id"] for row in known.values() if row["id"] != national_succession_id(row["old_id"], row["new_id"])
    }
    now_wanted = {row["id"]: row for row in wanted if row["old_id"] not in by_operator}
    stale = [
        row_id for row_id, row in known.items() if row["old_id"] not in by_operator and now_wanted.get(row_id) != row
    ]
    for part in in_parts(stale):
        db.session.execute(delete(PlaceSuccession).where(PlaceSuccession.id.in_(part)))
    kept = known.keys() - set(stale)
    missing = [row for row_id, row in now_wanted.items() if row_id not in kept]
    insert_missing(PlaceSuccession, missing)
    return len(stale) + len(missing)


def _count(written: int) -> LoadReport:
    table = Place.__table__
    is_former = table.c.valid_to.is_not(None)
    rows = db.session.execute(
        select(table.c.kind, is_former.label("is_former"), func.count().label("places")).group_by(
            table.c.kind, is_former
        )
    )
    counts = {(row.kind, bool(row.is_former)): row.places for row in rows}
    return LoadReport(
        provinces=counts.get(("province", False), 0),
        communes=counts.get(("commune", False), 0),
        former_communes=counts.get(("commune", True), 0),
        successions=db.session.execute(select(func.count()).select_from(PlaceSuccession)).scalar_one(),
        written=written,
    )
