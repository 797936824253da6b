"""What each page of one's own account receives."""

from dataclasses import dataclass
from uuid import UUID

from app.people.account_forms import DetailsForm, EraseForm
from app.people.consent import ConsentGiven, Purpose
from app.places.memory import PrintedPlace
from app.places.search import CommuneMatch


@dataclass(frozen=True, slots=True)
class AccountPage:
    person_id: UUID
    form: DetailsForm | None
    """None for a guest, who has said nothing to correct."""
    home: str | None
    may_move: bool
    """A guest says once where they live."""
    consents: list[ConsentGiven]
    open_purposes: list[Purpose]
    """What the person has not agreed to, or not any more."""


@dataclass(frozen=True, slots=True)
class HomeSearchPage:
    home: str | None
    query: str
    matches: list[CommuneMatch]


@dataclass(frozen=True, slots=True)
class HomePage:
    commune: PrintedPlace
    hamlets: list[PrintedPlace]


@dataclass(frozen=True, slots=True)
class ErasePage:
    form: EraseForm
    is_guest: bool
    is_member: bool
    is_staff: bool
