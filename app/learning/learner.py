"""Who is learning in this request, and the frame for the evidence that they make."""

from dataclasses import dataclass
from uuid import UUID

from app.access.actor import Actor
from app.access.declare import current_actor
from app.access.permissions import Permission, allows
from app.content.queries import Version
from app.people.actions import set_residence
from app.people.guests import ensure_guest
from app.places.queries import PlaceEnded, get_valid_place
from app.progress.evidence import Learning
from app.shared.clock import now
from app.shared.errors import NotFound, Refusal
from app.ui import display


class TeamCourseLocked(Refusal):
    """A course for team members, asked for by somebody else."""

    status = 403
    sentence = "Khóa này dành cho thành viên tổ công nghệ số. Anh chị đăng nhập rồi mở lại giúp."


class CourseWithdrawn(Refusal):
    status = 409
    sentence = "Khóa học này đang tạm dừng nên chưa bắt đầu được. Bà con chọn khóa khác giúp."


@dataclass(frozen=True, slots=True)
class Learner:
    """The person whose learning it is."""

    person_id: UUID
    recorder_id: UUID
    is_guest: bool
    commune_id: UUID | None


def learner_for_writing() -> Learner:
    """The learner of this request; a stranger becomes a guest, in the commune that this device has confirmed."""
    was_known = current_actor().person_id is not None
    actor = ensure_guest()
    learner = learner_of(actor)
    if was_known or learner.commune_id is not None:
        return learner
    commune_id = confirmed_commune_id()
    if commune_id is None:
        return learner
    set_residence(person_id=learner.person_id, commune_id=commune_id, at=now())
    return Learner(learner.person_id, learner.recorder_id, learner.is_guest, commune_id)


def learner_of(actor: Actor) -> Learner:
    """The learner behind an actor who has a person."""
    if actor.person_id is None or actor.learner_id is None:
        raise NotFound
    return Learner(actor.learner_id, actor.person_id, not actor.is_registered, actor.commune_id)


def confirmed_commune_id() -> UUID | None:
    """The commune in the display cookie, if it is still a commune today."""
    code = display.current().commune
    if not code:
        return None
    try:
        place = get_valid_place(code)
    except (NotFound, PlaceEnded):
        return None
    return place.id if place.kind == "commune" else None


def learning_in(version: Version, learner: Learner) -> Learning:
    """On the learner's own phone: by themselves."""
    return Learning(learner.person_id, version, mode="self", recorder_id=learner.recorder_id)


def may_read(audience: str) -> bool:
    """Whether the present actor may open the items of a course with that audience."""
    return audience != "team" or allows(current_actor(), Permission.READ_TEAM_COURSES)


def readable_audiences() -> tuple[str, ...]:
    return ("resident", "both", "team") if may_read("team") else ("resident", "both")
