"""Figures in words: how cells, ranges, kinds and findings read. Missing is never 0, and lượt are never người."""

from flask_babel import gettext, lazy_gettext

from app.figures.published import PublishedCommune, PublishedMonth, PublishedProvince, Range
from app.figures.small_numbers import Cell, Shown
from app.places.models import Place
from app.progress.periods import Period
from app.shared.vietnamese import number

KIND_NAMES = {
    "resident": lazy_gettext("Người dân đã đăng ký"),
    "guest": lazy_gettext("Người học bằng mã, chưa đăng ký"),
    "member": lazy_gettext("Thành viên tổ công nghệ số"),
}
"""Learner kind → name, in the order of tables."""
MODE_NAMES = {
    "self": lazy_gettext("Tự học"),
    "class": lazy_gettext("Học tại lớp"),
    "assisted": lazy_gettext("Có người làm cùng"),
}
BASIS_NAMES = {
    "today": lazy_gettext("Bản đồ hiện nay"),
    "then": lazy_gettext("Bản đồ lúc hoàn thành"),
}


def cell_words(cell: Cell) -> str:
    """A published cell: its number, or how much of it may be said."""
    if cell.completions is not None:
        return number(cell.completions)
    return {
        Shown.UNDER_5: gettext("dưới 5"),
        Shown.FROM_5: gettext("từ 5 trở lên"),
    }.get(cell.shown, gettext("không công bố"))


def range_words(total: Range) -> str:
    """A sum of published cells: "47", "dưới 5" or "từ 47 đến 50"."""
    if total.is_exact:
        return number(total.least)
    if total.greatest < 5 and total.least > 0:
        return gettext("dưới 5")
    return gettext("từ %(least)s đến %(greatest)s", least=number(total.least), greatest=number(total.greatest))


def published_finding(place: Place, month: PublishedMonth, published: PublishedCommune | PublishedProvince) -> str:
    """What the published month says of the place, in one sentence."""
    if published.total.greatest == 0:
        return gettext(
            "%(days)s: chưa có lượt hoàn thành nào ở %(place)s.", days=month.period.days, place=in_sentence(place)
        )
    return gettext(
        "%(days)s: %(total)s lượt hoàn thành khóa học ở %(place)s.",
        days=month.period.days,
        total=range_words(published.total),
        place=in_sentence(place),
    )


def exact_finding(place: Place, period: Period, people: int) -> str:
    """The headline for officers, over distinct registered people: "Từ 15/11 đến nay, 214 người ở …"."""
    values = {"when": _when(period), "people": number(people), "place": in_sentence(place)}
    if not people:
        return gettext("%(when)s chưa có ai đã đăng ký ở %(place)s học xong khóa nào", **values)
    return gettext("%(when)s, %(people)s người ở %(place)s học xong ít nhất một khóa", **values)


def in_sentence(place: Place) -> str:
    """A place in the middle of a sentence: "phường Bỉm Sơn"."""
    return f"{place.type} {place.name}"


def before_words(period: Period, now: int, before: int) -> str:
    """Against the period before: "+12", "−5", "bằng". A running period is not compared: the number before alone."""
    if not period.is_closed():
        return number(before)
    if now == before:
        return gettext("bằng")
    return f"+{number(now - before)}" if now > before else f"−{number(before - now)}"


def _when(period: Period) -> str:
    """Without years: the line above the headline names the period in full."""
    if not period.is_closed():
        return gettext("Từ %(start)s đến nay", start=f"{period.start:%d/%m}")
    return gettext("Từ %(start)s đến %(end)s", start=f"{period.start:%d/%m}", end=f"{period.end:%d/%m}")
