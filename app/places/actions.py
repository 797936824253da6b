"""Writing places: the national list, an operator's corrections of it, hamlets."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.access.actor import Actor
from app.extensions import db
from app.places import files
from app.places.errors import HamletExists, HamletNameMissing, UnknownHamletType
from app.places.loading import LoadReport, succession_values, write_national_list
from app.places.memory import forget
from app.places.models import Place, PlaceSuccession
from app.places.naming import search_key
from app.places.rows import is_valid
from app.places.search_names import add_hamlet_name, rebuild_names
from app.shared.clock import today
from app.shared.errors import NotFound
from app.shared.ids import new_id
from app.shared.log import record
from app.shared.vietnamese import clean, fold

HAMLET_TYPES = (
    "thôn",
    "ấp",
    "bản",
    "khu phố",
    "tổ dân phố",
    "khóm",
    "xóm",
    "buôn",
    "làng",
    "khu",
    "tổ",
    "phum",
    "sóc",
)
LONGEST_HAMLET_NAME = 120


def load_places() -> LoadReport:
    """Bring the national list into the tables; nothing happens where this very list was loaded before.

    Hamlets, renamed places and mappings that an operator corrected stay as they are.
    """
    report = write_national_list()
    if report.written:
        record("load_places", object_kind="places", object_id="national")
        forget()
    return report


def correct_successions(path: Path) -> LoadReport:
    """Replace the mapping of the former communes named in an operator's file, after loading the list.

    Raises:
        FaultyOverrides: a line cannot be used; nothing of the file is.
    """
    report = load_places()
    former = {row["old_code"] for row in files.shipped_rows("former.csv")}
    communes = {row["code"] for row in files.shipped_rows("units.csv") if row["kind"] == "commune"}
    overrides = files.read_overrides(path, former, communes)
    written = sum(_replace_mapping(rows) for rows in overrides.values())
    if written:
        rebuild_names()
        forget()
    return replace(report, written=report.written + written)


def _replace_mapping(rows: list[files.Override]) -> int:
    """Make `rows` the whole mapping of their former commune. Returns the rows written; 0 if it is so already."""
    kind = "split" if len(rows) > 1 else "merger"
    wanted = [
        succession_values(row.old_code, row.new_code, kind=kind, is_default=row.is_default, note=row.reason)
        for row in rows
    ]
    old_id = wanted[0]["old_id"]
    table = PlaceSuccession.__table__
    known = db.session.execute(select(table).where(table.c.old_id == old_id)).mappings().all()
    is_ours = any(row["id"] not in {values["id"] for values in wanted} for row in known)
    compared = ("new_id", "is_default", "note")
    if is_ours and {tuple(row[c] for c in compared) for row in known} == {
        tuple(values[c] for c in compared) for values in wanted
    }:
        return 0
    db.session.execute(delete(PlaceSuccession).where(PlaceSuccession.old_id == old_id))
    db.session.execute(insert(PlaceSuccession), [values | {"id": new_id()} for values in wanted])
    record("correct_succession", object_kind="place", object_id=old_id, place_id=old_id)
    return len(wanted)


def add_hamlet(*, commune_id: UUID, type: str, name: str, actor: Actor) -> UUID:  # noqa: A002 -- the column's name
    """Add a hamlet under a commune of today; returns its id.

    Raises:
        NotFound: the commune does not exist or is not valid today.
        UnknownHamletType, HamletNameMissing: the printed name cannot be made of these.
        HamletExists: a hamlet of this type and name, spelled with or without marks, is there already.
    """
    type_word, name = clean(type).casefold(), _without_type_word(clean(name), clean(type))
    if type_word not in HAMLET_TYPES:
        raise UnknownHamletType
    if not search_key(name) or len(name) > LONGEST_HAMLET_NAME:
        raise HamletNameMissing
    _lock_commune(commune_id)
    same = select(Place.id).where(
        Place.parent_id == commune_id,
        Place.kind == "hamlet",
        Place.valid_to.is_(None),
        Place.type == type_word,
        Place.search_key == search_key(name),
    )
    if db.session.execute(same).first():
        raise HamletExists
    hamlet = Place(
        id=new_id(),
        kind="hamlet",
        type=type_word,
        name=name,
        parent_id=commune_id,
        search_key=search_key(name),
        valid_from=today(),
    )
    db.session.add(hamlet)
    db.session.flush()
    add_hamlet_name(hamlet)
    record(
        "add_hamlet",
        object_kind="place",
        object_id=hamlet.id,
        actor_id=actor.person_id,
        actor_role=actor.capacity,
        place_id=commune_id,
    )
    return hamlet.id


def _lock_commune(commune_id: UUID) -> None:
    """Let one person at a time add to a commune, so that no hamlet is added twice. Raises NotFound."""
    commune = select(Place.id).where(Place.id == commune_id, Place.kind == "commune", is_valid(Place.__table__))
    if db.session.execute(commune.with_for_update()).first() is None:
        raise NotFound


def _without_type_word(name: str, type_word: str) -> str:
    """The name "Thôn 3" of a thôn is stored as "3"."""
    start, rest = name[: len(type_word)], name[len(type_word) :]
    return rest.strip() if fold(start) == fold(type_word) and rest.startswith(" ") else name
