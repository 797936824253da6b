"""Reading a lesson, and saying that it is understood. A quiz's first page stands at the same address."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.access.forms import csrf_token
from app.content.queries import Item
from app.learning import words
from app.learning.courses import (
    commune_offer,
    get_item,
    get_readable_course,
    item_after,
    item_before,
    item_href,
    number_of,
)
from app.learning.finishing import where_to_go
from app.learning.learner import CourseWithdrawn, learner_for_writing, learning_in
from app.learning.pages import CommuneOffer, LessonPage
from app.learning.routes import blueprint
from app.learning.routes.quizzes import show_quiz_intro
from app.progress.actions import record_visit
from app.progress.queries import LearnerCourse
from app.shared.database import close_reader
from app.shared.endpoints import public
from app.shared.errors import NotFound
from app.shared.transaction import commits
from app.ui.alike import render_alike


@blueprint.get("/courses/<slug>/<item_slug>")
@public("residents' courses are open; team courses are checked in the view")
def read_item(slug: str, item_slug: str) -> ResponseReturnValue:
    course = get_readable_course(slug)
    item = get_item(course, item_slug)
    if item.kind == "quiz":
        return show_quiz_intro(course, item)
    offer = commune_offer()
    depends_on = (course.version.id, item.key, course.evidence.done, course.withdrawn_reason, offer)
    return render_alike("learning/lesson.html", depends_on, lambda: _lesson_page(course, item, offer), csrf_token())


def _lesson_page(course: LearnerCourse, item: Item, offer: CommuneOffer | None) -> LessonPage:
    done = course.evidence.done
    number = number_of(course, item)
    return LessonPage(
        slug=course.slug,
        version=course.version,
        item=item,
        number=number,
        left=words.left_words(course.version, done | {item.key}),
        done_count=sum(other.key in done for other in course.version.items),
        is_done=item.key in done,
        previous=item_before(course, item),
        button=words.understood_button(item_after(course, item), number + 1),
        withdrawn_reason=course.withdrawn_reason,
        offer=offer,
    )


@blueprint.post("/courses/<slug>/<item_slug>/understood")
@public("a guest is made by the first POST; team courses are checked in the view")
@commits
def understand_lesson(slug: str, item_slug: str) -> ResponseReturnValue:
    course = get_readable_course(slug)
    item = get_item(course, item_slug)
    if item.kind != "lesson":
        raise NotFound
    if course.withdrawn_reason and not course.evidence.done:
        raise CourseWithdrawn
    close_reader()
    learner = learner_for_writing()
    is_complete = record_visit(learning_in(course.version, learner), item)
    following = item_after(course, item)
    target = item_href(course, following) if following else url_for("learning.show_course", slug=course.slug)
    if is_complete:
        target = url_for("learning.show_done", slug=course.slug)
    return redirect(where_to_go(learner, course, target), code=303)
