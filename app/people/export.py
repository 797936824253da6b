"""A person's own data as JSON: what stands in this package, and the sections that packages above add."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import WayIn
from app.extensions import db
from app.people import handlers
from app.people.consent import list_consents
from app.people.models import Person, Residence, RoleGrant, SignInSession, Team, TeamMembership
from app.people.queries import list_records_of_one_person
from app.places.queries import printed_place
from app.shared.clock import now

FORMAT = "hoc-so/own-data/1"


def export_person(person_id: UUID) -> dict[str, Any]:
    """Everything that is kept about a person: one entry for each record that is the same person today.

    Moments are UTC in ISO 8601. Hashes of secrets are left out: they are of no use to the person.
    """
    records = [_export_record(record_id) for record_id in list_records_of_one_person(person_id)]
    return {"format": FORMAT, "exported_at": now().isoformat(), "records": records}


def _export_record(person_id: UUID) -> dict[str, Any]:
    person = db.session.get_one(Person, person_id)
    return {
        "id": str(person.id),
        "is_registered": person.is_registered,
        "name": person.name,
        "birth_year": person.birth_year,
        "phone": person.phone,
        "language": person.locale,
        "created_at": person.created_at.isoformat(),
        "registered_at": person.registered_at.isoformat() if person.registered_at else None,
        "residences": _residences(person_id),
        "teams": _teams(person_id),
        "roles": _roles(person_id),
        "consents": _consents(person_id),
        "sign_ins": _sign_ins(person_id),
        **handlers.export_sections(person_id),
    }


def _residences(person_id: UUID) -> list[dict[str, Any]]:
    query = select(Residence).where(Residence.person_id == person_id).order_by(Residence.from_at)
    return [
        {
            "commune": printed_place(residence.commune_id).label,
            "hamlet": printed_place(residence.hamlet_id).full_name if residence.hamlet_id else None,
            **_span(residence),
        }
        for residence in db.session.scalars(query)
    ]


def _teams(person_id: UUID) -> list[dict[str, Any]]:
    query = (
        select(TeamMembership, Team)
        .join(Team, Team.id == TeamMembership.team_id)
        .where(TeamMembership.person_id == person_id)
        .order_by(TeamMembership.from_at)
    )
    return [
        {
            "team": team.name,
            "commune": printed_place(team.commune_id).label,
            "is_leader": membership.is_leader,
            **_span(membership),
        }
        for membership, team in db.session.execute(query)
    ]


def _roles(person_id: UUID) -> list[dict[str, Any]]:
    query = select(RoleGrant).where(RoleGrant.person_id == person_id).order_by(RoleGrant.from_at)
    return [
        {"role": grant.role, "place": printed_place(grant.place_id).label if grant.place_id else None, **_span(grant)}
        for grant in db.session.scalars(query)
    ]


def _consents(person_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "purpose": consent.purpose,
            "sentence": consent.sentence,
            "text_version": consent.text_version,
            "given_at": consent.given_at.isoformat(),
            "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
        }
        for consent in list_consents(person_id)
    ]


def _sign_ins(person_id: UUID) -> list[dict[str, Any]]:
    query = select(SignInSession).where(SignInSession.person_id == person_id).order_by(SignInSession.created_at)
    return [
        {
            "way_in": WayIn(session.way_in).value,
            "opened_at": session.created_at.isoformat(),
            "last_seen_at": session.last_seen_at.isoformat(),
            "ended_at": session.ended_at.isoformat() if session.ended_at else None,
        }
        for session in db.session.scalars(query)
    ]


def _span(row: Residence | TeamMembership | RoleGrant) -> dict[str, str | None]:
    return {"from": row.from_at.isoformat(), "to": row.to_at.isoformat() if row.to_at else None}
