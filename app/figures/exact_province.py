"""Exact and live figures of a province: its communes side by side. Communes are compared, residents never."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.figures import words
from app.figures.communes import list_communes_with_figures
from app.figures.counts import count_completions_by_place, count_people_by_place, count_registered_by_place
from app.figures.exact import require_exact
from app.figures.links import link_to_place
from app.figures.selection import Column, Selection
from app.places.models import UNKNOWN_PLACE_ID, Place
from app.progress.periods import Period, year_around
from app.progress.tally import GUEST, MEMBER, REGISTERED


@dataclass(frozen=True, slots=True)
class CommuneLine:
    name: str
    href: str
    """Its page, with the same period and map; empty for a commune that has ended."""
    people: int
    """Distinct registered people, as on the commune's own page."""
    year: int
    """The same since the start of the year."""
    guests: int
    members: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """The row "Chưa rõ xã" of the whole database."""

    people: int
    guests: int
    completions: int


@dataclass(frozen=True, slots=True)
class ExactProvince:
    finding: str
    year: Period
    people: int
    people_in_year: int
    completions: int
    communes: list[CommuneLine]
    unknown: Unknown

    @property
    def active(self) -> int:
        """How many communes have somebody who completed something, guests included."""
        return sum(line.people + line.guests > 0 for line in self.communes)

    @property
    def most_of_a_commune(self) -> int:
        return max((line.people for line in self.communes), default=0)


def get_exact_province(province: Place, selection: Selection, *, visible_to: Actor) -> ExactProvince:
    """A province's figures. Raises NotFound for an actor without a grant over it."""
    require_exact(province, visible_to)
    period, basis = selection.period, selection.basis
    year = year_around(period)
    communes = list_communes_with_figures(province.id, basis, period)
    place_ids = [province.id, UNKNOWN_PLACE_ID, *(commune.id for commune in communes)]
    completions = count_completions_by_place(basis, place_ids[:2], period)
    people = count_people_by_place(basis, place_ids, period)
    in_year = count_registered_by_place(basis, place_ids, year)
    link = link_to_place(**selection.arguments())
    lines = [
        CommuneLine(
            name=commune.full_name,
            href=link(commune.code) if commune.is_valid else "",
            people=people.get((commune.id, REGISTERED), 0),
            year=in_year.get(commune.id, 0),
            guests=people.get((commune.id, GUEST), 0),
            members=people.get((commune.id, MEMBER), 0),
        )
        for commune in communes
    ]
    registered = people.get((province.id, REGISTERED), 0)
    return ExactProvince(
        finding=words.exact_finding(province, period, registered),
        year=year,
        people=registered,
        people_in_year=in_year.get(province.id, 0),
        completions=completions.get(province.id, 0),
        communes=_ordered(lines, selection),
        unknown=Unknown(
            people.get((UNKNOWN_PLACE_ID, REGISTERED), 0),
            people.get((UNKNOWN_PLACE_ID, GUEST), 0),
            completions.get(UNKNOWN_PLACE_ID, 0),
        ),
    )


def _ordered(by_name: list[CommuneLine], selection: Selection) -> list[CommuneLine]:
    """By the chosen column; equal figures by name, so that the order is always the same."""
    if selection.column is Column.NAME:
        return by_name[::-1] if selection.is_descending else by_name
    return sorted(by_name, key=lambda line: getattr(line, selection.column.value), reverse=selection.is_descending)
