"""What the templates of the ways in receive."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access.forms import BaseForm
from app.people.cards import PrintableCard


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page around one form."""

    form: Any
    next: str = "/me"
    """Where the person goes on to."""
    signed_in_name: str = ""
    """Who is signed in on this device already; empty: nobody with a name."""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    form: BaseForm
    keeps_learning: bool
    """Whether this device holds learning that stays with the person."""
    pin_is_taken: bool
    """Somebody on the number has this PIN: perhaps the person, who then signs in."""


@dataclass(frozen=True, slots=True)
class WhosePage:
    """Whose learning does this device hold?"""

    name: str
    """Who signed in; empty for a guest."""
    code: str
    """The other guest's learning code, with which the learning stays where it is."""
    next: str


@dataclass(frozen=True, slots=True)
class SignOutPage:
    code: str
    """A guest's learning code, to keep before leaving; empty for everybody else."""
    qr_svg: str
    finds_back: bool
    """Whether somebody registered has a way to come in again."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One of the own sessions."""

    id: str
    way: str
    began_at: datetime
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class SessionsPage:
    sessions: list[SessionLine]
    is_staff: bool
    """Whether there are a password and recovery codes to look after, and no card."""


@dataclass(frozen=True, slots=True)
class ChangePinPage:
    form: BaseForm
    asks_old_pin: bool
    has_pin: bool


@dataclass(frozen=True, slots=True)
class OwnCardPage:
    card: PrintableCard | None
    """None before it is made: it is shown once."""
    name: str
    has_phone: bool


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """Setting up how staff sign in."""

    form: Any
    purpose: str
    name: str
    """Whose link it is; empty for the first operator."""
    sign_in_name: str
    """Known already where something is set anew; else empty."""
    qr_svg: str
    text_key: str
    """The secret in groups of four, for who cannot scan."""


@dataclass(frozen=True, slots=True)
class RecoveryCodesPage:
    codes: list[str]
    next: str = "/staff"


@dataclass(frozen=True, slots=True)
class RenewCodesPage:
    form: BaseForm
    left: int
    """How many of the present codes are unused."""
