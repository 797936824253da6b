"""The learning code (mã học): 12 digits, 10 of them unguessable and 2 check digits (ISO 7064 MOD 97-10).

It is derived from the pepper and the guest's id, so that it can be shown again, and stored only as HMAC.
What it opens is learning, never a name; it dies when its guest registers and after 24 idle months.
"""

from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import gettext, ngettext
from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.extensions import db
from app.people.keyed_hash import keyed_digest, keyed_hash
from app.people.models import LearningCode, Person, SignInSession
from app.shared.clock import now
from app.shared.database import upsert
from app.shared.errors import Refusal
from app.shared.vietnamese import digits_only

RANDOM_DIGITS = 10
CODE_DIGITS = 12
IDLE_LIFE = timedelta(days=730)


class UnreadableCode(Refusal):
    """What was typed cannot be a learning code; the sentence says what to look at. Nothing was looked up."""

    status = 422


def derive_code(person_id: UUID, generation: int) -> str:
    """The 12 digits of a guest. The same as long as the pepper stays."""
    digest = keyed_digest("derive-learning-code", f"{person_id}/{generation}")
    payload = f"{int.from_bytes(digest[:16]) % 10**RANDOM_DIGITS:0{RANDOM_DIGITS}}"
    return payload + check_digits(payload)


def check_digits(payload: str) -> str:
    """The two digits that make the whole number leave 1 when divided by 97: any one wrong digit is noticed."""
    return f"{98 - int(payload) * 100 % 97:02}"


def spaced(code: str) -> str:
    """481273906154 → "4812 7390 6154"."""
    return " ".join(code[i : i + 4] for i in range(0, CODE_DIGITS, 4))


def read_typed_code(text: str) -> str:
    """The 12 digits in `text`, whatever stands between them.

    Raises:
        UnreadableCode: a digit is missing, too many, or mistyped.
    """
    digits = digits_only(text)
    missing = CODE_DIGITS - len(digits)
    if missing == CODE_DIGITS:
        raise UnreadableCode(gettext("Mã học có 12 số. Bác gõ 12 số đã ghi lại hoặc đã chụp màn hình giúp."))
    if missing > 0:
        raise UnreadableCode(
            ngettext(
                "Mã học có 12 số. Bác xem lại giúp, còn thiếu %(num)s số.",
                "Mã học có 12 số. Bác xem lại giúp, còn thiếu %(num)s số.",
                missing,
            )
        )
    if missing < 0:
        raise UnreadableCode(
            ngettext(
                "Mã học có 12 số. Bác xem lại giúp, đang thừa %(num)s số.",
                "Mã học có 12 số. Bác xem lại giúp, đang thừa %(num)s số.",
                -missing,
            )
        )
    if check_digits(digits[:RANDOM_DIGITS]) != digits[RANDOM_DIGITS:]:
        raise UnreadableCode(gettext("Có số gõ chưa đúng. Bác dò lại từng số giúp."))
    return digits


def issue_code(person_id: UUID) -> None:
    """Give a guest a learning code that nobody else has."""
    generation = 0
    while not _try_to_issue(person_id, generation):
        generation += 1


def _try_to_issue(person_id: UUID, generation: int) -> bool:
    row = {
        "person_id": person_id,
        "code_hmac": _stored(derive_code(person_id, generation)),
        "generation": generation,
        "last_used_at": now(),
    }
    insertion = upsert(LearningCode).values(row).on_conflict_do_nothing(index_elements=["code_hmac"])
    return bool(db.session.execute(insertion.returning(LearningCode.person_id)).all())


def find_guest_of(code: str, session: Session | None = None) -> UUID | None:
    """Whose learning the code opens: the guest today, also when the code's own guest was merged into another guest.

    None for a code that does not exist, has died, or whose person has registered.
    """
    own, today = aliased(Person), aliased(Person)
    query = (
        select(today.id)
        .join(own, own.canonical_id == today.id)
        .join(LearningCode, LearningCode.person_id == own.id)
        .where(
            LearningCode.code_hmac == _stored(code),
            today.is_registered.is_(False),
            today.disabled_at.is_(None),
            today.erased_at.is_(None),
            is_alive(now()),
        )
    )
    return (session or db.session).scalar(query)


def is_alive(moment: datetime) -> ColumnElement[bool]:
    """Used, or its guest seen on some device, within 24 months."""
    since = moment - IDLE_LIFE
    seen = select(SignInSession.id).where(
        SignInSession.person_id == LearningCode.person_id, SignInSession.last_seen_at > since
    )
    return or_(LearningCode.last_used_at > since, seen.exists())


def note_use(code: str) -> None:
    """Start the 24 idle months anew."""
    db.session.execute(update(LearningCode).where(LearningCode.code_hmac == _stored(code)).values(last_used_at=now()))


def kill_codes_of(canonical_id: UUID) -> None:
    """Let no learning code open this person's learning any more, those of merged guests included."""
    records = select(Person.id).where(Person.canonical_id == canonical_id)
    db.session.execute(
        delete(LearningCode).where(LearningCode.person_id.in_(records)).execution_options(synchronize_session=False)
    )


def _stored(code: str) -> str:
    return keyed_hash("learning-code", code)
