"""Whatever happens to people and places, in any order: the caches equal a plain recount of the truth."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.content.models import Course
from app.extensions import db
from app.people import handlers
from app.people.actions import merge_people, set_residence, unmerge_person
from app.people.erasure import apply_erasure
from app.people.models import Person, Team, TeamMembership
from app.places.models import Place
from app.progress.counting import recount_places
from app.progress.models import Completion
from app.shared.clock import VIETNAM
from app.shared.errors import Refusal
from app.shared.ids import new_id
from tests.factories import make_member, make_person
from tests.integration.progress.makers import communes_of, complete, end_commune, make_course, make_hamlet
from tests.integration.progress.plain_count import expected_figures, stored_figures

BEGIN = datetime(2025, 10, 1, 7, tzinfo=VIETNAM)
WHO = st.integers(0, 3)
WHERE = st.integers(0, 3)
WHEN = st.integers(0, 150)
"""Days after `BEGIN`: work done offline arrives in any order."""
MODE = st.sampled_from(["self", "class", "assisted"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("complete"), WHO, st.integers(0, 2), WHEN, MODE, st.integers(1, 2), st.integers(1, 2)),
        st.tuples(st.just("complete"), WHO, st.just(0), WHEN, MODE, st.just(1), st.just(1)),
        st.tuples(st.just("complete"), WHO, st.just(0), WHEN, MODE, st.just(1), st.just(1)),
        st.tuples(st.just("live"), WHO, WHERE, st.booleans(), WHEN),
        st.tuples(st.just("register"), WHO),
        st.tuples(st.just("join_team"), WHO, st.integers(0, 1), WHEN),
        st.tuples(st.just("merge"), WHO, WHO),
        st.tuples(st.just("unmerge"), WHO),
        st.tuples(st.just("end_commune"), WHERE, WHERE),
        st.tuples(st.just("erase"), WHO),
    ),
    min_size=10,
    max_size=40,
)


@dataclass
class World:
    """Four people who begin as guests, four communes in two provinces, two teams, three courses."""

    communes: list[Place] = field(default_factory=lambda: [*communes_of("38", 2), *communes_of("86", 2)])
    people: list[Person] = field(default_factory=lambda: [make_person(is_registered=False) for _ in range(4)])
    courses: list[Course] = field(
        default_factory=lambda: [make_course(_key(audience), audience) for audience in ("resident", "both", "team")]
    )

    def __post_init__(self) -> None:
        self.hamlets = [make_hamlet(commune.id, "Thôn 1") for commune in self.communes]
        self.teams = [
            Team(id=new_id(), commune_id=commune.id, name="Tổ 1", created_at=BEGIN) for commune in self.communes[1:3]
        ]
        db.session.add_all(self.teams)
        db.session.flush()

    def complete(self, who: int, course: int, days: int, mode: str, edition: int, term: int) -> None:
        person, taken = self.people[who], self.courses[course]
        again = select(Completion.id).filter_by(person_id=person.id, course_id=taken.id, edition=edition, term=term)
        if db.session.scalar(again) is None:
            complete(person.id, taken, BEGIN + timedelta(days=days), mode=mode, edition=edition, term=term)

    def live(self, who: int, where: int, in_hamlet: bool, days: int) -> None:
        hamlet_id = self.hamlets[where].id if in_hamlet else None
        set_residence(
            person_id=self.people[who].id,
            commune_id=self.communes[where].id,
            hamlet_id=hamlet_id,
            at=BEGIN + timedelta(days=days),
        )

    def register(self, who: int) -> None:
        self.people[who].is_registered = True
        handlers.run_on_registration(self.people[who].id)

    def join_team(self, who: int, team: int, days: int) -> None:
        joined = select(TeamMembership.id).filter_by(person_id=self.people[who].id, team_id=self.teams[team].id)
        if db.session.scalar(joined) is None:
            make_member(self.teams[team], self.people[who]).from_at = BEGIN + timedelta(days=days)

    def merge(self, who: int, other: int) -> None:
        merge_people(self.people[who].id, self.people[other].id, None)

    def unmerge(self, who: int) -> None:
        unmerge_person(self.people[who].id, None)

    def end_commune(self, old: int, new: int) -> None:
        """Only towards a later one, so that successions never run in a circle."""
        if old < new and self.communes[old].valid_to is None:
            end_commune(self.communes[old].id, {self.communes[new].id: True})
            recount_places([self.communes[old].id])

    def erase(self, who: int) -> None:
        apply_erasure(self.people[who].id)


def _key(audience: str) -> str:
    """A name of its own in every example: recounting a place commits what the example did until then."""
    return f"{audience}-{new_id().hex[-12:]}"


@contextmanager
def nothing_stays() -> Iterator[None]:
    """Examples share one database: each happens in a transaction that is rolled back."""
    try:
        yield
    finally:
        db.session.rollback()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_history_the_caches_equal_a_plain_recount(app: Flask, steps: list[tuple[Any, ...]]) -> None:
    with nothing_stays():
        world = World()
        for name, *arguments in steps:
            with suppress(Refusal):
                getattr(world, name)(*arguments)
        expected, stored = expected_figures(), stored_figures()
        assert stored.counted == expected.counted
        assert stored.completions == expected.completions
        assert stored.people == expected.people
