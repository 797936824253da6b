"""One person for each role, and how to come in as each of them. Nobody has a secret that another place also has."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from app.access.actor import Actor, Grant, Role, WayIn
from app.devtools.demo_places import THANH_HOA, DemoCommune
from app.extensions import db
from app.people import consent
from app.people.actions import set_residence
from app.people.grants import create_staff_person, grant_role, has_staff_account
from app.people.guests import show_learning_code
from app.people.keyed_hash import keyed_digest
from app.people.learning_codes import issue_code
from app.people.models import Person, StaffAccount
from app.people.one_time import FIRST_STAFF, make_link
from app.people.pins import hash_pin, store_pin_hash, why_guessable
from app.people.teams import NewMember, add_new_member
from app.places.queries import get_valid_place
from app.shared.clock import now, today
from app.shared.settings import settings
from app.shared.vietnamese import show_mobile

NAMESPACE = UUID("0b513600-14c4-5c00-8000-64656d6f0000")


@dataclass(frozen=True, slots=True)
class StaffPlan:
    key: str
    role: Role
    title: str
    name: str
    place_code: str | None


@dataclass(frozen=True, slots=True)
class LearnerPlan:
    key: str
    title: str
    name: str
    phone: str
    """Nobody is ever called or sent anything."""


STAFF = (
    StaffPlan("operator", Role.OPERATOR, "Operator", "Hồ Thị Vận", None),
    StaffPlan("province", Role.OFFICER, "Province officer, Thanh Hóa", "Lê Hữu Tỉnh", THANH_HOA),
    StaffPlan("commune", Role.OFFICER, "Commune officer, Phường Bỉm Sơn", "Phạm Thị Phường", "14812"),
    StaffPlan("trainer", Role.TRAINER, "Trainer", "Đỗ Văn Soạn", None),
)
LEADER = LearnerPlan("leader", "Team leader, khu phố 4", "Trần Thị Trưởng", "+84900000001")
MEMBER = LearnerPlan("member", "Team member, khu phố 4", "Bùi Văn Viên", "+84900000002")
RESIDENT = LearnerPlan("resident", "Resident", "Nguyễn Thị Dân", "+84900000003")
GUEST = "guest"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to come in as one person of the demonstration."""

    title: str
    name: str
    how: str


def demo_id(key: str) -> UUID:
    """The id that a person of the demonstration has in every database."""
    return uuid5(NAMESPACE, key)


def demo_is_loaded() -> bool:
    return db.session.get(Person, demo_id("operator")) is not None


def make_staff() -> Actor:
    """Make the staff with their roles; return the operator, in whose name the rest is done."""
    operator_id = create_staff_person(person_id=demo_id("operator"), name=STAFF[0].name, actor=None)
    operator = Actor(
        way_in=WayIn.STAFF, person_id=operator_id, is_registered=True, grants=(Grant(Role.OPERATOR, None),)
    )
    for plan in STAFF:
        if plan.key != "operator":
            create_staff_person(person_id=demo_id(plan.key), name=plan.name, actor=operator)
        place_id = get_valid_place(plan.place_code).id if plan.place_code else None
        grant_role(person_id=demo_id(plan.key), role=plan.role, place_id=place_id, actor=operator)
    return operator


def as_member(plan: LearnerPlan) -> NewMember:
    """What is written down about them when they join their team."""
    return NewMember(person_id=demo_id(plan.key), name=plan.name, phone=plan.phone, birth_year=None)


def make_learners_with_roles(home: DemoCommune, operator: Actor) -> None:
    """A member beside the leader of the team, a resident, and a guest, all of one commune."""
    add_new_member(team=home.team, member=as_member(MEMBER), is_leader=False, actor=operator)
    _give_pin(LEADER)
    _give_pin(MEMBER)
    moment = now()
    resident_id, guest_id = demo_id(RESIDENT.key), demo_id(GUEST)
    db.session.add(
        Person(
            id=resident_id,
            canonical_id=resident_id,
            is_registered=True,
            name=RESIDENT.name,
            phone=RESIDENT.phone,
            created_at=moment,
            registered_at=moment,
        )
    )
    db.session.add(Person(id=guest_id, canonical_id=guest_id, created_at=moment))
    db.session.flush()
    for person_id in (resident_id, guest_id):
        set_residence(person_id=person_id, commune_id=home.id)
    _give_pin(RESIDENT)
    issue_code(guest_id)


def _give_pin(plan: LearnerPlan) -> None:
    store_pin_hash(demo_id(plan.key), hash_pin(demo_pin(plan), plan.phone))
    consent.give_consent(person_id=demo_id(plan.key), purpose=consent.LEARNING_RECORD)


def demo_pin(plan: LearnerPlan) -> str:
    """Follows from the pepper of this place: the same at each start, and of no use anywhere else."""
    attempt = 0
    while True:
        digest = keyed_digest("demo-pin", f"{plan.key}/{attempt}")
        pin = f"{int.from_bytes(digest[:8]) % 10**6:06}"
        if why_guessable(pin, phone=plan.phone, birth_year=None, this_year=today().year) is None:
            return pin
        attempt += 1


def list_sign_ins() -> list[SignIn]:
    """How to come in as each of them; staff who have not set up their sign-in get a fresh link."""
    base = settings().base_url
    return [
        *(SignIn(plan.title, plan.name, _staff_way_in(plan)) for plan in STAFF),
        *(
            SignIn(plan.title, plan.name, f"{base}/sign-in  phone {show_mobile(plan.phone)}  PIN {demo_pin(plan)}")
            for plan in (LEADER, MEMBER, RESIDENT)
        ),
        SignIn("Guest", "-", f"{base}/code  learning code {show_learning_code(demo_id(GUEST))}"),
    ]


def _staff_way_in(plan: StaffPlan) -> str:
    person_id = demo_id(plan.key)
    if has_staff_account(person_id):
        name = db.session.get_one(StaffAccount, person_id).sign_in_name
        return f"{settings().base_url}/sign-in/staff  as {name}"
    return make_link(purpose=FIRST_STAFF, person_id=person_id, actor=None)
