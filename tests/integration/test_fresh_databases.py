"""Each test stands on a database of its own."""

from app.extensions import db
from app.people.models import Person
from tests.factories import make_person
from tests.page_client import PageClient


def test_rows_of_one_test_are_gone_in_the_next_first(client: PageClient) -> None:
    make_person()
    client.get("/no-such-page")
    assert db.session.query(Person).count() == 1


def test_rows_of_one_test_are_gone_in_the_next_second(client: PageClient) -> None:
    make_person()
    client.get("/no-such-page")
    assert db.session.query(Person).count() == 1
