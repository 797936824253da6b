"""The forms of the workshop's pages on published courses: marking one answer, saying why something is withdrawn."""

from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.access.forms import BaseForm
from app.authoring.words import points
from app.content.withdrawing import LONGEST_REASON, ReasonMissing, ReasonTooLong
from app.people.fields import choice
from app.progress.marking import LONGEST_COMMENT, CommentTooLong
from app.shared.vietnamese import clean, clean_lines

MOST_POINTS_IN_HALVES = 2
NOT_CHOSEN = ""


def _cleaned(text: str | None) -> str:
    return clean_lines(text or "")


def _is_chosen(_form: Any, field: Any) -> None:
    if field.data not in {offered[0] for offered in field.iter_choices() if offered[0] != NOT_CHOSEN}:
        raise ValidationError(gettext("Chọn số điểm giúp."))


class MarkForm(BaseForm):
    """Points and a comment; the fields of each answer have names of their own, for many stand on one page."""

    score = SelectField(lazy_gettext("Điểm"), validators=[_is_chosen], validate_choice=False)
    comment = TextAreaField(
        lazy_gettext("Lời nhận xét cho người học"),
        filters=[_cleaned],
        validators=[Length(max=LONGEST_COMMENT, message=lazy_gettext(CommentTooLong.sentence))],
        render_kw={"rows": "3", "maxlength": str(LONGEST_COMMENT)},
    )


class ReasonForm(BaseForm):
    """Why a course or an item is withdrawn."""

    reason = TextAreaField(
        lazy_gettext("Lý do"),
        filters=[lambda text: clean(text or "")],
        validators=[
            DataRequired(lazy_gettext(ReasonMissing.sentence)),
            Length(max=LONGEST_REASON, message=lazy_gettext(ReasonTooLong.sentence)),
        ],
        render_kw={"rows": "3", "maxlength": str(LONGEST_REASON)},
    )


def make_mark_form(attempt_id: UUID, question_key: str, maximum: int, formdata: Any = None) -> MarkForm:
    form = MarkForm(formdata, prefix=f"{attempt_id.hex}-{question_key}-")
    form.score.choices = [
        choice(NOT_CHOSEN, gettext("Chọn điểm")),
        *(choice(str(s), points(s)) for s in steps(maximum)),
    ]
    return form


def steps(maximum: int) -> list[float]:
    """0 to all points: whole ones, and halves where there are few."""
    size = 0.5 if maximum <= MOST_POINTS_IN_HALVES else 1.0
    return [number * size for number in range(int(maximum / size) + 1)]
