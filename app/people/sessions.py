"""Sessions as rows: opening, finding, ending. The cookie holds 192 random bits, the row their SHA-256."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, Request, Response, g
from flask.sessions import NullSession, SessionInterface, SessionMixin
from sqlalchemy import ColumnElement, and_, bindparam, insert, select, update

from app.access.actor import ANONYMOUS, STAFF_ROLES, Actor, Grant, Role, WayIn
from app.access.declare import current_actor
from app.access.forms import note_stale_forms
from app.access.uploads import let_files_in
from app.extensions import db, login_manager
from app.people.models import Person, Residence, SignInSession
from app.shared.clock import now
from app.shared.database import reader
from app.shared.settings import settings
from app.shared.transaction import own_transaction
from app.ui.front_door import refuse_nul_in_form

LAST_SEEN_EVERY = timedelta(minutes=5)
GUEST_LIFE = timedelta(days=730)
LIFETIMES: dict[WayIn, tuple[timedelta, timedelta]] = {
    # way in: (absolute, idle)
    WayIn.GUEST: (GUEST_LIFE, GUEST_LIFE),
    WayIn.CODE: (timedelta(days=30), timedelta(days=14)),
    WayIn.PIN: (timedelta(days=30), timedelta(days=14)),
    WayIn.CARD: (timedelta(days=30), timedelta(days=14)),
    WayIn.STAFF: (timedelta(hours=12), timedelta(minutes=30)),
}
SHARED_DEVICE_IDLE = timedelta(minutes=10)

_session = SignInSession.__table__
_person = Person.__table__
_residence = Residence.__table__
_FIND = (
    select(
        _session.c.id,
        _session.c.person_id,
        _session.c.way_in,
        _session.c.csrf_secret,
        _session.c.grants,
        _session.c.last_seen_at,
        _session.c.idle_minutes,
        _session.c.expires_at,
        _person.c.canonical_id,
        _person.c.name,
        _person.c.is_registered,
        _residence.c.commune_id,
    )
    .join(_person, _person.c.id == _session.c.person_id)
    .outerjoin(_residence, and_(_residence.c.person_id == _person.c.id, _residence.c.to_at.is_(None)))
    .where(_session.c.id == bindparam("session_id"), _session.c.ended_at.is_(None))
    .where(_person.c.disabled_at.is_(None), _person.c.erased_at.is_(None))
)


class NoCookieSession(SessionInterface):
    """Flask's own session, which would be a cookie, stays empty; writing to it fails."""

    def open_session(self, _app: Flask, _request: Request) -> NullSession:
        return NullSession()

    def save_session(self, _app: Flask, _session: SessionMixin, _response: Response) -> None:
        """Nothing is ever in it."""


def init_app(app: Flask) -> None:
    app.session_interface = NoCookieSession()
    login_manager.request_loader(load_actor)
    login_manager.anonymous_user = lambda: ANONYMOUS
    login_manager.session_protection = None
    app.url_value_preprocessor(let_files_in)
    app.before_request(note_stale_forms)
    app.before_request(refuse_nul_in_form)
    app.after_request(send_session_cookie)
    app.teardown_request(note_last_seen)


def cookie_name() -> str:
    return "__Host-hocso" if settings().is_https else "hocso"


def hash_token(token: str) -> str:
    """SHA-256: enough for 192 random bits (ASVS 6.5.2)."""
    return hashlib.sha256(token.encode()).hexdigest()


def load_actor(request: Request) -> Actor:
    """The Actor of the session whose cookie came with this request, or the anonymous one. One query."""
    token = request.cookies.get(cookie_name())
    g.actor_has_session = False
    if not token:
        return ANONYMOUS
    row = reader().execute(_FIND, {"session_id": hash_token(token)}).one_or_none()
    moment = now()
    if row is None or row.expires_at <= moment or row.last_seen_at + timedelta(minutes=row.idle_minutes) <= moment:
        g.drop_session_cookie = True
        return ANONYMOUS
    g.actor_has_session = True
    if row.last_seen_at + _last_seen_every(row.idle_minutes) < moment:
        g.session_to_touch = row.id
    return _actor_of(row, moment)


