"""Forms with which officers and operators write down hamlets, teams, members and roles."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from app.access.actor import Role
from app.access.forms import BaseForm
from app.people.fields import birth_year_field, choice, is_offered, name_field, phone_field, tick_field
from app.places.actions import HAMLET_TYPES
from app.shared.ids import parse_id
from app.shared.vietnamese import clean

WHOLE_COMMUNE = ""


def _cleaned(text: str | None) -> str:
    return clean(text or "")


def _is_id(_form: Any, field: Field) -> None:
    if parse_id(field.data) is None:
        raise ValidationError(gettext("Trang này mở đã lâu. Mở lại trang rồi điền lại giúp."))


class TeamForm(BaseForm):
    """A new team of the commune or of one hamlet. Set `hamlet.choices` before validating."""

    name = StringField(
        lazy_gettext("Tên tổ"),
        filters=[_cleaned],
        validators=[Length(min=2, max=120, message=lazy_gettext("Ghi tên tổ giúp, dài nhất 120 chữ."))],
        render_kw={"autocomplete": "off", "maxlength": "120", "required": True},
    )
    hamlet = SelectField(lazy_gettext("Tổ của"), default=WHOLE_COMMUNE, validators=[is_offered], validate_choice=False)


class HamletForm(BaseForm):
    """A hamlet to add under the commune; `places.actions.add_hamlet` checks the name."""

    type = SelectField(
        lazy_gettext("Loại"),
        choices=[choice(word, word) for word in HAMLET_TYPES],
        validators=[is_offered],
        validate_choice=False,
    )
    hamlet_name = StringField(
        lazy_gettext("Tên hoặc số"),
        filters=[_cleaned],
        render_kw={"autocomplete": "off", "maxlength": "120", "required": True},
    )


class MemberForm(BaseForm):
    """Somebody who joins a team. The hidden id makes the form sent twice one person."""

    person_id = HiddenField(validators=[_is_id])
    name = name_field(lazy_gettext("Họ và tên"))
    phone = phone_field(lazy_gettext("Số điện thoại (có thể bỏ trống)"))
    birth_year = birth_year_field(lazy_gettext("Năm sinh (có thể bỏ trống)"))
    is_leader = tick_field(lazy_gettext("Là tổ trưởng"))


class RoleForm(BaseForm):
    """A staff role for a new person, or for one who is known. Set `role.choices` before validating."""

    person_id = HiddenField(validators=[_is_id])
    role = RadioField(lazy_gettext("Việc được giao"), validators=[is_offered], validate_choice=False)
    known = StringField(
        lazy_gettext("Người đã có: tên đăng nhập hoặc mã hồ sơ"),
        filters=[_cleaned],
        render_kw={"autocomplete": "off", "maxlength": "60"},
    )
    name = StringField(
        lazy_gettext("Hoặc người mới: họ và tên"),
        filters=[_cleaned],
        validators=[Length(max=120, message=lazy_gettext("Tên dài quá 120 chữ. Ghi ngắn lại giúp."))],
        render_kw={"autocomplete": "off", "maxlength": "120"},
    )

    def validate_name(self, field: Field) -> None:
        """Either somebody known or a new name, not both and not neither."""
        if bool(field.data) == bool(self.known.data):
            raise ValidationError(gettext("Ghi một trong hai: người đã có, hoặc họ tên người mới."))


ROLE_WORDS = {
    Role.OFFICER: lazy_gettext("Cán bộ: xem số liệu, lập tổ, thêm thành viên"),
    Role.TRAINER: lazy_gettext("Người biên soạn: soạn bài học"),
    Role.OPERATOR: lazy_gettext("Người vận hành: giao và thu quyền"),
}
ROLE_NAMES = {
    Role.OFFICER: lazy_gettext("Cán bộ"),
    Role.TRAINER: lazy_gettext("Người biên soạn"),
    Role.OPERATOR: lazy_gettext("Người vận hành"),
}
