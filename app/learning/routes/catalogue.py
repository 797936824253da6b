"""The first page, the list of courses with search, and the page of one course."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor, requires
from app.access.permissions import Permission
from app.content.queries import search_courses
from app.learning.course_pages import course_page
from app.learning.courses import (
    commune_offer,
    count_open_courses,
    course_cards,
    get_course,
    get_readable_course,
)
from app.learning.learner import learner_of, learning_in, readable_audiences
from app.learning.pages import CataloguePage, HomePage
from app.learning.routes import blueprint
from app.progress.completing import finish_course
from app.shared.database import close_reader
from app.shared.endpoints import public
from app.shared.transaction import commits
from app.shared.vietnamese import clean

LONGEST_QUERY = 100


@blueprint.get("/")
@public("the first page is for everybody")
def show_home() -> ResponseReturnValue:
    cards = [card for card in course_cards() if card.course.audience != "team" or not card.is_locked]
    page = HomePage(
        unfinished=[card for card in cards if card.is_started],
        courses=[card for card in cards if not card.is_started],
        offer=commune_offer(),
    )
    return render_template("learning/home.html", page=page)


@blueprint.get("/courses")
@public("what can be learned is no secret")
def list_courses() -> ResponseReturnValue:
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    cards = course_cards(everywhere=request.args.get("all") == "yes")
    page = CataloguePage(
        query=query,
        residents=[card for card in cards if card.course.audience != "team"],
        teams=[card for card in cards if card.course.audience == "team"],
        hits=search_courses(query, readable_audiences()) if query else [],
        has_more=len(cards) < count_open_courses(),
    )
    return render_template("learning/courses.html", page=page)


@blueprint.get("/courses/<slug>")
@public("title and summary are for everybody; lessons of team courses are checked in the view")
def show_course(slug: str) -> ResponseReturnValue:
    return render_template("learning/course.html", page=course_page(get_course(slug)))


@blueprint.post("/courses/<slug>/done")
@requires(Permission.HAVE_SESSION)
@commits
def finish(slug: str) -> ResponseReturnValue:
    """Take the completion of a course in which nothing is left to do (see `progress.completing`)."""
    course = get_readable_course(slug)
    close_reader()
    finish_course(learning_in(course.version, learner_of(current_actor())))
    return redirect(url_for("learning.show_done", slug=course.slug), code=303)
