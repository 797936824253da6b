"""HMAC-SHA256 with the pepper: how short secrets are kept, so that a stolen database alone does not give them away."""

import hashlib
import hmac

from app.shared.settings import settings


def keyed_digest(purpose: str, text: str) -> bytes:
    """32 bytes that only who holds `PIN_PEPPER` can compute. `purpose` keeps equal texts of two kinds apart."""
    return hmac.digest(settings().pin_pepper.encode(), f"{purpose}\0{text}".encode(), hashlib.sha256)


def keyed_hash(purpose: str, text: str) -> str:
    """`keyed_digest` as 64 hexadecimal characters."""
    return keyed_digest(purpose, text).hex()
