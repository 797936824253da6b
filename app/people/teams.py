"""Community digital teams: who is in which, and changing that. A change of membership ends the person's sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.extensions import db
from app.people.actions import set_residence
from app.people.grants import in_force
from app.people.locks import lock_canonical, lock_person
from app.people.models import Person, PinCredential, Team, TeamMembership
from app.people.queries import communes_in_scope
from app.people.sessions import end_sessions_of
from app.places.models import Place
from app.shared import log
from app.shared.clock import now
from app.shared.errors import NotFound, Refusal
from app.shared.ids import new_id
from app.shared.vietnamese import mask_mobile, name_sort_key, sort_key

_membership = TeamMembership.__table__


class GuestCannotJoinTeam(Refusal):
    status = 409
    sentence = "Người này mới học thử, chưa có tên. Người ấy cần đăng ký trước khi vào tổ."


class HamletElsewhere(Refusal):
    """The hamlet is not one of the team's commune."""

    status = 422
    sentence = "Thôn, khu phố này không thuộc xã đã chọn. Anh chị chọn lại giúp."


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team in the list of its commune."""

    id: UUID
    name: str
    hamlet_name: str | None
    """None: a team of the whole commune."""
    member_count: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member as staff see them."""

    membership_id: UUID
    person_id: UUID
    name: str
    birth_year: int | None
    masked_phone: str | None
    is_leader: bool
    since: datetime
    has_pin: bool
    """False: has never come in yet, so the printed card is still needed."""


def list_teams(commune_id: UUID, *, visible_to: Actor) -> list[TeamLine]:
    """The open teams of one commune by name; empty where it is not the actor's place."""
    hamlet = aliased(Place)
    members = select(func.count()).where(TeamMembership.team_id == Team.id, in_force(_membership, now()))
    query = (
        select(Team.id, Team.name, hamlet, members.scalar_subquery())
        .outerjoin(hamlet, hamlet.id == Team.hamlet_id)
        .where(Team.commune_id == commune_id, Team.closed_at.is_(None))
        .where(Team.commune_id.in_(communes_in_scope(visible_to)))
    )
    lines = [
        TeamLine(team_id, name, place.full_name if place else None, count)
        for team_id, name, place, count in db.session.execute(query)
    ]
    return sorted(lines, key=lambda line: sort_key(line.name))


def get_team(team_id: UUID, *, visible_to: Actor) -> Team:
    """The open team.

    Raises:
        NotFound: there is none, it was closed, or it is not in the actor's place.
    """
    query = select(Team).where(
        Team.id == team_id, Team.closed_at.is_(None), Team.commune_id.in_(communes_in_scope(visible_to))
    )
    team = db.session.scalar(query)
    if team is None:
        raise NotFound
    return team


def list_members(team_id: UUID, *, visible_to: Actor) -> list[MemberLine]:
    """Who is in the team now: leaders first, then by given name."""
    team = get_team(team_id, visible_to=visible_to)
    query = (
        select(TeamMembership, Person, exists().where(PinCredential.person_id == Person.id))
        .join(Person, Person.id == TeamMembership.person_id)
        .where(TeamMembership.team_id == team.id, in_force(_membership, now()), Person.erased_at.is_(None))
    )
    lines = [_member_line(*row) for row in db.session.execute(query)]
    return sorted(lines, key=lambda line: (not line.is_leader, *name_sort_key(line.name)))


def get_membership(membership_id: UUID, *, visible_to: Actor) -> TeamMembership:
    """The membership that is in force now, of a team in the actor's place.

    Raises:
        NotFound: there is none, it has ended, or it is foreign.
    """
    membership = db.session.scalar(
        select(TeamMembership).where(TeamMembership.id == membership_id, in_force(_membership, now()))
    )
    if membership is None:
        raise NotFound
    get_team(membership.team_id, visible_to=visible_to)
    return membership


