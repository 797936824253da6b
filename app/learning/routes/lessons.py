"""Reading a lesson, and saying that it is understood. The first pages of the other kinds stand at the same address."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.declare import current_actor
from app.access.forms import csrf_token
from app.access.permissions import Permission, allows
from app.content.queries import Item
from app.learning import words
from app.learning.courses import (
    commune_offer,
    get_readable_course,
    item_after,
    item_before,
    item_href,
    number_of,
)
from app.learning.drill_pages import drill_page
from app.learning.finishing import where_to_go
from app.learning.item_pages import item_page
from app.learning.learner import CourseWithdrawn, learner_for_writing, learning_in
from app.learning.pages import CommuneOffer, LessonPage
from app.learning.routes import blueprint
from app.learning.routes.quizzes import show_quiz_intro
from app.learning.routes.sign_off import show_practice
from app.learning.withdrawn import get_taught_item
from app.learning.wording import body_with, stale_since, words_for_reader
from app.progress.actions import record_visit
from app.progress.evidence import LearnerCourse
from app.shared.database import close_reader
from app.shared.endpoints import public
from app.shared.errors import NotFound
from app.shared.transaction import commits
from app.ui.alike import render_alike

WordTexts = tuple[tuple[str, str], ...]


@blueprint.get("/courses/<slug>/<item_slug>")
@public("residents' courses are open; team courses are checked in the view")
def read_item(slug: str, item_slug: str) -> ResponseReturnValue:
    course = get_readable_course(slug)
    item = get_taught_item(course, item_slug)
    if item.kind == "quiz":
        return show_quiz_intro(course, item)
    if item.practice is not None:
        return show_practice(item_page(course, item), item.practice)
    if item.drill is not None:
        following = item_after(course, item)
        button = words.understood_button(following, number_of(course, item) + 1)
        page = drill_page(item_page(course, item), item.drill, request.args.get("p", ""), button)
        return render_template("learning/drill.html", page=page)
    offer, texts, stale = commune_offer(), words_for_reader(item), stale_since(course.version, item)
    may_comment = allows(current_actor(), Permission.COMMENT_ON_COURSES)
    depends_on = (
        *(course.version.id, item.key, course.evidence.done, course.withdrawn_reason, course.withdrawals),
        *(offer, texts, stale, may_comment),
    )

    def make_page() -> LessonPage:
        return _lesson_page(course, item, offer, texts, stale, may_comment=may_comment)

    return render_alike("learning/lesson.html", depends_on, make_page, csrf_token())


def _lesson_page(
    course: LearnerCourse, item: Item, offer: CommuneOffer | None, texts: WordTexts, stale: str, *, may_comment: bool
) -> LessonPage:
    done = course.evidence.done
    number = number_of(course, item)
    return LessonPage(
        slug=course.slug,
        version=course.version,
        item=item,
        number=number,
        item_count=len(course.items),
        left=words.left_words(course, done | {item.key}),
        done_count=sum(other.key in done for other in course.version.items),
        is_done=item.key in done,
        previous=item_before(course, item),
        button=words.understood_button(item_after(course, item), number + 1),
        withdrawn_reason=course.withdrawn_reason,
        offer=offer,
        body=body_with(item, texts),
        checked_on=stale,
        may_comment=may_comment,
    )


@blueprint.post("/courses/<slug>/<item_slug>/understood")
@public("a guest is made by the first POST; team courses are checked in the view")
@commits
def understand_lesson(slug: str, item_slug: str) -> ResponseReturnValue:
    """The end of a lesson, or of a drill."""
    course = get_readable_course(slug)
    item = get_taught_item(course, item_slug)
    if item.kind not in {"lesson", "drill"}:
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
