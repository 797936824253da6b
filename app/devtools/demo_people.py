"""The learners of the demonstration: residents, members and guests, spread over communes and half a year."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from app.access.actor import Actor
from app.content.queries import Version, find_course, get_version, list_catalogue
from app.devtools.demo_journeys import Journey, travel
from app.devtools.demo_names import birth_year, full_name
from app.devtools.demo_places import DemoCommune
from app.extensions import db
from app.people import consent, handlers
from app.people.actions import set_residence
from app.people.guests import create_guest
from app.people.learning_codes import kill_codes_of
from app.people.models import Person
from app.people.teams import NewMember, add_new_member
from app.shared.clock import frozen, now
from app.shared.ids import new_id

DAYS = 183
MEMBER_SHARE, RESIDENT_SHARE = 0.15, 0.55
"""The rest are guests."""
GUEST_REGISTERS, GUEST_NAMES_NO_COMMUNE = 0.2, 0.25
IN_CLASS, ASSISTED = 0.2, 0.15
LEAVES_HAMLET_OPEN = 0.3
ALSO_LEARNS_AS_RESIDENT = 0.5
MOST_COURSES = 2


@dataclass(frozen=True, slots=True)
class Courses:
    """What can be learned, by who may learn it."""

    for_residents: tuple[Version, ...]
    for_members: tuple[Version, ...]


def list_courses() -> Courses:
    """The published courses as they are now."""
    heads = [find_course(course.slug) for course in list_catalogue() if not course.withdrawn]
    versions = [get_version(head.current_version_id) for head in heads if head and head.current_version_id]
    return Courses(
        for_residents=tuple(version for version in versions if version.audience != "team"),
        for_members=tuple(version for version in versions if version.audience != "resident"),
    )


class Crowd:
    """Makes learners one by one; `completions` counts what they have completed."""

    def __init__(self, communes: list[DemoCommune], courses: Courses, actor: Actor, chance: Random) -> None:
        """`communes` have a leader each; `actor` is the operator in whose name members are entered."""
        self._communes = communes
        self._weights = [commune.weight for commune in communes]
        self._courses = courses
        self._actor = actor
        self._chance = chance
        self.completions = 0

    def add_learner(self) -> None:
        """One more person, with all that they have learned since they came."""
        commune = self._chance.choices(self._communes, self._weights)[0]
        begins_at = now() - timedelta(minutes=self._chance.triangular(10, DAYS * 24 * 60, DAYS * 12 * 60))
        lot = self._chance.random()
        if lot < MEMBER_SHARE:
            self._add_member(commune, begins_at)
        elif lot < MEMBER_SHARE + RESIDENT_SHARE:
            self._add_resident(commune, begins_at)
        else:
            self._add_guest(commune, begins_at)

    def _add_member(self, commune: DemoCommune, begins_at: datetime) -> None:
        person_id = new_id()
        who = NewMember(person_id, full_name(self._chance), phone=None, birth_year=birth_year(self._chance))
        with frozen(begins_at):
            add_new_member(team=commune.team, member=who, is_leader=False, actor=self._actor)
            consent.give_consent(person_id=person_id, purpose=consent.LEARNING_RECORD)
        self.learn(person_id, commune, self._courses.for_members, begins_at)
        if self._chance.random() < ALSO_LEARNS_AS_RESIDENT:
            self.learn(person_id, commune, self._courses.for_residents, begins_at + timedelta(days=9))

    def _add_resident(self, commune: DemoCommune, begins_at: datetime) -> None:
        person_id = new_id()
        with frozen(begins_at):
            db.session.add(Person(id=person_id, canonical_id=person_id, created_at=now()))
            db.session.flush()
            self._register(person_id)
            set_residence(person_id=person_id, commune_id=commune.id, hamlet_id=self._hamlet(commune), at=now())
        self.learn(person_id, commune, self._courses.for_residents, begins_at)

    def _add_guest(self, commune: DemoCommune, begins_at: datetime) -> None:
        with frozen(begins_at):
            person_id = create_guest()
        self.learn(person_id, commune, self._courses.for_residents, begins_at)
        with frozen(begins_at + timedelta(minutes=30)):
            if self._chance.random() > GUEST_NAMES_NO_COMMUNE:
                set_residence(person_id=person_id, commune_id=commune.id, at=now())
            if self._chance.random() < GUEST_REGISTERS:
                self._register(person_id)
                kill_codes_of(person_id)

    def _register(self, person_id: UUID) -> None:
        person = db.session.get_one(Person, person_id)
        person.name, person.birth_year = full_name(self._chance), birth_year(self._chance)
        person.is_registered, person.registered_at = True, now()
        db.session.flush()
        consent.give_consent(person_id=person_id, purpose=consent.LEARNING_RECORD)
        handlers.run_on_registration(person_id)

    def _hamlet(self, commune: DemoCommune) -> UUID | None:
        return None if self._chance.random() < LEAVES_HAMLET_OPEN else self._chance.choice(commune.hamlet_ids)

    def learn(self, person_id: UUID, commune: DemoCommune, versions: tuple[Version, ...], begins_at: datetime) -> None:
        """Take one or two of the courses, as well as this person can: alone, in a class or with the leader's help."""
        chosen = self._chance.sample(versions, min(len(versions), self._chance.randint(1, MOST_COURSES)))
        mode = self._chance.choices(("self", "class", "assisted"), (1 - IN_CLASS - ASSISTED, IN_CLASS, ASSISTED))[0]
        for number, version in enumerate(chosen):
            journey = Journey(
                person_id=person_id,
                version=version,
                mode=mode,
                recorder_id=person_id if mode == "self" else commune.leader_id,
                begins_at=begins_at + timedelta(days=number * self._chance.randint(1, 20)),
                skill=self._chance.triangular(0.5, 1.0, 0.85),
                patience=self._chance.triangular(0.75, 1.0, 0.98),
            )
            self.completions += travel(journey, self._chance) is not None
