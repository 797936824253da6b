"""A person at a device, told in steps. After each step that shows another page, the page is checked whole.

    story.open("/")                         go to an address of the site
    story.press("Đã hiểu, sang bài 2")      press the button, link or choice with these words
    story.fill("Số điện thoại", "0912…")    type into the field with this label
    story.sees("Đã ghi cho")                these words stand on the page
    story.check_page()                      check the page again, for instance after a script changed it
    story.screenshot("lesson")              keep a picture in test-results/screens/

`story.page` is Playwright's page, for what has no word here.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect
from werkzeug.datastructures import Headers

from app.access.actor import WayIn
from app.people.models import Person
from tests.browser.page_checks import faults_of_access, faults_of_shape
from tests.browser.site import Site
from tests.factories import sign_in
from tests.page_rules import faults_in_headers, faults_in_page

SCREENS = Path(__file__).parents[2] / "test-results" / "screens"
HIDDEN_FIELD = re.compile(r'<input type="hidden"[^>]*>')
OWN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
QUIET_CHECKS = 3
"""So many looks in a row, 25 ms apart, must find nothing under way before a step counts as done."""
already_judged: set[str] = set()
"""Pages whose accessibility was judged in this run, by their HTML (ids of rows aside) and width: axe takes half a
second each."""


class Story:
    """One device with one open page. Its context holds cookies of its own."""

    def __init__(self, site: Site, context: BrowserContext, judge: BrowserContext, *, has_script: bool) -> None:
        self.site = site
        self.context = context
        self.judge = judge
        self.has_script = has_script
        self.faults: list[str] = []
        self.under_way = 0
        self.document: Response | None = None
        context.on("request", self._note_request)
        context.on("requestfinished", self._note_end)
        context.on("requestfailed", self._note_end)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        self.page: Page = context.new_page()
        self.page.on("response", self._note_response)

    def open_tab(self, path: str) -> "Story":
        """One more tab on the same device, at this address."""
        tab = Story(self.site, self.context, self.judge, has_script=self.has_script)
        tab.open(path)
        return tab

    def open(self, path: str) -> None:
        self.page.goto(self.site.address + path)
        self.arrive()

    def press(self, label: str) -> None:
        self._pressable(label).click()
        self.arrive()

    def press_twice(self, label: str) -> None:
        """Two taps in quick succession, as an impatient thumb does."""
        self._pressable(label).dblclick(delay=10)
        self.arrive()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str) -> None:
        """Tick a choice without sending anything yet."""
        self.page.get_by_label(label).check()

    def choose_value(self, value: str) -> None:
        """Tick the choice that sends this value."""
        self.page.locator(f'input[value="{value}"]').check()

    def go_back(self) -> None:
        self.page.go_back()
        self.arrive()

    def reload(self) -> None:
        self.page.reload()
        self.arrive()

    def sees(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True)

    def does_not_see(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words, use_inner_text=True)

    def has(self, label: str) -> bool:
        """Whether there is a button or link that begins with these words."""
        beginning = re.compile("^" + re.escape(label))
        return any(self.page.get_by_role(role, name=beginning).count() for role in ("button", "link"))

    @property
    def path(self) -> str:
        """Where the person is now."""
        return urlsplit(self.page.url).path

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def sign_in_as(self, person: Person, way_in: WayIn) -> None:
        """Give this device a session of the person, where signing in is not what the story is about."""
        with self.site.stored():
            sign_in(self, person, way_in)  # type: ignore[arg-type]

    def set_cookie(self, name: str, value: str) -> None:
        self.context.add_cookies([{"name": name, "value": value, "url": self.site.address}])

    def screenshot(self, name: str, *, whole: bool = False) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)

    def arrive(self) -> None:
        """Another page was asked for: wait for it and check it whole."""
        self._settle()
        self.check_page()

    def check_page(self) -> None:
        """Fail with everything that is wrong with the page as it stands, or that happened on the way to it."""
        faults = [*self.faults, *self._faults_of_answer(), *faults_of_shape(self.page), *self._faults_of_access()]
        self.faults.clear()
        assert not faults, f"{self.page.url}\n" + "\n".join(faults)

    def _settle(self) -> None:
        """Wait until nothing is loading any more."""
        quiet = 0
        while quiet < QUIET_CHECKS:
            self.page.wait_for_timeout(25)
            self.page.wait_for_load_state("load")
            quiet = 0 if self.under_way else quiet + 1

    def _pressable(self, label: str) -> Locator:
        """The button or link with exactly these words, else the only one that begins with them."""
        beginning = re.compile("^" + re.escape(label))
        for name in (label, beginning):
            for role in ("button", "link"):
                found = self.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
                if found.count():
                    return found
        raise AssertionError(f"nothing to press says {label!r} on {self.page.url}")

    def _faults_of_answer(self) -> list[str]:
        if self.document is None:
            return []
        html = self.document.text() if self.document.status != 204 else ""
        headers = Headers([(entry["name"], entry["value"]) for entry in self.document.headers_array()])
        return faults_in_headers(headers, self.document.status) + faults_in_page(html)

    def _faults_of_access(self) -> list[str]:
        """What axe says. Where scripts are off, the same HTML is judged in another page, which runs axe alone."""
        html = self.page.content()
        key = OWN_ID.sub("", HIDDEN_FIELD.sub("", html)) + str(self.page.viewport_size)
        if key in already_judged:
            return []
        already_judged.add(key)
        if self.has_script:
            return faults_of_access(self.page)
        return self._faults_without_script(html)

    def _faults_without_script(self, html: str) -> list[str]:
        beside = self.judge.new_page()
        beside.route("**/*.js", lambda route: route.abort())
        beside.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        beside.set_viewport_size(self.page.viewport_size or {"width": 360, "height": 740})
        beside.goto(self.page.url)
        faults = faults_of_access(beside)
        beside.close()
        return faults

    def _note_request(self, request: Request) -> None:
        self.under_way += 1
        address = urlsplit(request.url)
        if f"{address.scheme}://{address.netloc}" != self.site.address:
            self.faults.append(f"asked another host: {request.url}")

    def _note_end(self, _request: Request) -> None:
        self.under_way -= 1

    def _note_response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and response.frame == self.page.main_frame
        if is_page and not 300 <= response.status < 400:
            self.document = response
        elif response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        is_refused_page = (
            message.text.startswith("Failed to load resource") and message.location["url"] == self.page.url
        )
        if message.type in {"error", "warning"} and not is_refused_page:
            self.faults.append(f"console: {message.text}")
