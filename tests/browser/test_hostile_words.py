"""Hostile words in every place where an author may write: shown as words, in a real browser, and nothing more."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from app.content import publishing
from tests.browser.conftest import run_site
from tests.browser.hostile_course import GOOD, HostileCourse, make_course
from tests.browser.site import Site
from tests.databases import SQLITE, Databases

COURSE = "/courses/loi-doc"
LEAST = 0.6
"""Share of the words that must remain in each place, lest the test tests nothing."""
WATCH = """
window.seen = [];
addEventListener("securitypolicyviolation", event => seen.push(event.violatedDirective + " " + event.blockedURI));
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => seen.push(name);
"""
STRANGE = """() => {
    const leads = ["href", "src", "action", "formaction", "xlink:href"];
    const acts = ({name, value}) => name.startsWith("on") || name === "style" || name === "srcdoc" ||
        (leads.includes(name) && /^\\s*(javascript|data|vbscript):/i.test(value));
    const elements = "script, style, iframe, object, embed, base, link, meta, math, frame, video";
    return [...document.querySelectorAll("main *")]
        .flatMap(element => [...element.attributes].filter(acts).map(({name, value}) => name + "=" + value))
        .concat([...document.querySelectorAll(`main :is(${elements})`)].map(element => element.outerHTML));
}"""


@pytest.fixture(scope="module")
def hostile() -> HostileCourse:
    return make_course()


@pytest.fixture(scope="module")
def site(hostile: HostileCourse, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    def publish(site: Site) -> None:
        with site.stored():
            publishing.publish_folder(hostile.write(tmp_path_factory.mktemp("hostile") / "loi-doc"))

    yield from run_site(SQLITE, databases, tmp_path_factory.mktemp("site"), publish)


class Watched:
    """A page that notes whatever should not happen."""

    def __init__(self, site: Site, context: BrowserContext) -> None:
        context.add_init_script(WATCH)
        self.site = site
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("popup", lambda page: self.faults.append(f"popup: {page.url}"))

    def open(self, path: str) -> str:
        answer = self.page.goto(self.site.address + path)
        assert answer and answer.status == 200, path
        self.check()
        return self.page.content()

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.check()

    def check(self) -> None:
        self.faults += [f"{self.page.url}: {what}" for what in self.page.evaluate("seen")]
        self.faults += [f"{self.page.url}: {what}" for what in self.page.evaluate(STRANGE)]
        assert self.faults == []

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if f"{address.scheme}://{address.netloc}" != self.site.address:
            self.faults.append(f"asked another host: {request.url}")


@pytest.fixture(params=["policy", "no_policy"])
def watched(request: pytest.FixtureRequest, site: Site, browser: Browser) -> Iterator[Watched]:
    """Once as people have it; once without the content security policy, which must not be what saves us."""
    context = browser.new_context(bypass_csp=request.param == "no_policy", service_workers="block")
    context.set_default_timeout(15_000)
    yield Watched(site, context)
    context.close()


def test_most_of_the_words_reach_the_learner(hostile: HostileCourse) -> None:
    shares = {name: kept / hostile.tried[name] for name, kept in hostile.kept.items()}
    assert sum(hostile.kept.values()) > 4_000
    assert {name: share for name, share in shares.items() if share < LEAST} == {}


def test_lessons_and_lists_show_hostile_words_as_words(watched: Watched, hostile: HostileCourse) -> None:
    for path in ("/", "/courses", COURSE, "/courses?q=script"):
        assert "&lt;" in watched.open(path)
    for name in hostile.kept:
        page = watched.open(f"{COURSE}/{name}")
        if name.startswith("loi-"):
            assert page.count("&lt;") > 100
        if name == "tu":
            for address in re.findall(r'href="(#tu-t\d+)"', page)[:3]:
                watched.page.goto(watched.site.address + f"{COURSE}/{name}{address}")
                watched.check()


def test_chats_and_practices_show_hostile_words_as_words(watched: Watched) -> None:
    path = ""
    for number in range(1, len(GOOD) + 1):
        path = f"{path}-{number}" if path else str(number)
    page = watched.open(f"{COURSE}/chat?p={path}")
    assert page.count("bubble feedback") == len(GOOD)
    watched.open(f"{COURSE}/lam")
    watched.press('form[action$="sign-off-code"] button')


@pytest.mark.parametrize("quiz", ["chon-0", "chon-1", "chon-2", "goi-y", "ghep"])
def test_options_feedback_hints_and_pairs_show_hostile_words_as_words(watched: Watched, quiz: str) -> None:
    begin(watched, quiz)
    if quiz == "ghep":
        watched.page.locator("form.question select").first.select_option(index=1)
    else:
        watched.page.locator('form.question input[type="checkbox"]').first.check()
    watched.press("form.question .actions button")
    if quiz.startswith("chon"):
        assert watched.page.locator(".feedback").count() > 100


@pytest.mark.parametrize("quiz", ["hoi", "nhap-gift", "nhap-aiken"])
def test_stems_results_and_imported_questions_show_hostile_words_as_words(watched: Watched, quiz: str) -> None:
    begin(watched, quiz)
    address = watched.page.url.rsplit("/", 1)[0].removeprefix(watched.site.address)
    for number in range(1, 4):
        watched.open(f"{address}/{number}")
        if watched.page.locator("#typed").count():
            watched.page.locator("#typed").fill(GOOD[number])
        else:
            watched.page.locator('form.question input[name="answer"]').first.check()
        watched.press("form.question .actions button")
        watched.open(f"{address}/{number}")
    if quiz == "hoi":
        page = watched.page.request.post(f"{watched.site.address}{address}/finish")
        assert page.status in {200, 403}
        watched.open("/me")


def begin(watched: Watched, quiz: str) -> None:
    watched.open(f"{COURSE}/{quiz}")
    watched.press('form[action$="attempts"] button')


def test_the_watch_sees_what_must_not_happen(watched: Watched) -> None:
    watched.open(COURSE)
    harm = "document.querySelector('main').innerHTML = '<img src=/x.png onerror=alert(1)>'"
    watched.page.evaluate(f"() => {{ try {{ {harm} }} catch {{ return }} }}")
    watched.page.wait_for_function("() => seen.length")
    with pytest.raises(AssertionError, match=r"alert|require-trusted-types-for|script-src"):
        watched.check()
