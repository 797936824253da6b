"""Names of colleagues for the workshop's pages."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from app.people.models import Person
from app.shared.database import reader


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Person → name as colleagues know it; an erased person has none any more."""
    ids = {person_id for person_id in people if person_id}
    rows = reader().execute(select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
    return {person_id: name or gettext("người đã xóa dữ liệu") for person_id, name in rows}


def name_of(person_id: UUID | None) -> str:
    """One name; what no person did was done by a command."""
    if person_id is None:
        return gettext("hệ thống")
    return names_of([person_id]).get(person_id, gettext("người đã xóa dữ liệu"))
