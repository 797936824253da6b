"""What trainers wait for: the list of 300 courses, a course of 60 items, the preview after a pause in writing."""

import json
import re
import secrets
from datetime import timedelta
from statistics import median
from time import perf_counter
from uuid import UUID

from flask.testing import FlaskClient

from app.access.actor import Actor, Grant, Role, WayIn
from app.access.forms import token_of
from app.authoring.compiling import draft_items
from app.authoring.drafts import create_draft
from app.config import ROOT
from app.devtools.demo_roles import demo_id, make_staff
from app.extensions import db
from app.people.grants import grants_snapshot
from app.people.models import SignInSession
from app.people.sessions import cookie_name, hash_token
from app.shared.clock import now
from bench.place import Place
from bench.rows import Row, at_most

COURSES, ITEMS, ROUNDS = 300, 60, 15
SOURCE = ROOT / "courses" / "nhan-biet-va-tranh-lua-dao-qua-mang"
NOTE = f"{COURSES} courses, one of {ITEMS} items"


def measure_workshop(place: Place) -> list[Row]:
    """Milliseconds of the server for each, the median of 15; the preview is of a text that was never seen before."""
    with place.opened():
        make_staff()
        trainer = Actor(WayIn.STAFF, demo_id("trainer"), is_registered=True, grants=(Grant(Role.TRAINER, None),))
        draft_id, item_id, lesson = _make_courses(trainer)
        token, secret = _sign_in(demo_id("trainer"))
        name = cookie_name()
    client = place.app.test_client()
    client.set_cookie(name, token)
    draft = f"/workshop/drafts/{draft_id}"
    preview = f"{draft}/items/{item_id}/preview"
    listing = _median(lambda _n: _get(client, "/workshop"))
    overview = _median(lambda _n: _get(client, draft))
    previews = _median(lambda number: _preview(client, preview, f"{lesson}\nLần {number}.\n", token_of(secret)))
    return [
        at_most("workshop: list of courses", listing, "ms", 100, NOTE),
        at_most("workshop: preview of a changed lesson", previews, "ms", 300, NOTE),
        at_most("workshop: page of a course with its faults", overview, "ms", 300, NOTE),
    ]


def _make_courses(trainer: Actor) -> tuple[UUID, UUID, str]:
    """300 drafts, the last one of 60 items; its id, one of its lessons, and that lesson's text."""
    files = {path.name: path.read_bytes() for path in SOURCE.glob("*.*")}
    files |= {f"anh/{path.name}": path.read_bytes() for path in (SOURCE / "anh").glob("*")}
    small = {"course.yml": files["course.yml"], "01-so-la-goi-den.md": files["01-so-la-goi-den.md"]}
    for number in range(COURSES - 1):
        create_draft(small, slug=f"do-{number}", by=trainer, place_id=None, owner_id=trainer.person_id)
    many = {name: content for name, content in files.items() if name.startswith("anh/") or name == "course.yml"}
    texts = [content.decode() for name, content in sorted(files.items()) if name.endswith(".md")]
    for number in range(1, ITEMS + 1):
        text = re.sub(r"\bkey: ([a-z0-9-]+)", rf"key: \1-{number}", texts[number % len(texts)])
        many[f"{number:02}-muc-{number}.md"] = text.encode()
    draft = create_draft(many, slug="do-lon", by=trainer, place_id=None, owner_id=trainer.person_id)
    db.session.flush()
    item = next(item for item in draft_items(draft) if "kind: lesson" in (item.text or ""))
    return draft.id, item.id, (item.text or "").partition("\n---\n")[2]


def _sign_in(person_id: UUID) -> tuple[str, str]:
    """A staff session as signing in makes it: its cookie's token, and what its form token is made from."""
    token, secret = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            id=hash_token(token),
            person_id=person_id,
            way_in=WayIn.STAFF.value,
            csrf_secret=secret,
            grants=grants_snapshot(person_id),
            created_at=now(),
            last_seen_at=now(),
            idle_minutes=30,
            expires_at=now() + timedelta(hours=12),
        )
    )
    return token, secret


def _get(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _preview(client: FlaskClient, path: str, text: str, token: str) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": token, "Content-Type": "application/json"}
    answer = client.post(path, data=json.dumps({"text": text}), headers=headers)
    assert answer.status_code == 200, answer.text[:200]
    assert answer.json["html"], "the preview is empty"


def _median(work) -> float:
    work(-1)
    taken = []
    for number in range(ROUNDS):
        begun = perf_counter()
        work(number)
        taken.append(1000 * (perf_counter() - begun))
    return median(taken)
