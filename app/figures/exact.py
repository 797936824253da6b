"""Exact and live figures of a commune, for officers in the subtree of their grant: assembled, ready to print."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.content.queries import list_catalogue
from app.figures import words
from app.figures.counts import (
    CompletionCount,
    count_by_hamlet,
    count_completions,
    count_people_by_place,
)
from app.figures.selection import Selection
from app.places.models import Place
from app.places.queries import list_hamlets, place_path, printed_place
from app.progress.periods import Period, year_around
from app.progress.tally import GUEST, REGISTERED
from app.shared.errors import NotFound
from app.shared.vietnamese import percent


@dataclass(frozen=True, slots=True)
class CourseLine:
    title: str
    completions: int
    before: str
    """Against the period before, in words; for a running period the whole of the one before."""


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A learner kind, a mode or a hamlet. `people` are distinct within the line; modes have none."""

    name: str
    completions: int
    people: int = 0


@dataclass(frozen=True, slots=True)
class ExactCommune:
    finding: str
    year: Period
    people: int
    """Distinct registered people in the period, however many capacities and courses."""
    people_in_year: int
    guests: int
    completions: int
    before: str
    guided_share: str
    """Share of completions in class or assisted, "41 %"; "–" where there is none."""
    courses: list[CourseLine]
    kinds: list[NamedLine]
    modes: list[NamedLine]
    hamlets: list[NamedLine]

    @property
    def most_of_a_course(self) -> int:
        return max((line.completions for line in self.courses), default=0)

    @property
    def most_of_a_hamlet(self) -> int:
        return max((line.people for line in self.hamlets), default=0)


def require_exact(place: Place, visible_to: Actor) -> None:
    """Raise NotFound for an actor whose grants do not cover the place."""
    if not allows(visible_to, Permission.SEE_EXACT_FIGURES, place_path(place.id)):
        raise NotFound


def get_exact_commune(place: Place, selection: Selection, *, visible_to: Actor) -> ExactCommune:
    """A commune's figures. Raises NotFound for an actor without a grant over it."""
    require_exact(place, visible_to)
    period, basis = selection.period, selection.basis
    year = year_around(period)
    counts = count_completions(basis, place.id, period)
    before = count_completions(basis, place.id, period.previous)
    people = count_people_by_place(basis, [place.id], period)
    registered = people.get((place.id, REGISTERED), 0)
    total = _total(counts)
    return ExactCommune(
        finding=words.exact_finding(place, period, registered),
        year=year,
        people=registered,
        people_in_year=count_people_by_place(basis, [place.id], year).get((place.id, REGISTERED), 0),
        guests=people.get((place.id, GUEST), 0),
        completions=total,
        before=words.before_words(period, total, _total(before)),
        guided_share=percent(_guided(counts) / total) if total else "–",
        courses=_course_lines(period, counts, before),
        kinds=[
            NamedLine(str(name), _total([c for c in counts if c.learner_kind == kind]), people.get((place.id, kind), 0))
            for kind, name in words.KIND_NAMES.items()
        ],
        modes=[
            NamedLine(str(name), _total([c for c in counts if c.mode == mode]))
            for mode, name in words.MODE_NAMES.items()
        ],
        hamlets=_hamlet_lines(basis, place.id, period),
    )


def _total(counts: Sequence[CompletionCount]) -> int:
    return sum(count.completions for count in counts)


def _guided(counts: Sequence[CompletionCount]) -> int:
    return sum(count.completions for count in counts if count.mode != "self")


def _course_lines(
    period: Period, counts: Sequence[CompletionCount], before: Sequence[CompletionCount]
) -> list[CourseLine]:
    """The whole catalogue, so that 0 shows as 0; a withdrawn course only where it was completed."""
    now, then = _by_course(counts), _by_course(before)
    return [
        CourseLine(course.title, now[course.id], words.before_words(period, now[course.id], then[course.id]))
        for course in list_catalogue()
        if not course.withdrawn or now[course.id] or then[course.id]
    ]


def _by_course(counts: Sequence[CompletionCount]) -> Counter[UUID]:
    by_course: Counter[UUID] = Counter()
    for count in counts:
        by_course[count.course_id] += count.completions
    return by_course


def _hamlet_lines(basis: str, commune_id: UUID, period: Period) -> list[NamedLine]:
    """The hamlets of today in their order, those without anybody too, then former ones, then "not known"."""
    found = {count.hamlet_id: count for count in count_by_hamlet(basis, commune_id, period)}
    known = [hamlet.id for hamlet in list_hamlets(commune_id)]
    former = [hamlet_id for hamlet_id in found if hamlet_id and hamlet_id not in known]
    lines = []
    for hamlet_id in known + former:
        count = found.get(hamlet_id)
        name = printed_place(hamlet_id).full_name
        lines.append(NamedLine(name, count.completions if count else 0, count.people if count else 0))
    if None in found:
        lines.append(NamedLine(gettext("Chưa rõ"), found[None].completions, found[None].people))
    return lines
