"""The communes of a province side by side as a table to take away: what `flask figures communes` writes."""

from uuid import UUID

from flask_babel import gettext

from app.content.queries import list_catalogue
from app.figures import words
from app.figures.communes import list_communes_with_figures
from app.figures.counts import (
    count_completions_by_course,
    count_completions_by_place,
    count_people_by_place,
    count_registered_by_place,
)
from app.figures.sheets import Sheet, Value
from app.places.models import UNKNOWN_PLACE_ID, Place
from app.progress.periods import Period, year_around
from app.progress.tally import GUEST, MEMBER, REGISTERED, RESIDENT
from app.shared.clock import now
from app.shared.vietnamese import clock_time, short_date


def make_commune_sheet(province: Place, period: Period, basis: str) -> Sheet:
    """One line for each commune by name, then the province, then those without a commune. Exact: for officers only."""
    communes = list_communes_with_figures(province.id, basis, period)
    lines = [(commune.id, commune.code, commune.full_name) for commune in communes]
    lines += [
        (province.id, province.code or "", gettext("Cả %(place)s", place=words.in_sentence(province))),
        (UNKNOWN_PLACE_ID, "", gettext("Chưa rõ xã (cả hệ thống)")),
    ]
    place_ids = [place_id for place_id, _, _ in lines]
    people = count_people_by_place(basis, place_ids, period)
    in_year = count_registered_by_place(basis, place_ids, year_around(period))
    completions = count_completions_by_place(basis, place_ids, period)
    by_course = count_completions_by_course(basis, place_ids, period)
    courses = [
        c
        for c in list_catalogue()
        if not c.withdrawn or any(n for (_, course), n in by_course.items() if course == c.id)
    ]

    def figures(place_id: UUID) -> tuple[Value, ...]:
        groups = (people.get((place_id, group), 0) for group in (RESIDENT, MEMBER, GUEST))
        per_course = (by_course.get((place_id, course.id), 0) for course in courses)
        headline = (people.get((place_id, REGISTERED), 0), in_year.get(place_id, 0))
        return (*headline, *groups, completions.get(place_id, 0), *per_course)

    return Sheet(
        name=gettext("Xã, phường"),
        heads=(*_heads(), *(course.title for course in courses)),
        rows=[(code, name, *figures(place_id)) for place_id, code, name in lines],
        notes_name=gettext("Cách đếm"),
        notes=_notes(province, period, basis),
    )


def _heads() -> tuple[str, ...]:
    return (
        gettext("Mã"),
        gettext("Xã, phường"),
        gettext("Người"),
        gettext("Người từ đầu năm"),
        gettext("Người dân đã đăng ký"),
        gettext("Thành viên tổ"),
        gettext("Người học bằng mã"),
        gettext("Lượt hoàn thành"),
    )


def _notes(province: Place, period: Period, basis: str) -> tuple[str, ...]:
    made = now()
    return (
        f"{province.full_name} · {period.name} · {period.days} · {words.BASIS_NAMES[basis]}",
        gettext("Lấy lúc %(time)s ngày %(day)s.", time=clock_time(made), day=short_date(made)),
        gettext("Người: đã đăng ký hoặc thành viên tổ, mỗi người đếm một lần trong mỗi xã và một lần trong tỉnh."),
        gettext("Vì thế cột Người không cộng thành số của tỉnh: một người đổi nơi ở được đếm ở hai xã."),
        gettext("Người học bằng mã chưa đăng ký thì đếm riêng, không có trong cột Người."),
        gettext("Lượt hoàn thành: một người học xong mọi bài bắt buộc của một khóa; gồm cả người học bằng mã."),
        gettext("Các cột cuối là lượt hoàn thành của từng khóa."),
        gettext("Số này chính xác, có cả số nhỏ: không đăng công khai. Bản công khai ở trang của xã, của tỉnh."),
    )
