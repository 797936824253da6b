"""The second factor of staff: six digits from an authenticator app (TOTP, RFC 6238), or a printed recovery code."""

import base64
import hashlib
import hmac
from datetime import datetime
from uuid import UUID

import pyotp
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, update

from app.extensions import db
from app.people.keyed_hash import keyed_hash
from app.people.models import RecoveryCode, StaffAccount
from app.people.typed_codes import make_code, read_code
from app.shared.clock import now
from app.shared.ids import new_id
from app.shared.settings import settings
from app.shared.vietnamese import digits_only

ISSUER = "Học Số"
STEP_SECONDS = 30
STEPS_AROUND = 1
"""A clock that is up to 30 seconds off still works."""
SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_LENGTH = 10


def secret_of_link(token: str) -> str:
    """The TOTP secret that a set-up link offers, the same at every look at its page; nothing is stored before use."""
    digest = hmac.digest(settings().secret_key.encode(), f"totp-of-link\0{token}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:SECRET_BYTES]).decode()


def provisioning_uri(secret: str, account: str) -> str:
    """What the QR says to the authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def find_step(secret: str, typed: str, moment: datetime) -> int | None:
    """The time step whose digits were typed, or None where they are those of no step around `moment`."""
    digits, present = digits_only(typed), int(moment.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(present - STEPS_AROUND, present + STEPS_AROUND + 1):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS), digits):
            return step
    return None


def use_second_factor(account: StaffAccount, typed: str) -> bool:
    """Whether `typed` proves the second factor. A time step, and everything before it, works once; so does a code."""
    step = find_step(open_secret(account.totp_secret), typed, now())
    if step is not None:
        newer = update(StaffAccount).where(
            StaffAccount.person_id == account.person_id, StaffAccount.last_totp_step < step
        )
        return _changes_one(newer.values(last_totp_step=step))
    code = read_code(typed, RECOVERY_LENGTH)
    if code is None:
        return False
    unused = update(RecoveryCode).where(
        RecoveryCode.person_id == account.person_id,
        RecoveryCode.code_hash == _code_hash(account.person_id, code),
        RecoveryCode.used_at.is_(None),
    )
    return _changes_one(unused.values(used_at=now()))


def _changes_one(statement: object) -> bool:
    result = db.session.execute(statement)  # type: ignore[call-overload]
    return bool(result.rowcount == 1)


def renew_recovery_codes(person_id: UUID) -> list[str]:
    """Ten new codes, shown only now; those before work no more."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [make_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(id=new_id(), person_id=person_id, code_hash=_code_hash(person_id, code)) for code in codes
    )
    db.session.flush()
    return codes


def seal_secret(secret: str) -> str:
    """The TOTP secret as it is stored."""
    return _fernet().encrypt(secret.encode()).decode()


def open_secret(sealed: str) -> str:
    """The TOTP secret that was stored."""
    return _fernet().decrypt(sealed.encode()).decode()


def _fernet() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"totp secrets").derive(settings().secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def _code_hash(person_id: UUID, code: str) -> str:
    return keyed_hash("recovery-code", f"{person_id}/{code}")
