"""Laying out the names under which communes are looked for: of today, of before, and of hamlets.

The rows of `findable_name` follow from the other tables. They are written with every change of these, so that a
search is one query and a worker keeps nothing in memory.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from app.extensions import db
from app.places.models import FindableName, Place, PlaceName, PlaceSuccession
from app.places.naming import (
    district_without_type,
    former_label,
    province_without_type,
    search_key,
)
from app.places.rows import insert_missing
from app.shared.clock import today
from app.shared.ids import new_id
from app.shared.vietnamese import sort_key

TODAY, FORMER, HAMLET = "today", "former", "hamlet"
MOST_NAMES = 16_384
"""Different names remembered while laying out: the same come again and again."""
Values = dict[str, Any]
Targets = dict[UUID, tuple[UUID, ...]]
"""Place → the communes of today to which it leads, the default part first."""


def rebuild_names() -> None:
    """Write all names anew, within the caller's transaction."""
    rows = {row.id: row for row in db.session.execute(select(Place.__table__))}
    valid = {row.id for row in rows.values() if row.kind == "commune" and _is_valid(row)}
    targets = _read_targets(rows, valid)
    names = [*_names_of_today(rows, valid, targets), *_former_names(rows, targets), *_earlier_names(rows, valid)]
    contexts = _contexts_of_hamlets(names)
    hamlets = (row for row in rows.values() if row.kind == "hamlet" and _is_valid(row) and row.parent_id in valid)
    names += [_hamlet_name(row, contexts[row.parent_id]) for row in hamlets]
    db.session.execute(delete(FindableName))
    insert_missing(FindableName, names)
    _folded.cache_clear()
    _sort_as.cache_clear()


def add_hamlet_name(hamlet: Any) -> None:
    """Make a new hamlet findable, by the names of its commune today and before."""
    leads_here = FindableName.leads_to.contains(f" {hamlet.parent_id.hex} ")
    names = db.session.execute(
        select(FindableName.words, FindableName.printed).where(leads_here, FindableName.kind != HAMLET)
    )
    insert_missing(FindableName, [_hamlet_name(hamlet, [(row.words, row.printed) for row in names])])


def _is_valid(row: Any) -> bool:
    day = today()
    return (row.valid_to is None or row.valid_to >= day) and (row.valid_from is None or row.valid_from <= day)


def _read_targets(rows: dict[UUID, Any], valid: set[UUID]) -> Targets:
    """Follow the successions of every place over any number of steps."""
    by_default_first = select(PlaceSuccession.old_id, PlaceSuccession.new_id).order_by(
        PlaceSuccession.is_default.desc(), PlaceSuccession.new_id
    )
    steps: dict[UUID, list[UUID]] = defaultdict(list)
    for old_id, next_id in db.session.execute(by_default_first):
        steps[old_id].append(next_id)

    def walk(place_id: UUID, seen: frozenset[UUID]) -> Iterator[UUID]:
        if place_id in valid:
            yield place_id
        elif place_id not in seen:
            for step in steps.get(place_id, ()):
                yield from walk(step, seen | {place_id})

    found = {}
    for place_id in list(steps):
        ends = [] if place_id in valid else list(dict.fromkeys(walk(place_id, frozenset())))
        if ends:
            found[place_id] = (ends[0], *sorted(ends[1:], key=lambda end: _sort_as(rows[end].name)))
    return found


def _names_of_today(rows: dict[UUID, Any], valid: set[UUID], targets: Targets) -> Iterator[Values]:
    """Today's names, with the districts and provinces from which their parts came: people still say these."""
    came_from: dict[UUID, dict[str, None]] = defaultdict(dict)
    for place_id, leads_to in targets.items():
        for target in leads_to:
            came_from[target] |= dict.fromkeys(_former_context(rows[place_id]))
    for place_id in valid:
        row = rows[place_id]
        context = dict.fromkeys([rows[row.parent_id].name, *came_from[place_id]])
        yield _name(row, TODAY, " ".join(context), (place_id,))


def _former_names(rows: dict[UUID, Any], targets: Targets) -> Iterator[Values]:
    for place_id, leads_to in targets.items():
        row = rows[place_id]
        province = row.former_province or (rows[row.parent_id].name if row.parent_id else "")
        label = former_label(row.type, row.name, row.former_district, province)
        context = " ".join(_former_context(row)) or province
        yield _name(row, FORMER, context, leads_to, label=label)


def _former_context(row: Any) -> tuple[str, ...]:
    context = (district_without_type(row.former_district or ""), province_without_type(row.former_province or ""))
    return tuple(part for part in context if part)


def _earlier_names(rows: dict[UUID, Any], valid: set[UUID]) -> Iterator[Values]:
    """Names that communes of today had before they were renamed."""
    for earlier in db.session.execute(select(PlaceName.__table__)):
        if earlier.place_id in valid:
            row = rows[earlier.place_id]
            province = rows[row.parent_id].name
            label = former_label(earlier.type, earlier.name, None, province)
            yield _name(earlier, FORMER, province, (row.id,), label=label, place=row)


def _contexts_of_hamlets(names: list[Values]) -> dict[UUID, list[tuple[str, str]]]:
    """Commune of today → words and print of every name that leads to it."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        for target in name["leads_to"].split():
            found[UUID(target)].append((name["words"], name["printed"]))
    return found


def _hamlet_name(hamlet: Any, contexts: list[tuple[str, str]]) -> Values:
    words = dict.fromkeys(word for words, _ in contexts for word in words.split())
    printed = dict.fromkeys(word for _, printed in contexts for word in printed.split())
    values = _name(hamlet, HAMLET, " ".join(printed), (hamlet.parent_id,))
    return values | {"words": f" {hamlet.search_key} {' '.join(words)} "}


def _name(
    named: Any, kind: str, context: str, leads_to: tuple[UUID, ...], *, label: str | None = None, place: Any = None
) -> Values:
    """The row for the name that `named` bears, which is the place itself unless `place` is given."""
    place = named if place is None else place
    return {
        "id": new_id(),
        "place_id": place.id,
        "kind": kind,
        "key": named.search_key,
        "words": f" {named.search_key} {_folded(context)} {place.code or ''} ",
        "type": named.type,
        "printed": f"{named.name} {context}",
        "former_label": label,
        "hamlet": place.id.hex if kind == HAMLET else None,
        "leads_to": f" {' '.join(target.hex for target in leads_to)} ",
        "sort_as": _sort_as(named.name),
    }


@lru_cache(maxsize=MOST_NAMES)
def _folded(text: str) -> str:
    return search_key(text)


@lru_cache(maxsize=MOST_NAMES)
def _sort_as(name: str) -> str:
    """`sort_key` as a text that Python compares alike: each number as one visible character."""
    return " ".join("".join(chr(ord("!") + part) for part in level) for level in sort_key(name))
