"""The first page, the list of courses with search, and the page of one course."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.content.queries import search_courses
from app.learning import words
from app.learning.course_aside import courses_to_take_first, news_for, texts_to_spread
from app.learning.courses import commune_offer, course_cards, get_course, next_undone, started_by_actor
from app.learning.learner import may_read, readable_audiences
from app.learning.pages import CataloguePage, CoursePage, HomePage, ItemLine
from app.learning.routes import blueprint
from app.learning.wording import stale_since
from app.shared.endpoints import public
from app.shared.vietnamese import clean

LONGEST_QUERY = 100


@blueprint.get("/")
@public("the first page is for everybody")
def show_home() -> ResponseReturnValue:
    started = started_by_actor()
    cards = [card for card in course_cards() if card.course.audience != "team" or not card.is_locked]
    page = HomePage(
        unfinished=[card for card in cards if card.course.id in started],
        courses=[card for card in cards if card.course.id not in started],
        offer=commune_offer(),
    )
    return render_template("learning/home.html", page=page)


@blueprint.get("/courses")
@public("what can be learned is no secret")
def list_courses() -> ResponseReturnValue:
    query = clean(request.args.get("q", ""))[:LONGEST_QUERY]
    cards = course_cards()
    page = CataloguePage(
        query=query,
        residents=[card for card in cards if card.course.audience != "team"],
        teams=[card for card in cards if card.course.audience == "team"],
        hits=search_courses(query, readable_audiences()) if query else [],
    )
    return render_template("learning/courses.html", page=page)


@blueprint.get("/courses/<slug>")
@public("title and summary are for everybody; lessons of team courses are checked in the view")
def show_course(slug: str) -> ResponseReturnValue:
    course = get_course(slug)
    version, done = course.version, course.evidence.done
    is_locked = not may_read(version.audience)
    upcoming = next_undone(course)
    page = CoursePage(
        slug=course.slug,
        version=version,
        lines=[]
        if is_locked
        else [
            ItemLine(
                item,
                is_done=item.key in done,
                is_next=upcoming is not None and item.key == upcoming.key,
                is_extra=item.key not in version.required_items,
            )
            for item in version.items
        ],
        next_item=upcoming,
        left=words.left_words(version, done),
        done_count=sum(item.key in done for item in version.items),
        needed_count=len(version.required_items),
        needed_done_count=len(done.intersection(version.required_items)),
        is_locked=is_locked,
        is_complete=course.evidence.is_complete,
        withdrawn_reason=course.withdrawn_reason,
        offer=commune_offer(),
        news="" if is_locked else news_for(course),
        checked_on=stale_since(version),
        first_take=[] if is_locked else courses_to_take_first(version),
        texts_to_spread=texts_to_spread(version),
    )
    return render_template("learning/course.html", page=page)