def create_team(*, commune_id: UUID, hamlet_id: UUID | None, name: str, actor: Actor) -> Team:
    """Found a team of a commune or of one of its hamlets.

    Raises:
        HamletElsewhere: the hamlet lies in another commune.
    """
    hamlet = db.session.get(Place, hamlet_id) if hamlet_id else None
    if hamlet_id and (hamlet is None or hamlet.parent_id != commune_id):
        raise HamletElsewhere
    team = Team(id=new_id(), commune_id=commune_id, hamlet_id=hamlet_id, name=name, created_at=now())
    db.session.add(team)
    db.session.flush()
    _log("create_team", "team", team.id, team, actor)
    return team


@dataclass(frozen=True, slots=True)
class NewMember:
    """What is written down about somebody who joins a team without having an account."""

    person_id: UUID
    """Made by the form, so that the form sent twice makes one person."""
    name: str
    phone: str | None
    """E.164."""
    birth_year: int | None


def add_new_member(*, team: Team, member: NewMember, is_leader: bool, actor: Actor) -> TeamMembership:
    """Make a person and take them into the team; they live, until they say otherwise, where the team is.

    Raises:
        NotFound: the id belongs to somebody whom this actor did not make for this team.
    """
    existing = db.session.get(Person, member.person_id)
    if existing is not None:
        return _made_before(existing, team, actor)
    moment = now()
    person = Person(
        id=member.person_id,
        canonical_id=member.person_id,
        is_registered=True,
        name=member.name,
        phone=member.phone,
        birth_year=member.birth_year,
        created_at=moment,
        registered_at=moment,
        created_by=actor.person_id,
    )
    db.session.add(person)
    db.session.flush()
    set_residence(person_id=person.id, commune_id=team.commune_id, hamlet_id=team.hamlet_id, at=moment)
    _log("create_person", "person", person.id, team, actor)
    return join_team(team=team, person_id=person.id, is_leader=is_leader, actor=actor)


def _made_before(person: Person, team: Team, actor: Actor) -> TeamMembership:
    membership = _standing_membership(team.id, person.id)
    if membership is None or person.created_by != actor.person_id:
        raise NotFound
    return membership


def join_team(*, team: Team, person_id: UUID, is_leader: bool, actor: Actor | None) -> TeamMembership:
    """Take a registered person into a team, or change whether they lead it. `actor` None: the operator's command.

    Raises:
        NotFound: there is no such person.
        GuestCannotJoinTeam: the person has not registered.
    """
    person = lock_person(person_id)
    if not person.is_registered:
        raise GuestCannotJoinTeam
    membership = _standing_membership(team.id, person_id)
    if membership is None:
        membership = TeamMembership(id=new_id(), team_id=team.id, person_id=person_id, from_at=now())
        db.session.add(membership)
    elif membership.is_leader == is_leader:
        return membership
    membership.is_leader = is_leader
    membership.given_by = actor.person_id if actor else None
    db.session.flush()
    end_sessions_of(person_id)
    _log("join_team_as_leader" if is_leader else "join_team", "person", person_id, team, actor)
    return membership


def end_membership(*, membership: TeamMembership, actor: Actor) -> None:
    """Let a person leave the team from now on; what counted before stays as it was counted."""
    team = db.session.get_one(Team, membership.team_id)
    lock_canonical(membership.person_id)
    membership.to_at = now()
    db.session.flush()
    end_sessions_of(membership.person_id)
    _log("leave_team", "person", membership.person_id, team, actor)


def _standing_membership(team_id: UUID, person_id: UUID) -> TeamMembership | None:
    query = select(TeamMembership).where(
        TeamMembership.team_id == team_id,
        TeamMembership.person_id == person_id,
        or_(TeamMembership.to_at.is_(None), TeamMembership.to_at > now()),
    )
    return db.session.scalar(query.limit(1))


def _member_line(membership: TeamMembership, person: Person, has_pin: bool) -> MemberLine:
    return MemberLine(
        membership.id,
        person.id,
        person.name or "",
        person.birth_year,
        mask_mobile(person.phone) if person.phone else None,
        membership.is_leader,
        membership.from_at,
        has_pin,
    )


def _log(act: str, object_kind: str, object_id: UUID, team: Team, actor: Actor | None) -> None:
    log.record(
        act,
        object_kind=object_kind,
        object_id=object_id,
        actor_id=actor.person_id if actor else None,
        actor_role=actor.capacity if actor else "command",
        place_id=team.commune_id,
    )
