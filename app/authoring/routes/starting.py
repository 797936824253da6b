"""`/workshop/new`: the ways to begin a course; from a template, and from a copy of another course."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring.blueprint import blueprint
from app.authoring.compiling import draft_folder
from app.authoring.draft_access import get_readable_draft
from app.authoring.models import CourseDraft
from app.authoring.starting import EVERYTHING, TEMPLATES, start_course, template_files
from app.authoring.starting_form import DetailsForm, make_details_form
from app.authoring.starting_pages import list_courses_to_copy
from app.content.compile import course_file
from app.content.publishing import export_course
from app.content.source_fields import read_plain
from app.shared.errors import NotFound
from app.shared.ids import parse_id
from app.shared.transaction import commits_or_shows_again

LONGEST_TITLE = 200


def lead_to(draft: CourseDraft) -> ResponseReturnValue:
    """The page of the new course."""
    return redirect(url_for("authoring.show_draft", draft_id=draft.id), 303)


@blueprint.get("/workshop/new")
@requires(Permission.USE_WORKSHOP)
def start() -> ResponseReturnValue:
    return render_template("authoring/new.html")


@blueprint.get("/workshop/new/template")
@requires(Permission.USE_WORKSHOP)
def show_templates() -> ResponseReturnValue:
    return _template_page(make_details_form(current_actor()))


@blueprint.post("/workshop/new/template")
@requires(Permission.USE_WORKSHOP)
@commits_or_shows_again
def start_from_template() -> ResponseReturnValue:
    form = make_details_form(current_actor(), request.form)
    if not form.validate():
        return _template_page(form), 422
    return lead_to(start_course(template_files(request.form.get("template", "")), form.details, current_actor()))


def _template_page(form: DetailsForm) -> str:
    chosen = request.form.get("template", EVERYTHING)
    return render_template("authoring/new_template.html", form=form, templates=TEMPLATES, chosen=chosen)


@blueprint.get("/workshop/new/copy")
@requires(Permission.USE_WORKSHOP)
def show_courses_to_copy() -> ResponseReturnValue:
    """The courses; with `?course=` (address) or `?draft=` what is asked about the copy of one."""
    slug, draft_id = request.args.get("course", ""), parse_id(request.args.get("draft"))
    if not slug and draft_id is None:
        return render_template("authoring/new_copy.html", courses=list_courses_to_copy(current_actor()), form=None)
    known = read_plain(_files_of(slug, draft_id).get(course_file.NAME, b"").decode())
    title = gettext("Bản sao của %(title)s", title=known.get("title", ""))[:LONGEST_TITLE]
    values = {"title": title, "goal": known.get("goal", ""), "audience": known.get("audience", "resident")}
    form = make_details_form(current_actor(), **values)
    return render_template("authoring/new_copy.html", form=form, slug=slug, draft=draft_id or "")


@blueprint.post("/workshop/new/copy")
@requires(Permission.USE_WORKSHOP)
@commits_or_shows_again
def start_from_copy() -> ResponseReturnValue:
    """Items and questions keep their keys: results belong to a course and its keys together."""
    slug, draft_id = request.form.get("course", ""), parse_id(request.form.get("draft"))
    files = _files_of(slug, draft_id)
    form = make_details_form(current_actor(), request.form)
    if not form.validate():
        return render_template("authoring/new_copy.html", form=form, slug=slug, draft=draft_id or ""), 422
    return lead_to(start_course(files, form.details, current_actor()))


def _files_of(slug: str, draft_id: UUID | None) -> dict[str, bytes]:
    """Raises NotFound for a course that the actor may not read."""
    if draft_id is not None:
        return draft_folder(get_readable_draft(draft_id))
    if slug not in {course.slug for course in list_courses_to_copy(current_actor())}:
        raise NotFound
    return export_course(slug)
