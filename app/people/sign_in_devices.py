"""Devices that a person has signed in on before: they keep a cookie, and their failures are counted apart."""

import secrets
from uuid import UUID

from flask import Response, g, request
from sqlalchemy import delete, select

from app.extensions import db
from app.people.models import KnownDevice
from app.people.sessions import hash_token
from app.shared.clock import now
from app.shared.database import reader, upsert
from app.shared.ids import new_id
from app.shared.settings import settings

KNOWN_DEVICES = 4
"""So many, the newest, are known of a person. The arithmetic of docs/adr/0005 counts on it."""
COOKIE_SECONDS = 400 * 24 * 3600
_known = KnownDevice.__table__


def cookie_name() -> str:
    return "__Host-hocso-device" if settings().is_https else "hocso-device"


def device_hash() -> str | None:
    """The hash under which this device may be known; None while it carries no cookie of ours."""
    token = request.cookies.get(cookie_name())
    return hash_token(token) if token else None


def list_known_here(person_ids: list[UUID]) -> set[UUID]:
    """Who of these people has signed in on this device before."""
    device = device_hash()
    if device is None or not person_ids:
        return set()
    query = select(_known.c.person_id).where(_known.c.device_hash == device, _known.c.person_id.in_(person_ids))
    return set(reader().execute(query).scalars())


def remember_device(person_id: UUID) -> None:
    """From now on this device is known to the person; the oldest beyond `KNOWN_DEVICES` is not any more."""
    token = request.cookies.get(cookie_name()) or secrets.token_urlsafe(24)
    g.device_token = token
    row = {"id": new_id(), "device_hash": hash_token(token), "person_id": person_id, "last_seen_at": now()}
    insertion = upsert(KnownDevice).values(row)
    db.session.execute(
        insertion.on_conflict_do_update(
            index_elements=["device_hash", "person_id"], set_={"last_seen_at": insertion.excluded.last_seen_at}
        )
    )
    newest = (
        select(KnownDevice.id)
        .where(KnownDevice.person_id == person_id)
        .order_by(KnownDevice.last_seen_at.desc(), KnownDevice.id.desc())
        .limit(KNOWN_DEVICES)
    )
    older = delete(KnownDevice).where(KnownDevice.person_id == person_id, KnownDevice.id.not_in(newest))
    db.session.execute(older.execution_options(synchronize_session=False))


def list_devices(person_id: UUID) -> list[str]:
    """The hashes of all devices that are known to the person."""
    return list(db.session.scalars(select(KnownDevice.device_hash).where(KnownDevice.person_id == person_id)))


def send_device_cookie(response: Response) -> Response:
    """After each request: give the device its cookie, or a longer life to the one it has."""
    token = g.pop("device_token", None)
    if token and response.status_code < 400:
        response.set_cookie(
            cookie_name(),
            token,
            max_age=COOKIE_SECONDS,
            secure=settings().is_https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    return response
