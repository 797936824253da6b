"""The permission map: each permission, and who has it. One page, so that an officer can read it.

A line is "any of" its predicates. Predicates look at the Actor and at the place path only.
"""

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

from app.access.actor import STAFF_ROLES, Actor, Role, WayIn

PlacePath = tuple[UUID, ...] | None
"""Ids of a place, own first and then upwards; None asks "somewhere at all"."""
Predicate = Callable[[Actor, PlacePath], bool]


class Permission(StrEnum):
    HAVE_SESSION = "have_session"
    """Something is known of this learner: own learning, code, registration."""
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    """Name, phone, PIN, export, erasure: never with a learning code alone."""
    READ_TEAM_COURSES = "read_team_courses"
    SIGN_OFF = "sign_off"
    """Watch somebody do a practice and say so."""
    COMMENT_ON_COURSES = "comment_on_courses"
    """Tell the authors of a course what was seen when using it with people."""
    USE_STAFF_PAGES = "use_staff_pages"
    """The start page of staff, which says what each may do."""
    USE_WORKSHOP = "use_workshop"
    """How courses and their questions do, and marking answers; nothing there says who a learner is."""
    WRITE_COURSES = "write_courses"
    """Edit courses of a place: one's own, those shared there, and those that came from a folder."""
    REVIEW_COURSES = "review_courses"
    """Send a draft back or approve it; never one's own where the place wants another reviewer."""
    PUBLISH_COURSES = "publish_courses"
    """Publish, schedule, roll back and withdraw courses of a place and their items."""
    SET_REVIEW_RULE = "set_review_rule"
    """Say whether courses of a place need a reviewer other than their author."""
    SEE_EXACT_FIGURES = "see_exact_figures"
    MANAGE_TEAMS = "manage_teams"
    ADD_HAMLETS = "add_hamlets"
    SEE_PEOPLE = "see_people"
    GRANT_OFFICER = "grant_officer"
    GRANT_ANY_ROLE = "grant_any_role"
    OPERATE = "operate"


def with_session(actor: Actor, _place: PlacePath) -> bool:
    return actor.is_authenticated


def with_own_secret(actor: Actor, _place: PlacePath) -> bool:
    """PIN, card or password was given, or the device itself made the guest; a learning code is not enough."""
    return actor.is_authenticated and actor.way_in != WayIn.CODE


def signed_in_member(actor: Actor, _place: PlacePath) -> bool:
    has_proved = actor.way_in in {WayIn.PIN, WayIn.CARD, WayIn.STAFF}
    return has_proved and bool({Role.MEMBER, Role.LEADER} & actor.roles())


def any_staff(actor: Actor, _place: PlacePath) -> bool:
    return actor.way_in == WayIn.STAFF and bool(STAFF_ROLES & actor.roles())


def staff(role: Role) -> Predicate:
    """The role counts only in a session opened with password and second factor, and only in its place."""

    def predicate(actor: Actor, place: PlacePath) -> bool:
        return actor.way_in == WayIn.STAFF and actor.holds(role, place)

    return predicate


PERMISSION_MAP: dict[Permission, tuple[Predicate, ...]] = {
    Permission.HAVE_SESSION: (with_session,),
    Permission.MANAGE_OWN_ACCOUNT: (with_own_secret,),
    Permission.READ_TEAM_COURSES: (signed_in_member, any_staff),
    Permission.SIGN_OFF: (signed_in_member, any_staff),
    Permission.COMMENT_ON_COURSES: (signed_in_member, any_staff),
    Permission.USE_STAFF_PAGES: (any_staff,),
    Permission.USE_WORKSHOP: (staff(Role.TRAINER), staff(Role.OPERATOR)),
    Permission.WRITE_COURSES: (staff(Role.TRAINER), staff(Role.OPERATOR)),
    Permission.REVIEW_COURSES: (staff(Role.TRAINER), staff(Role.OPERATOR)),
    Permission.PUBLISH_COURSES: (staff(Role.TRAINER), staff(Role.OPERATOR)),
    Permission.SET_REVIEW_RULE: (staff(Role.OFFICER), staff(Role.OPERATOR)),
    Permission.SEE_EXACT_FIGURES: (staff(Role.OFFICER), staff(Role.OPERATOR)),
    Permission.MANAGE_TEAMS: (staff(Role.OFFICER), staff(Role.OPERATOR)),
    Permission.ADD_HAMLETS: (staff(Role.OFFICER), staff(Role.OPERATOR)),
    Permission.SEE_PEOPLE: (staff(Role.OFFICER), staff(Role.OPERATOR)),
    Permission.GRANT_OFFICER: (staff(Role.OPERATOR),),
    Permission.GRANT_ANY_ROLE: (staff(Role.OPERATOR),),
    Permission.OPERATE: (staff(Role.OPERATOR),),
}


def allows(actor: Actor, permission: Permission, place_path: PlacePath = None) -> bool:
    """Whether `actor` has `permission` in the place with this path, or somewhere where no path is given."""
    return any(predicate(actor, place_path) for predicate in PERMISSION_MAP[permission])
