"""What every new course is asked for: its name, for whom, for which place, and what people want to be able to do."""

from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import Length

from app.access.actor import Actor, Role
from app.access.declare import NotAllowed
from app.access.forms import BaseForm
from app.access.permissions import Permission, allows
from app.authoring.draft_access import path_of
from app.authoring.settings_form import AUDIENCE_WORDS
from app.authoring.starting import Details
from app.people.fields import choice, is_offered
from app.places.queries import printed_place
from app.shared.ids import new_id, parse_id
from app.shared.vietnamese import clean

LONGEST = 200
LONGEST_PRESS = 40
EVERYWHERE = "everywhere"


def _one_line(text: str | None) -> str:
    return clean(text or "")


def _words(label: Any, hint: Any, missing: Any) -> StringField:
    def is_there(_form: Any, field: Any) -> None:
        if not field.data:
            raise ValidationError(str(missing))

    return StringField(
        label,
        filters=[_one_line],
        validators=[is_there, Length(max=LONGEST, message=lazy_gettext("Dài quá %(max)d chữ cái. Viết ngắn lại."))],
        description=hint,
        render_kw={"maxlength": str(LONGEST), "autocomplete": "off"},
    )


class DetailsForm(BaseForm):
    """Set `place.choices` before validating; see `make_details_form`."""

    title = _words(
        lazy_gettext("Tên khóa học"),
        lazy_gettext("Ví dụ: Tránh tin nhắn giả"),
        lazy_gettext("Ghi tên khóa học."),
    )
    goal = _words(
        lazy_gettext("Bà con muốn làm được việc gì?"),
        lazy_gettext("Một câu, như lời bà con nói: Không mất tiền vì tin nhắn lạ"),
        lazy_gettext("Ghi một câu: bà con muốn làm được việc gì?"),
    )
    audience = SelectField(
        lazy_gettext("Cho ai"),
        choices=[choice(k, w) for k, w in AUDIENCE_WORDS.items()],
        validators=[is_offered],
        validate_choice=False,
    )
    press = HiddenField(default=lambda: str(new_id()), filters=[lambda sent: (sent or "")[:LONGEST_PRESS]])
    place = SelectField(lazy_gettext("Cho nơi nào"), validators=[is_offered], validate_choice=False)

    @property
    def details(self) -> Details:
        """Of a valid form."""
        return Details(
            self.title.data or "",
            self.goal.data or "",
            self.audience.data or "",
            _place_id(self),
            self.press.data or "",
        )


def read_place(form: DetailsForm) -> UUID | None:
    """The place alone, where nothing else is asked; the first of the actor's own where another was sent."""
    offered = [value for value, _label, *_ in form.place.iter_choices()]
    if form.place.data not in offered:
        form.place.data = offered[0]
    return _place_id(form)


def _place_id(form: DetailsForm) -> UUID | None:
    return None if form.place.data == EVERYWHERE else parse_id(form.place.data)


def make_details_form(actor: Actor, formdata: Any = None, **values: Any) -> DetailsForm:
    form = DetailsForm(formdata, data=values)
    places = places_to_write_for(actor)
    if not places:
        raise NotAllowed
    form.place.choices = [choice(str(value or EVERYWHERE), label) for value, label in places]
    if any(value is None or printed_place(value).kind == "province" for value, _label in places):
        form.place.description = gettext("Sau này giao cho một xã được: bấm Đổi nơi ở trang Xem lại và xuất bản.")
    return form


def places_to_write_for(actor: Actor) -> list[tuple[UUID | None, str]]:
    """The places of the actor's grants for which courses may be written; None is everywhere."""
    held = dict.fromkeys(actor.scope_of(Role.TRAINER) + actor.scope_of(Role.OPERATOR))
    return [
        (place_id, printed_place(place_id).label if place_id else gettext("Mọi nơi"))
        for place_id in held
        if allows(actor, Permission.WRITE_COURSES, path_of(place_id))
    ]