def _last_seen_every(idle_minutes: int) -> timedelta:
    """A session that ends after a few idle minutes is noted more often, so that it keeps its promise."""
    return min(LAST_SEEN_EVERY, timedelta(minutes=idle_minutes) / 10)


def _actor_of(row: Any, moment: datetime) -> Actor:
    return Actor(
        way_in=WayIn(row.way_in),
        person_id=row.person_id,
        learner_id=row.person_id,
        canonical_id=row.canonical_id,
        session_id=row.id,
        csrf_secret=row.csrf_secret,
        display_name=row.name or "",
        is_registered=row.is_registered,
        commune_id=row.commune_id,
        grants=tuple(_grants_in_force(row.grants, moment)),
    )


def _grants_in_force(stored: list[Any], moment: datetime) -> list[Grant]:
    return [
        Grant(Role(role), UUID(place_id) if place_id else None)
        for role, place_id, until in stored
        if until is None or datetime.fromisoformat(until) > moment
    ]


def open_session(
    person_id: UUID,
    way_in: WayIn,
    grants: list[Any],
    *,
    is_shared_device: bool = False,
    guest_person_id: UUID | None = None,
) -> Actor:
    """Open a session for this device within the caller's transaction; the answer carries its cookie.

    The session that the request came with ends. From here on the request is answered to the Actor that is returned.
    `grants` is the snapshot described at `SignInSession.grants`; staff roles are kept for staff sessions only.
    """
    former = current_actor()
    if former.session_id:
        _mark_ended(SignInSession.id == former.session_id)
    token = secrets.token_urlsafe(24)
    absolute, idle = LIFETIMES[way_in]
    moment = now()
    db.session.execute(
        insert(SignInSession).values(
            id=hash_token(token),
            person_id=person_id,
            way_in=way_in.value,
            csrf_secret=secrets.token_urlsafe(32),
            grants=[grant for grant in grants if way_in == WayIn.STAFF or grant[0] not in STAFF_ROLES],
            created_at=moment,
            last_seen_at=moment,
            idle_minutes=(SHARED_DEVICE_IDLE if is_shared_device else idle) // timedelta(minutes=1),
            expires_at=moment + absolute,
            guest_person_id=guest_person_id,
        )
    )
    g.new_session_token = (token, absolute)
    actor = _actor_of(db.session.execute(_FIND, {"session_id": hash_token(token)}).one(), moment)
    g._login_user = actor
    return actor


def end_session(session_id: str) -> None:
    """End one session. Where it is this request's own, the answer also drops the cookie."""
    _mark_ended(SignInSession.id == session_id)
    if session_id == current_actor().session_id:
        g.drop_session_cookie = True


def end_sessions_of(person_id: UUID) -> None:
    """End every session of a person at once: role change, disabled account, new PIN, erasure."""
    _mark_ended(SignInSession.person_id == person_id)


def _mark_ended(which: ColumnElement[bool]) -> None:
    db.session.execute(update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=now()))


def send_session_cookie(response: Response) -> Response:
    """Set the cookie of a session opened in this request, or drop one that leads nowhere."""
    opened = g.pop("new_session_token", None)
    if opened and response.status_code < 400:
        token, life = opened
        response.set_cookie(
            cookie_name(),
            token,
            max_age=int(life.total_seconds()),
            secure=settings().is_https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    elif g.pop("drop_session_cookie", False):
        response.delete_cookie(cookie_name(), path="/", secure=settings().is_https, httponly=True, samesite="Lax")
    return response


def note_last_seen(_error: BaseException | None) -> None:
    """At most every five minutes, in a short transaction of its own: the one write that a GET may cause."""
    session_id = g.pop("session_to_touch", None)
    if session_id is None:
        return
    db.session.rollback()
    with own_transaction() as session:
        session.execute(update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=now()))
