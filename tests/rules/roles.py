"""One device for each kind of person who may come, for the rules that look at every page."""

from collections.abc import Callable

from app.access.actor import Role, WayIn
from app.people.models import Person
from tests.factories import make_member, make_person, make_staff, make_team, sign_in
from tests.page_client import PageClient

COMMUNE = "14812"
ROLES = ("stranger", "guest", "code", "resident", "member", "leader", "trainer", "officer", "operator")


def open_device(role: str, new_client: Callable[[], PageClient]) -> PageClient:
    """A device of that role, signed in the way such a person signs in."""
    device = new_client()
    if role != "stranger":
        person, way_in = make_person_of(role)
        sign_in(device, person, way_in)
    return device


def make_person_of(role: str) -> tuple[Person, WayIn]:
    if role in {"guest", "code"}:
        return make_person(is_registered=False), WayIn(role)
    if role in {"member", "leader"}:
        person = make_person()
        make_member(make_team(COMMUNE), person, is_leader=role == "leader")
        return person, WayIn.PIN
    if role in {"trainer", "officer", "operator"}:
        return make_staff(Role(role), COMMUNE if role == "officer" else None), WayIn.STAFF
    return make_person(), WayIn.PIN
