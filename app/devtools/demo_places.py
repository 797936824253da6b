"""The communes of the demonstration: those that the founding stories tell of, as they are today, each with a team."""

from dataclasses import dataclass
from uuid import UUID

from app.access.actor import Actor
from app.people.models import Team
from app.people.teams import NewMember, add_new_member, create_team
from app.places.actions import add_hamlet
from app.places.queries import get_valid_place

THANH_HOA = "38"


@dataclass(frozen=True, slots=True)
class Plan:
    """A commune by its code of today, its hamlets (the first has the team), and how much of the learning is there."""

    code: str
    hamlets: tuple[tuple[str, str], ...]
    weight: int


PLANS = (
    Plan("14812", (("khu phố", "4"), ("khu phố", "5"), ("khu phố", "6")), 8),  # Phường Bỉm Sơn
    Plan("15796", (("thôn", "1"), ("thôn", "2")), 4),  # Xã Thiệu Quang
    Plan("28777", (("khu phố", "1"), ("khu phố", "2")), 4),  # Phường An Hội
    Plan("29194", (("ấp", "1"), ("ấp", "2"), ("ấp", "3")), 3),  # Xã Đại Điền
    Plan("24805", (("tổ dân phố", "1"), ("tổ dân phố", "2")), 3),  # Phường Xuân Trường - Đà Lạt
)


@dataclass(frozen=True, slots=True)
class DemoCommune:
    """A commune that is set up."""

    id: UUID
    hamlet_ids: tuple[UUID, ...]
    team: Team
    leader_id: UUID
    weight: int


def set_up_communes(leaders: list[NewMember], actor: Actor) -> list[DemoCommune]:
    """Enter hamlets and found a team in each commune, with its leader. Raises NotFound while no places are loaded."""
    return [_set_up(plan, leader, actor) for plan, leader in zip(PLANS, leaders, strict=True)]


def _set_up(plan: Plan, leader: NewMember, actor: Actor) -> DemoCommune:
    commune = get_valid_place(plan.code)
    hamlet_ids = tuple(
        add_hamlet(commune_id=commune.id, type=type_word, name=name, actor=actor) for type_word, name in plan.hamlets
    )
    type_word, name = plan.hamlets[0]
    team = create_team(
        commune_id=commune.id,
        hamlet_id=hamlet_ids[0],
        name=f"Tổ công nghệ số cộng đồng {type_word} {name}",
        actor=actor,
    )
    add_new_member(team=team, member=leader, is_leader=True, actor=actor)
    return DemoCommune(commune.id, hamlet_ids, team, leader.person_id, plan.weight)
