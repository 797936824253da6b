"""The sample course with every kind of item and question, published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.integration.learning.kinds import Learner, copy_of_course, publish_sample
from tests.page_client import PageClient


@pytest.fixture
def every_kind(app: Flask, tmp_path: Path) -> Path:
    """Its folder, which the test may change and publish again."""
    folder = copy_of_course(tmp_path)
    publish_sample()
    return folder


@pytest.fixture
def learner(every_kind: Path, client: PageClient) -> Learner:
    """A device that knows nothing yet."""
    return Learner(client)


@pytest.fixture
def new_learner(every_kind: Path, new_client: Callable[[], PageClient]) -> Callable[[], Learner]:
    """Makes one more device."""
    return lambda: Learner(new_client())
