"""`/go`: type the short code that stands on a poster beside the QR. It leads to the course and offers the commune."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.content.queries import CourseHead, find_course_by_number, get_version
from app.learning.pages import TypedCodePage
from app.learning.routes import blueprint
from app.learning.typed_code import LONGEST_TYPED, read_code
from app.places.queries import EndedPlace, resolve_code
from app.shared.endpoints import public
from app.shared.errors import NotFound, Refusal
from app.shared.vietnamese import clean


class NoSuchCourse(Refusal):
    status = 404

    def __init__(self, number: int) -> None:
        super().__init__(gettext("Chưa có khóa học nào mang số %(number)s. Bác xem lại mã giúp.", number=number))


@blueprint.get("/go")
@public("what a poster says is no secret")
def type_code() -> ResponseReturnValue:
    typed = clean(request.args.get("code", ""))[:LONGEST_TYPED]
    if "code" in request.args:
        return _lead_on(typed)
    return render_template("learning/typed_code.html", page=TypedCodePage())


@blueprint.get("/go/<code>")
@public("what a poster says is no secret")
def follow_code(code: str) -> ResponseReturnValue:
    return _lead_on(clean(code)[:LONGEST_TYPED])


def _lead_on(typed: str) -> ResponseReturnValue:
    """To the course, with the commune to be confirmed there; else the field again, and what is wrong."""
    try:
        code = read_code(typed)
        head = find_course_by_number(code.number)
        if head is None:
            raise NoSuchCourse(code.number)
    except Refusal as refusal:
        page = TypedCodePage(typed, gettext(refusal.message))
        return render_template("learning/typed_code.html", page=page), refusal.status
    if code.commune is None:
        return redirect(_address(head))
    try:
        found = resolve_code(code.commune)
    except NotFound:
        return render_template("learning/typed_code.html", page=_unknown_commune(typed, code.commune, head)), 404
    if not isinstance(found, EndedPlace):
        return redirect(_address(head, code.commune))
    if len(found.successors) == 1:
        return redirect(_address(head, found.successors[0].place.code))
    choices = [(after.place.label, _address(head, after.place.code)) for after in found.successors]
    page = TypedCodePage(ended=found.label, choices=choices, course=_named(head))
    return render_template("learning/typed_code.html", page=page)


def _address(head: CourseHead, commune: str | None = None) -> str:
    return url_for("learning.show_course", slug=head.slug, xa=commune)


def _named(head: CourseHead) -> tuple[str, str]:
    return get_version(head.current_version_id).title, _address(head)


def _unknown_commune(typed: str, commune: str, head: CourseHead) -> TypedCodePage:
    error = gettext("Chưa có xã, phường nào mang mã %(code)s. Bác xem lại 5 số đầu giúp.", code=commune)
    return TypedCodePage(typed, error, course=_named(head))
