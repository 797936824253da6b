"""Guests: people who learn without saying who they are, known by a learning code only."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select

from app.access.actor import Actor, WayIn
from app.access.declare import current_actor
from app.extensions import db
from app.people import learning_codes, sessions
from app.people.models import LearningCode, Person
from app.people.qr import qr_svg
from app.shared.clock import now
from app.shared.errors import NotFound
from app.shared.ids import new_id
from app.shared.settings import settings


@dataclass(frozen=True, slots=True)
class CodeToKeep:
    """A guest's learning code as a page shows it."""

    digits: str
    """"4821 7390 6154"."""
    link: str
    """Opens the code's page with the digits filled in; they stand in the fragment, which no server sees."""
    qr_svg: str
    """The link as inline SVG."""


def ensure_guest() -> Actor:
    """The actor of this request, with a person: for a stranger, a guest is made, with a code and a session.

    Call it in a view that commits.
    """
    actor = current_actor()
    if actor.person_id is not None:
        return actor
    return sessions.open_session(create_guest(), WayIn.GUEST, [])


def create_guest() -> UUID:
    """A new person of whom nothing is known, with a learning code."""
    person_id = new_id()
    db.session.execute(insert(Person).values(id=person_id, canonical_id=person_id, created_at=now()))
    learning_codes.issue_code(person_id)
    return person_id


def show_learning_code(person_id: UUID) -> str:
    """The guest's code as "4821 7390 6154".

    Raises:
        NotFound: the person has none, because they have registered.
    """
    generation = db.session.scalar(select(LearningCode.generation).where(LearningCode.person_id == person_id))
    if generation is None:
        raise NotFound
    return learning_codes.spaced(learning_codes.derive_code(person_id, generation))


def code_to_keep(person_id: UUID) -> CodeToKeep:
    """The guest's code with its link and QR.

    Raises:
        NotFound: the person has none, because they have registered.
    """
    digits = show_learning_code(person_id)
    link = f"{settings().base_url}/code#{digits.replace(' ', '')}"
    return CodeToKeep(digits=digits, link=link, qr_svg=qr_svg(link))


def code_belongs(person_id: UUID, code: str) -> bool:
    """Whether `code` (12 digits) opens the learning of this guest today."""
    return learning_codes.find_guest_of(code) == person_id
