"""The published part of a place page: the frozen cells in words."""

from app.figures import words
from app.figures.links import link_to_place
from app.figures.pages import PublishedPart, WordLine
from app.figures.published import (
    PublishedCommune,
    PublishedMonth,
    PublishedProvince,
    find_published_commune,
    find_published_month,
    list_published_months,
    read_published_province,
)
from app.figures.small_numbers import Shown
from app.places.models import Place
from app.progress.periods import Period, admin_month_named


def read_published_part(place: Place, month_text: str | None) -> PublishedPart:
    """The month named "2026-11", by default the latest; a month that is not published says so."""
    months = list_published_months()
    month = find_published_month(_wanted(month_text))
    if month is None:
        return PublishedPart(None, months, finding="")
    if place.kind == "province":
        return _province_part(place, month, months)
    commune = find_published_commune(month, place)
    return _commune_part(place, month, months, commune) if commune else PublishedPart(None, months, finding="")


def _wanted(text: str | None) -> Period | None:
    try:
        return admin_month_named(text) if text else None
    except ValueError:
        return None


def _commune_part(
    place: Place, month: PublishedMonth, months: list[Period], commune: PublishedCommune
) -> PublishedPart:
    cells = [commune.course(course.id) for course in month.courses]
    kinds = [commune.kind(kind) for kind in words.KIND_NAMES]
    return PublishedPart(
        month=month,
        months=months,
        finding=words.published_finding(place, month, commune),
        courses=[
            WordLine(course.title, words.cell_words(cell), f"/courses/{course.slug}")
            for course, cell in zip(month.courses, cells, strict=True)
        ],
        kinds=[
            WordLine(str(name), words.cell_words(cell))
            for name, cell in zip(words.KIND_NAMES.values(), kinds, strict=True)
        ],
        has_hidden=any(cell.shown is not Shown.NUMBER for cell in cells + kinds),
    )


def _province_part(place: Place, month: PublishedMonth, months: list[Period]) -> PublishedPart:
    province = read_published_province(month, place.id)
    return PublishedPart(
        month=month,
        months=months,
        finding=words.published_finding(place, month, province),
        courses=[
            WordLine(course.title, words.range_words(province.by_course[course.id]), f"/courses/{course.slug}")
            for course in month.courses
        ],
        kinds=[
            WordLine(str(name), words.range_words(province.by_kind[kind])) for kind, name in words.KIND_NAMES.items()
        ],
        communes=_commune_lines(province, month),
        has_hidden=not province.total.is_exact,
    )


def _commune_lines(province: PublishedProvince, month: PublishedMonth) -> list[WordLine]:
    """Each leads to the commune's own page of the same month."""
    link = link_to_place(month=month.code)
    return [
        WordLine(commune.full_name, words.range_words(total), link(commune.code))
        for commune, total in province.communes
    ]
