"""A walk over every page that can be read, as each kind of person: nothing in the database may change.

On the way every page is checked by the client (HTML, headers, labels, …). No route may escape the walk.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import MapAdapter

from app.access.actor import Role
from app.authoring.drafts import live_files, save_text
from app.authoring.jobs import actor_of
from app.authoring.publishing import publish_draft, submit_draft
from app.authoring.versions import open_draft_of
from app.content.models import Course
from app.extensions import db
from app.shared.log import LogEntry
from tests.every_table import all_rows
from tests.factories import make_staff
from tests.learning_steps import Walk
from tests.page_client import PageClient
from tests.rules.endpoints import list_endpoints
from tests.rules.roles import COMMUNE, open_device

pytestmark = [pytest.mark.sqlite_only, pytest.mark.shipped_courses]
MOST_OF_ONE_ROUTE = 4
"""Addresses of one route that are visited: 3,321 communes look alike."""
WALKERS = ("stranger", "guest", "code", "resident", "leader", "trainer", "officer", "operator")
RESIDENT_COURSE = "nhan-biet-va-tranh-lua-dao-qua-mang"
STARTS = (
    "/?xa=14812",
    "/courses?q=otp",
    "/go/14812-1",
    "/places?q=bim+son",
    f"/places/{COMMUNE}",
    f"/me/account/home/{COMMUNE}",
    "/welcome/a-link-that-was-never-given",
    f"/api/v1/courses/{RESIDENT_COURSE}",
    f"/api/v1/places/{COMMUNE}",
    f"/api/v1/places/{COMMUNE}/figures",
)
"""Where no link leads from another page; the walk also begins at every path without variables."""


class Walker:
    """Follows links of one device; remembers which routes it has read."""

    def __init__(self, device: PageClient, adapter: MapAdapter) -> None:
        self.device = device
        self.adapter = adapter
        self.seen: set[str] = set()
        self.visits: Counter[str] = Counter()

    def walk(self, starts: Iterable[str]) -> None:
        pending = list(starts)
        while pending:
            path = pending.pop()
            if path not in self.seen and self._is_worth_a_visit(path):
                self.seen.add(path)
                pending += self._read(path)

    def _is_worth_a_visit(self, path: str) -> bool:
        route = self._route(path)
        self.visits[route] += 1
        return self.visits[route] <= MOST_OF_ONE_ROUTE

    def _route(self, path: str) -> str:
        return self.adapter.match(urlsplit(path).path, method="GET", return_rule=True)[0].rule

    def _read(self, path: str) -> list[str]:
        answer = self.device.get(path)
        assert answer.status_code < 500, f"{path} → {answer.status_code}"
        if answer.location:
            return [answer.location]
        return list(links_of(answer.text, path)) if answer.mimetype == "text/html" else []


def links_of(html: str, base: str) -> Iterable[str]:
    """Addresses of this site to which a page leads or which it loads, without what is sent by POST."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    for element in root.iter():
        target = element.get("href") or element.get("src")
        if element.tag == "form" and (element.get("method") or "get") == "get":
            target = element.get("action")
        if target and not target.startswith("#") and not urlsplit(urljoin(base, target)).scheme:
            yield urljoin(base, target).split("#")[0]


def learn_something(device: PageClient) -> None:
    """A finished course, a failed quiz and an open attempt, so that there is something to look at."""
    Walk(device, RESIDENT_COURSE).complete()
    other = Walk(device, "thanh-toan-bang-ma-qr-an-toan")
    other.understand(other.lessons[0])
    other.answer_all(other.start_quiz(), right=False)
    other.answer(other.start_quiz(), 1, right=False)


def write_something() -> list[str]:
    """A course that was published again from the workshop, with a change on the way and one that is to be reviewed.

    Returns addresses to which scripts lead, not links.
    """
    asked_by_scripts = []
    trainer = actor_of(make_staff(Role.TRAINER, None).id)
    for slug, step in ((RESIDENT_COURSE, publish_draft), ("thanh-toan-bang-ma-qr-an-toan", submit_draft)):
        course = db.session.scalars(select(Course).where(Course.slug == slug)).one()
        draft = open_draft_of(course, trainer)
        for words in ("Một câu thêm.", "Một câu nữa."):
            lesson = next(file for file in live_files(draft) if file.path.startswith("01-"))
            save_text(draft, lesson.id, f"{lesson.text}\n{words}\n", lesson.revision, trainer)
            if words == "Một câu thêm.":
                step(draft, draft.change, trainer)
        quiz = next(file for file in live_files(draft) if "\nkind: quiz\n" in (file.text or ""))
        asked_by_scripts.append(f"/workshop/drafts/{draft.id}/items/{quiz.id}/questions")
    db.session.commit()
    return asked_by_scripts


def test_reading_every_page_as_anybody_changes_nothing(app: Flask, new_client: Callable[[], PageClient]) -> None:
    reached: set[str] = set()
    asked_by_scripts = write_something()
    for role in WALKERS:
        device = open_device(role, new_client)
        if role != "stranger":
            learn_something(device)
        walker = Walker(device, app.url_map.bind("localhost"))
        before, logged = rows_without_log(), log_ids()
        walker.walk([*STARTS, *asked_by_scripts, *paths_without_variables(app)])
        after = rows_without_log()
        assert [name for name in before if before[name] != after[name]] == [], role
        assert {act for act in acts_since(logged) if not act.startswith("read_")} == set(), role
        reached |= set(walker.visits)
    readable = {endpoint.rule.rule for endpoint in list_endpoints(app) if endpoint.method == "GET"}
    assert readable - reached == set()


def paths_without_variables(app: Flask) -> list[str]:
    return [e.rule.rule for e in list_endpoints(app) if e.method == "GET" and not e.converters()]


def rows_without_log() -> dict[str, list[str]]:
    db.session.rollback()
    found = all_rows(db.session.connection())
    db.session.rollback()
    return {name: rows for name, rows in found.items() if name != "log"}


def log_ids() -> set[UUID]:
    return set(db.session.scalars(select(LogEntry.id)))


def acts_since(known: set[UUID]) -> list[str]:
    """What was logged meanwhile: reading the personal data of others is, in a transaction of its own."""
    return [entry.act for entry in db.session.scalars(select(LogEntry)) if entry.id not in known]
