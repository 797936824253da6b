"""Real Chromium against our real server. A story asks for a device: `phone`, `phone_without_js` or `desktop`."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.site import Site
from tests.browser.story import Story
from tests.databases import POSTGRESQL, SQLITE, Databases

DEVICES = {
    "phone": {
        "viewport": {"width": 360, "height": 740},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "small_phone": {
        "viewport": {"width": 320, "height": 568},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
NewStory = Callable[..., Story]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*sandbox, "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def judge(browser: Browser) -> Iterator[BrowserContext]:
    """Where pages are judged whose own scripts are off."""
    context = browser.new_context(service_workers="block")
    yield context
    context.close()


def run_site(
    backend: str, databases: Databases, folder: Path, prepare: Callable[[Site], None] = lambda _site: None
) -> Iterator[Site]:
    """A server with all places and the shipped courses; `prepare` stores what else is there from the start."""
    url = databases.fresh(backend, with_courses=True)
    site = Site(url, folder)
    try:
        prepare(site)
        site.start()
        yield site
    finally:
        site.close()
        databases.drop(url)


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server on SQLite with all places and the shipped courses, for the stories of one file."""
    yield from run_site(SQLITE, databases, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def postgresql_site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same on PostgreSQL; its tests carry `@pytest.mark.postgres`."""
    yield from run_site(POSTGRESQL, databases, tmp_path_factory.mktemp("site"))


@pytest.fixture
def new_story(browser: Browser, judge: BrowserContext) -> Iterator[NewStory]:
    """Makes one more device: `new_story(site, "phone", has_script=False)`."""
    contexts: list[BrowserContext] = []

    def make(site: Site, device: str = "phone", *, has_script: bool = True) -> Story:
        context = browser.new_context(**DEVICES[device], java_script_enabled=has_script, locale="vi-VN")  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Story(site, context, judge, has_script=has_script)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(site: Site, new_story: NewStory) -> Story:
    """360×740, with touch."""
    return new_story(site, "phone")


@pytest.fixture
def phone_without_js(site: Site, new_story: NewStory) -> Story:
    """The same phone with scripts switched off."""
    return new_story(site, "phone", has_script=False)


@pytest.fixture
def desktop(site: Site, new_story: NewStory) -> Story:
    """An office PC, 1280×800."""
    return new_story(site, "desktop")
