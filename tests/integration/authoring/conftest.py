"""A trainer at a device with a draft of their own; two trainers of one commune, each at a device of their own."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.access.actor import Role, WayIn
from app.authoring.models import CourseDraft
from app.people.models import Person
from tests.factories import make_staff, sign_in
from tests.integration.authoring.colleagues import Office
from tests.integration.authoring.drafts import make_draft
from tests.page_client import PageClient


@pytest.fixture
def trainer(app: Flask) -> Person:
    return make_staff(Role.TRAINER, None)


@pytest.fixture
def device(client: PageClient, trainer: Person) -> PageClient:
    sign_in(client, trainer, WayIn.STAFF)
    return client


@pytest.fixture
def draft(trainer: Person) -> CourseDraft:
    return make_draft(trainer)


@pytest.fixture
def office(app: Flask) -> Office:
    assert app.name
    return Office()


@pytest.fixture
def at(new_client: Callable[[], PageClient]) -> Callable[[Person], PageClient]:
    """Makes a device at which this person is signed in."""

    def open_device(person: Person) -> PageClient:
        device = new_client()
        sign_in(device, person, WayIn.STAFF)
        return device

    return open_device


@pytest.fixture
def lan(office: Office, at: Callable[[Person], PageClient]) -> PageClient:
    return at(office.lan)


@pytest.fixture
def ba(office: Office, at: Callable[[Person], PageClient]) -> PageClient:
    return at(office.ba)
