"""What every piece is made from: the published course, its lessons taken apart, and the commune that it is for."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import force_locale, gettext

from app.authoring.hand_on.lesson_parts import LessonParts, read_lesson_parts
from app.content.queries import CourseHead, Item, Version, get_version
from app.content.reference import province_words
from app.learning.typed_code import make_code
from app.learning.wording import body_with
from app.people.qr import qr_svg
from app.places.queries import PrintedPlace, printed_place, province_of
from app.shared.settings import settings

QR_ERROR = "q"
"""A quarter of a QR may be creased or dirty."""
QR_QUIET_ZONE = 4
NO_PARTS = LessonParts()


@dataclass(frozen=True, slots=True)
class Taught:
    """An item that is still taught."""

    item: Item
    parts: LessonParts
    """Empty for other kinds than lessons."""


@dataclass(frozen=True, slots=True)
class Material:
    slug: str
    version: Version
    place: PrintedPlace | None
    """The commune; None for pieces that name none."""
    items: tuple[Taught, ...]
    address: str
    """What the QR carries."""
    typed_address: str
    """What is typed, without "https://": "hoc.example.vn/go"."""
    code: str
    """What is typed there: "14812-7"."""

    @property
    def typed_parts(self) -> list[str]:
        """The address to type, cut where a line may end: before a dot, a colon or a slash."""
        return re.split(r"(?=[.:/])", self.typed_address)

    @property
    def language(self) -> str:
        """Of the printed pieces: the course's own, whatever the trainer's screen speaks."""
        return "en" if self.version.language.startswith("en") else "vi"

    @property
    def is_for_team(self) -> bool:
        return self.version.audience == "team"

    @property
    def place_name(self) -> str:
        """ "Phường Bỉm Sơn"; empty without a commune."""
        return self.place.full_name if self.place else ""

    @property
    def lessons(self) -> list[Taught]:
        return [taught for taught in self.items if taught.item.kind == "lesson"]

    @property
    def qr(self) -> str:
        """The address as inline SVG."""
        return qr_svg(self.address, error=QR_ERROR, quiet_zone=QR_QUIET_ZONE)

    @property
    def help_line(self) -> str:
        """Where help is, for people who read it in that commune."""
        with force_locale(self.language):
            if self.is_for_team:
                return gettext("Cần giúp? Hỏi tổ trưởng tổ công nghệ số cộng đồng.")
            if self.place:
                return gettext(
                    "Cần giúp? Hỏi tổ công nghệ số ở thôn, khu phố, hoặc bộ phận Một cửa %(place)s.",
                    place=self.place_name,
                )
            return gettext("Cần giúp? Hỏi tổ công nghệ số ở thôn, khu phố, hoặc bộ phận Một cửa của xã.")

    @property
    def account_words(self) -> str:
        with force_locale(self.language):
            return gettext("Đăng nhập để học") if self.is_for_team else gettext("Không cần tài khoản")


def make_material(head: CourseHead, place: PrintedPlace | None) -> Material:
    version = get_version(head.current_version_id)
    withdrawn = {withdrawal.item_key for withdrawal in head.withdrawn_items}
    commune = place.code if place else None
    base = settings().base_url
    return Material(
        slug=head.slug,
        version=version,
        place=place,
        items=tuple(_taught(item, place) for item in version.items if item.key not in withdrawn),
        address=base + url_for("learning.show_course", slug=head.slug, xa=commune),
        typed_address=_without_scheme(base) + url_for("learning.type_code"),
        code=make_code(head.number, commune),
    )


def _taught(item: Item, place: PrintedPlace | None) -> Taught:
    if item.kind != "lesson":
        return Taught(item, NO_PARTS)
    province = printed_place(province_of(place.id)).code or "" if place else ""
    known = province_words()
    words = tuple((name, known.text(name, province)) for name in item.words)
    return Taught(item, read_lesson_parts(body_with(item, words)))


def _without_scheme(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc + parts.path
