"""Tables about persons. Personal data stands in `person` alone, so that erasing a person empties one row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.shared.database import UtcDateTime


class Person(Model):
    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    canonical_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Who this record is today: its own id, or the record it was merged into. Nothing else moves on a merge."""
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The record that this one joined, so that undoing a merge knows who had joined whom. NULL: stands for itself."""
    is_registered: Mapped[bool] = mapped_column(default=False)
    """False while the person is a guest, known by a learning code only."""
    name: Mapped[str | None] = mapped_column(String(120))
    birth_year: Mapped[int | None]
    phone: Mapped[str | None] = mapped_column(String(16), index=True)
    """E.164. Not unique: families share phones."""
    locale: Mapped[str] = mapped_column(String(5), default="vi")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Consent(Model):
    """A yes to one purpose, with the text that was shown. Withdrawn, never deleted."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    text_version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[UUID | None]
    """The person who asked; NULL when the form itself did."""
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Residence(Model):
    """Where a person lives by their own word: one open row at a time."""

    __tablename__ = "residence"
    __table_args__ = (
        Index(
            "uq_residence_open_per_person",
            "person_id",
            unique=True,
            sqlite_where=text("to_at IS NULL"),
            postgresql_where=text("to_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    commune_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"))
    hamlet_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LearningCode(Model):
    """A guest's code as HMAC. It is derived from the pepper, the person and `generation`, so it can be shown again."""

    __tablename__ = "learning_code"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code_hmac: Mapped[str] = mapped_column(String(64), unique=True)
    generation: Mapped[int] = mapped_column(default=0)
    """Raised until the derived code collides with no other."""
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PinCredential(Model):
    __tablename__ = "pin_credential"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    """Argon2id over HMAC(pepper, PIN)."""
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Card(Model):
    """A printed card: QR with 192 random bits, and a short code to type where there is no camera."""

    __tablename__ = "card"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    typed_code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OneTimeSecret(Model):
    """A code or link that works once: first PIN, first staff sign-in, first operator. Stored hashed."""

    __tablename__ = "one_time_secret"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(30))
    """first_pin, first_staff, first_operator, reset_second_factor."""
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """NULL only for the first operator, who does not exist yet."""
    issued_by: Mapped[UUID | None]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffAccount(Model):
    __tablename__ = "staff_account"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sign_in_name: Mapped[str] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str] = mapped_column(String(300))
    """Encrypted with a key derived from SECRET_KEY."""
    last_totp_step: Mapped[int] = mapped_column(default=0)
    """The newest time step that was accepted; a code works once."""
    set_up_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCode(Model):
    __tablename__ = "recovery_code"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RoleGrant(Model):
    """A staff role in a place and below it. Grants never follow a succession of places by themselves."""

    __tablename__ = "role_grant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    """NULL: the whole database, for operators and trainers."""
    granted_by: Mapped[UUID | None]
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Team(Model):
    """A community digital-technology team (tổ công nghệ số cộng đồng) of a commune or one of its hamlets."""

    __tablename__ = "team"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    commune_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True)
    hamlet_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"))
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TeamMembership(Model):
    __tablename__ = "team_membership"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    is_leader: Mapped[bool] = mapped_column(default=False)
    given_by: Mapped[UUID | None]
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    to_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInSession(Model):
    """One signed-in (or guest) device. Signing out ends the row; the cookie alone opens nothing."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the 192-bit token in the cookie."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    way_in: Mapped[str] = mapped_column(String(10))
    csrf_secret: Mapped[str] = mapped_column(String(43))
    grants: Mapped[list[Any]] = mapped_column(JSON)
    """Snapshot [[role, place id or null, end or null], …]: a change of roles ends the session, so it stays true."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    idle_minutes: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    guest_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The guest who learned on this device before signing in, until the person says whose learning it was."""


class KnownDevice(Model):
    """A device that has signed in to this person before; its failures count apart from strangers'."""

    __tablename__ = "known_device"
    __table_args__ = (UniqueConstraint("device_hash", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    device_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the person last signed in on it; of a person's devices only the newest few stay known."""


class Throttle(Model):
    """Failures of one subject (a phone, an account, a device at an account, all codes) and when it may try again."""

    __tablename__ = "throttle"

    subject: Mapped[str] = mapped_column(String(100), primary_key=True)
    """Kind and keyed hash, e.g. "phone:3f…": no phone number stands here."""
    failures: Mapped[int]
    last_failed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
