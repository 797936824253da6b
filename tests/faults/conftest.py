"""A real server of several processes on either database, with the shipped courses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.site import Site
from tests.databases import Databases

WORKERS = 2


@pytest.fixture
def site(backend: str, databases: Databases, tmp_path: Path) -> Iterator[Site]:
    url = databases.fresh(backend, with_courses=True)
    site = Site(url, tmp_path)
    try:
        site.start(WORKERS)
        yield site
    finally:
        site.close()
        databases.drop(url)
