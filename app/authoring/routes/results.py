"""`/workshop/results` and `/workshop/courses/…`: how published courses and their questions do."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.authoring import models as models
from app.authoring.blueprint import blueprint
from app.authoring.course_access import get_course_head
from app.authoring.course_page import make_course_page
from app.authoring.question_page import make_question_page
from app.authoring.results_page import make_results_page
from app.shared.vietnamese import clean

LONGEST_QUERY = 100


@blueprint.get("/workshop/results")
@requires(Permission.USE_WORKSHOP)
def show_results() -> ResponseReturnValue:
    page = make_results_page(clean(request.args.get("q", ""))[:LONGEST_QUERY])
    return render_template("authoring/results.html", page=page)


@blueprint.get("/workshop/courses/<slug>")
@requires(Permission.USE_WORKSHOP)
def show_course(slug: str) -> ResponseReturnValue:
    page = make_course_page(get_course_head(slug), visible_to=current_actor())
    return render_template("authoring/course.html", page=page)


@blueprint.get("/workshop/courses/<slug>/questions/<key>")
@requires(Permission.USE_WORKSHOP)
def show_question(slug: str, key: str) -> ResponseReturnValue:
    page = make_question_page(get_course_head(slug), key, request.args.get("version", ""), visible_to=current_actor())
    return render_template("authoring/question.html", page=page)
