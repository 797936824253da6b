"""What somebody presses on the page of publishing, over HTTP."""

import re

from werkzeug.test import TestResponse

from tests.integration.authoring.colleagues import Office
from tests.page_client import PageClient

CONFIRMED = {"now-confirmed": "y", "later-confirmed": "y"}


def page_of(office: Office, rest: str = "/publish") -> str:
    return f"/workshop/drafts/{office.ids['draft']}{rest}"


def seen_on(page: str) -> str:
    """The change that stands in the forms of the page."""
    found = re.search(r'name="change" value="(-?\d+)"', page)
    assert found, page
    return found[1]


def press(device: PageClient, office: Office, step: str, **data: str) -> TestResponse:
    """Open the page of publishing and press one of its buttons."""
    page = device.get(page_of(office)).text
    return device.post(page_of(office, f"/{step}"), data={"change": seen_on(page), **CONFIRMED, **data})


def publish_twice(office: Office) -> None:
    office.publish()
    office.write(office.lan)
    office.publish()
