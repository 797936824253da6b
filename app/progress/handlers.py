"""What happens to counted completions when something happens to a person. `registry.py` hands these to `people`."""

from datetime import datetime, time
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import and_, func, select

from app.extensions import db
from app.people.models import Person
from app.people.queries import current_residence, list_records_of_one_person
from app.places.queries import printed_place
from app.progress.counting import recount_people
from app.progress.models import Completion, CountedCompletion
from app.progress.periods import half_start
from app.progress.tally import GUEST, MEMBER
from app.shared.clock import VIETNAM, local_date

_counted = CountedCompletion.__table__


def on_registration(person_id: UUID) -> None:
    """A guest became a resident: what they had completed counts as resident; the completions keep their own kind."""
    recount_people([person_id])


def on_guest_commune(person_id: UUID) -> None:
    """The person said for the first time where they live: completions without a commune get it, once and for good."""
    home = current_residence(person_id)
    if home is None:
        return
    unknown = select(Completion).where(
        Completion.person_id.in_(list_records_of_one_person(person_id)),
        Completion.commune_id.is_(None),
        Completion.learner_kind != MEMBER,
    )
    completions = db.session.scalars(unknown).all()
    for completion in completions:
        completion.commune_id, completion.hamlet_id = home.commune_id, home.hamlet_id
        completion.commune_name = printed_place(home.commune_id).label
        completion.hamlet_name = printed_place(home.hamlet_id).full_name if home.hamlet_id else None
    if completions:
        recount_people([person_id])


def on_merge(canonical_ids: tuple[UUID, ...]) -> None:
    """Records were joined or parted: each of these persons is counted anew."""
    recount_people(canonical_ids)


def describe_merge(keep_id: UUID, other_id: UUID) -> list[str]:
    """What joining the second person to the first would change in the figures; nothing is written."""
    kept, joining = _counted.alias(), _counted.alias()
    same = and_(*(kept.c[name] == joining.c[name] for name in ("course_id", "edition", "term")))
    pairs = select(func.count()).select_from(kept.join(joining, same))
    twice = db.session.scalar(pairs.where(kept.c.canonical_id == keep_id, joining.c.canonical_id == other_id)) or 0
    of_guest = (_counted.c.canonical_id == other_id, _counted.c.learner_kind == GUEST)
    guests = db.session.scalar(select(func.count()).select_from(_counted).where(*of_guest)) or 0
    becoming = guests - twice if db.session.get_one(Person, keep_id).is_registered else 0
    lines = []
    if twice:
        lines.append(
            gettext("%(count)s lượt hoàn thành có ở cả hai hồ sơ: mỗi lượt chỉ còn tính một lần.", count=twice)
        )
    if becoming > 0:
        lines.append(gettext("%(count)s lượt hoàn thành của khách sẽ tính là của người dân.", count=becoming))
    return lines


def on_erase(person_id: UUID) -> None:
    """Of an erased person's completions only the half-month stays, so that no figure changes; again is harmless."""
    completions = db.session.scalars(select(Completion).where(Completion.person_id == person_id)).all()
    for completion in completions:
        first_day = half_start(local_date(completion.happened_at))
        completion.happened_at = completion.received_at = datetime.combine(first_day, time(), VIETNAM)
    if completions:
        recount_people([person_id])
