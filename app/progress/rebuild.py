"""`flask figures rebuild`: count everything anew from the completions, name what differs, and repair it if asked to.

Nobody waits for it. It looks at one snapshot; repairs are differences, so they stay right whatever was counted
meanwhile: what one person's rows lack is recounted under that person's lock, and what the counters lack against the
rows is the same before and after any other completion.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import Connection, select

from app.content.models import Course
from app.extensions import db
from app.places.queries import printed_place
from app.progress import inspection
from app.progress.counting import add_to_counters, compare_people, recount_people
from app.progress.periods import PeriodKind
from app.progress.tally import THEN, CountedRow, Tally, tally
from app.shared.database import one_at_a_time
from app.shared.vietnamese import short_date

CELLS_AT_ONCE = 2000
Progress = Callable[[int, int], None]
"""Told the number of steps done and of all steps."""
_Place = tuple[UUID, UUID, date]
"""Commune, course and half-month of rows of `counted_completion`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that is not what follows from the completions."""

    table: str
    """counter, people_counter or counted_completion."""
    basis: str
    place: str
    """As printed, "Phường Bỉm Sơn, Thanh Hóa"."""
    course: str
    """Its key; empty for people, who are counted over all courses."""
    half_start: date
    detail: str
    """Mode and learner kind, or group and kind of period; empty for rows of counted_completion."""
    expected: int
    found: int
    """Of rows of counted_completion that are missing or wrong in any column: 0."""

    def __str__(self) -> str:
        where = (self.table, self.basis, self.place, self.course, short_date(self.half_start), self.detail)
        numbers = gettext("phải là %(expected)s, đang là %(found)s", expected=self.expected, found=self.found)
        return f"{' · '.join(part for part in where if part)}: {numbers}"


@dataclass(slots=True)
class _Findings:
    """What one look at the snapshot brought."""

    people: list[list[UUID]]
    """Whose rows must be recounted."""
    drift: Tally
    """What the counters lack against the rows as they are stored: what is left when the people are recounted."""
    counters: Tally
    missing: Counter[_Place] = field(default_factory=Counter)
    surplus: Counter[_Place] = field(default_factory=Counter)
    change: Tally = field(default_factory=Tally)
    """What recounting the people will add to the counters."""

    def lacking(self) -> Tally:
        """What the counters lack against the truth; cells may be 0."""
        whole = Tally()
        whole.add(self.drift)
        whole.add(self.change)
        return whole


def rebuild(*, apply: bool, on_progress: Progress = lambda _done, _all: None) -> list[Difference]:
    """Compare the caches with the truth and name every difference; with `apply` also repair them.

    Repairs are committed in batches. Call it outside any transaction. Of several repairs at once each waits for the
    one before, or the same difference would be taken away twice.
    """
    with one_at_a_time("rebuild_figures") if apply else nullcontext():
        return _rebuild(apply, on_progress)


def _rebuild(apply: bool, on_progress: Progress) -> list[Difference]:
    with inspection.snapshot() as connection:
        found = _look(connection, on_progress)
        courses = {row.id: row.key for row in connection.execute(select(Course.id, Course.key))}
    differences = [*_name_rows(found, courses), *_name_completions(found, courses), *_name_people(found)]
    if apply:
        _repair(found)
    on_progress(4, 4)
    return differences


def _look(connection: Connection, on_progress: Progress) -> _Findings:
    people = inspection.find_people_to_recount(connection)
    on_progress(1, 4)
    counters = inspection.read_counters(connection)
    found = _Findings(people, inspection.tally_stored_rows(connection).less(counters), counters)
    on_progress(2, 4)
    for batch in people:
        stored, right = compare_people(connection, batch)
        found.missing.update(map(_place_of, right - stored))
        found.surplus.update(map(_place_of, stored - right))
        found.change.add(tally(right).less(tally(stored)))
    on_progress(3, 4)
    return found


def _repair(found: _Findings) -> None:
    for batch in found.people:
        recount_people(batch)
        db.session.commit()
    for part in _parts(found.drift):
        add_to_counters(part)
        db.session.commit()


def _parts(whole: Tally) -> Iterator[Tally]:
    """The tally in parts that are written quickly."""
    completions, people = iter(whole.completions.items()), iter(whole.people.items())
    while part := dict(islice(completions, CELLS_AT_ONCE)):
        yield Tally(completions=part)
    while of_people := dict(islice(people, CELLS_AT_ONCE)):
        yield Tally(people=of_people)


def _place_of(row: CountedRow) -> _Place:
    return row.commune_then_id, row.course_id, row.half_start


def _name_rows(found: _Findings, courses: dict[UUID, str]) -> Iterator[Difference]:
    for (place_id, course_id, half), number in sorted(found.missing.items()):
        yield Difference("counted_completion", THEN, _label(place_id), courses[course_id], half, "", number, 0)
    for (place_id, course_id, half), number in sorted((found.surplus - found.missing).items()):
        yield Difference("counted_completion", THEN, _label(place_id), courses[course_id], half, "", 0, number)


def _name_completions(found: _Findings, courses: dict[UUID, str]) -> Iterator[Difference]:
    for cell, number in sorted(found.lacking().completions.items()):
        if number:
            is_now = found.counters.completions.get(cell, 0)
            where = (cell.basis, _label(cell.place_id), courses[cell.course_id], cell.half_start)
            yield Difference("counter", *where, f"{cell.mode} {cell.learner_kind}", is_now + number, is_now)


def _name_people(found: _Findings) -> Iterator[Difference]:
    nobody = (0,) * len(PeriodKind)
    for cell, numbers in sorted(found.lacking().people.items()):
        is_now = found.counters.people.get(cell, nobody)
        for kind, number, there in zip(PeriodKind, numbers, is_now, strict=True):
            if number:
                where = (cell.basis, _label(cell.place_id), "", cell.half_start)
                yield Difference("people_counter", *where, f"{cell.group} {kind}", there + number, there)


def _label(place_id: UUID) -> str:
    return printed_place(place_id).label
