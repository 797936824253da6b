"""GET /api/v1/places/{code}/figures: the frozen publication of a closed month, the same cells as the page."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.api.answers import BadParameter, absolute, blueprint, json_answer
from app.api.places import place_or_answer
from app.figures.published import (
    LEARNER_KINDS,
    PublishedMonth,
    PublishedProvince,
    Range,
    find_published_commune,
    find_published_month,
    list_published_months,
    month_code,
    read_published_province,
)
from app.figures.small_numbers import Cell
from app.places.models import Place
from app.progress.periods import Period, admin_month_named
from app.shared.clock import local
from app.shared.endpoints import public


@blueprint.get("/places/<code>/figures")
@public("the publication holds no small number")
def show_figures(code: str) -> ResponseReturnValue:
    place = place_or_answer(code, "api.show_figures")
    if not isinstance(place, Place):
        return place
    month = find_published_month(_wanted_month())
    body: dict[str, Any] = {
        "place": {"code": place.code, "full_name": place.full_name, "kind": place.kind},
        "published_months": [month_code(period) for period in list_published_months()],
        "month": None,
        "figures": None,
    }
    if month is not None:
        figures = _commune(month, place) if place.kind == "commune" else _province(month, place)
        body |= {"month": _month(month), "figures": figures}
    return json_answer(body)


def _wanted_month() -> Period | None:
    text = request.args.get("month")
    if not text:
        return None
    try:
        return admin_month_named(text)
    except ValueError:
        raise BadParameter(gettext("month viết như 2026-11: tháng báo cáo từ 15/10 đến 14/11/2026.")) from None


def _month(month: PublishedMonth) -> dict[str, Any]:
    return {
        "code": month.code,
        "start": month.period.start.isoformat(),
        "end": month.period.end.isoformat(),
        "published_at": local(month.published_at).isoformat(timespec="seconds"),
    }


def _commune(month: PublishedMonth, place: Place) -> dict[str, Any] | None:
    commune = find_published_commune(month, place)
    if commune is None:
        return None
    return {
        "total": _range(commune.total),
        "by_course": [
            {"slug": course.slug, "title": course.title, **_cell(commune.course(course.id))} for course in month.courses
        ],
        "by_learner_kind": [{"learner_kind": kind, **_cell(commune.kind(kind))} for kind in LEARNER_KINDS],
    }


def _province(month: PublishedMonth, place: Place) -> dict[str, Any]:
    province: PublishedProvince = read_published_province(month, place.id)
    return {
        "total": _range(province.total),
        "by_course": [
            {"slug": course.slug, "title": course.title, **_range(province.by_course[course.id])}
            for course in month.courses
        ],
        "communes": [
            {
                "code": commune.code,
                "full_name": commune.full_name,
                "total": _range(total),
                "self": absolute(url_for("api.show_figures", code=commune.code)),
            }
            for commune, total in province.communes
        ],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"shown": cell.shown.value, "completions": cell.completions}


def _range(total: Range) -> dict[str, int]:
    return {"least": total.least, "greatest": total.greatest}
