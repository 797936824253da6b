"""Secrets that work once: the code for a first PIN, and links that set up how staff sign in. Stored hashed.

A new one of the same purpose for the same person ends the one before.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select, update
from sqlalchemy.orm import Session, scoped_session

from app.access.actor import STAFF_ROLES, Actor
from app.extensions import db
from app.people.grants import in_force
from app.people.keyed_hash import keyed_hash
from app.people.models import OneTimeSecret, Person, RoleGrant
from app.people.sessions import hash_token
from app.people.typed_codes import make_code, read_code
from app.shared import log
from app.shared.clock import now
from app.shared.database import reader
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id
from app.shared.settings import settings

FIRST_PIN = "first_pin"
FIRST_STAFF = "first_staff"
FIRST_OPERATOR = "first_operator"
RESET_SECOND_FACTOR = "reset_second_factor"
RESET_ALL = "reset_all"
LINK_PURPOSES = (FIRST_STAFF, FIRST_OPERATOR, RESET_SECOND_FACTOR, RESET_ALL)
CODE_LENGTH = 10
CODE_LIFE = timedelta(days=30)
LINK_LIFE = timedelta(hours=24)
_grant = RoleGrant.__table__
_secret = OneTimeSecret.__table__
Executor = Connection | Session | scoped_session[Any]


class LinkUsedUp(Refusal):
    """The link was used, replaced, is older than a day, or never existed: all the same from outside."""

    status = 404
    sentence = "Đường dẫn này đã dùng rồi hoặc đã quá 24 giờ. Anh chị xin người vận hành một đường dẫn mới giúp."


class StaffHaveNoFirstPin(Refusal):
    """Who could let themselves in by a code read from paper must hold no staff role."""

    status = 409
    sentence = "Người này là cán bộ, tự đặt mã PIN sau khi đăng nhập bằng mật khẩu."


def make_first_pin_code(*, person_id: UUID, actor: Actor | None) -> str:
    """A code of ten characters, valid 30 days, with which the person sets a first or a new PIN at `/first-pin`.

    Raises:
        NotFound: there is no such registered person.
        StaffHaveNoFirstPin: the person holds a staff role.
    """
    person = db.session.get(Person, person_id)
    if person is None or person.erased_at or not person.is_registered:
        raise NotFound
    if holds_staff_role(person_id, db.session):
        raise StaffHaveNoFirstPin
    code = make_code(CODE_LENGTH)
    _keep(FIRST_PIN, _code_hash(code), person_id, actor, CODE_LIFE)
    return code


def make_link(*, purpose: str, person_id: UUID | None, actor: Actor | None) -> str:
    """A link, valid 24 hours, that sets up how staff sign in. `person_id` is None for the first operator."""
    token = secrets.token_urlsafe(24)
    _keep(purpose, hash_token(token), person_id, actor, LINK_LIFE)
    return f"{settings().base_url}/welcome/{token}"


def _keep(purpose: str, secret_hash: str, person_id: UUID | None, actor: Actor | None, life: timedelta) -> None:
    moment = now()
    _end(OneTimeSecret.purpose == purpose, OneTimeSecret.person_id == person_id)
    db.session.add(
        OneTimeSecret(
            id=new_id(),
            secret_hash=secret_hash,
            purpose=purpose,
            person_id=person_id,
            issued_by=actor.person_id if actor else None,
            issued_at=moment,
            expires_at=moment + life,
        )
    )
    db.session.flush()
    log.record(
        f"make_{purpose}",
        object_kind="person",
        object_id=person_id or "first operator",
        actor_id=actor.person_id if actor else None,
        actor_role=actor.capacity if actor else "command",
    )


def holds_staff_role(person_id: UUID, connection: Executor) -> bool:
    """Whether a role that needs password and second factor is in force for any record of the person."""
    who = select(Person.canonical_id).where(Person.id == person_id).scalar_subquery()
    records = select(Person.id).where(Person.canonical_id == who)
    query = select(_grant.c.id).where(
        _grant.c.person_id.in_(records), _grant.c.role.in_(STAFF_ROLES), in_force(_grant, now())
    )
    return connection.execute(query.limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class OneTimeKey:
    """A living secret: which one, what for, and whose."""

    secret_id: UUID
    purpose: str
    person_id: UUID | None
    """None: the first operator, who does not exist yet."""


def find_first_pin_code(typed: str, connection: Executor) -> OneTimeKey | None:
    """The living code that was typed, or None; also None where its person has become staff since."""
    code = read_code(typed, CODE_LENGTH)
    key = _find(connection, _code_hash(code), (FIRST_PIN,)) if code else None
    return None if key is None or key.person_id is None or holds_staff_role(key.person_id, connection) else key


def get_link(token: str) -> OneTimeKey:
    """The living link with this token.

    Raises:
        LinkUsedUp: there is none (any more).
    """
    link = _find(reader(), hash_token(token), LINK_PURPOSES)
    if link is None:
        raise LinkUsedUp
    return link


def use_up(secret_id: UUID) -> None:
    """Take the secret, once: of two requests at the same moment one gets it.

    Raises:
        LinkUsedUp: somebody else was faster.
    """
    if not _end(OneTimeSecret.id == secret_id):
        raise LinkUsedUp


def end_all_of(person_id: UUID | None, purposes: tuple[str, ...]) -> None:
    """Let no secret of these purposes work for the person any more."""
    _end(OneTimeSecret.person_id == person_id, OneTimeSecret.purpose.in_(purposes))


def _end(*which: ColumnElement[bool]) -> int:
    statement = update(OneTimeSecret).where(*which, OneTimeSecret.used_at.is_(None)).values(used_at=now())
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)  # type: ignore[attr-defined]


def _find(connection: Executor, secret_hash: str, purposes: tuple[str, ...]) -> OneTimeKey | None:
    query = select(_secret.c.id, _secret.c.purpose, _secret.c.person_id).where(
        _secret.c.secret_hash == secret_hash,
        _secret.c.purpose.in_(purposes),
        _secret.c.used_at.is_(None),
        _secret.c.expires_at > now(),
    )
    row = connection.execute(query).one_or_none()
    return OneTimeKey(*row) if row else None


def _code_hash(code: str) -> str:
    return keyed_hash(FIRST_PIN, code)
