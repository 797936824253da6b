"""What packages above `people` do when something happens to a person: plain lists that `registry.py` fills.

People cannot import them (imports go down only), so registry hands over their functions once, when the app starts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

PersonHandler = Callable[[UUID], None]
CanonicalHandler = Callable[[tuple[UUID, ...]], None]
EffectHandler = Callable[[UUID, UUID], list[str]]
ExportHandler = Callable[[UUID], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Handlers:
    """Every list may be empty; functions run in the order given, in the caller's transaction."""

    on_guest_commune: Sequence[PersonHandler] = ()
    """The person said for the first time where they live: fill what was recorded without a commune."""
    on_registration: Sequence[PersonHandler] = ()
    """The guest became a resident, under the same id."""
    on_merge: Sequence[CanonicalHandler] = ()
    """These canonical persons were joined or parted: recompute what is counted for them."""
    merge_effects: Sequence[EffectHandler] = ()
    """(kept canonical id, other canonical id) → sentences that say what a merge would change; writes nothing."""
    on_export: Sequence[ExportHandler] = ()
    """Sections of a person's own data: name → JSON."""
    on_erase: Sequence[PersonHandler] = ()
    """Delete what would still say something about the person. Runs again after a restore: must be idempotent."""


_offered = Handlers()


def register(**lists: Sequence[Any]) -> None:
    """Fill the named lists, replacing what they held.

    Raises:
        TypeError: there is no list of that name.
    """
    global _offered
    _offered = replace(_offered, **lists)


def offered() -> Handlers:
    """The lists as registry filled them."""
    return _offered


def run_on_guest_commune(person_id: UUID) -> None:
    for handle in _offered.on_guest_commune:
        handle(person_id)


def run_on_registration(person_id: UUID) -> None:
    for handle in _offered.on_registration:
        handle(person_id)


def run_on_merge(canonical_ids: tuple[UUID, ...]) -> None:
    for handle in _offered.on_merge:
        handle(canonical_ids)


def run_on_erase(person_id: UUID) -> None:
    for handle in _offered.on_erase:
        handle(person_id)


def list_merge_effects(keep_id: UUID, other_id: UUID) -> list[str]:
    return [line for describe in _offered.merge_effects for line in describe(keep_id, other_id)]


def export_sections(person_id: UUID) -> dict[str, Any]:
    sections: dict[str, Any] = {}
    for export in _offered.on_export:
        sections.update(export(person_id))
    return sections
