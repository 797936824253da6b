"""`/workshop/new/text`: a course from a text of Word or Google Docs, cut into lessons that the trainer sees first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.access.uploads import takes_files
from app.authoring.blueprint import blueprint
from app.authoring.carrying import carried
from app.authoring.received_text import LARGEST_TEXT, TextUnreadable, read_received
from app.authoring.routes.convert import NothingToConvert
from app.authoring.routes.starting import lead_to
from app.authoring.starting import lesson_files, start_course
from app.authoring.starting_form import make_details_form
from app.authoring.starting_pages import LessonsPage, chosen_lessons, lessons_page_again, make_lessons_page
from app.shared.database import close_reader
from app.shared.transaction import commits_or_shows_again


@blueprint.get("/workshop/new/text")
@requires(Permission.USE_WORKSHOP)
def ask_for_text() -> ResponseReturnValue:
    return render_template("authoring/new_text.html", refusal="", text="", html="")


@blueprint.post("/workshop/new/text")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST_TEXT)
@commits_or_shows_again
def propose() -> ResponseReturnValue:
    """The lessons that the text would become. Only its pictures are kept."""
    try:
        document = read_received(takes_title=True)
        if document is None or not document.markdown:
            raise NothingToConvert
    except (NothingToConvert, TextUnreadable) as refusal:
        sent = {"text": request.form.get("text", ""), "html": request.form.get("html", "")}
        return render_template("authoring/new_text.html", refusal=gettext(refusal.message), **sent), refusal.status
    close_reader()
    page = make_lessons_page(document)
    title = document.title or (page.lessons[0].lesson.title if page.lessons else "")
    return _page(page, make_details_form(current_actor(), title=title))


@blueprint.post("/workshop/new/lessons")
@requires(Permission.USE_WORKSHOP)
@takes_files(LARGEST_TEXT)
@commits_or_shows_again
def start_from_lessons() -> ResponseReturnValue:
    form = make_details_form(current_actor(), request.form)
    lessons = chosen_lessons(request.form)
    if not form.validate() or not lessons:
        return _page(lessons_page_again(request.form), form), 422
    files = lesson_files(lessons, carried(request.form.get("carried", "")))
    return lead_to(start_course(files, form.details, current_actor()))


def _page(page: LessonsPage, form: object) -> str:
    return render_template("authoring/new_lessons.html", page=page, form=form)
